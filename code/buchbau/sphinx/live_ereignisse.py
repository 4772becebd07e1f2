"""The events of the live timeline: made from the chapter's own table at build time.

Called by ``live_dateien.py`` for the website and by ``buchbau.standbilder``. Source is
``data/ki_geschichte.csv``; authors and year of each source come from the bibliography.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

from pybtex.database import Entry, Person, parse_file

BOOK = Path(__file__).resolve().parents[3]
EVENTS = BOOK / "data" / "ki_geschichte.csv"
BIBLIOGRAPHY = BOOK / "book" / "anhang" / "literatur.bib"

#: Place below the folder of the live figures; figuren/zeitstrahl.js reads it.
TARGET = Path("daten") / "ereignisse.json"


def _name(person: Person) -> str:
    """Return the last name of a person, or the whole name of an institution."""
    parts = [*person.prelast_names, *person.last_names]
    return " ".join(parts).replace("{", "").replace("}", "")


def label(entry: Entry) -> str:
    """Return a source as German texts name it: ``Cortes und Vapnik (1995)``."""
    names = [_name(person) for person in entry.persons.get("author", [])]
    if len(names) > 2 or "others" in names:
        names = [f"{names[0]} et al."]
    return f"{' und '.join(names)} ({entry.fields['year']})"


@cache
def events() -> list[dict[str, str | int]]:
    """Return the events in the order of the table, with the label of their source."""
    works = parse_file(str(BIBLIOGRAPHY)).entries
    with EVENTS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        {
            **row,
            "year": int(row["year"]),
            "until": int(row["until"]),
            "label": label(works[row["source"]]),
        }
        for row in rows
    ]


def write(folder: Path) -> None:
    """Write the events for the figure into the folder of the live figures."""
    target = folder / TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(events(), ensure_ascii=False), encoding="utf-8")
