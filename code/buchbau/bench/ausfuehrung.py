"""Misst das Ausführen aller Kapitel, nichts im Cache: allein, zugleich, mit Threads.

Aufgerufen von `buchbau.bench`.
"""

from __future__ import annotations

import os

from buchbau import messwerte
from buchbau.ausfuehren import THREADS
from buchbau.bench.projekt import Projekt
from buchbau.bench.tabelle import Zeile, dauer
from dlbuch.zahlen import zahl

BUCH = 1800  # Sekunden, die das ganze Buch höchstens braucht
# Was so viel schneller ist, lohnt es, alle Kapitel neu auszuführen.
DEUTLICH = 0.9


def fuehre_aus(projekt: Projekt, kerne: int, *, leer: bool = True) -> float:
    """Run Snakemake as `make ausfuehren` does and hand over; return the seconds."""
    if leer:
        projekt.loesche("ausgefuehrt", "messwerte", "modelle", ".jupyter_cache")
    run = projekt.sekunden(
        *("-m", "snakemake", "--cores", str(kerne), "--quiet", "all", "--nolock"),
        *("--rerun-triggers", "mtime"),
    )
    return run + projekt.sekunden("-m", "buchbau.uebernehmen")


def laufzeiten(projekt: Projekt) -> dict[str, float]:
    """Return {chapter: seconds of its last run}, from the records of the copy."""
    records = {k.name: messwerte.lies(k) for k in projekt.kapitel()}
    return {name: record["sekunden"] for name, record in records.items() if record}


def messe_ausfuehrung(
    projekt: Projekt,
) -> tuple[list[Zeile], list[Zeile], dict[int, float]]:
    """Return the rows of the chapters alone, of the whole book, and {cores: seconds}."""
    cores = sorted({1, 2, os.cpu_count() or 1})
    walls: dict[int, float] = {}
    alone: dict[str, float] = {}
    for count in cores:
        walls[count] = fuehre_aus(projekt, count)
        alone = alone or laufzeiten(projekt)  # der erste Lauf: ein Kapitel nach dem anderen
    budgets = {k.name: k.kopf["laufzeit"] for k in projekt.kapitel()}
    chapters = [dauer(name, seconds, budgets[name]) for name, seconds in alone.items()]
    total = sum(alone.values())
    rows = [dauer("Summe der Kapitel, jedes allein", total)]
    for count, seconds in walls.items():
        row = dauer(_kerne(count), seconds, BUCH if count == 2 else None)
        share = f"{row.erreicht} (das {zahl(seconds / total, '.2f')}-Fache der Summe)"
        rows.append(Zeile(row.was, row.ziel, share, row.erfuellt))
    rows.append(dauer("nichts geändert", fuehre_aus(projekt, 2, leer=False)))
    return chapters, rows, walls


def _kerne(anzahl: int) -> str:
    return (
        "ausführen, ein Kapitel nach dem anderen"
        if anzahl == 1
        else f"ausführen, {anzahl} Kapitel zugleich"
    )


def messe_threads(projekt: Projekt, walls: dict[int, float]) -> list[Zeile]:
    """Compare how chapters and threads share two cores; walls: with the set threads."""
    found = {(1, THREADS): walls[1], (2, THREADS): walls[2]}
    for threads, at_once in ((1, 2), (2, 1)):
        if (at_once, threads) not in found:
            projekt.setze_threads(threads)
            found[at_once, threads] = fuehre_aus(projekt, at_once)
    projekt.setze_threads(THREADS)
    return [*_thread_zeilen(found), _urteil(found)]


def _thread_zeilen(gemessen: dict[tuple[int, int], float]) -> list[Zeile]:
    return [
        dauer(f"{_anzahl(at_once, 'Kapitel')} zugleich, je {_anzahl(threads, 'Thread')}", s)
        for (at_once, threads), s in sorted(gemessen.items())
    ]


def _anzahl(anzahl: int, wort: str) -> str:
    return f"{anzahl} {wort}{'s' if wort == 'Thread' and anzahl > 1 else ''}"


def _urteil(gemessen: dict[tuple[int, int], float]) -> Zeile:
    """Say whether other threads would pay: at the two chapters at once that `make` runs."""
    today = gemessen[2, THREADS]
    (at_once, threads), best = min(gemessen.items(), key=lambda item: item[1])
    if threads == THREADS or best > DEUTLICH * today:
        text = f"{_anzahl(THREADS, 'Thread')} je Kapitel, wie eingestellt"
        return Zeile("am besten", "", text, True)
    share = zahl(1 - best / today, ".0%")
    text = f"{_anzahl(threads, 'Thread')}, {at_once} Kapitel zugleich: {share} schneller"
    return Zeile("am besten", "", text, False)
