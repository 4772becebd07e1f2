"""Diagrams of the chapter `book/ueberblick/machine-learning.md`.

Called by the directive ``{diagramm} machine_learning.<function>`` at build time.
"""

from itertools import pairwise

from buchbau.zeichnen import Diagramm, Form

# Zweige der Landkarte: Name, englisch, woran man sie erkennt, Verfahren darunter.
# Ein Verfahren: Name, Beispielfrage, Marke des Kapitels, Titel des Kapitels.
ZWEIGE = [
    (
        "überwacht",
        "Die Antworten stehen dabei.",
        [
            (
                "Klassifikation",
                "Spam oder nicht?",
                "kap-klassische-verfahren",
                "Klassisches überwachtes Lernen",
            ),
            (
                "Regression",
                "Wie viel Umsatz?",
                "kap-regression-klassifikation",
                "Regression und Klassifikation mit MLPs",
            ),
        ],
    ),
    (
        "unüberwacht",
        "Niemand kennt die Antwort.",
        [
            ("Clustering", "Welche Gruppen?", "kap-clustering", "Clustering"),
            (
                "Dimensionsreduktion",
                "Geht es mit weniger?",
                "kap-dimensionsreduktion",
                "Dimensionsreduktion und Anomalien",
            ),
            (
                "Visualisierung",
                "Wie sieht das aus?",
                "kap-dimensionsreduktion",
                "Dimensionsreduktion und Anomalien",
            ),
            (
                "Ausreißererkennung",
                "Was passt nicht?",
                "kap-dimensionsreduktion",
                "Dimensionsreduktion und Anomalien",
            ),
            (
                "Assoziation",
                "Was kommt zusammen?",
                "kap-dimensionsreduktion",
                "Dimensionsreduktion und Anomalien",
            ),
            (
                "Generieren",
                "Wie sähe ein neues aus?",
                "kap-gan",
                "Generative Adversarial Networks",
            ),
        ],
    ),
    (
        "selbstüberwacht",
        "Die Antwort steckt in den Daten.",
        [
            (
                "Lücken füllen",
                "Welches Wort fehlt?",
                "kap-transformer",
                "Attention und Transformer",
            ),
            (
                "Wiederherstellen",
                "Wie war das Original?",
                "kap-autoencoder",
                "Autoencoder",
            ),
        ],
    ),
    (
        "bestärkend",
        "Es gibt nur Belohnung.",
        [
            (
                "Handeln lernen",
                "Welcher Zug ist gut?",
                "kap-reinforcement-learning",
                "Bestärkendes Lernen",
            )
        ],
    ),
]


def taxonomie() -> Diagramm:
    """The map of methods: a tree read from above, each method a line with its chapter."""
    zeile, breite = 7.0, 74
    zeilen = 1 + sum(1 + len(verfahren) for _, _, verfahren in ZWEIGE)
    bild = Diagramm(hoehe=zeilen * zeile + 1, breite=breite)
    y = zeilen * zeile - 3
    bild.kasten(14.5, y, 28, 5.6, "Machine Learning", farbe="akzent", fett=True)
    stamm_oben, stamm_unten = y - 2.8, y
    for name, merkmal, verfahren in ZWEIGE:
        y -= zeile
        stamm_unten = y
        bild.linie((3, y), (5.5, y))
        bild.kasten(16.5, y, 22, 5.6, name, farbe="training", fett=True)
        bild.text(29.5, y, merkmal, farbe="text-leise", ausrichtung="left")
        ast = y - 2.8
        for methode, frage, ziel, kapitel in verfahren:
            y -= zeile
            bild.linie((8, ast), (8, y), (11, y))
            bild.kasten(24, y, 26, 5.6, methode)
            bild.text(39, y, frage, ausrichtung="left", farbe="text-leise")
            flaeche = Form((11 + breite) / 2, y, (breite - 11) / 2, zeile / 2)
            bild.verweis(flaeche, ziel, f"{methode}: Kapitel {kapitel}")
    bild.linie((3, stamm_oben), (3, stamm_unten))
    return bild


def regeln_gegen_lernen() -> Diagramm:
    """Two ways to a filter: people write rules, or training makes a model."""
    bild = Diagramm(hoehe=62, breite=80)
    for y, titel, farbe in ((57, "Regeln", "text"), (26, "Lernen", "test")):
        bild.text(0.5, y, titel, fett=True, farbe=farbe, ausrichtung="left")
    lesen = bild.kasten(10, 47, 19, 8, "Mails lesen", gefuellt=False)
    mensch = bild.kasten(38, 47, 24, 8, "Mensch schreibt\nRegeln")
    regeln = bild.kasten(68, 47, 20, 8, "Regeln", farbe="text", fett=True)
    neue = bild.kasten(38, 36, 24, 6, "neue Mail", gefuellt=False)
    urteil = bild.kasten(68, 36, 20, 6, "Urteil", gefuellt=False)
    bild.pfeil(lesen, mensch)
    bild.pfeil(mensch, regeln)
    bild.pfeil(neue, urteil)
    bild.pfeil(regeln, urteil)
    bild.linie((0, 30.2), (80, 30.2), farbe="linie")
    daten = bild.kasten(10, 17, 19, 8, "Mails mit\nLabels", gefuellt=False)
    training = bild.kasten(38, 17, 24, 8, "Training", farbe="test")
    modell = bild.kasten(68, 17, 20, 8, "Modell:\nGewichte", farbe="test", fett=True)
    neue = bild.kasten(38, 5, 24, 6, "neue Mail", gefuellt=False)
    urteil = bild.kasten(68, 5, 20, 6, "Urteil", gefuellt=False)
    bild.pfeil(daten, training, farbe="test")
    bild.pfeil(training, modell, farbe="test")
    bild.pfeil(neue, urteil)
    bild.pfeil(modell, urteil)
    return bild


def ki_ml_dl() -> Diagramm:
    """Three frames, each inside the one before."""
    bild = Diagramm(hoehe=48, breite=80)
    rahmen = (
        (40, 24, 79, 47, "text", "Künstliche Intelligenz", "Regeln, Suche, Logik"),
        (47, 19, 62, 33, "training", "Machine Learning", "Naive Bayes, Bäume, k-means"),
        (54, 13, 45, 17, "akzent", "Deep Learning", "Netze mit vielen Schichten"),
    )
    for x, y, breite, hoehe, farbe, name, beispiel in rahmen:
        bild.kasten(x, y, breite, hoehe, farbe=farbe, gefuellt=False)
        links, oben = x - breite / 2 + 2.5, y + hoehe / 2
        bild.text(links, oben - 3.6, name, farbe=farbe, fett=True, ausrichtung="left")
        bild.text(links, oben - 8.2, beispiel, farbe="text-leise", ausrichtung="left")
    return bild


def crisp_dm() -> Diagramm:
    """The six phases around the data, with the ways back."""
    bild = Diagramm(hoehe=60, breite=80)
    orte = {
        "anliegen": (20, 53, "1 Anliegen\nverstehen"),
        "daten": (60, 53, "2 Daten\nverstehen"),
        "vorbereiten": (66, 32, "3 Daten\nvorbereiten"),
        "modell": (60, 9, "4 Modell\nbauen"),
        "bewerten": (20, 9, "5 Bewerten"),
        "einsetzen": (14, 32, "6 Einsetzen"),
    }
    kasten = {
        name: bild.kasten(x, y, 24, 9.5, text, farbe="training")
        for name, (x, y, text) in orte.items()
    }
    mitte = bild.neuron(43, 31, radius=7.5, farbe="akzent")
    bild.text(*mitte.mitte, "Daten", farbe="akzent", fett=True)
    bild.pfeil((32.5, 54.6), (47.5, 54.6), abstand=0)
    bild.pfeil((47.5, 51.4), (32.5, 51.4), abstand=0)
    bild.pfeil(kasten["daten"], kasten["vorbereiten"])
    bild.pfeil((62.6, 26.8), (58.6, 14.2), abstand=0)
    bild.pfeil((62.4, 14.2), (66.4, 26.8), abstand=0)
    bild.pfeil(kasten["modell"], kasten["bewerten"])
    bild.pfeil(kasten["bewerten"], kasten["einsetzen"])
    bild.pfeil((30, 14.2), (30, 47.8), abstand=0, art="--")
    return bild


def pipeline() -> Diagramm:
    """Training data go through all stations, new data only through those that apply."""
    bild = Diagramm(hoehe=36, breite=80)
    oben, unten = 26, 8
    training = bild.kasten(9, oben, 17, 8, "Trainings-\ndaten", farbe="training")
    zaehlen = bild.kasten(33, oben, 19, 8, "Vorbereiten")
    lernen = bild.kasten(53.5, oben, 14, 8, "Training")
    modell = bild.kasten(72, oben, 15, 8, "Modell", fett=True)
    for a, b in pairwise((training, zaehlen, lernen, modell)):
        bild.pfeil(a, b, farbe="training")
    neu = bild.kasten(9, unten, 17, 8, "neue\nDaten", farbe="test")
    gleich = bild.kasten(33, unten, 19, 8, "Vorbereiten")
    urteil = bild.kasten(72, unten, 15, 8, "Vorhersage")
    bild.pfeil(neu, gleich, farbe="test")
    bild.pfeil(gleich, urteil, farbe="test")
    bild.pfeil(zaehlen, gleich, art="--")
    bild.text(34.2, 17, "dasselbe Vokabular", farbe="text-leise", ausrichtung="left")
    bild.pfeil(modell, urteil, art="--")
    return bild
