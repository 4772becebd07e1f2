"""Diagrams of the chapter »Das erste Netz mit Keras« (`book/keras/erstes-netz.md`).

Called by the directive ``{diagramm} erstes_netz.<function>`` at build time.
"""

from itertools import pairwise

from buchbau.zeichnen import Diagramm


def netz_784_128_10() -> Diagramm:
    """The network of the chapter: 784 inputs, 128 hidden neurons, 10 outputs."""
    bild = Diagramm(hoehe=60, breite=80)
    foto = bild.tensor(6.5, 31, 12, 12, farbe="echt", raster=(7, 7))
    bild.text(6.5, 40.5, "Bild", fett=True)
    bild.text(6.5, 21, "28 × 28", farbe="text-leise")
    eingabe = bild.schicht(
        27,
        31,
        784,
        zeige=6,
        abstand=5.2,
        radius=1.8,
        name="Eingabe",
        unterschrift="784\nZahlen",
    )
    verdeckt = bild.schicht(
        48,
        31,
        128,
        zeige=6,
        abstand=5.2,
        radius=1.8,
        farbe="training",
        name="Verdeckt",
        unterschrift="128 Neuronen,\nReLU",
    )
    ausgabe = bild.schicht(
        70,
        31,
        10,
        zeige=10,
        abstand=4.1,
        radius=1.8,
        farbe="akzent",
        name="Ausgabe",
        unterschrift="10 Neuronen,\nSoftmax",
    )
    bild.pfeil(foto, eingabe.rahmen, "Flatten", abstand=1.2)
    bild.verbinde(eingabe, verdeckt)
    bild.verbinde(verdeckt, ausgabe)
    for ziffer, neuron in enumerate(ausgabe.neuronen):
        bild.text(neuron.x + 4, neuron.y, str(ziffer), farbe="akzent")
    bild.text(30, 1.6, "784 · 128 + 128 = 100.480", groesse=0.93)
    bild.text(67, 1.6, "128 · 10 + 10 = 1.290", groesse=0.93)
    return bild


def epoche_und_schritte() -> Diagramm:
    """One epoch: 50,000 pictures in batches; four actions in each step."""
    bild = Diagramm(hoehe=62, breite=76)
    bild.text(0.5, 59.5, "Eine Epoche", fett=True, ausrichtung="left")
    bild.text(
        0.5,
        55,
        "jedes Bild einmal, in zufälliger Reihenfolge",
        farbe="text-leise",
        ausrichtung="left",
    )
    plaetze = [(8, "1"), (24, "2"), (52, "390"), (68, "391")]
    for x, nummer in plaetze:
        bild.kasten(
            x,
            47,
            14.5,
            7,
            f"Batch {nummer}",
            farbe="akzent" if nummer == "2" else "text",
        )
        bild.text(
            x,
            41,
            "80 Bilder" if nummer == "391" else "128 Bilder",
            farbe="text-leise",
        )
    bild.text(38, 47, "…", farbe="text-leise")
    bild.linie((24, 38.6), (24, 33.6), (14, 33.6), farbe="akzent")
    bild.pfeil((14, 33.6), (14, 29.2), farbe="akzent", abstand=0)
    bild.text(26, 33.6, "Ein Schritt", farbe="akzent", fett=True, ausrichtung="left")
    # im Uhrzeigersinn: oben hin, unten zurück
    orte = (
        (14, 24, "Vorhersage"),
        (60, 24, "Verlust"),
        (60, 7, "Gradient"),
        (14, 7, "Gewichte\nändern"),
    )
    stationen = [bild.kasten(x, y, 24, 9, text) for x, y, text in orte]
    for von, nach in pairwise(stationen):
        bild.pfeil(von, nach)
    bild.pfeil(stationen[-1], stationen[0])
    bild.text(
        16,
        15.5,
        "weiter mit dem nächsten Batch",
        farbe="text-leise",
        ausrichtung="left",
    )
    return bild


def summennetz() -> Diagramm:
    """Two pictures, one shared reader, an own layer, two outputs."""
    bild = Diagramm(hoehe=46, breite=82)
    oben, unten = 33, 12
    links = bild.tensor(5, oben, 9, 9, farbe="echt", raster=(5, 5))
    rechts = bild.tensor(5, unten, 9, 9, farbe="echt", raster=(5, 5))
    bild.text(5, oben + 7, "links", code=True, groesse=0.93)
    bild.text(5, unten - 7.2, "rechts", code=True, groesse=0.93)
    leser_oben = bild.kasten(21.5, oben, 14, 9, "reader", farbe="training", code=True)
    leser_unten = bild.kasten(21.5, unten, 14, 9, "reader", farbe="training", code=True)
    bild.pfeil(links, leser_oben)
    bild.pfeil(rechts, leser_unten)
    bild.linie(leser_oben.unten, leser_unten.oben, farbe="training", art="--")
    bild.text(
        20,
        22.5,
        "dieselben\nGewichte",
        farbe="training",
        ausrichtung="right",
    )
    p = bild.neuron(36, oben, r"$\mathbf{p}$", radius=3)
    q = bild.neuron(36, unten, r"$\mathbf{q}$", radius=3)
    bild.pfeil(leser_oben, p)
    bild.pfeil(leser_unten, q)
    summe = bild.kasten(53.5, oben, 18, 9, "Adder", farbe="akzent", code=True)
    gleich = bild.kasten(53.5, unten, 18, 9, "Dot", code=True)
    for quelle in (p, q):
        for ziel in (summe, gleich):
            bild.pfeil(quelle, ziel)
    ende_oben = bild.kasten(74, oben, 15, 10, "Summe\n0 bis 18", gefuellt=False)
    ende_unten = bild.kasten(74, unten, 15, 10, "gleich?\n0 bis 1", gefuellt=False)
    bild.pfeil(summe, ende_oben)
    bild.pfeil(gleich, ende_unten)
    return bild
