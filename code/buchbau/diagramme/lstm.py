"""Diagrams of the chapter »LSTM und GRU: Zeitreihen« (`book/sequenzen/lstm.md`).

Called by the directive ``{diagramm} lstm.<function>`` at build time.
"""

from buchbau.zeichnen import Diagramm


def fenster() -> Diagramm:
    """Windows of input and target that move on, and the split of the time axis."""
    bild = Diagramm(hoehe=44, breite=100)
    cell, first = 2.6, 20
    for row in range(3):
        y = 38 - row * 7
        left = first + row * cell
        bild.linie((first - 3, y), (97, y), farbe="linie", dicke=1)
        bild.tensor(left + 6 * cell, y, 12 * cell, 4.2, farbe="training", raster=(1, 12))
        bild.tensor(left + 14 * cell, y, 4 * cell, 4.2, farbe="akzent", raster=(1, 4))
        bild.text(
            first - 5,
            y,
            f"Fenster {row + 1}",
            farbe="text-leise",
            ausrichtung="right",
            groesse=0.93,
        )
    bild.text(first + 6 * cell, 42.6, "Eingabe", farbe="training", fett=True)
    bild.text(first + 14 * cell, 42.6, "Ziel", farbe="akzent", fett=True)
    weeks = ((8, "training", "8 Wochen Training"), (2, "validierung", "2 Validierung"))
    left, wide = first - 3, (97 - first + 3) / 12
    for count, colour, name in (*weeks, (2, "test", "2 Test")):
        right = left + count * wide
        middle = (left + right) / 2
        bild.tensor(middle, 12.5, right - left - 0.6, 5, farbe=colour, raster=(1, count))
        bild.text(middle, 6.4, name, farbe=colour, groesse=0.93)
        left = right
    bild.pfeil((first - 3, 1.8), (97, 1.8))
    bild.text(first - 5, 1.8, "Zeit", farbe="text-leise", ausrichtung="right", groesse=0.93)
    return bild


def zelle() -> Diagramm:
    """One LSTM cell: the cell state above, gates and candidate below."""
    bild = Diagramm(hoehe=62, breite=100)
    top, gates, middle = 50, 22, 36
    bild.kasten(51, 31.5, 72, 49, gefuellt=False)
    before = bild.kasten(7, top, 11, 6.4, r"$\mathbf{C}_{t-1}$", gefuellt=False)
    forget = bild.neuron(30, top, "⊙")
    add = bild.neuron(50, top, "+")
    after = bild.kasten(94, top, 10, 6.4, r"$\mathbf{C}_t$", gefuellt=False)
    for a, b in ((before, forget), (forget, add), (add, after)):
        bild.pfeil(a, b, farbe="akzent", dicke=2.2, abstand=0.3)
    boxes = {}
    for x, sign, name, colour in (
        (30, r"$\mathbf{F}_t$", "Vergessen", "training"),
        (43, r"$\mathbf{I}_t$", "Eingabe", "training"),
        (57, r"$\mathbf{G}_t$", "Kandidat", "validierung"),
        (72, r"$\mathbf{O}_t$", "Ausgabe", "training"),
    ):
        boxes[name] = bild.kasten(x, gates, 9.5, 6.4, sign, farbe=colour)
        bild.text(x, gates - 5.4, name, farbe="text-leise", groesse=0.85)
    write = bild.neuron(50, middle, "⊙")
    squash = bild.kasten(79, 41, 8.6, 5.6, "tanh", groesse=0.93)
    show = bild.neuron(79, 31, "⊙")
    bild.pfeil(boxes["Vergessen"], forget)
    bild.pfeil(boxes["Eingabe"], write)
    bild.pfeil(boxes["Kandidat"], write)
    bild.pfeil(write, add)
    bild.pfeil((79, top), squash, abstand=0.3)
    bild.pfeil(squash, show)
    bild.pfeil(boxes["Ausgabe"], show)
    out = bild.kasten(94, 31, 10, 6.4, r"$\mathbf{H}_t$", gefuellt=False)
    bild.pfeil(show, out)
    bild.kasten(7, 15, 11, 6.4, r"$\mathbf{H}_{t-1}$", gefuellt=False)
    bild.kasten(7, 6.2, 11, 6.4, r"$\mathbf{X}_t$", gefuellt=False)
    bus = 10.6
    bild.linie((16, bus), (72, bus))
    bild.linie((12.6, 15), (16, bus))
    bild.linie((12.6, 6.2), (16, bus))
    for box in boxes.values():
        bild.pfeil((box.x, bus), (box.x, gates - 7.2), abstand=0)
    bild.text(
        40,
        58.8,
        "der Zellzustand: multiplizieren und addieren, sonst nichts",
        farbe="akzent",
        groesse=0.93,
    )
    return bild


def ursprung() -> Diagramm:
    """Rolling origin: each fold trains on all weeks before the one it forecasts."""
    bild = Diagramm(hoehe=38, breite=100)
    left, wide = 20, 6.4
    for row, known in enumerate((8, 9, 10, 11)):
        y = 31 - row * 7
        bild.text(
            left - 3,
            y,
            f"Prüfung {row + 1}",
            farbe="text-leise",
            ausrichtung="right",
            groesse=0.93,
        )
        x = left + known * wide / 2
        bild.tensor(x, y, known * wide - 0.6, 4.2, farbe="training", raster=(1, known))
        bild.tensor(left + (known + 0.5) * wide, y, wide - 0.6, 4.2, farbe="akzent")
    bild.text(left + 4 * wide, 36, "lernen", farbe="training", fett=True)
    bild.text(left + 10.5 * wide, 36, "vorhersagen", farbe="akzent", fett=True)
    bild.pfeil((left, 3), (left + 12 * wide, 3))
    bild.text(left - 3, 3, "Wochen", farbe="text-leise", ausrichtung="right", groesse=0.93)
    return bild
