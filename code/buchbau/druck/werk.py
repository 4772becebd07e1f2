"""What a PDF holds: a `Werk` names its pages, its title and what is done with solutions.

Made by `python -m buchbau.druck` (the book) and by the handouts; read by `bauer`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from buchbau.kapitel import Kapitel, finde, lies_buch, lies_teile

if TYPE_CHECKING:
    from buchbau.druck.bauer import Livebild
    from buchbau.druck.schreiber import Schreiber

BUCH = "deep-learning-zum-anfassen"
UNTERTITEL = "Das ausführbare Lehrbuch mit Python und Keras"


@dataclass(frozen=True)
class Werk:
    """One PDF.

    name: stem of its files; titel, untertitel: as on its first page; seiten: its pages in
    order; klasse: the LaTeX class in `latex/`; ist_buch: with parts, imprint, contents,
    glossary and index; loesungen: whether answers and solutions stand at its end; marken:
    tagged for screen readers, for which tagpdf 0.98 needs a time that grows faster than
    the length (the first 116 pages of this book took 48 s a run, all 341 without tags
    17 s), so only chapters and handouts are; schreiber, rahmen: a writer and a frame of
    its own in place of the book's.
    """

    name: str
    titel: str
    untertitel: str
    seiten: tuple[Kapitel, ...]
    klasse: str = "lehrbuch"
    ist_buch: bool = True
    loesungen: bool = True
    marken: bool = False
    schreiber: type[Schreiber] | None = None
    rahmen: Callable[[Werk, dict[str, str], Any, list[Livebild]], str] | None = None

    @property
    def docnames(self) -> frozenset[str]:
        """Names of the pages, as Sphinx calls them."""
        return frozenset(seite.docname for seite in self.seiten)


def buch(wurzel: Path) -> Werk:
    """Return the book: every page but the start page and the pages for the website only."""
    weg = {teil.seite for teil in lies_teile(wurzel) if teil.nummer is None}
    seiten = [seite for seite in lies_buch(wurzel)[1:] if seite.docname not in weg]
    return Werk(BUCH, "Deep Learning zum Anfassen", UNTERTITEL, tuple(seiten))


def kapitelheft(wurzel: Path, name: str, *, loesungen: bool = True) -> Werk:
    """Return a single chapter as a work of its own."""
    seite = finde(name, wurzel)
    return Werk(
        name if not loesungen else f"{name}-loesungen",
        seite.titel,
        "",
        (seite,),
        ist_buch=False,
        loesungen=loesungen,
        marken=True,
    )


def teile(seiten: Sequence[Kapitel]) -> list[tuple[str, list[Kapitel]]]:
    """Return (caption of the part, its pages) in order; pages keep their order."""
    found: list[tuple[str, list[Kapitel]]] = []
    for seite in seiten:
        if not found or found[-1][0] != seite.teil:
            found.append((seite.teil, []))
        found[-1][1].append(seite)
    return found
