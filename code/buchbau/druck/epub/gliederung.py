"""The order of the EPUB: parts with their pages, as ``_toc.yml`` has them.

Made by ``bauer``, read by ``paket`` and ``vorspann``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from buchbau import kapitel
from buchbau.druck.epub.seite import Seite
from buchbau.sphinx.teilseiten import roemisch


@dataclass
class Teil:
    """A part of the book with its written pages.

    seite: the page about the part; geschrieben: whether the book's sources hold it, else
    ``vorspann`` writes one that lists the chapters.
    """

    titel: str
    nummer: int | None
    seite: Seite
    geschrieben: bool
    kapitel: list[Seite]

    @property
    def zaehlung(self) -> str:
        return f"Teil {roemisch(self.nummer)}" if self.nummer else ""

    @property
    def name(self) -> str:
        """Number and title as the contents show them."""
        return f"{self.zaehlung}: {self.titel}" if self.nummer else self.titel


@dataclass
class Buch:
    """All parts, and the pictures that the pages show."""

    teile: list[Teil]
    bilder: list[str] = field(default_factory=list)

    @property
    def seiten(self) -> list[Seite]:
        """All pages in reading order, that of each part first."""
        return [seite for teil in self.teile for seite in (teil.seite, *teil.kapitel)]


def gliedere(teile: Iterable[kapitel.Teil], fertige: dict[str, Seite]) -> list[Teil]:
    """Return the parts with their pages; fertige: the written pages by docname."""
    gegliedert = []
    for zahl, teil in enumerate(teile, 1):
        eigene = fertige.get(teil.seite)
        gegliedert.append(
            Teil(
                titel=teil.titel,
                nummer=teil.nummer,
                seite=eigene or Seite(f"teil-{zahl}.xhtml", teil.titel),
                geschrieben=eigene is not None,
                kapitel=[fertige[name] for name in teil.kapitel if name in fertige],
            )
        )
    return gegliedert
