"""Macht data/sonnenflecken.csv aus der Tabelle des PyPI-Pakets statsmodels.

Aufruf: `python data/sonnenflecken.py PAKET.whl`, wo PAKET.whl das Paket in Version 0.14.5
ist (`pip download --no-deps statsmodels==0.14.5`). Gelesen wird
`statsmodels/datasets/sunspots/sunspots.csv`, die jährlichen Sonnenfleckenzahlen 1700 bis
2008 des National Geophysical Data Center (gemeinfrei); stimmt ihre SHA-256-Summe nicht,
bricht das Skript ab. Es ändert nur die Namen der beiden Spalten.
"""

import csv
import io

from quelle import convert, table

QUELLE = "statsmodels/datasets/sunspots/sunspots.csv"
SHA256 = "f67889b1d9002cd5227f0e0ef54e35b419cdd85a31279adef6f73fb41e5c0a9b"
SPALTEN = ["year", "sunspots"]  # dort YEAR und SUNACTIVITY


def rename(raw: bytes) -> str:
    """Return the table with our column names."""
    _, *rows = csv.reader(io.StringIO(raw.decode("ascii")))
    return table([SPALTEN, *rows])


if __name__ == "__main__":
    convert(QUELLE, SHA256, "sonnenflecken.csv", rename, __doc__)
