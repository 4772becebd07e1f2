"""Macht data/pinguine.csv aus der Tabelle des PyPI-Pakets palmerpenguins.

Aufruf: `python data/pinguine.py PAKET.whl`, wo PAKET.whl das Paket in Version 0.1.6 ist
(`pip download --no-deps palmerpenguins==0.1.6`). Gelesen wird die vereinfachte Tabelle
`penguins.csv` von Horst, Hill und Gorman (CC0); stimmt ihre SHA-256-Summe nicht, bricht
das Skript ab. Es ändert nur eins: Fehlende Werte (dort `NA`) werden leere Felder, damit
NumPy sie als `nan` oder als leeren Text liest.
"""

import csv
import hashlib
import io
import sys
import zipfile
from pathlib import Path

QUELLE = "palmerpenguins/data/penguins.csv"
SHA256 = "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93"
SPALTEN = [
    "species",
    "island",
    "bill_length_mm",
    "bill_depth_mm",
    "flipper_length_mm",
    "body_mass_g",
    "sex",
    "year",
]


def clean(raw: bytes) -> str:
    """Return the table with empty fields instead of `NA`, one newline a row."""
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8"))))
    if rows[0] != SPALTEN:
        raise ValueError(f"unerwartete Spalten: {rows[0]}")
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    for row in rows:
        writer.writerow(["" if field == "NA" else field for field in row])
    return target.getvalue()


def main(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        raw = archive.read(QUELLE)
    if hashlib.sha256(raw).hexdigest() != SHA256:
        sys.exit(f"{QUELLE}: SHA-256 stimmt nicht mit der von Version 0.1.6 überein.")
    target = Path(__file__).with_name("pinguine.csv")
    target.write_bytes(clean(raw).encode("utf-8"))
    print(target.name, hashlib.sha256(target.read_bytes()).hexdigest())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Aufruf: python data/pinguine.py palmerpenguins-0.1.6-….whl")
    main(Path(sys.argv[1]))
