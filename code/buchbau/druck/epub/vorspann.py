"""The pages before the text: cover, title page, imprint; and pages of parts that lack one.

Called by ``paket``.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from buchbau.druck.epub.angaben import Angaben
from buchbau.druck.epub.gliederung import Teil
from buchbau.druck.epub.seite import Seite, dokument


def schreibe(ordner: Path, angaben: Angaben, umschlag: str, stil: str) -> list[Seite]:
    """Write cover, title page and imprint; return them in reading order."""
    seiten = []
    for datei, titel, inhalt, rolle in (
        ("umschlag.xhtml", "Umschlag", _umschlag(angaben, umschlag), "cover"),
        ("titel.xhtml", "Titelseite", _titelseite(angaben), "frontmatter"),
        ("impressum.xhtml", "Zu dieser Ausgabe", _impressum(angaben), "frontmatter"),
    ):
        (ordner / datei).write_text(dokument(titel, inhalt, stil, rolle), "utf-8")
        seiten.append(Seite(datei, titel))
    return seiten


def _umschlag(angaben: Angaben, bild: str) -> str:
    alt = f"Umschlag: {angaben.titel}. {angaben.untertitel}. Eine handgeschriebene Ziffer."
    return (
        f'<section class="umschlag" epub:type="cover">'
        f'<img src="{bild}" alt="{escape(alt)}"/></section>'
    )


def _titelseite(angaben: Angaben) -> str:
    return (
        '<section class="titelseite" epub:type="titlepage">'
        f"<h1>{escape(angaben.titel)}</h1>"
        f'<p class="untertitel" role="doc-subtitle">{escape(angaben.untertitel)}</p>'
        f'<p class="autor">{escape(angaben.ausgabe.autoren)}</p>'
        f'<p class="stand">Version {escape(angaben.ausgabe.fassung)}<br/>'
        f"{escape(angaben.ausgabe.datum)}</p></section>"
    )


def _impressum(angaben: Angaben) -> str:
    adresse = escape(angaben.adresse)
    lizenz = "https://creativecommons.org/licenses/by-sa/4.0/deed.de"
    return f"""<section class="impressum" epub:type="copyright-page">
<h1>Zu dieser Ausgabe</h1>
<p>Diese Ausgabe ist aus denselben Quellen gebaut wie die Website
<a href="{adresse}">{adresse}</a>.
Jede gemessene Zahl und jede Ausgabe stammt aus einem Lauf des Codes, der daneben steht.</p>
<p>Was sich auf der Website ausprobieren lässt, steht hier als Bild; der Link darunter führt
zur Figur.
Antworten, Hinweise und Lösungen stehen am Ende jedes Kapitels; Links führen hin und zurück.
Formeln sind als MathML gesetzt: Die meisten Leseprogramme zeigen sie in der Schrift des
Textes und lesen sie vor.</p>
<p>© {escape(angaben.rechte)}.<br/>
Texte und Abbildungen: <a href="{lizenz}">CC BY-SA 4.0</a>.
Sie dürfen sie teilen und bearbeiten, wenn Sie das Buch nennen, Änderungen kenntlich machen
und das Ergebnis unter derselben Lizenz weitergeben.
Der Programmcode steht unter der MIT-Lizenz; die Datensätze haben eigene Lizenzen.</p>
<p>Version {escape(angaben.ausgabe.fassung)}, {escape(angaben.ausgabe.datum)}</p>
</section>"""


def schreibe_teil(ordner: Path, teil: Teil, stil: str) -> None:
    """Write a page that opens a part which has none of its own: its pages as a list."""
    zeilen = [
        '<section class="teilseite" epub:type="part" role="doc-part">',
        f"<h1>{escape(teil.titel)}</h1><ol>",
    ]
    for seite in teil.kapitel:
        zeilen.append(
            f'<li><a href="{escape(seite.datei)}">{escape(seite.name)}</a>'
            f"{f'<br/>{escape(seite.kurz)}' if seite.kurz else ''}</li>"
        )
    zeilen.append("</ol></section>")
    text = dokument(teil.name, "\n".join(zeilen), stil)
    (ordner / teil.seite.datei).write_text(text, "utf-8")
