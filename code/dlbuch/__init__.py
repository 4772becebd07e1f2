"""Helfer des Buchs »Deep Learning zum Anfassen« für die Notebooks der Lesenden.

Ein Kapitel zeigt seinen wesentlichen Code selbst; hier steht nur, was davon ablenken
würde: Daten laden, Abbildungen im Stil des Buchs, Zahlen merken, Antworten prüfen.
Braucht nur NumPy, Matplotlib und Keras.
"""

from dlbuch.daten import (
    DatenFehler,
    lade_aktie,
    lade_ki_geschichte,
    lade_mails,
    lade_mnist,
    lade_pinguine,
    lade_rechenaufwand,
    lade_sonnenflecken,
    lade_strom,
    lade_transistoren,
)
from dlbuch.fehler import zeige_fehler
from dlbuch.geraet import geraet, waehle
from dlbuch.merken import merke
from dlbuch.modelle import exportiere, lade_modell, lade_ziffernleser
from dlbuch.pruefen import PruefungFehler, pruefe, pruefe_nahe
from dlbuch.stil import FARBEN, MARKEN, stil
from dlbuch.zahlen import zahl

__all__ = [
    "FARBEN",
    "MARKEN",
    "DatenFehler",
    "PruefungFehler",
    "exportiere",
    "geraet",
    "lade_aktie",
    "lade_ki_geschichte",
    "lade_mails",
    "lade_mnist",
    "lade_modell",
    "lade_pinguine",
    "lade_rechenaufwand",
    "lade_sonnenflecken",
    "lade_strom",
    "lade_transistoren",
    "lade_ziffernleser",
    "merke",
    "pruefe",
    "pruefe_nahe",
    "stil",
    "waehle",
    "zahl",
    "zeige_fehler",
]
