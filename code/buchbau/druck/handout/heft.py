"""Which handouts there are, and what a handout is for the builder of the print.

Read by ``python -m buchbau.druck.handout`` and by the tests.
"""

from __future__ import annotations

from pathlib import Path

from buchbau.druck.handout.rahmen import dokument
from buchbau.druck.handout.schreiber import HandoutSchreiber
from buchbau.druck.werk import Werk
from buchbau.kapitel import BuchFehler, Kapitel, finde, lies_buch

#: Folder of the finished PDFs, from the book's root.
ZIEL = Path("_build/handouts")
MIT = "-loesungen"
PROBE = 2  # so viele Kapitel setzt `make test`


def kapitel(wurzel: Path) -> list[Kapitel]:
    """Return the chapters that get a handout: numbered ones, others with exercises."""
    return [seite for seite in lies_buch(wurzel) if seite.nummer or _hat_uebungen(seite)]


def probe(wurzel: Path) -> list[Kapitel]:
    """Return the chapters whose handouts ``make test`` sets: the shortest ones."""
    alle = [seite for seite in kapitel(wurzel) if seite.nummer]
    kurze = sorted(alle, key=lambda seite: seite.quelle.stat().st_size)[:PROBE]
    return [seite for seite in alle if seite in kurze]


def waehle(wurzel: Path, name: str) -> Kapitel:
    """Return the chapter `name`; raises BuchFehler where it is none."""
    seite = finde(name, wurzel)
    if seite not in kapitel(wurzel):
        raise BuchFehler(f"{name} ist kein Kapitel; ein Handout gibt es davon nicht.")
    return seite


def _hat_uebungen(seite: Kapitel) -> bool:
    return seite.wird_ausgefuehrt and "\n## Übungen\n" in seite.quelle.read_text("utf-8")


def hefte(seiten: list[Kapitel]) -> list[Werk]:
    """Return two works for each chapter: without solutions and with them."""
    return [
        Werk(
            name=f"{seite.name}{MIT if loesungen else ''}",
            titel=seite.titel,
            untertitel="Handout mit Lösungen" if loesungen else "Handout",
            seiten=(seite,),
            klasse="handout",
            ist_buch=False,
            loesungen=loesungen,
            marken=True,
            schreiber=HandoutSchreiber,
            rahmen=dokument,
        )
        for seite in seiten
        for loesungen in (False, True)
    ]
