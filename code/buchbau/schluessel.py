"""Der Inhaltsschlüssel eines Kapitels: was sein Ergebnis bestimmt, in zwölf Zeichen.

Er steht im Namen des ausgeführten Notebooks. Ein Kapitel läuft genau dann wieder, wenn
sich eines davon ändert: Code und Ausführungsmarken der Zellen, das Paket dlbuch, die
genannten Daten, das Lock, die Geräteart, das Backend. Text, Bildunterschriften und
Alternativtexte gehören nicht dazu. Aufgerufen vom Snakefile und von `uebernehmen`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import nbformat
from myst_nb.core.read import myst_nb_reader_plugin

from buchbau.kapitel import Kapitel

# Marken, die ändern, ob oder wie eine Zelle läuft; alle übrigen ändern nur ihr Aussehen.
AUSFUEHRUNGSMARKEN = frozenset({"skip-execution", "raises-exception", "nur-tensorflow"})
STELLEN = 12


def lies_notizbuch(quelle: Path) -> nbformat.NotebookNode:
    """Read a MyST chapter as a notebook, exactly as myst-nb will read it."""
    return myst_nb_reader_plugin(str(quelle))


def backend() -> str:
    """Return the Keras backend that the build uses."""
    return os.environ.get("KERAS_BACKEND", "tensorflow")


@cache
def _gpu_vorhanden() -> bool:
    if shutil.which("nvidia-smi") is None:
        return False
    found = subprocess.run(
        ["nvidia-smi", "-L"], capture_output=True, text=True, check=False
    )
    return found.returncode == 0 and "GPU" in found.stdout


def geraeteart(kapitel: Kapitel) -> str:
    """Return "gpu" if the chapter wants one and there is one, otherwise "cpu".

    DLBUCH_GERAET decides where the machine that plans is not the one that runs (cluster).
    """
    if not kapitel.gpu:
        return "cpu"
    return os.environ.get("DLBUCH_GERAET") or ("gpu" if _gpu_vorhanden() else "cpu")


def _dateien(ordner: Path) -> list[Path]:
    return sorted(p for p in ordner.rglob("*") if p.is_file() and p.suffix != ".pyc")


def datei_liste(kapitel: Kapitel) -> list[Path]:
    """Return the files besides the chapter on which its result depends."""
    root = kapitel.wurzel
    return [
        root / "requirements.txt",
        *_dateien(root / "code" / "dlbuch"),
        *daten_dateien(kapitel),
    ]


def daten_dateien(kapitel: Kapitel) -> list[Path]:
    """Return the data files that the chapter names: data/<name>.* without scripts."""
    folder = kapitel.wurzel / "data"
    return [
        path
        for name in kapitel.kopf.get("daten", [])
        for path in sorted(folder.glob(f"{name}.*"))
        if path.suffix != ".py"
    ]


def inhaltsschluessel(kapitel: Kapitel) -> str:
    """Return the content key of a chapter: twelve hexadecimal digits."""
    digest = hashlib.sha256()

    def add(text: str | bytes) -> None:
        raw = text.encode() if isinstance(text, str) else text
        digest.update(len(raw).to_bytes(8, "big") + raw)  # Grenzen eindeutig machen

    for cell in lies_notizbuch(kapitel.quelle).cells:
        if cell.cell_type == "code":
            add(cell.source)
            add(" ".join(sorted(AUSFUEHRUNGSMARKEN & set(cell.metadata.get("tags", [])))))
    for path in datei_liste(kapitel):
        add(path.relative_to(kapitel.wurzel).as_posix())
        add(path.read_bytes())
    add(geraeteart(kapitel))
    add(backend())
    return digest.hexdigest()[:STELLEN]
