"""Diagrams of the chapter »Generative Adversarial Networks« (`book/unueberwacht/gan.md`).

Called by the directive ``{diagramm} gan.<function>`` at build time.
"""

from buchbau.zeichnen import Diagramm


def spiel() -> Diagramm:
    """The game: noise to forgery, both kinds to the discriminator, gradient back."""
    bild = Diagramm(hoehe=42, breite=100)
    noise = bild.kasten(9, 13, 14, 9, "Zufall\n$\\mathbf{z}$")
    maker = bild.kasten(33, 13, 17, 9, "Generator\n$G$", farbe="erzeugt", fett=True)
    real = bild.kasten(33, 34, 17, 9, "echte\nBeispiele", farbe="echt")
    judge = bild.kasten(69, 23.5, 23, 9, "Diskriminator\n$D$", farbe="akzent", fett=True)
    answer = bild.kasten(92.5, 23.5, 13, 9, "echt?\n0 bis 1")
    bild.pfeil(noise, maker)
    bild.pfeil(real, judge)
    bild.text(51, 32.6, "$\\mathbf{x}$", farbe="echt")
    bild.pfeil(maker, judge)
    bild.text(50, 20.2, "$G(\\mathbf{z})$", farbe="erzeugt")
    bild.pfeil(judge, answer)
    bild.linie((69, 18.2), (69, 5), (33, 5), farbe="negativ", art="--", dicke=1.2)
    bild.pfeil((33, 5), maker, farbe="negativ", art="--")
    bild.text(52, 2.2, "Gradient für den Generator", farbe="negativ", groesse=0.93)
    return bild


def dcgan() -> Diagramm:
    """Generator and discriminator, one below the other, nearly mirror images."""
    bild = Diagramm(hoehe=68, breite=100)
    upper = [
        (38, 5.5, 9, "training", "7 × 7\n64"),
        (61, 10, 5, "training", "14 × 14\n32"),
        (87, 15, 0, "erzeugt", "28 × 28\n1"),
    ]
    lower = [
        (13, 15, 0, "echt", "28 × 28\n1"),
        (39, 10, 5, "akzent", "14 × 14\n32"),
        (62, 5.5, 9, "akzent", "7 × 7\n64"),
    ]

    def blocks(row: list, middle: float) -> list:
        forms = []
        for x, size, depth, colour, caption in row:
            forms.append(bild.tensor(x, middle, size, size, depth, farbe=colour))
            bild.text(x, middle - 13, caption, farbe="text-leise", groesse=0.93)
        return forms

    bild.text(2, 65.5, "Generator", fett=True, ausrichtung="left")
    vector = bild.tensor(13, 51, 3, 15, farbe="training", raster=(8, 1))
    bild.text(13, 38, "$\\mathbf{z}$\n16", farbe="text-leise", groesse=0.93)
    forms = blocks(upper, 51)
    labels = ("Dense", "Conv2D-\nTranspose", "Conv2D-\nTranspose")
    for before, after, label in zip([vector, *forms], forms, labels, strict=False):
        bild.pfeil(before, after)
        x = (before.rechts[0] + after.links[0]) / 2
        bild.text(x, 63, label, groesse=0.93)

    bild.text(2, 31, "Diskriminator", fett=True, ausrichtung="left")
    forms = blocks(lower, 17)
    out = bild.neuron(87, 17, radius=2.6, farbe="akzent")
    bild.text(87, 4, "echt?\n1", farbe="text-leise", groesse=0.93)
    labels = ("Conv2D", "Conv2D", "Flatten,\nDense")
    for before, after, label in zip(forms, [*forms[1:], out], labels, strict=False):
        bild.pfeil(before, after)
        x = (before.rechts[0] + after.links[0]) / 2
        bild.text(x, 28, label, groesse=0.93)
    return bild
