"""`python -m buchbau.offline`: packt die gebaute Website mit allem in ein Archiv.

Aufgerufen von `make offline`, nach Website, PDF und EPUB. Dieselben Dateien geben
dasselbe Archiv, Byte für Byte; daneben liegt seine SHA-256-Summe.
"""

from __future__ import annotations

import hashlib
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from buchbau.kapitel import BuchFehler

NAME = "deep-learning-zum-anfassen"
SITE = Path("_build/html")
ZIEL = Path("_build/offline") / f"{NAME}.zip"
BEIGABEN = Path(__file__).parent
# Gepacktes wird durch Packen nicht kleiner.
SCHON_DICHT = {".png", ".woff2", ".zip", ".npz", ".pdf", ".epub", ".keras"}
ZEIT = (1980, 1, 1, 0, 0, 0)
BUECHER = (Path("_build/pdf") / f"{NAME}.pdf", Path("_build/epub") / f"{NAME}.epub")


def dateien(wurzel: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name in the archive, file) of all that belongs to the copy.

    Raises BuchFehler if the site or its notebooks have not been built.
    """
    site = wurzel / SITE
    if not (site / "index.html").exists() or not (site / "notebooks").is_dir():
        raise BuchFehler("Die Website mit ihren Notebooks ist nicht gebaut: make html")
    for name in ("LIESMICH.txt", "start.py"):
        yield name, BEIGABEN / name
    for name in ("LICENSE", "LICENSE-TEXT.md", "CITATION.cff"):
        yield name, wurzel / name
    yield "DATEN.md", wurzel / "data" / "README.md"
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        yield f"website/{path.relative_to(site).as_posix()}", path


def fehlende_buecher(wurzel: Path) -> list[str]:
    """Return the names of the PDF and EPUB that the built site does not offer."""
    offered = wurzel / SITE / "downloads"
    return [book.name for book in BUECHER if not (offered / book.name).exists()]


def packe(wurzel: Path) -> Path:
    """Write the archive and its checksum; return the archive's path."""
    target = wurzel / ZIEL
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".teil")
    with zipfile.ZipFile(unfinished, "w") as archive:
        for name, path in sorted(dateien(wurzel)):
            entry = zipfile.ZipInfo(f"{NAME}/{name}", ZEIT)
            entry.external_attr = 0o644 << 16
            dense = path.suffix in SCHON_DICHT
            entry.compress_type = zipfile.ZIP_STORED if dense else zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    unfinished.replace(target)
    with target.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    # Das Format von sha256sum: `sha256sum -c` prüft es.
    checksum = target.with_name(f"{target.name}.sha256")
    checksum.write_text(f"{digest}  {target.name}\n", "utf-8")
    return target


def main() -> int:
    try:
        archive = packe(Path.cwd())
    except BuchFehler as error:
        print(f"✘ {error}", file=sys.stderr)
        return 1
    size = f"{archive.stat().st_size / 1e6:.0f}"
    print(f"✔ {ZIEL} ({size} MB)")
    for name in fehlende_buecher(Path.cwd()):
        print(f"• Ohne {name}: Die Website bietet es nicht an.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
