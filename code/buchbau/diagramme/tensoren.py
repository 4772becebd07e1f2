"""Diagrams of the chapter »Tensoren« (`book/grundlagen/tensoren.md`).

Called by the directive ``{diagramm} tensoren.<function>`` at build time.
"""

from buchbau.zeichnen import Diagramm, Form


def stufen() -> Diagramm:
    """Tensors with 0 to 4 axes as cells, blocks and a row of blocks."""
    bild = Diagramm(hoehe=56, breite=84)
    oben, unten = 40, 11
    bild.matrix(7, oben, [[""]], zelle=4.6)
    bild.matrix(31, oben, [[""] * 5], zelle=4.6)
    bild.matrix(66, oben, [[""] * 6] * 4, zelle=4.2, zellhoehe=3)
    bild.tensor(14, unten, 14, 10, 7, raster=(3, 4))
    for k in range(3):
        bild.tensor(41 + 17 * k, unten, 12, 9, 6, raster=(3, 4))
    tafeln = [
        (7, oben, "Stufe 0", "eine Zahl", "()"),
        (31, oben, "Stufe 1", "Zeitreihe", "(5,)"),
        (66, oben, "Stufe 2", "graues Bild", "(4, 6)"),
        (14, unten, "Stufe 3", "Farbbild", "(3, 4, 3)"),
        (58, unten, "Stufe 4", "Batch von Farbbildern", "(3, 3, 4, 3)"),
    ]
    for x, y, name, was, form in tafeln:
        drueber, drunter = (8, 9.2) if y == oben else (9, 8.8)
        bild.text(x, y + drueber + 4, name, fett=True)
        bild.text(x, y + drueber, was, farbe="text-leise", groesse=0.93)
        bild.text(x, y - drunter, form, code=True, groesse=0.93)
    return bild


def speicherreihe() -> Diagramm:
    """Twelve numbers in memory, read with two pairs of strides."""
    bild = Diagramm(hoehe=60, breite=80)
    bild.text(40, 57.5, "im Speicher: zwölf Zahlen in einer Reihe", fett=True)
    bild.matrix(40, 51, [list(range(12))], zelle=6, markiert=[(0, k) for k in range(4, 8)])
    zeilen = [[4 * i + j for j in range(4)] for i in range(3)]
    links = bild.matrix(
        22, 27, zeilen, zelle=6, markiert=[(1, j) for j in range(4)], name="X"
    )
    spalten = [[4 * j + i for j in range(3)] for i in range(4)]
    rechts = bild.matrix(
        65, 27, spalten, zelle=6, markiert=[(i, 1) for i in range(4)], name="X.T"
    )
    _schritt(bild, links, 6, rechts=1, abwaerts=4)
    _schritt(bild, rechts, 6, rechts=4, abwaerts=1)
    for x, form, schritte in ((22, "(3, 4)", "(4, 1)"), (65, "(4, 3)", "(1, 4)")):
        bild.text(x, 6, f"Form {form}", groesse=0.93)
        bild.text(x, 2.2, f"Schrittweiten {schritte}", groesse=0.93)
    bild.pfeil((30, 47.5), (25, 41.5), abstand=0.4)
    bild.pfeil((51, 47.5), (58, 42.5), abstand=0.4)
    return bild


def _schritt(bild: Diagramm, an: Form, zelle: float, *, rechts: int, abwaerts: int) -> None:
    """Arrows beside a matrix: how far one step right and one step down is in memory."""
    x0, y1 = an.x - an.halbe_breite, an.y + an.halbe_hoehe
    y0 = an.y - an.halbe_hoehe
    bild.pfeil((x0, y0 - 1.6), (x0 + 2 * zelle, y0 - 1.6), abstand=0, farbe="akzent")
    bild.text(x0 + zelle, y0 - 4.6, f"+{rechts} je Spalte", farbe="akzent", groesse=0.93)
    bild.pfeil((x0 - 1.6, y1), (x0 - 1.6, y1 - 2 * zelle), abstand=0, farbe="validierung")
    bild.text(
        x0 - 2.6,
        y1 - zelle,
        f"+{abwaerts}\nje\nZeile",
        farbe="validierung",
        groesse=0.93,
        ausrichtung="right",
    )


def dehnen() -> Diagramm:
    """A column (3, 1) and a row (4,) are stretched to (3, 4) and added."""
    bild = Diagramm(hoehe=32, breite=82)
    z, y = 5, 14
    spalte, zeile = [10, 20, 30], [1, 2, 3, 4]
    orte = (13, 42, 70)
    bild.matrix(orte[0], y, [[a] * 4 for a in spalte], zelle=z, farbe="text-leise")
    bild.matrix(orte[0] - 1.5 * z, y, [[a] for a in spalte], zelle=z, markiert=_alle(3, 1))
    bild.matrix(orte[1], y, [zeile] * 3, zelle=z, farbe="text-leise")
    bild.matrix(orte[1], y + z, [zeile], zelle=z, markiert=_alle(1, 4))
    bild.matrix(orte[2], y, [[a + b for b in zeile] for a in spalte], zelle=z)
    bild.text((orte[0] + orte[1]) / 2, y, "+", fett=True, groesse=1.3)
    bild.text((orte[1] + orte[2]) / 2, y, "=", fett=True, groesse=1.3)
    for x, form in zip(orte, ["(3, 1) → (3, 4)", "(4,) → (3, 4)", "(3, 4)"], strict=True):
        bild.text(x, 2.5, form, farbe="text-leise", groesse=0.93)
    bild.text(orte[0], 28.6, "nach rechts kopiert", farbe="akzent", groesse=0.93)
    bild.pfeil((orte[0] - z, 24.6), (orte[0] + 2 * z, 24.6), farbe="akzent", abstand=0)
    bild.text(orte[1], 28.6, "nach unten kopiert", farbe="akzent", groesse=0.93)
    neben = orte[1] + 2 * z + 1.6
    bild.pfeil((neben, y + z), (neben, y - z), farbe="akzent", abstand=0)
    return bild


def _alle(zeilen: int, spalten: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(zeilen) for j in range(spalten)]


def matrixprodukt() -> Diagramm:
    """Row times column: one entry of the product of (2, 3) and (3, 4)."""
    bild = Diagramm(hoehe=47, breite=86)
    z, y = 6, 12
    zeile = [(1, 0), (1, 1), (1, 2)]
    spalte = [(0, 2), (1, 2), (2, 2)]
    w = [[1, 0, 2, 1], [0, 1, 1, 2], [1, 1, 0, 0]]
    bild.matrix(16, y, [[1, 2, 3], [4, 5, 6]], zelle=z, markiert=zeile)
    bild.matrix(45, y + 20, w, zelle=z, markiert=spalte)
    bild.matrix(45, y, [[4, 5, 4, 5], [10, 11, 13, 14]], zelle=z, markiert=[(1, 2)])
    bild.text(16, y - 9, r"$\mathbf{X}$  (2, 3)")
    bild.text(45, y + 32, r"$\mathbf{W}$  (3, 4)")
    bild.text(45, y - 9, r"$\mathbf{X}\mathbf{W}$  (2, 4)")
    bild.pfeil((25.6, y - 3), (32.4, y - 3), farbe="akzent", abstand=0)
    bild.pfeil((48, y + 10.4), (48, y + 6.6), farbe="akzent", abstand=0)
    bild.text(
        59,
        y - 3,
        "4 · 2 + 5 · 1 + 6 · 0\n= 13",
        farbe="akzent",
        ausrichtung="left",
    )
    return bild


def stille_falle() -> Diagramm:
    """Targets (3,) minus predictions (3, 1): nine differences instead of three."""
    bild = Diagramm(hoehe=46, breite=80)
    z, hoehe = 9, 6
    y = [10, 20, 30]
    p = [11, 19, 32]
    differenzen = [[b - a for b in y] for a in p]
    bild.text(12, 43.2, "Vorhersagen", groesse=0.93)
    bild.text(12, 39.6, "(3, 1)", code=True, groesse=0.9)
    bild.text(47, 43.2, "richtige Antworten", groesse=0.93)
    bild.text(47, 39.6, "(3,)", code=True, groesse=0.9)
    bild.matrix(47, 34, [y], zelle=z, zellhoehe=hoehe)
    bild.matrix(12, 18, [[v] for v in p], zelle=z, zellhoehe=hoehe)
    bild.matrix(
        47, 18, differenzen, zelle=z, zellhoehe=hoehe, markiert=[(0, 0), (1, 1), (2, 2)]
    )
    bild.pfeil((17.5, 18), (32.5, 18), abstand=0.6)
    bild.pfeil((47, 30.6), (47, 27.4), abstand=0)
    bild.text(47, 5.6, "neun Differenzen, gemeint sind die drei", groesse=0.93)
    bild.text(47, 2, "auf der Diagonale", groesse=0.93)
    return bild
