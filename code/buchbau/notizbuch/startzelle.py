"""Die erste Codezelle jedes Notebooks: Sie holt dlbuch, wenn es nicht schon da ist.

Called by `hefte`. Nothing is installed and nothing replaced; what the cell fetches is
held against a checksum.
"""

from __future__ import annotations

from buchbau.notizbuch.mitgift import Archive
from buchbau.notizbuch.verweise import Site

TEMPLATE = """\
# Holt dlbuch, das kleine Hilfspaket des Buchs (Daten, Zeichenstil, Prüfungen).
# Installiert oder ersetzt wird nichts; ist dlbuch schon da, geschieht nichts.
import importlib.util
import os
import sys
import zipfile

if importlib.util.find_spec("dlbuch") is None:
    import keras

    basis = os.environ.get("DLBUCH_BASIS", "{base}")
    try:
        archiv = keras.utils.get_file(
            "{name}",
            basis.rstrip("/") + "/_static/{name}",
            file_hash="{checksum}",
            hash_algorithm="sha256",
            cache_subdir="dlbuch",
        )
    except Exception as fehler:
        raise RuntimeError(
            "dlbuch war nicht zu laden. Besteht eine Verbindung zum Internet? "
            "Sonst ist dieses Notebook älter als die Website; das neue gibt es hier: "
            "{page}"
        ) from fehler
    ordner = archiv.removesuffix(".zip")
    zipfile.ZipFile(archiv).extractall(ordner)
    sys.path.insert(0, ordner)"""


def source(archive: Archive, site: Site, docname: str) -> str:
    """Return the code of the cell."""
    return TEMPLATE.format(
        base=site.base,
        name=archive.name,
        checksum=archive.checksum,
        page=site.page(docname),
    )
