"""`make bench`: misst Ausführung, Bau, Vorschau, Seiten und Live-Modell, druckt Tabellen.

Mit `--kurz` (`make bench KURZ=1`) nur die zwei kürzesten Kapitel und drei Seiten, jede
Messung einmal: um zu sehen, ob alles läuft, nicht, wie schnell. Mit `--test`
(`make bench TEST=1`) auch `make test` auf einem frischen Klon.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from buchbau import messwerte
from buchbau.bench.ausfuehrung import messe_ausfuehrung, messe_threads
from buchbau.bench.bau import messe_bau
from buchbau.bench.modell import messe_modell
from buchbau.bench.projekt import Messfehler, Projekt
from buchbau.bench.pruefung import messe_pruefung, nicht_gemessen
from buchbau.bench.seite import messe_seiten
from buchbau.bench.tabelle import drucke
from buchbau.bench.vorschau import messe_vorschau
from buchbau.kapitel import ausgefuehrte
from dlbuch.zahlen import zahl

HTML = Path("_build/html")


def kuerzeste(anzahl: int) -> set[str]:
    """Return the names of the chapters that last ran shortest."""
    times = {
        k.name: record["sekunden"] for k in ausgefuehrte() if (record := messwerte.lies(k))
    }
    return set(sorted(times, key=times.get)[:anzahl])


def _messe_buch(kurz: bool) -> None:
    """Execute and build a copy of the book in several ways."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        project = Projekt(Path(name))
        if kurz:
            project.behalte(kuerzeste(2))
        chapters, book, walls = messe_ausfuehrung(project)
        drucke("Kapitel, allein", chapters)
        drucke(f"Das ganze Buch ({len(chapters)} Kapitel), nichts im Cache", book)
        # Mit Threads zuletzt: Diese Läufe ersetzen, was die anderen Messungen brauchen.
        drucke("Schreiben", messe_vorschau(project))
        site, compared = messe_bau(project, walls[2])
        drucke("Bauen", site)
        drucke("Der ganze Weg, nichts im Cache", compared)
        drucke("Kapitel und Threads auf zwei Kernen", messe_threads(project, walls))


def _messe_test(gewuenscht: bool) -> None:
    if not gewuenscht:
        drucke("Prüfen", [nicht_gemessen()])
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        drucke("Prüfen", [messe_pruefung(Path(name), Path.cwd())])


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--kurz", action="store_true", help="wenig messen, einmal")
    parser.add_argument("--test", action="store_true", help="auch make test messen")
    options = parser.parse_args()
    short = options.kurz
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"{os.cpu_count()} Kerne, {platform.system()} {platform.machine()}")
    if load > 0.5:
        print(
            f"Der Rechner ist beschäftigt (Last {zahl(load, '.1f')}): Zahlen mit Vorsicht."
        )
    repeats = 1 if short else 3
    try:
        drucke("Live-Modell der Startseite", messe_modell(HTML, repeats))
        pages = messe_seiten(HTML, repeats, 2 if short else None)
        drucke("Seiten: erster Besuch ohne Bilder, Lighthouse Leistung, Zugang", pages)
        _messe_buch(short)
        _messe_test(options.test)
    except Messfehler as error:
        print(f"✘ {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
