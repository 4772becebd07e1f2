"""Die Lernpfade (Kurse) aus `book/lernpfade.yml`, mit dem Stand des Buchs verbunden.

Aufgerufen von `buchbau.sphinx.lernpfade` für Startseite und „Über dieses Buch“ und von den
Tests. Ein Kapitel, das in `_toc.yml` steht, ist geschrieben; alle anderen sind geplant.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from buchbau.kapitel import WEGE, BuchFehler, Kapitel, lies_buch

DATEI = Path("book/lernpfade.yml")
GANZ = 90
BILD = "Bild"


@dataclass(frozen=True)
class Halt:
    """A chapter in a course.

    titel: of the page, or the planned one; docname: None while the chapter is not written;
    minuten: its route, 0 where the course only shows a picture of it.
    """

    titel: str
    docname: str | None
    minuten: int


@dataclass(frozen=True)
class Kurs:
    """A course; tage: the chapters of each day."""

    name: str
    titel: str
    dauer: str
    inhalt: str
    fuer: str
    tage: tuple[tuple[Halt, ...], ...]

    @property
    def marke(self) -> str:
        """Label of its plan."""
        return f"sec-lernpfad-{self.name}"


@dataclass(frozen=True)
class Lernpfade:
    """All courses; geplant and geschrieben count the chapters of the whole book."""

    kurse: tuple[Kurs, ...]
    geplant: int
    geschrieben: int


def _halt(text: str, planned: dict[str, str], written: dict[str, Kapitel]) -> Halt:
    """Read "cnn", "cnn 45" or "cnn Bild"."""
    name, _, route = text.partition(" ")
    if name not in planned:
        raise BuchFehler(f"{DATEI}: {name} steht nicht unter kapitel.")
    if route and route != BILD and (not route.isdigit() or int(route) not in WEGE):
        raise BuchFehler(f"{DATEI}: {text}: erlaubt sind {WEGE} Minuten oder {BILD}.")
    minutes = 0 if route == BILD else int(route or GANZ)
    page = written.get(name)
    if page is None:
        return Halt(planned[name], None, minutes)
    return Halt(page.titel, page.docname, minutes)


def lies_lernpfade(wurzel: Path) -> Lernpfade:
    """Return the courses of the book in `wurzel`; BuchFehler names what is wrong."""
    raw: dict[str, Any] = yaml.safe_load((wurzel / DATEI).read_text("utf-8"))
    planned: dict[str, str] = raw["kapitel"]
    written = {page.name: page for page in lies_buch(wurzel) if page.nummer is not None}
    unknown = set(written) - set(planned)
    if unknown:
        raise BuchFehler(f"{DATEI}: unter kapitel fehlt {', '.join(sorted(unknown))}.")
    courses = tuple(
        Kurs(
            **{key: course[key] for key in ("name", "titel", "dauer", "inhalt", "fuer")},
            tage=tuple(
                tuple(_halt(text, planned, written) for text in day)
                for day in course["tage"]
            ),
        )
        for course in raw["kurse"]
    )
    return Lernpfade(courses, len(planned), len(written))


def dauer(minuten: int) -> str:
    """Return minutes the way a timetable says them, "6 h 15 min", never broken."""
    hours, rest = divmod(minuten, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours)
    return " ".join(parts).replace(" ", "\N{NO-BREAK SPACE}")
