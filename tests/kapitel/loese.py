"""Rechnet Antworten auf Übungen nach; ein Prozess je Kapitel, gestartet von test_uebungen.

Reads from standard input {"vorbereitung": [code], "uebungen": [{name: [code]}]} and writes
{name: [error class or "", message]} to standard output. Each exercise begins with a fresh
preparation, each attempt at it with a copy of those names; imports are paid only once.
"""

from __future__ import annotations

import contextlib
import json
import sys

import matplotlib as mpl


def run(cells: list[str], names: dict) -> tuple[str, str]:
    """Run cells; return class and message of the exception, ("", "") if none."""
    for number, source in enumerate(cells, start=1):
        try:
            exec(compile(source, f"<Zelle {number}>", "exec"), names)
        except Exception as error:
            return type(error).__name__, str(error)
    return "", ""


def solve(
    preparation: list[str], attempts: dict[str, list[str]]
) -> dict[str, tuple[str, str]]:
    """Return the result of each attempt at one exercise."""
    prepared: dict = {"__name__": "__main__"}
    kind, message = run(preparation, prepared)
    if kind:
        return dict.fromkeys(attempts, ("Vorbereitung", f"{kind}: {message}"))
    return {name: run(cells, dict(prepared)) for name, cells in attempts.items()}


def main() -> None:
    """Answer the one request on standard input."""
    mpl.use("Agg")
    request = json.load(sys.stdin)
    # Was die Zellen drucken, gehört nicht in die Antwort.
    with contextlib.redirect_stdout(sys.stderr):
        results: dict[str, tuple[str, str]] = {}
        for attempts in request["uebungen"]:
            results |= solve(request["vorbereitung"], attempts)
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
