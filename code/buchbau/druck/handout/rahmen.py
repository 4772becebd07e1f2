"""The frame of a handout: the chapter, its terms, its literature, other chapters, answers.

Called by the builder ``buchbau.druck.bauer`` with the written page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from buchbau.druck import angaben
from buchbau.druck.bilder import qr_code
from buchbau.druck.rahmen import MARKEN, antworten
from buchbau.druck.schreiber.zeichen import escape, url
from buchbau.druck.werk import Werk

if TYPE_CHECKING:
    from buchbau.druck.bauer import Livebild
    from buchbau.druck.handout.schreiber import HandoutSchreiber

BUCH = "Deep Learning zum Anfassen"


def dokument(
    werk: Werk,
    seiten: dict[str, str],
    schreiber: HandoutSchreiber,
    live: list[Livebild],
) -> str:
    """Return the TeX file of a handout."""
    facts = angaben.lies(Path(schreiber.builder.srcdir))
    (page,) = werk.seiten
    number = f"{page.nummer}\\enspace " if page.nummer else ""
    option = "[loesungen]" if werk.loesungen else ""
    lines = [
        "% Erzeugt von buchbau.druck.handout aus book/; nicht bearbeiten.",
        *([MARKEN] if werk.marken else []),
        rf"\documentclass{option}{{{werk.klasse}}}",
        rf"\Buchtitel{{{escape(werk.titel)}}}{{{escape(werk.untertitel)}}}"
        rf"{{{escape(facts.autoren)}}}",
        rf"\Handoutangaben{{{BUCH}}}{{{number}{escape(werk.titel)}}}"
        rf"{{{escape(werk.untertitel)}}}{{{escape(facts.fassung)}, {escape(facts.datum)}}}"
        rf"{{{escape(page.teil)}}}",
        r"\begin{document}",
        *seiten.values(),
        *_listen(schreiber),
    ]
    if werk.loesungen:
        lines += antworten(werk, schreiber)
    return "\n".join([*lines, r"\end{document}", ""])


def _listen(schreiber: HandoutSchreiber) -> list[str]:
    """Return terms, literature and other chapters; each list only where it has entries."""
    lines = []
    # First: an explanation may cite a work or name a chapter.
    for title, text in (
        ("Begriffe dieses Kapitels", schreiber.glossar()),
        ("Literatur", schreiber.literatur()),
    ):
        if text:
            lines += [rf"\section{{{title}}}", r"{\small", text, r"\par}"]
    return [*lines, *_andere(schreiber)]


def _andere(schreiber: HandoutSchreiber) -> list[str]:
    """Return the pages that the chapter refers to, each with address and code."""
    if not schreiber.andere:
        return []
    lines = [r"\section{Worauf dieses Kapitel verweist}"]
    pages = [schreiber.seite(docname) for docname in schreiber.andere]
    for page in sorted(filter(None, pages), key=lambda p: (p.nummer or 99, p.titel)):
        address = schreiber.builder.page_address(page.docname)
        code = qr_code(address, schreiber.builder.outdir_path)
        number = f"Kapitel {page.nummer}" if page.nummer else escape(page.teil)
        lines.append(
            rf"\Andereseite{{{number}}}{{{escape(page.titel)}}}{{{url(address)}}}{{{code}}}"
        )
    return lines
