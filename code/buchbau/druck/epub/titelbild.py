"""The cover of the EPUB, drawn by code: title above the digit of the printed book.

Called by ``bauer``. Large a digit as a network gets it, 28 × 28 pixels; below it all ten.
"""

from __future__ import annotations

import os
from pathlib import Path

from matplotlib.figure import Figure

from buchbau.druck.epub.angaben import Angaben
from buchbau.druck.umschlag import GROSS, pixel, raster
from buchbau.schriften import ttf_ordner
from dlbuch.stil import FARBEN, gestaltung, stil

BREITE, HOEHE = 1600, 2560  # Bildpunkte, wie Buchläden sie wünschen
_ZOLL = 8
_RAND = 0.11  # Anteil der Breite


def zeichne(angaben: Angaben) -> Figure:
    """Return the cover as a Matplotlib figure."""
    os.environ["DLBUCH_SCHRIFTEN"] = str(ttf_ordner())
    stil()
    figur = Figure(
        figsize=(_ZOLL, _ZOLL * HOEHE / BREITE), layout="none", facecolor=FARBEN["papier"]
    )
    _titel(figur, angaben)
    seite = BREITE / HOEHE
    gross = 1 - 2 * _RAND
    raster(figur, pixel(GROSS), (_RAND, 0.195, gross, gross * seite), FARBEN["akzent"])
    klein = 0.066
    for ziffer in range(10):
        links = _RAND + ziffer * (gross - klein) / 9
        farbe = FARBEN["akzent" if ziffer == GROSS else "text-leise"]
        raster(figur, pixel(ziffer), (links, 0.125, klein, klein * seite), farbe)
    return figur


def _titel(figur: Figure, angaben: Angaben) -> None:
    """Title in two lines, subtitle, at the foot the authors."""
    worte = angaben.titel.split()
    mitte = len(worte) // 2
    for hoehe, zeile in ((0.89, worte[:mitte]), (0.81, worte[mitte:])):
        figur.text(
            _RAND,
            hoehe,
            " ".join(zeile),
            family=[gestaltung()["schriften"]["text"]],
            fontsize=62,
            fontweight=600,
            color=FARBEN["text"],
        )
    leise = {"color": FARBEN["text-leise"]}
    figur.text(_RAND, 0.757, angaben.untertitel, fontsize=19, **leise)
    figur.text(_RAND, 0.05, angaben.ausgabe.autoren, fontsize=14, **leise)


def schreibe(angaben: Angaben, datei: Path) -> None:
    """Write the cover as PNG."""
    figur = zeichne(angaben)
    figur.savefig(datei, format="png", dpi=BREITE / _ZOLL, metadata={"Software": None})
