"""Diagrams of the chapter »Das erste Netz mit Keras« (`book/keras/erstes-netz.md`).

Called by the directive ``{diagramm} erstes_netz.<function>`` at build time.
"""

from itertools import pairwise

from buchbau.zeichnen import Diagramm


def netz_784_128_10() -> Diagramm:
    """The network of the chapter: 784 inputs, 128 hidden neurons, 10 outputs."""
    bild = Diagramm(hoehe=58)
    foto = bild.tensor(9, 30, 13, 13, farbe="echt", raster=(7, 7))
    bild.text(9, 40, "Bild", fett=True)
    bild.text(9, 19.6, "28 × 28", farbe="text-leise", groesse=0.93)
    eingabe = bild.schicht(
        33,
        30,
        784,
        zeige=6,
        abstand=5.2,
        radius=1.8,
        name="Eingabe",
        unterschrift="784 Zahlen",
    )
    verdeckt = bild.schicht(
        60,
        30,
        128,
        zeige=6,
        abstand=5.2,
        radius=1.8,
        farbe="training",
        name="Verdeckt",
        unterschrift="128 Neuronen, ReLU",
    )
    ausgabe = bild.schicht(
        86,
        30,
        10,
        zeige=10,
        abstand=4.3,
        radius=1.8,
        farbe="akzent",
        name="Ausgabe",
        unterschrift="10, Softmax",
    )
    bild.pfeil(foto, eingabe.rahmen, "Flatten", abstand=1.2)
    bild.verbinde(eingabe, verdeckt)
    bild.verbinde(verdeckt, ausgabe)
    for ziffer, neuron in enumerate(ausgabe.neuronen):
        bild.text(neuron.x + 4, neuron.y, str(ziffer), farbe="akzent", groesse=0.93)
    bild.text(46.5, 1.8, "784 · 128 + 128 = 100.480", groesse=0.93)
    bild.text(84, 1.8, "128 · 10 + 10 = 1.290", groesse=0.93)
    return bild


def epoche_und_schritte() -> Diagramm:
    """One epoch: 50,000 pictures in batches; four actions in each step."""
    bild = Diagramm(hoehe=47)
    bild.text(0.5, 44, "Eine Epoche", fett=True, ausrichtung="left")
    bild.text(
        99.5,
        44,
        "jedes Bild einmal, in zufälliger Reihenfolge",
        farbe="text-leise",
        ausrichtung="right",
        groesse=0.93,
    )
    plaetze = [(8, "1"), (23, "2"), (38, "3"), (73, "390"), (90, "391")]
    for x, nummer in plaetze:
        letzter = nummer == "391"
        bild.kasten(
            x,
            35,
            13,
            7,
            f"Batch {nummer}",
            farbe="akzent" if nummer == "2" else "text",
            groesse=0.93,
        )
        bild.text(
            x,
            29.5,
            "80 Bilder" if letzter else "128 Bilder",
            farbe="text-leise",
            groesse=0.93,
        )
    bild.text(55.5, 35, "…", farbe="text-leise")
    bild.linie((23, 27.2), (23, 23.6), (11, 23.6), farbe="akzent")
    bild.pfeil((11, 23.6), (11, 18.5), farbe="akzent", abstand=0)
    bild.text(25, 23.6, "Ein Schritt", farbe="akzent", fett=True, ausrichtung="left")
    texte = ("Vorhersage", "Verlust", "Gradient", "Gewichte\nändern")
    stationen = [
        bild.kasten(11 + 26 * k, 14, 18, 9, text, groesse=0.97)
        for k, text in enumerate(texte)
    ]
    for links, rechts in pairwise(stationen):
        bild.pfeil(links, rechts)
    letzte, erste = stationen[-1], stationen[0]
    bild.linie((letzte.x, letzte.unten[1] - 0.6), (letzte.x, 4.5), (erste.x, 4.5))
    bild.pfeil((erste.x, 4.5), erste.unten)
    bild.text(50, 2, "weiter mit dem nächsten Batch", farbe="text-leise", groesse=0.93)
    return bild


def summennetz() -> Diagramm:
    """Two pictures, one shared reader, an own layer, two outputs."""
    bild = Diagramm(hoehe=44)
    oben, unten = 32, 11
    links = bild.tensor(6, oben, 9, 9, farbe="echt", raster=(5, 5))
    rechts = bild.tensor(6, unten, 9, 9, farbe="echt", raster=(5, 5))
    bild.text(6, oben + 6.6, "links", code=True, groesse=0.9)
    bild.text(6, unten - 6.8, "rechts", code=True, groesse=0.9)
    leser_oben = bild.kasten(27, oben, 16, 9, "leser", farbe="training", code=True)
    leser_unten = bild.kasten(27, unten, 16, 9, "leser", farbe="training", code=True)
    bild.pfeil(links, leser_oben)
    bild.pfeil(rechts, leser_unten)
    bild.linie(leser_oben.unten, leser_unten.oben, farbe="training", art="--")
    bild.text(
        28.5,
        21.5,
        "dieselben\nGewichte",
        farbe="training",
        ausrichtung="left",
        groesse=0.93,
    )
    p = bild.neuron(46, oben, r"$\mathbf{p}$", radius=3)
    q = bild.neuron(46, unten, r"$\mathbf{q}$", radius=3)
    bild.pfeil(leser_oben, p)
    bild.pfeil(leser_unten, q)
    summe = bild.kasten(66, oben, 18, 9, "Addierer", farbe="akzent", code=True)
    gleich = bild.kasten(66, unten, 18, 9, "Dot", code=True)
    for quelle in (p, q):
        for ziel in (summe, gleich):
            bild.pfeil(quelle, ziel)
    ende_oben = bild.kasten(91, oben, 16, 9, "Summe\n0 bis 18", gefuellt=False)
    ende_unten = bild.kasten(91, unten, 16, 9, "gleich?\n0 bis 1", gefuellt=False)
    bild.pfeil(summe, ende_oben)
    bild.pfeil(gleich, ende_unten)
    return bild
