"""Diagrams of the chapter »Rekurrente Netze« (`book/sequenzen/rnn.md`).

Called by the directive ``{diagramm} rnn.<function>`` at build time.
"""

from itertools import pairwise

from buchbau.zeichnen import Diagramm, Form


def addition() -> Diagramm:
    """13 + 7 in writing: two rows of digits, carries above, sum below."""
    bild = Diagramm(hoehe=38, breite=84)
    zeilen = (
        ("Übertrag", "11110", 31, "akzent"),
        ("13", "01101", 24, "text"),
        ("+ 7", "00111", 17, "text"),
        ("20", "10100", 8, "text"),
    )
    spalten = [34 + 8 * k for k in range(5)]
    for name, ziffern, y, farbe in zeilen:
        bild.text(24, y, name, farbe=farbe, ausrichtung="right")
        for x, ziffer in zip(spalten, ziffern, strict=True):
            uebertrag = name == "Übertrag"
            bild.text(
                x, y, ziffer, farbe=farbe, code=True, groesse=1.0 if uebertrag else 1.25
            )
    bild.linie((20, 12.5), (70, 12.5), dicke=1.4, farbe="text")
    bild.pfeil((66, 2), (34, 2), "Zeit", farbe="text-leise")
    return bild


def entrollt() -> Diagramm:
    """The layer with its loop, and the same layer four times in a row."""
    bild = Diagramm(hoehe=46, breite=100)
    y = 23
    schicht = bild.kasten(13, y, 11, 9, "RNN", fett=True)
    bild.text(13, 3, r"$\mathbf{X}_t$")
    bild.text(13, 43, r"$\mathbf{H}_t$")
    bild.pfeil((13, 6), schicht, r"$\mathbf{W}$", abstand=0.4)
    bild.pfeil(schicht, (13, 40), abstand=0.4)
    # Rückkopplung: Was hinausgeht, kommt einen Schritt später wieder herein.
    bild.linie((13, 34), (3, 34), (3, y), farbe="akzent")
    bild.pfeil((3, y), schicht, farbe="akzent", abstand=0.2)
    bild.text(4.4, 28.5, r"$\mathbf{U}$", farbe="akzent", ausrichtung="left")
    bild.text(32, y, "=", groesse=1.5)
    xs = [49, 63, 77, 91]
    zellen = [bild.kasten(x, y, 8, 9, "RNN", fett=True) for x in xs]
    start = bild.kasten(38.5, y, 4.5, 5.5, "0", gefuellt=False)
    for t, (x, zelle) in enumerate(zip(xs, zellen, strict=True), start=1):
        bild.text(x, 3, rf"$\mathbf{{X}}_{t}$")
        bild.text(x, 43, rf"$\mathbf{{H}}_{t}$")
        bild.pfeil((x, 6), zelle, r"$\mathbf{W}$", abstand=0.4)
        bild.pfeil(zelle, (x, 40), abstand=0.4)
    for von, nach in pairwise([start, *zellen]):
        bild.pfeil(von, nach, r"$\mathbf{U}$", farbe="akzent", abstand=0.2)
    return bild


def _reihe(
    bild: Diagramm, xs: list[float], y: float, farbe: str = "training"
) -> list[Form]:
    """Four cells side by side, connected to the right."""
    zellen = [bild.kasten(x, y, 6, 5, farbe=farbe) for x in xs]
    for von, nach in pairwise(zellen):
        bild.pfeil(von, nach, abstand=0.2)
    return zellen


def formen() -> Diagramm:
    """Many to one, many to many, two layers, bidirectional."""
    bild = Diagramm(hoehe=76, breite=100)
    links, rechts = [8 + 11 * k for k in range(4)], [59 + 11 * k for k in range(4)]
    obere = ((links, "viele zu eins", False), (rechts, "viele zu viele", True))
    for xs, titel, alle in obere:
        bild.text(sum(xs) / 4, 73, titel, fett=True)
        for k, zelle in enumerate(_reihe(bild, xs, 55)):
            bild.pfeil((zelle.x, 46), zelle, abstand=0.2)
            if alle or k == 3:
                aus = bild.neuron(zelle.x, 66, radius=1.8, farbe="akzent", gefuellt=True)
                bild.pfeil(zelle, aus, farbe="akzent", abstand=0.2)
    bild.text(sum(links) / 4, 37, "zwei Schichten", fett=True)
    unten, oben = _reihe(bild, links, 10), _reihe(bild, links, 20)
    for k, (a, b) in enumerate(zip(unten, oben, strict=True)):
        bild.pfeil((a.x, 1.5), a, abstand=0.2)
        bild.pfeil(a, b, abstand=0.2)
        if k == 3:
            aus = bild.neuron(b.x, 30, radius=1.8, farbe="akzent", gefuellt=True)
            bild.pfeil(b, aus, farbe="akzent", abstand=0.2)
    bild.text(sum(rechts) / 4, 37, "bidirektional", fett=True)
    vor = _reihe(bild, rechts, 10)
    zurueck = [bild.kasten(x + 2.2, 20, 6, 5, farbe="validierung") for x in rechts]
    for von, nach in pairwise(reversed(zurueck)):
        bild.pfeil(von, nach, abstand=0.2)
    for a, b in zip(vor, zurueck, strict=True):
        bild.pfeil((a.x - 1.2, 1.5), (a.x - 1.2, 7.3), abstand=0.1)
        bild.pfeil((a.x + 4.2, 1.5), (b.x + 2, 17.3), abstand=0.1)
        aus = bild.neuron(a.x + 1, 30, radius=1.8, farbe="akzent", gefuellt=True)
        bild.pfeil((a.x - 2, 12.7), (a.x - 0.2, 28.4), farbe="akzent", abstand=0.1)
        bild.pfeil((b.x, 22.7), aus, farbe="akzent", abstand=0.2)
    return bild
