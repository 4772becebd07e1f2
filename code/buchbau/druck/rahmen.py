"""The frame of a work: what stands before, between and after its pages.

Called by `bauer` with the written pages; returns the whole TeX file.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from buchbau.druck import angaben, umschlag
from buchbau.druck.bilder import qr_code
from buchbau.druck.schreiber.zeichen import escape, target, url
from buchbau.druck.werk import Werk, teile
from buchbau.sphinx.teilseiten import roemisch

if TYPE_CHECKING:
    from buchbau.druck.bauer import Livebild
    from buchbau.druck.schreiber import Schreiber

# Vor der Klasse: schaltet die Struktur für Vorleseprogramme ein.
MARKEN = r"\DocumentMetadata{lang=de-DE,pdfversion=1.7}\def\Mitmarken{}"


def dokument(
    werk: Werk, seiten: dict[str, str], schreiber: Schreiber, live: list[Livebild]
) -> str:
    """Return the TeX file of a work from its pages."""
    facts = angaben.lies(Path(schreiber.builder.srcdir))
    lines = [
        "% Erzeugt von buchbau.druck aus book/; nicht bearbeiten.",
        *([MARKEN] if werk.marken else []),
        rf"\documentclass{{{werk.klasse}}}",
        rf"\Buchtitel{{{escape(werk.titel)}}}{{{escape(werk.untertitel)}}}"
        rf"{{{escape(facts.autoren)}}}",
        *_facts(facts, schreiber),
        r"\begin{document}",
    ]
    if werk.ist_buch:
        lines += [r"\Vorspann", *_book(werk, seiten, schreiber, live)]
    else:
        lines += [*seiten.values(), *antworten(werk, schreiber)]
    return "\n".join([*lines, r"\end{document}", ""])


def _facts(facts: angaben.Angaben, schreiber: Schreiber) -> list[str]:
    """Return version, date and address as macros."""
    address = schreiber.config.html_baseurl
    code = qr_code(address, schreiber.builder.outdir_path)
    umschlag.zeichne(schreiber.builder.outdir_path / "umschlag.pdf")
    return [
        rf"\newcommand{{\Fassung}}{{{escape(facts.fassung)}}}",
        rf"\newcommand{{\Stand}}{{{escape(facts.stand)}}}",
        rf"\newcommand{{\Datum}}{{{escape(facts.datum)}}}",
        rf"\newcommand{{\Jahr}}{{{facts.tag.year}}}",
        rf"\newcommand{{\Adresse}}{{{url(address)}}}",
        rf"\newcommand{{\Adresscode}}{{{code}}}",
    ]


def _book(
    werk: Werk, seiten: dict[str, str], schreiber: Schreiber, live: list[Livebild]
) -> list[str]:
    """Return parts and chapters, then answers, list of live figures and index."""
    lines: list[str] = []
    number = 0
    for caption, pages in teile(werk.seiten):
        numbered = any(page.nummer is not None for page in pages)
        if numbered:
            number += 1
            if number == 1:
                lines.append(r"\Hauptteil")
            lines.append(rf"\Teil{{Teil {roemisch(number)}}}{{{escape(caption)}}}")
        elif number:
            lines.append(rf"\Teil{{}}{{{escape(caption)}}}")
            lines += antworten(werk, schreiber)
        lines += [seiten[page.docname] for page in pages]
    return [*lines, *_live(live), r"\Register"]


def antworten(werk: Werk, schreiber: Schreiber) -> list[str]:
    """Return all answers and solutions, chapter by chapter; also for the handouts."""
    kept = {name: found for name, found in schreiber.answers.items() if found}
    if not kept:
        return []
    lines = [r"\Antwortteil"]
    titles = {page.docname: page for page in werk.seiten}
    for name, found in kept.items():
        page = titles[name]
        if werk.ist_buch:
            number = rf"{page.nummer}\enspace " if page.nummer else ""
            head = f"{{{number}}}{{{escape(page.titel)}}}"
            lines.append(rf"\Antwortkapitel{head}{{{target(name, '')}}}")
        lines += _group("Kurz nachgedacht", "", found.nachgedacht)
        lines += _group("Quiz", target(name, "quiz-antworten"), found.quiz)
        lines += _group("Übungen", "", found.loesungen)
    lines.append(r"\Antwortteilende")
    return lines


def _group(title: str, label: str, pieces: list[str]) -> list[str]:
    if not pieces:
        return []
    mark = rf"\Ziel{{{label}}}" if label else ""
    return [rf"\Antwortgruppe{{{title}}}{mark}", *pieces]


def _live(live: list[Livebild]) -> list[str]:
    """Return the list of live figures."""
    if not live:
        return []
    rows = [
        rf"\Liveeintrag{{{entry.number}}}{{{entry.caption}}}{{{entry.code}}}"
        f"{{{url(entry.address)}}}{{{target(entry.docname, entry.ident)}}}"
        for entry in live
    ]
    return [r"\Liveliste", *rows, r"\Livelistenende"]
