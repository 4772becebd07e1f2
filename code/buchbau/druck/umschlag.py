"""The picture of the title page: a handwritten digit as a raster of dots, drawn by code.

Called by `rahmen`; the cover of the EPUB shows the same digits. Each dot is a pixel of an
MNIST example, its area the grey value: what a reader sees at arm's length is a digit, what
a network sees is the dots.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
from matplotlib.collections import EllipseCollection
from matplotlib.figure import Figure

from buchbau.sphinx.live_dateien import LIVE
from dlbuch.stil import FARBEN, als_pdf

ZIFFERN = LIVE / "daten" / "ziffern.json"
SEITE = 28  # Pixel je Seite eines Bildes
GROSS = 3  # die Ziffer des Umschlags


def pixel(ziffer: int) -> np.ndarray:
    """Grey values of an example in 28 rows and columns, between 0 (paper) and 1 (ink)."""
    bilder = json.loads(ZIFFERN.read_text("utf-8"))["bilder"]
    text = next(b["pixel"] for b in bilder if b["ziffer"] == ziffer)
    werte = np.frombuffer(base64.b64decode(text), np.uint8).astype(float) / 255
    return werte.reshape(SEITE, SEITE)


def raster(figur: Figure, werte: np.ndarray, ort: tuple[float, ...], farbe: str) -> None:
    """Draw one digit; ort: left, bottom, width, height as shares of the figure."""
    achse = figur.add_axes(ort)
    achse.set(xlim=(0, SEITE), ylim=(SEITE, 0), aspect="equal")
    achse.set_axis_off()
    zeile, spalte = np.mgrid[0:SEITE, 0:SEITE] + 0.5
    orte = np.column_stack([spalte.ravel(), zeile.ravel()])
    # auch das Papier hat Punkte: die Eingaben, auf denen nichts steht
    breite = 0.16 + 0.78 * np.sqrt(werte.ravel())
    farben = np.where(werte.ravel() > 0.02, farbe, FARBEN["linie"])
    achse.add_collection(
        EllipseCollection(
            breite,
            breite,
            np.zeros_like(breite),
            units="xy",
            offsets=orte,
            offset_transform=achse.transData,
            facecolors=farben,
            linewidths=0,
        )
    )


def zeichne(ziel: Path) -> None:
    """Write the picture as PDF: the large digit above a row of all ten."""
    breite, hoehe = 5.6, 6.5
    figur = Figure(figsize=(breite, hoehe), layout="none")
    figur.patch.set_alpha(0)
    anteil = breite / hoehe
    raster(figur, pixel(GROSS), (0, 1 - anteil, 1, anteil), FARBEN["akzent"])
    klein = 0.092
    for ziffer in range(10):
        links = ziffer * (1 - klein) / 9
        farbe = FARBEN["akzent"] if ziffer == GROSS else FARBEN["text-leise"]
        raster(figur, pixel(ziffer), (links, 0, klein, klein * anteil), farbe)
    ziel.write_bytes(als_pdf(figur))
