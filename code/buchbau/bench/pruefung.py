"""Misst `make test` auf einem frischen Klon, der nichts eingerichtet hat.

Aufgerufen von `buchbau.bench --test`: Das dauert so lange wie alles andere zusammen.
"""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from buchbau.bench.projekt import Messfehler
from buchbau.bench.tabelle import Zeile, dauer

HOECHSTENS = 2700
WAS = "make test: Klon einrichten, Buch ausführen, alles prüfen"
# Was von `make bench` her gesetzt ist und im Klon auf das Original zeigte.
FREMD = ("VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "KURZ", "TEST")


def nicht_gemessen() -> Zeile:
    goal = dauer(WAS, 0, HOECHSTENS).ziel
    return Zeile(WAS, goal, "nicht gemessen: make bench TEST=1")


def messe_pruefung(ordner: Path, quelle: Path) -> Zeile:
    """Clone the committed state of `quelle` into `ordner` and time `make test` there.

    Raises Messfehler where either fails.
    """
    clone = ordner / "klon"
    cloned = subprocess.run(
        ["git", "clone", "--quiet", str(quelle), str(clone)],
        capture_output=True,
        text=True,
        check=False,
    )
    if cloned.returncode:
        raise Messfehler(f"Das Projekt ließ sich nicht klonen: {cloned.stderr.strip()}")
    env = {name: value for name, value in os.environ.items() if name not in FREMD}
    start = time.perf_counter()
    done = subprocess.run(
        ["make", "test"], cwd=clone, env=env, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        last = (done.stdout + done.stderr).strip()[-1500:]
        raise Messfehler(f"make test scheiterte im Klon nach {seconds:.0f} s:\n{last}")
    return dauer(WAS, seconds, HOECHSTENS)
