"""Was die Website den Notebooks mitgibt: das Paket dlbuch, Daten und Modelle.

Called by `buchbau.sphinx.mitgift`, which puts it under `_static`, and by `startzelle`,
which names the archive and its checksum in the first cell of every notebook.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import dlbuch
from buchbau.kapitel import lies_buch
from buchbau.notizbuch.altes_keras import readable
from buchbau.notizbuch.verweise import read_site
from buchbau.schluessel import daten_dateien

PACKAGE = Path(dlbuch.__file__).parent
# The same files give the same archive on every machine and day.
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Archive:
    """The package dlbuch as a zip file; its name carries the start of its checksum."""

    content: bytes

    @property
    def checksum(self) -> str:
        """SHA-256 as 64 hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def name(self) -> str:
        """File name below `_static`."""
        return f"dlbuch-{self.checksum[:12]}.zip"


def files(root: Path) -> dict[str, Path]:
    """Return what notebooks fetch: data that chapters name, models that they export.

    The keys are those of `adresse.json`, such as "daten/mnist.npz"; the same path below
    `_static` is the address on the site.
    """
    chapters = [page for page in lies_buch(root) if page.wird_ausgefuehrt]
    found = {
        f"daten/{path.name}": path
        for chapter in chapters
        for path in daten_dateien(chapter)
    }
    models = root / "_build" / "modelle"
    for chapter in chapters:
        for path in (models / chapter.name).glob("*.keras"):
            found[f"modelle/{chapter.name}/{path.name}"] = path
    return dict(sorted(found.items()))


def content(path: Path) -> bytes:
    """Return what the site offers for a file: models so that Colab's Keras reads them."""
    raw = path.read_bytes()
    return readable(raw) if path.suffix == ".keras" else raw


def archive(root: Path) -> Archive:
    """Return the package with the addresses and checksums of everything it fetches."""
    addresses = {
        "basis": read_site(root).base,
        "dateien": {
            key: {
                "url": f"_static/{key}",
                "sha256": hashlib.sha256(content(path)).hexdigest(),
            }
            for key, path in files(root).items()
        },
    }
    package = {
        path.relative_to(PACKAGE.parent).as_posix(): path.read_bytes()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    package["dlbuch/adresse.json"] = json.dumps(addresses, indent=1).encode()
    stream = io.BytesIO()
    # Stored, not compressed: compression differs between versions of zlib.
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as zipped:
        for name, data in sorted(package.items()):
            zipped.writestr(zipfile.ZipInfo(name, EPOCH), data)
    return Archive(stream.getvalue())
