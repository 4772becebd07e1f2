"""Diagrams of the chapter »Autoencoder« (`book/unueberwacht/autoencoder.md`).

Called by the directive ``{diagramm} autoencoder.<function>`` at build time.
"""

from itertools import pairwise

from buchbau.zeichnen import Diagramm


def sanduhr() -> Diagramm:
    """An autoencoder from left to right: wide, narrow, wide."""
    bild = Diagramm(hoehe=47, breite=100)
    y = 23
    first = bild.tensor(8, y, 13, 13, farbe="echt", raster=(7, 7))
    last = bild.tensor(92, y, 13, 13, farbe="erzeugt", raster=(7, 7))
    columns = [
        bild.schicht(24, y, 784, zeige=6, abstand=4.6, radius=1.4, unterschrift="784"),
        bild.schicht(37, y, 128, zeige=4, abstand=4.6, radius=1.4, unterschrift="128"),
        bild.schicht(
            50, y, 2, zeige=2, abstand=4.6, radius=1.4, farbe="akzent", unterschrift="16"
        ),
        bild.schicht(63, y, 128, zeige=4, abstand=4.6, radius=1.4, unterschrift="128"),
        bild.schicht(76, y, 784, zeige=6, abstand=4.6, radius=1.4, unterschrift="784"),
    ]
    for left, right in pairwise(columns):
        bild.verbinde(left, right, staerke=0.35)
    bild.pfeil(first, (21.8, y))
    bild.pfeil((78.2, y), last)
    bild.text(8, 12, r"$\mathbf{x}$", groesse=1.1)
    bild.text(92, 12, r"$\hat{\mathbf{x}}$", groesse=1.1)
    bild.text(30.5, 44, "Encoder $e$", fett=True)
    bild.text(69.5, 44, "Decoder $g$", fett=True)
    bild.text(50, 33, r"Code $\mathbf{z}$", farbe="akzent", fett=True)
    return bild


def zufallsversuch() -> Diagramm:
    """How the model thinks a picture comes about, and where the encoder helps."""
    bild = Diagramm(hoehe=40, breite=100)
    y = 24
    prior = bild.kasten(12, y, 21, 10, "Code würfeln\n" + r"$p(\mathbf{z})$")
    decoder = bild.kasten(42, y, 21, 10, "Decoder\n" + r"$g(\mathbf{z})$")
    likelihood = r"$p(\mathbf{x} \mid \mathbf{z})$"
    pixels = bild.kasten(72, y, 22, 10, f"Pixel würfeln\n{likelihood}")
    picture = bild.tensor(94, y, 9, 9, farbe="echt", raster=(7, 7))
    bild.pfeil(prior, decoder, r"$\mathbf{z}$")
    bild.pfeil(decoder, pixels, "784")
    bild.pfeil(pixels, picture)
    bild.text(94, 32.5, r"$\mathbf{x}$", groesse=1.1)
    bild.linie((94, 18.5), (94, 7), (27, 7), farbe="akzent", art="--")
    bild.pfeil((27, 7), (27, 22.6), farbe="akzent", art="--", abstand=0)
    bild.text(
        60,
        9.6,
        r"Encoder $q(\mathbf{z} \mid \mathbf{x})$: Welcher Code war es wohl?",
        farbe="akzent",
        groesse=0.93,
    )
    return bild


def umformung() -> Diagramm:
    """Drawing as a dead end, and drawing as a sum that lets gradients through."""
    bild = Diagramm(hoehe=52, breite=100)
    top, bottom = 43, 18.5
    for y, right in ((top, False), (bottom, True)):
        bild.text(
            1,
            y + 6.5,
            "umgeformt" if right else "gezogen",
            fett=True,
            ausrichtung="left",
        )
        encoder = bild.kasten(12, y - 1, 15, 9, "Encoder")
        mean = bild.neuron(34, y + 3.5, r"$\mathbf{\mu}$", radius=2.9)
        spread = bild.neuron(34, y - 5.5, r"$\mathbf{\sigma}$", radius=2.9)
        code = bild.neuron(
            66, y - 1, r"$\mathbf{z}$", radius=3.2, farbe="akzent" if not right else "text"
        )
        decoder = bild.kasten(88, y - 1, 15, 9, "Decoder")
        bild.pfeil(encoder, mean)
        bild.pfeil(encoder, spread)
        if right:
            times = bild.neuron(50, y - 5.5, "·", radius=2.2)
            plus = bild.neuron(50, y + 1.5, "+", radius=2.2)
            epsilon = r"$\mathbf{\epsilon}$"
            noise = bild.neuron(50, y - 14, epsilon, radius=2.9, farbe="akzent")
            bild.pfeil(mean, plus)
            bild.pfeil(spread, times)
            bild.pfeil(noise, times, farbe="akzent")
            bild.pfeil(times, plus)
            bild.pfeil(plus, code)
            bild.text(
                54.5,
                y - 14,
                "gewürfelt, außerhalb des Wegs",
                farbe="akzent",
                groesse=0.93,
                ausrichtung="left",
            )
        else:
            bild.pfeil(mean, code, art="--", farbe="akzent")
            bild.pfeil(spread, code, art="--", farbe="akzent")
            bild.text(
                50,
                y - 7.2,
                "Würfel: keine Ableitung",
                farbe="akzent",
                groesse=0.93,
                ausrichtung="left",
            )
        bild.pfeil(code, decoder)
    return bild
