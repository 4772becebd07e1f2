"""Macht data/aktie.csv aus dem Datensatz `msft` des PyPI-Pakets pmdarima.

Aufruf: `python data/aktie.py PAKET.whl`, wo PAKET.whl das Paket in Version 2.1.1 ist
(`pip download --no-deps pmdarima==2.1.1`). Gelesen wird `msft.csv` aus dem Archiv
`pmdarima/datasets/data/msft.tar.gz`, die Kurse der Microsoft-Aktie vom 13. März 1986 bis
zum 10. November 2017 aus der Sammlung von Boris Marjanovic (Kaggle, CC0). Stimmt die
SHA-256-Summe des Archivs nicht, bricht das Skript ab. Es behält Tag und Schlusskurs.
"""

import csv
import io
import tarfile

from quelle import convert, table

QUELLE = "pmdarima/datasets/data/msft.tar.gz"
SHA256 = "667627a7e6486003788c845182aaac5f7edbf74220b500eea9a50a7e4f1c12ba"


def closing(raw: bytes) -> str:
    """Return the table of days and closing prices."""
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        text = archive.extractfile("msft.csv").read().decode("ascii")
    rows = csv.DictReader(io.StringIO(text))
    return table([["date", "close"], *((row["Date"], row["Close"]) for row in rows)])


if __name__ == "__main__":
    convert(QUELLE, SHA256, "aktie.csv", closing, __doc__)
