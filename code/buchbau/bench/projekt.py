"""Eine Kopie des Projekts, in der die Messungen ausführen und bauen.

Der eigene `_build` bleibt, wie er ist, und die Kopie darf verstellt werden. Benutzt von
`ausfuehrung`, `bau` und `vorschau`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import yaml

from buchbau.kapitel import Kapitel, ausgefuehrte


class Messfehler(Exception):
    """Something could not be measured; its text is one German line."""


class Projekt:
    """The copy; `ordner` is its root. Its own code runs in it, not the original's."""

    def __init__(self, ordner: Path) -> None:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\n")
        for name in filter(None, listed):
            if Path(name).is_file():
                target = ordner / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(name, target)
        (ordner / "node_modules").symlink_to(Path("node_modules").resolve())
        fonts = Path("_build/.schriften")  # entstehen einmal, bei der Einrichtung
        if fonts.is_dir():
            shutil.copytree(fonts, ordner / fonts)
        self.ordner = ordner

    @property
    def umgebung(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(self.ordner / "code")}

    def kapitel(self) -> list[Kapitel]:
        """Return the chapters that are executed."""
        return ausgefuehrte(self.ordner)

    def behalte(self, namen: set[str]) -> None:
        """Take all executed chapters but these out of the book."""
        gone = {k.docname for k in self.kapitel() if k.name not in namen}
        file = self.ordner / "_toc.yml"
        toc = yaml.safe_load(file.read_text("utf-8"))
        for part in toc["parts"]:
            part["chapters"] = [c for c in part["chapters"] if c["file"] not in gone]
        toc["parts"] = [part for part in toc["parts"] if part["chapters"]]
        file.write_text(yaml.safe_dump(toc, allow_unicode=True), "utf-8")

    def setze_threads(self, anzahl: int) -> None:
        """Let each chapter of the copy run with this number of threads."""
        file = self.ordner / "code" / "buchbau" / "ausfuehren.py"
        text, found = re.subn(
            r"^THREADS = \d+$", f"THREADS = {anzahl}", file.read_text("utf-8"), flags=re.M
        )
        if found != 1:
            raise Messfehler("ausfuehren.py nennt die Zahl der Threads nicht mehr so.")
        file.write_text(text, "utf-8")

    def loesche(self, *namen: str) -> None:
        """Remove folders below `_build`."""
        for name in namen:
            shutil.rmtree(self.ordner / "_build" / name, ignore_errors=True)

    def sekunden(self, *befehl: str, **env: str) -> float:
        """Run Python with arguments in the copy; return how long it took."""
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *befehl],
            cwd=self.ordner,
            env={**self.umgebung, **env},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stdout + done.stderr).strip()[-1500:]
            raise Messfehler(f"python {' '.join(befehl)[:70]} scheiterte:\n{last}")
        return time.perf_counter() - start
