"""The index of the EPUB: terms in German order, each with links to where it is used.

Called by ``bauer``.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.environment.adapters.indexentries import IndexEntries

from buchbau.druck.epub.seite import Seite, dokument

if TYPE_CHECKING:
    from buchbau.druck.epub.bauer import BuchEpub

DATEI = "register.xhtml"
TITEL = "Register"


def seite(builder: BuchEpub) -> Seite:
    """Write the index and return its page."""
    gruppen = IndexEntries(builder.env).create_index(builder)
    builder.fix_genindex(gruppen)
    haupt = _haupteintraege(gruppen)
    teile = [
        '<section epub:type="index" role="doc-index" id="register">',
        f"<h1>{TITEL}</h1>",
    ]
    for buchstabe, eintraege in gruppen:
        teile.append(f'<section><h2>{escape(buchstabe)}</h2><ul class="register">')
        for name, (verweise, untere, _) in eintraege:
            siehe = [n for n, v in untere if not v]
            unter = "".join(f"<li>{_eintrag(builder, n, v)}</li>" for n, v in untere if v)
            teile.append(
                f"<li>{_eintrag(builder, name, verweise)}"
                f"{_siehe(siehe, haupt)}{f'<ul>{unter}</ul>' if unter else ''}</li>"
            )
        teile.append("</ul></section>")
    teile.append("</section>")
    text = dokument(TITEL, "\n".join(teile), "stil.css")
    (Path(builder.outdir) / DATEI).write_text(text, "utf-8")
    return Seite(DATEI, TITEL)


def _haupteintraege(gruppen: list) -> dict[str, str]:
    """Return where each term is explained."""
    return {
        name: ziel
        for _, eintraege in gruppen
        for name, (verweise, _, _) in eintraege
        for art, ziel in verweise
        if art == "main"
    }


def _siehe(texte: list[str], haupt: dict[str, str]) -> str:
    """Return "siehe Genauigkeit", with a link to where that is explained."""
    worte = []
    for text in texte:
        siehe, _, name = text.partition(" ")
        ziel = haupt.get(name)
        verweis = f'<a href="{escape(ziel)}">{escape(name)}</a>' if ziel else escape(name)
        worte.append(f" <i>{escape(siehe)}</i> {verweis}")
    return ";".join(worte)


def _eintrag(builder: BuchEpub, name: str, verweise: list[tuple[str, str]]) -> str:
    """A term with one link for each place, named by the chapter's number or title."""
    links = []
    for art, ziel in verweise:
        text = _ort(builder, ziel)
        if art == "main":
            text = f"<b>{text}</b>"
        links.append(f'<a href="{escape(ziel)}">{text}</a>')
    return f"{escape(name)} {', '.join(links)}".strip()


def _ort(builder: BuchEpub, ziel: str) -> str:
    """How a place is called: the chapter's number, else the page's title."""
    datei = ziel.partition("#")[0]
    for fertig in builder.buchseiten.values():
        if fertig.datei == datei:
            return escape(f"Kap. {fertig.nummer}" if fertig.nummer else fertig.titel)
    return "Website"
