"""Diagrams of the chapter »Convolutional Neural Networks« (`book/bilder/cnn.md`).

Called by the directive ``{diagramm} cnn.<function>`` at build time.
"""

from buchbau.zeichnen import Diagramm


def fenster() -> Diagramm:
    """A convolution by hand: window, kernel and the number that comes out."""
    bild = Diagramm(hoehe=40, breite=100)
    window = [(i, j) for i in range(1, 4) for j in range(1, 4)]
    picture = bild.matrix(
        18, 19, [[0, 0, 0, 9, 9, 9]] * 5, zelle=5.6, markiert=window, name="Bild"
    )
    kernel = bild.matrix(53, 19, [[-1, 0, 1]] * 3, zelle=5.6, name="Kernel")
    result = bild.matrix(
        85, 19, [[0, 27, 27, 0]] * 3, zelle=6.4, markiert=[(1, 1)], name="Feature Map"
    )
    bild.text((picture.rechts[0] + kernel.links[0]) / 2, 19, "∗", groesse=1.5)
    bild.text((kernel.rechts[0] + result.links[0]) / 2, 19, "=", groesse=1.3)
    bild.text(18, 1.5, "5 × 6", farbe="text-leise", groesse=0.93)
    bild.text(53, 1.5, "3 × 3", farbe="text-leise", groesse=0.93)
    bild.text(85, 1.5, "3 × 4", farbe="text-leise", groesse=0.93)
    return bild


def kanaele() -> Diagramm:
    """One filter reaches through all channels and gives one feature map."""
    bild = Diagramm(hoehe=46, breite=88)
    step = 2.6
    for k in range(3):
        bild.tensor(16 + k * step, 27 - k * step, 22, 22, farbe="echt")
    # Window and cell lie in the lower left corner: only there is the front map free.
    for k in range(3):
        window = bild.tensor(
            8.5 + k * step, 19.5 - k * step, 7, 7, farbe="akzent", raster=(3, 3)
        )
    for k in range(4):
        front = bild.tensor(66 + k * step, 28 - k * step, 19, 19, farbe="training")
    cell = bild.tensor(front.links[0] + 1.2, front.unten[1] + 1.2, 2.4, 2.4, farbe="akzent")
    bild.pfeil((window.rechts[0], cell.y), cell, "Filter $f$", farbe="akzent")
    bild.achse.patches[-1].set_zorder(6)  # above the sheet that it starts on
    bild.text(18.6, 42.5, "Eingabe", fett=True)
    bild.text(70, 42.5, "Feature Maps", fett=True)
    bild.text(19, 5.5, r"$(h, w, c)$ mit $c = 3$ Kanälen", farbe="text-leise")
    bild.text(70, 5.5, r"$(h', w', m)$", farbe="text-leise")
    return bild


def pooling() -> Diagramm:
    """Four numbers become one: their largest, or their mean."""
    bild = Diagramm(hoehe=36, breite=100)
    block = [(0, 0), (0, 1), (1, 0), (1, 1)]
    values = [[1, 3, 0, 2], [2, 8, 4, 1], [0, 1, 5, 5], [3, 0, 6, 4]]
    source = bild.matrix(16, 17, values, zelle=6.4, markiert=block, name="Feature Map")
    blocks = [[(0, 0), (0, 2)], [(2, 0), (2, 2)]]
    pools = [("Max-Pooling", max), ("Average-Pooling", lambda four: sum(four) / 4)]
    for x, (name, reduce) in zip((53, 84), pools, strict=True):
        pooled = [
            [reduce([values[i + u][j + v] for u, v in block]) for i, j in row]
            for row in blocks
        ]
        bild.matrix(x, 17, pooled, zelle=7.4, markiert=[(0, 0)], name=name)
    bild.pfeil(source, (45.5, 17))
    bild.text(68.5, 17, "oder", farbe="text-leise", groesse=0.93)
    return bild


def architektur() -> Diagramm:
    """The network of the chapter: maps get smaller and more numerous."""
    bild = Diagramm(hoehe=48, breite=100)
    middle = 27
    stages = [
        (8, 14, 0, "echt", "28 × 28\n1"),
        (27, 13, 4, "training", "26 × 26\n16"),
        (43.5, 7.5, 4, "training", "13 × 13\n16"),
        (58, 6.5, 8, "training", "11 × 11\n32"),
        (72.5, 3.8, 8, "training", "5 × 5\n32"),
    ]
    forms = []
    for x, size, depth, colour, caption in stages:
        forms.append(bild.tensor(x, middle, size, size, depth, farbe=colour))
        bild.text(x, 9, caption, farbe="text-leise", groesse=0.93)
    hidden = bild.schicht(86, middle, 26, zeige=4, abstand=4, radius=1.3)
    out = bild.schicht(95, middle, 10, zeige=5, abstand=4, radius=1.3, farbe="akzent")
    bild.text(86, 9, "26", farbe="text-leise", groesse=0.93)
    bild.text(95, 9, "10", farbe="text-leise", groesse=0.93)
    bild.verbinde(hidden, out)
    labels = ["Faltung", "Pooling", "Faltung", "Pooling"]
    for before, after, label in zip(forms, forms[1:], labels, strict=False):
        bild.pfeil(before, after)
        x = (before.rechts[0] + after.links[0]) / 2
        bild.text(x, 42, label, groesse=0.93)
    bild.pfeil(forms[-1], hidden.rahmen)
    bild.text(80, 42, "Flatten", groesse=0.93)
    bild.text(92, 42, "Dense", groesse=0.93)
    return bild
