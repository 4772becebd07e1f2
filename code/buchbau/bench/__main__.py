"""`make bench`: misst Ausführung, Bau und Seite und druckt die Tabelle."""

from __future__ import annotations

import os
import platform
import tempfile
from pathlib import Path

from buchbau.bench.ausfuehrung import (
    kopiere_projekt,
    messe_ausfuehrung,
    messe_bau,
    messe_vorschau,
)
from buchbau.bench.seite import messe_seiten
from buchbau.bench.tabelle import drucke


def main() -> None:
    print(f"{os.cpu_count()} Kerne, {platform.system()} {platform.machine()}")
    drucke("Seiten", messe_seiten())
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        copy = kopiere_projekt(Path(name))
        drucke("Ausführen", messe_ausfuehrung(copy))
        drucke("Vorschau", messe_vorschau(copy))
        drucke("Bauen", messe_bau(copy))


if __name__ == "__main__":
    main()
