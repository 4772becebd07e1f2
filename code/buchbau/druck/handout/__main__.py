"""Setzt Handouts: `python -m buchbau.druck.handout [--kerne N] [--probe] [KAPITEL …]`.

Ohne Namen alle; `--probe` die zwei kürzesten Kapitel, wie `make test` sie prüft. Nach dem
Ausführen der Kapitel aufgerufen von `make handouts`. Die Quellen werden einmal gelesen,
gesetzt werden so viele Hefte zugleich, wie es Kerne gibt.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from buchbau.druck.handout.heft import ZIEL, hefte, kapitel, probe, waehle
from buchbau.druck.satz import setze
from buchbau.druck.sphinxlauf import schreibe_tex
from buchbau.druck.werk import Werk
from buchbau.kapitel import BuchFehler

TEX = Path("_build/druck/handouts")


def _setze(tex: Path, ziel: Path) -> str:
    """Set one handout; return what is wrong with it, "" for nothing."""
    try:
        shutil.copyfile(setze(tex), ziel)
    except BuchFehler as error:
        return str(error)
    return ""


def setze_hefte(wurzel: Path, werke: list[Werk], kerne: int) -> int:
    """Set handouts; return the exit status.

    One that fails does not stop the others. Raises BuchFehler if the sources cannot be
    read.
    """
    start = time.monotonic()
    dateien = schreibe_tex(wurzel, werke, wurzel / TEX)
    (wurzel / ZIEL).mkdir(parents=True, exist_ok=True)
    ziele = [wurzel / ZIEL / f"{werk.name}.pdf" for werk in werke]
    # Threads genügen: Gerechnet wird in LuaLaTeX.
    with ThreadPoolExecutor(max(1, kerne)) as pool:
        maengel = [m for m in pool.map(_setze, dateien, ziele) if m]
    for mangel in maengel:
        print(f"✘ {mangel}", file=sys.stderr)
    if maengel:
        return 1
    print(f"✔ {len(werke)} Handouts in {ZIEL} ({time.monotonic() - start:.0f} s)")
    return 0


def main(argumente: list[str]) -> int:
    leser = argparse.ArgumentParser(prog="python -m buchbau.druck.handout")
    leser.add_argument("kapitel", nargs="*", help="Namen von Kapiteln; ohne: alle")
    leser.add_argument("--kerne", type=int, default=1, help="so viele Hefte zugleich")
    leser.add_argument("--probe", action="store_true", help="nur zwei kurze Kapitel")
    wahl = leser.parse_args(argumente)
    root = Path.cwd()
    try:
        if wahl.kapitel:
            seiten = [waehle(root, name) for name in wahl.kapitel]
        else:
            seiten = probe(root) if wahl.probe else kapitel(root)
        return setze_hefte(root, hefte(seiten), wahl.kerne)
    except BuchFehler as error:
        print(f"✘ {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
