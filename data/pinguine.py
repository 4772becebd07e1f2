"""Macht data/pinguine.csv aus der Tabelle des PyPI-Pakets palmerpenguins.

Aufruf: `python data/pinguine.py PAKET.whl`, wo PAKET.whl das Paket in Version 0.1.6 ist
(`pip download --no-deps palmerpenguins==0.1.6`). Gelesen wird die vereinfachte Tabelle
`penguins.csv` von Horst, Hill und Gorman (CC0); stimmt ihre SHA-256-Summe nicht, bricht
das Skript ab. Es ändert nur eins: Fehlende Werte (dort `NA`) werden leere Felder, damit
NumPy sie als `nan` oder als leeren Text liest.
"""

import csv
import io

from quelle import convert, table

QUELLE = "palmerpenguins/data/penguins.csv"
SHA256 = "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93"


def clean(raw: bytes) -> str:
    """Return the table with empty fields instead of `NA`."""
    rows = csv.reader(io.StringIO(raw.decode("utf-8")))
    return table(["" if field == "NA" else field for field in row] for row in rows)


if __name__ == "__main__":
    convert(QUELLE, SHA256, "pinguine.csv", clean, __doc__)
