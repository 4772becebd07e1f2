"""Ein kleines Projekt zum Ausführen und Bauen, wie ein frischer Klon im Kleinen."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from hilfen import PROJEKT, Ergebnis, baue, schreibe_buch

KOPF = """---
title: {titel}
file_format: mystnb
kernelspec: {{name: python3, display_name: Python 3}}
kurz: Ein Satz.
daten: [{daten}]
laufzeit: {laufzeit}
lernzeit: 5
voraussetzungen: []
wege: {{}}
behauptungen: {{{behauptungen}}}
---
# {titel}

Ein erster Satz.

"""

ABBILDUNG = """```{code-cell} ipython3
---
mystnb:
  figure:
    caption: Eine Gerade.
    name: abb-gerade
  image:
    alt: Eine steigende Gerade
---
import matplotlib.pyplot as plt
plt.figure(figsize=(2, 1))
plt.plot([0, 1])
plt.show()
```
"""


def zelle(code: str, marken: str = "") -> str:
    """Return a code cell in MyST."""
    tags = f":tags: [{marken}]\n" if marken else ""
    return f"```{{code-cell}} ipython3\n{tags}{code}\n```\n\n"


def kapitel(
    rumpf: str,
    titel: str = "Probe",
    daten: str = "",
    laufzeit: int = 20,
    behauptungen: str = "",
) -> str:
    """Return the source of a small chapter."""
    return (
        KOPF.format(titel=titel, daten=daten, laufzeit=laufzeit, behauptungen=behauptungen)
        + rumpf
    )


@dataclass
class Lauf:
    """What a run of the workflow gave."""

    rc: int
    meldungen: str

    @property
    def gestartet(self) -> list[str]:
        """Names of the chapters that were started, in order."""
        return [
            line.split()[1].rstrip(":")
            for line in self.meldungen.splitlines()
            if line.startswith("▶")
        ]


class Projekt:
    """A small project in a folder of its own: write chapters, run, hand over, build."""

    def __init__(self, ordner: Path, seiten: dict[str, str]) -> None:
        self.ordner = ordner
        schreibe_buch(ordner, seiten)
        for name in ("Snakefile", "requirements.txt"):
            shutil.copy(PROJEKT / name, ordner)
        shutil.copytree(
            PROJEKT / "code" / "dlbuch",
            ordner / "code" / "dlbuch",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        self.daten("punkte.csv", "1,2\n")

    def kopie(self, ordner: Path) -> Projekt:
        """Return the project as it stands, with all it has built, in another folder."""
        shutil.copytree(self.ordner, ordner, dirs_exist_ok=True)
        copy = object.__new__(Projekt)
        copy.ordner = ordner
        return copy

    def daten(self, name: str, text: str) -> None:
        """Write a data file and its checksum."""
        folder = self.ordner / "data"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        (folder / "pruefsummen.txt").write_text(f"{digest}  {name}\n", "utf-8")

    def quelle(self, name: str) -> Path:
        return self.ordner / f"{name}.md"

    def aendere(self, name: str, alt: str, neu: str) -> None:
        """Replace text in a page; fails if there is nothing to replace."""
        text = self.quelle(name).read_text("utf-8")
        assert alt in text
        self.quelle(name).write_text(text.replace(alt, neu), "utf-8")

    def _python(self, *argumente: str, **umgebung: str) -> Lauf:
        done = subprocess.run(
            [sys.executable, *argumente],
            cwd=self.ordner,
            env={**os.environ, **umgebung},
            capture_output=True,
            text=True,
            check=False,
        )
        return Lauf(done.returncode, done.stdout + done.stderr)

    def fuehre_aus(self, kerne: int = 2, **umgebung: str) -> Lauf:
        """Run the workflow as `make ausfuehren` does."""
        return self._python(
            *("-m", "snakemake", "--cores", str(kerne), "--quiet", "all", "--nolock"),
            *("--rerun-triggers", "mtime", "--rerun-incomplete", "--keep-going"),
            **umgebung,
        )

    def uebernimm(self) -> Lauf:
        return self._python("-m", "buchbau.uebernehmen")

    def baue(self, **wahl) -> Ergebnis:
        return baue(self.ordner, **wahl)

    def notizbuecher(self) -> dict[str, float]:
        """Return {name: modification time} of the executed notebooks."""
        folder = self.ordner / "_build" / "ausgefuehrt"
        return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.ipynb")}
