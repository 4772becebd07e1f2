"""Datensätze des Buchs laden. Jede Datei wird vor dem Lesen mit ihrer Summe geprüft."""

import csv
import os
from pathlib import Path

import numpy as np

from dlbuch.ablage import PROJECT, DatenFehler, checked, fetch, published

__all__ = [
    "DatenFehler",
    "lade_aktie",
    "lade_ki_geschichte",
    "lade_mails",
    "lade_mnist",
    "lade_pinguine",
    "lade_rechenaufwand",
    "lade_sonnenflecken",
    "lade_strom",
    "lade_transistoren",
]

_REMEDY = "Holen Sie sie neu: git checkout -- data"


def _checksums(folder: Path) -> dict[str, str]:
    """Read pruefsummen.txt (format of sha256sum) into {file name: sum}."""
    lines = (folder / "pruefsummen.txt").read_text("utf-8").splitlines()
    return {
        name.strip(): digest for digest, name in (line.split(None, 1) for line in lines)
    }


def pfad(datei: str) -> Path:
    """Return the path of a checked data file, fetching it first where necessary.

    datei: file name in data/, such as "mnist.npz". Raises DatenFehler if it is unknown,
    missing, damaged or cannot be fetched, and if the chapter does not name it.
    """
    folder = os.environ.get("DLBUCH_DATEN")
    if folder is None and published() is not None:
        return fetch(f"daten/{datei}")
    place = Path(folder) if folder else PROJECT / "data"
    if not (place / "pruefsummen.txt").exists():
        raise DatenFehler(
            "Die Daten des Buchs sind hier nicht zu finden. Öffnen Sie das Notebook von "
            "der Website aus oder setzen Sie DLBUCH_DATEN auf den Ordner data des Projekts."
        )
    sums = _checksums(place)
    if datei not in sums:
        raise DatenFehler(
            f"Es gibt keinen Datensatz {datei}; bekannt sind: {', '.join(sorted(sums))}."
        )
    if not (place / datei).exists():
        name = Path(datei).stem
        raise DatenFehler(
            f"{datei} fehlt. Nennt das Kapitel den Datensatz im Kopf (daten: [{name}])? "
            f"Sonst: {_REMEDY}"
        )
    return checked(place / datei, sums[datei], _REMEDY)


def lade_mails() -> np.ndarray:
    """Load the mails written for this book as a structured array of shape (390,).

    Fields: nr (1 to 390), welle (1, or 2 for mails after the spammers changed their
    wording), label ("spam" or "ham"), anlass (a fraud or an occasion), betreff, text.
    Mails with an odd nr are for training, those with an even one for testing (CC BY-SA 4.0,
    see data/README.md). Raises DatenFehler if the file is missing or damaged.
    """
    kinds = {"nr": "i8", "welle": "i8", "label": "U4", "anlass": "U14"}
    with pfad("mails.tsv").open(encoding="utf-8") as stream:
        names, *rows = (tuple(line.rstrip("\n").split("\t")) for line in stream)
    longest = {
        name: f"U{max(map(len, column))}"
        for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
    return np.array(rows, dtype=[(name, kinds.get(name, longest[name])) for name in names])


def lade_mnist() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Load MNIST as `(x_train, y_train), (x_test, y_test)`, like keras.datasets.

    Shapes (60000, 28, 28), (60000,), (10000, 28, 28), (10000,); dtype uint8, grey values
    0 (paper) to 255 (ink), labels 0 to 9. Source: LeCun, Cortes and Burges, see
    data/README.md. Raises DatenFehler if the file is missing or damaged.
    """
    with np.load(pfad("mnist.npz"), allow_pickle=False) as archive:
        train = archive["x_train"], archive["y_train"]
        test = archive["x_test"], archive["y_test"]
    return train, test


def lade_pinguine() -> np.ndarray:
    """Load the Palmer penguins as a structured array of shape (344,).

    Fields as in the source: species, island, bill_length_mm, bill_depth_mm,
    flipper_length_mm (mm), body_mass_g (g), sex, year. A missing number is nan, a missing
    text is "". Source: Horst, Hill and Gorman 2020 (CC0), see data/README.md. Raises
    DatenFehler if the file is missing or damaged.
    """
    kinds = ["U9", "U9", "f8", "f8", "f8", "f8", "U6", "i8"]
    path = pfad("pinguine.csv")
    with path.open(encoding="utf-8") as stream:
        names = stream.readline().strip().split(",")
    return np.genfromtxt(
        path,
        delimiter=",",
        skip_header=1,
        dtype=list(zip(names, kinds, strict=True)),
        encoding="utf-8",
    )


def lade_sonnenflecken() -> tuple[np.ndarray, np.ndarray]:
    """Load the yearly sunspot numbers as `(years, sunspots)`.

    Shapes (309,) and (309,), dtypes int64 and float64; the years 1700 to 2008, one mean a
    year, as counted before the recalibration of 2015. Source: National Geophysical Data
    Center, public domain, see data/README.md. Raises DatenFehler if the file is missing
    or damaged.
    """
    table = np.genfromtxt(pfad("sonnenflecken.csv"), delimiter=",", skip_header=1)
    return table[:, 0].astype(np.int64), table[:, 1]


def _zeitreihe(datei: str, zeit: str) -> tuple[np.ndarray, np.ndarray]:
    """Read a table of times and values as two arrays of the same length.

    datei: file name in data/; zeit: dtype of the times, such as "M8[D]".
    """
    kinds = [("time", zeit), ("value", "f8")]
    with pfad(datei).open(encoding="ascii") as stream:
        table = np.loadtxt(stream, dtype=kinds, delimiter=",", skiprows=1)
    return table["time"], table["value"]


def lade_strom() -> tuple[np.ndarray, np.ndarray]:
    """Load the half-hourly electricity demand of England and Wales as `(times, demand)`.

    Shapes (4032,) and (4032,): twelve weeks from Monday, 5 June to Sunday, 27 August 2000;
    times as datetime64[m], demand in MW as float64. Source: Taylor (2003), see
    data/README.md. Raises DatenFehler if the file is missing or damaged.
    """
    return _zeitreihe("strom.csv", "M8[m]")


def lade_aktie() -> tuple[np.ndarray, np.ndarray]:
    """Load the closing prices of the MSFT share as `(days, prices)`.

    Shapes (7983,) and (7983,): the trading days from 13 March 1986 to 10 November 2017 as
    datetime64[D], prices in US dollars, adjusted for splits and dividends, as float64.
    Source: Marjanovic (2017), see data/README.md. Raises DatenFehler if the file is
    missing or damaged.
    """
    return _zeitreihe("aktie.csv", "M8[D]")


def _tabelle(datei: str, arten: list[str]) -> np.ndarray:
    """Read a table written by hand (quoted fields) as a structured array.

    datei: file name in data/; arten: dtype of each column, in the file's order.
    """
    with pfad(datei).open(encoding="utf-8", newline="") as stream:
        names, *rows = csv.reader(stream)
    kinds = list(zip(names, arten, strict=True))
    return np.array([tuple(row) for row in rows], dtype=kinds)


def lade_ki_geschichte() -> np.ndarray:
    """Load the events of the history of AI as a structured array, sorted by year.

    Fields: year, until (the last year; of most events the same), category, title, people,
    sentence, source (key in the book's bibliography); texts are German. Collected for
    this book, see data/README.md. Raises DatenFehler if the file is missing or damaged.
    """
    kinds = ["i8", "i8", "U20", "U40", "U90", "U160", "U30"]
    return _tabelle("ki_geschichte.csv", kinds)


def lade_transistoren() -> np.ndarray:
    """Load transistor counts of chips as a structured array.

    Fields: year, kind ("Prozessor" or "Grafikprozessor"), chip, transistors, source (key
    in the book's bibliography). Collected for this book, see data/README.md. Raises
    DatenFehler if the file is missing or damaged.
    """
    return _tabelle("transistoren.csv", ["i8", "U20", "U30", "i8", "U30"])


def lade_rechenaufwand() -> np.ndarray:
    """Load estimates of the training compute of models as a structured array.

    Fields: year, model, flop (floating-point operations, rounded to one or two digits),
    source (key in the book's bibliography). After Epoch AI (CC BY 4.0), see
    data/README.md. Raises DatenFehler if the file is missing or damaged.
    """
    return _tabelle("rechenaufwand.csv", ["i8", "U30", "f8", "U30"])
