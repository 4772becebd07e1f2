"""Macht data/strom.csv aus dem Datensatz `taylor` des PyPI-Pakets pmdarima.

Aufruf: `python data/strom.py PAKET.whl`, wo PAKET.whl das Paket in Version 2.1.1 ist
(`pip download --no-deps pmdarima==2.1.1`). Gelesen wird die Liste in
`pmdarima/datasets/taylor.py`: die halbstündliche Stromnachfrage in England und Wales vom
5. Juni bis zum 27. August 2000 in Megawatt, die James W. Taylor zur Verfügung gestellt
hat. Stimmt die SHA-256-Summe der Datei nicht, bricht das Skript ab. Hinzu kommt nur die
Uhrzeit: Die Quelle nennt die Tage, wir setzen den ersten Wert auf 0 Uhr.
"""

import ast
from datetime import datetime, timedelta

from quelle import convert, table

QUELLE = "pmdarima/datasets/taylor.py"
SHA256 = "3df2f44f654bfe4338ea39350912140c9710fa776270f50a2529b2f5c87a4e19"
ANFANG = datetime(2000, 6, 5)
SCHRITT = timedelta(minutes=30)


def timed(raw: bytes) -> str:
    """Return the table of times and demands; the numbers are read, never executed."""
    lists = [node for node in ast.walk(ast.parse(raw)) if isinstance(node, ast.List)]
    demands = ast.literal_eval(max(lists, key=lambda node: len(node.elts)))
    times = [f"{ANFANG + k * SCHRITT:%Y-%m-%dT%H:%M}" for k in range(len(demands))]
    return table([["time", "demand_mw"], *zip(times, demands, strict=True)])


if __name__ == "__main__":
    convert(QUELLE, SHA256, "strom.csv", timed, __doc__)
