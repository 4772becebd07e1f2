"""Reads the log of LuaLaTeX: what a reader of the PDF would see, in German lines.

Called by `satz` after the last run.
"""

from __future__ import annotations

import re
from pathlib import Path

#: A line may stick out by this much (in points); nobody sees a third of a millimetre.
UEBERSTAND_PT = 1.0

#: Below a page so much may hang over; a line of code is as high.
UEBERLAUF_PT = 11.0

_TOO_HIGH = re.compile(r"Overfull \\vbox \(([\d.]+)pt too high\)(.*)")
_OVERFULL = re.compile(r"Overfull \\hbox \(([\d.]+)pt too wide\) (.*)")
_REST = (
    (
        re.compile(r"Missing character: There is no (\S+) .*in font ([^;!]*)"),
        "Zeichen fehlt: {0} in {1}",
    ),
    (re.compile(r"Reference `([^']+)' .*undefined"), "Verweis ohne Ziel: {0}"),
    (re.compile(r"LaTeX Warning: Label `([^']+)' multiply defined"), "Ziel doppelt: {0}"),
    (
        re.compile(r"name\{([^}]+)\} has been referenced but does not exist"),
        "Verweis ohne Ziel: {0}",
    ),
    (re.compile(r"LaTeX Warning: File `([^']+)' not found"), "Datei fehlt: {0}"),
    (re.compile(r"(Font shape `[^']+' undefined)"), "Schnitt fehlt: {0}"),
    (re.compile(r"LaTeX Warning: (Float too large.*)"), "{0}"),
)


def maengel(log: Path) -> list[str]:
    """Return what is wrong with a set document, a line each."""
    text = log.read_text("utf-8", errors="replace")
    found: dict[str, None] = {}
    for wide in _OVERFULL.finditer(text):
        if float(wide[1]) > UEBERSTAND_PT:
            found[f"Zeile ragt {wide[1]} pt heraus: {wide[2]}"] = None
    for high in _TOO_HIGH.finditer(text):
        if float(high[1]) > UEBERLAUF_PT:
            found[f"Seite läuft um {high[1]} pt über:{high[2]}"] = None
    for pattern, message in _REST:
        for match in pattern.finditer(text):
            found[message.format(*match.groups())] = None
    return list(found)
