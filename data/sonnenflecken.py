"""Macht data/sonnenflecken.csv aus der Tabelle des PyPI-Pakets statsmodels.

Aufruf: `python data/sonnenflecken.py PAKET.whl`, wo PAKET.whl das Paket in Version 0.14.5
ist (`pip download --no-deps statsmodels==0.14.5`). Gelesen wird
`statsmodels/datasets/sunspots/sunspots.csv`, die jährlichen Sonnenfleckenzahlen 1700 bis
2008 des National Geophysical Data Center (gemeinfrei); stimmt ihre SHA-256-Summe nicht,
bricht das Skript ab. Es ändert nur die Namen der beiden Spalten.
"""

import csv
import hashlib
import io
import sys
import zipfile
from pathlib import Path

QUELLE = "statsmodels/datasets/sunspots/sunspots.csv"
SHA256 = "f67889b1d9002cd5227f0e0ef54e35b419cdd85a31279adef6f73fb41e5c0a9b"
SPALTEN = {"YEAR": "year", "SUNACTIVITY": "sunspots"}


def rename(raw: bytes) -> str:
    """Return the table with our column names, one newline a row."""
    head, *rows = csv.reader(io.StringIO(raw.decode("ascii")))
    if head != list(SPALTEN):
        raise ValueError(f"unerwartete Spalten: {head}")
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows([SPALTEN.values(), *rows])
    return target.getvalue()


def main(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        raw = archive.read(QUELLE)
    if hashlib.sha256(raw).hexdigest() != SHA256:
        sys.exit(f"{QUELLE}: SHA-256 stimmt nicht mit der von Version 0.14.5 überein.")
    target = Path(__file__).with_name("sonnenflecken.csv")
    target.write_bytes(rename(raw).encode("ascii"))
    print(target.name, hashlib.sha256(target.read_bytes()).hexdigest())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Aufruf: python data/sonnenflecken.py statsmodels-0.14.5-….whl")
    main(Path(sys.argv[1]))
