"""Diagrams of the pages about the parts of the book (`book/<ordner>/index.md`).

Called by the directive ``{diagramm} teile.<function>`` at build time.
"""

import math
from itertools import pairwise

from buchbau.zeichnen import Diagramm
from dlbuch.stil import FARBEN


def regeln_und_lernen() -> Diagramm:
    """Programming and learning: the same three things, two roles exchanged."""
    bild = Diagramm(hoehe=52, breite=84)
    for y, eingaben, mitte, ausgabe in (
        (39, ("Regeln", "Daten"), "Programmieren", "Antworten"),
        (12, ("Daten", "Antworten"), "Lernen", "Regeln"),
    ):
        lernt = mitte == "Lernen"
        rechner = bild.kasten(
            43, y, 22, 11, mitte, fett=True, farbe="akzent" if lernt else "text"
        )
        ende = bild.kasten(73, y, 19, 8, ausgabe, gefuellt=False)
        for dy, text in zip((6, -6), eingaben, strict=True):
            bild.pfeil(bild.kasten(11, y + dy, 19, 8, text, gefuellt=False), rechner)
        bild.pfeil(rechner, ende)
    return bild


def lernkreis() -> Diagramm:
    """The loop of learning: prediction, loss, gradient, change of the weights."""
    bild = Diagramm(hoehe=44, breite=84)
    daten = bild.tensor(8, 34, 9, 9, farbe="training", raster=(4, 4))
    bild.text(8, 41, "Daten", fett=True)
    # im Uhrzeigersinn: oben hin, unten zurück
    orte = ((34, 34, "Vorhersage"), (70, 34, "Verlust"), (70, 9, "Gradient"))
    stationen = [bild.kasten(x, y, 24, 10, text, fett=True) for x, y, text in orte]
    stationen.append(
        bild.kasten(34, 9, 24, 10, "Gewichte\nändern", fett=True, farbe="akzent")
    )
    bild.pfeil(daten, stationen[0], abstand=1.2)
    for von, nach in pairwise(stationen):
        bild.pfeil(von, nach)
    bild.pfeil(stationen[-1], stationen[0], farbe="akzent")
    bild.text(52, 21.5, "immer wieder", farbe="text-leise")
    return bild


def arbeitsweg() -> Diagramm:
    """From the data to the errors, and from the errors back."""
    bild = Diagramm(hoehe=42, breite=80)
    oben, unten = 34, 9
    orte = (
        (11, oben, "Daten\nansehen"),
        (41, oben, "Modell\nbauen"),
        (69, oben, "trainieren"),
        (69, unten, "messen"),
    )
    stationen = [bild.kasten(x, y, 20, 11, text) for x, y, text in orte]
    irrtum = bild.kasten(26, unten, 20, 11, "Irrtümer\nansehen", farbe="akzent")
    for von, nach in pairwise([*stationen, irrtum]):
        bild.pfeil(von, nach)
    for ziel in stationen[:2]:
        bild.pfeil(irrtum, ziel, farbe="akzent")
    for x, text, seite in (
        (16, "andere\nDaten?", "right"),
        (37, "anderes\nModell?", "left"),
    ):
        bild.text(x, 21.5, text, farbe="akzent", groesse=0.93, ausrichtung=seite)
    return bild


def ohne_und_mit_gruppen() -> Diagramm:
    """The same points twice: all alike, and as three groups with an outlier."""
    bild = Diagramm(hoehe=40, breite=92)
    gruppen = ((12, 12, 5.2, "klasse-0", "o"), (31, 15, 5.6, "klasse-1", "s"))
    gruppen += ((19, 30, 5.0, "klasse-2", "^"),)
    for links, gruppiert in ((0, False), (50, True)):
        for mx, my, weite, farbe, zeichen in gruppen:
            for nummer in range(1, 22):
                # Sonnenblume: gleichmäßig dicht, ohne Zufall
                weg, winkel = weite * math.sqrt(nummer / 21), nummer * 2.39996
                x, y = mx + weg * math.cos(winkel), my + weg * math.sin(winkel)
                bild.achse.plot(
                    links + x,
                    y,
                    zeichen if gruppiert else "o",
                    color=FARBEN[farbe if gruppiert else "text-leise"],
                    ms=4.5,
                )
        bild.achse.plot(links + 37, 33, "o", color=FARBEN["text-leise"], ms=4.5)
        if gruppiert:
            bild.neuron(links + 37, 33, radius=2.6, farbe="akzent")
            bild.achse.plot(links + 37, 33, "o", color=FARBEN["text"], ms=4.5, zorder=6)
    bild.pfeil((43.5, 20), (50.5, 20))
    return bild


def nachbarschaft() -> Diagramm:
    """A picture, the same pixels as a list, and a window that keeps neighbours."""
    bild = Diagramm(hoehe=40, breite=88)
    foto = bild.tensor(14, 20, 22, 22, farbe="echt", raster=(6, 6))
    bild.text(14, 35, "Bild", fett=True)
    liste = bild.tensor(42, 20, 3.4, 34, farbe="echt", raster=(12, 1))
    bild.text(47, 20, "Liste:\nwer war\nNachbar?", farbe="text-leise", ausrichtung="left")
    bild.pfeil(foto, liste)
    bild.tensor(74, 20, 22, 22, farbe="echt", raster=(6, 6))
    bild.tensor(70.35, 23.65, 11, 11, farbe="akzent", raster=(3, 3))
    bild.pfeil((76.5, 23.65), (83, 23.65), farbe="akzent")
    bild.text(74, 35, "Fenster", fett=True, farbe="akzent")
    return bild


def reihenfolge() -> Diagramm:
    """The same words twice: as a bag without order, and read one after the other."""
    bild = Diagramm(hoehe=40, breite=96)
    orte = ((9, 27, "Hund"), (22, 21, "beißt"), (10, 14, "Mann"))
    bild.kasten(16, 20, 31, 26, gefuellt=False, farbe="text-leise", art="--")
    for x, y, wort in orte:
        bild.text(x, y, wort)
    bild.text(16, 36.5, "ohne Reihenfolge", fett=True)
    bild.text(16, 3, "Wer beißt wen?", farbe="text-leise")
    xs = [51, 68, 85]
    bild.text(68, 36.5, "nacheinander gelesen", fett=True, farbe="akzent")
    zellen = [bild.kasten(x, 23, 9, 8, farbe="akzent") for x in xs]
    for x, zelle, wort in zip(xs, zellen, ("Hund", "beißt", "Mann"), strict=True):
        bild.text(x, 9, wort)
        bild.pfeil((x, 12), zelle, abstand=0.4)
    for von, nach in pairwise(zellen):
        bild.pfeil(von, nach, farbe="akzent", abstand=0.3)
    bild.pfeil(zellen[-1], (95, 23), farbe="akzent", abstand=0.3)
    bild.text(68, 3, "der Zustand wandert mit", farbe="text-leise")
    return bild
