"""What the EPUB says about itself: title, people, version, date, licence, accessibility.

Read by the package (``paket``), the pages before the text (``vorspann``) and the cover.
Title, copyright and address stand in ``_config.yml``, the keywords in ``CITATION.cff``,
version, date and people come from where the printed book has them.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

import yaml
from sphinx.config import Config

from buchbau.druck import angaben
from buchbau.druck.werk import UNTERTITEL
from buchbau.kapitel import lies_kopf

ZUGAENGLICH = (
    "Das Buch lässt sich ganz mit Sprachausgabe lesen: Alle Abbildungen haben einen "
    "Alternativtext, alle Formeln sind MathML, Überschriften, Listen und Tabellen sind "
    "als solche ausgezeichnet. Keine Bedeutung hängt allein an einer Farbe. Es gibt "
    "weder Ton noch Bewegung noch Skripte."
)


def netzadresse(config: Config, docname: str) -> str:
    """Return the address under which the website shows a page."""
    return f"{config.html_baseurl.rstrip('/')}/{docname}.html"


@dataclass(frozen=True)
class Angaben:
    """The book's own particulars, in the words that the reader sees."""

    titel: str
    untertitel: str
    rechte: str
    adresse: str
    beschreibung: str
    schlagworte: tuple[str, ...]
    ausgabe: angaben.Angaben

    @property
    def kennung(self) -> str:
        """Identifier of the book: the same for every edition at this address."""
        return uuid.uuid5(uuid.NAMESPACE_URL, self.adresse).urn


def lies_angaben(config: Config, wurzel: Path) -> Angaben:
    """Collect the particulars; wurzel: folder of ``CITATION.cff`` and the start page."""
    zitat = yaml.safe_load((wurzel / "CITATION.cff").read_text("utf-8"))
    return Angaben(
        titel=config.html_title,
        untertitel=UNTERTITEL,
        rechte=config.copyright,
        adresse=config.html_baseurl,
        beschreibung=lies_kopf(wurzel / f"{config.root_doc}.md")["kurz"],
        schlagworte=tuple(zitat["keywords"]),
        ausgabe=angaben.lies(wurzel),
    )
