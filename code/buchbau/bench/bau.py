"""Misst den Bau der Website aus vollem Cache, und bloßes Jupyter Book zum Vergleich.

Aufgerufen von `buchbau.bench`, nachdem alle Kapitel ausgeführt sind.
"""

from __future__ import annotations

from buchbau.ausfuehren import umgebung
from buchbau.bauen import JUPYTER_BOOK
from buchbau.bench.projekt import Messfehler, Projekt
from buchbau.bench.tabelle import Zeile, dauer
from buchbau.kapitel import Kapitel, lies_buch

JE_SEITE = 0.4
BEFEHL = (*JUPYTER_BOOK[1:], "build", ".", "--all", "--quiet")


def messe_bau(projekt: Projekt, ausfuehren: float) -> tuple[list[Zeile], list[Zeile]]:
    """Return the row of the website and those that compare whole ways to the book.

    ausfuehren: seconds of the execution on two cores.
    """
    pages = len(lies_buch(projekt.ordner))
    html = projekt.sekunden(*BEFEHL)
    compared = [
        dauer("make html, auf 2 Kernen", ausfuehren + html),
        dauer("bloßes jupyter-book build", _bloss(projekt)),
    ]
    site = [
        dauer(
            f"Website aus vollem Cache, je Seite ({pages} Seiten)", html / pages, JE_SEITE
        )
    ]
    return site, compared


def _bloss(projekt: Projekt) -> float:
    """Build with nothing but jupyter-book: it executes one chapter after the other.

    The models of the live figures, which it would not hand over, are still there.
    """
    projekt.loesche(".jupyter_cache", ".doctrees", "html")
    shared = projekt.ordner / "_build" / "bloss"
    (shared / "modelle").mkdir(parents=True)
    env = umgebung(
        Kapitel(projekt.ordner, "book/alle", "", None, {}), shared, shared / "modelle"
    )
    env |= {
        "DLBUCH_DATEN": str(projekt.ordner / "data"),
        "PYTHONPATH": str(projekt.ordner / "code"),
    }
    seconds = projekt.sekunden(*BEFEHL, **env)
    done = len(list((projekt.ordner / "_build" / ".jupyter_cache" / "executed").glob("*")))
    if done < len(projekt.kapitel()):
        raise Messfehler(f"jupyter-book hat nur {done} Kapitel ausgeführt.")
    return seconds
