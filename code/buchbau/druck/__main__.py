"""Setzt das Buch: `python -m buchbau.druck [KAPITEL]`, nach dem Ausführen der Kapitel.

Ohne Namen das ganze Buch nach `_build/pdf/`; mit Namen nur dieses Kapitel, mit Lösungen.
Aufgerufen von `make pdf`.
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

from buchbau.druck.satz import setze
from buchbau.druck.sphinxlauf import schreibe_tex
from buchbau.druck.werk import buch, kapitelheft
from buchbau.kapitel import BuchFehler

PDF = Path("_build/pdf")


def main(argumente: list[str]) -> int:
    root = Path.cwd()
    start = time.monotonic()
    try:
        werk = kapitelheft(root, argumente[0]) if argumente else buch(root)
        (tex,) = schreibe_tex(root, [werk], root / "_build" / "druck" / werk.name)
        made = setze(tex)
    except BuchFehler as error:
        print(f"✘ {error}", file=sys.stderr)
        return 1
    PDF.mkdir(parents=True, exist_ok=True)
    goal = PDF / made.name
    shutil.copyfile(made, goal)
    print(f"✔ {goal} ({time.monotonic() - start:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
