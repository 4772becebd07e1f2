"""Die Netze, die ein Kapitel weitergibt: ihr Ordner neben dem ausgeführten Notebook.

Darin liegt immer auch die Liste ihrer Prüfsummen, selbst wenn sie leer ist: Ein Anhang
eines GitHub-Laufs nimmt leere Ordner und versteckte Dateien nicht mit, und ein Kapitel
ohne diesen Ordner liefe noch einmal. Geschrieben von `ausfuehren`, gelesen von
`uebernehmen`.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

SUMMEN = "pruefsummen.txt"
ARTEN = {".keras", ".tflite"}


def netze(ordner: Path) -> list[Path]:
    """Return the exported networks in a folder; none where there is no folder."""
    if not ordner.is_dir():
        return []
    return sorted(path for path in ordner.iterdir() if path.suffix in ARTEN)


def _summen(ordner: Path) -> str:
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in netze(ordner)
    )


def schreibe_summen(ordner: Path) -> None:
    """Write the checksums of all networks in a folder, in the form of sha256sum."""
    (ordner / SUMMEN).write_text(_summen(ordner), "utf-8")


def unversehrt(ordner: Path) -> bool:
    """Return whether the networks are those that the run left.

    True also where the run, of an older version of this book's build, wrote no list.
    """
    written = ordner / SUMMEN
    if not written.exists():
        return ordner.is_dir()
    return written.read_bytes() == _summen(ordner).encode()


def kopiere(quelle: Path, ziel: Path) -> None:
    """Replace what is in `ziel` by the networks in `quelle`; without any, by nothing."""
    shutil.rmtree(ziel, ignore_errors=True)
    found = netze(quelle)
    if found:
        ziel.mkdir(parents=True)
    for path in found:
        shutil.copy2(path, ziel)
