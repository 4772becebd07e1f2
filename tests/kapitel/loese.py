"""Rechnet Antworten auf Übungen nach; ein Prozess je Kapitel, gestartet von test_uebungen.

Reads from standard input {"vorbereitung": [code], "versuche": {name: [code]}} and writes
{name: [error class or "", message]} to standard output. Every attempt begins with the
preparation in a namespace of its own; within one process imports are paid only once.
"""

from __future__ import annotations

import contextlib
import json
import sys

import matplotlib as mpl


def attempt(preparation: list[str], cells: list[str]) -> tuple[str, str]:
    """Run the cells; return class and message of the exception, ("", "") if none."""
    names: dict = {"__name__": "__main__"}
    for number, source in enumerate([*preparation, *cells]):
        try:
            exec(compile(source, f"<Zelle {number + 1}>", "exec"), names)
        except Exception as error:
            if number < len(preparation):
                return "Vorbereitung", f"{type(error).__name__}: {error}"
            return type(error).__name__, str(error)
    return "", ""


def main() -> None:
    """Answer the one request on standard input."""
    mpl.use("Agg")
    request = json.load(sys.stdin)
    # Was die Zellen drucken, gehört nicht in die Antwort.
    with contextlib.redirect_stdout(sys.stderr):
        results = {
            name: attempt(request["vorbereitung"], cells)
            for name, cells in request["versuche"].items()
        }
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
