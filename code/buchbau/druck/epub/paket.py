"""Binds the pages into one EPUB 3 file: package document, contents, front pages, archive.

Called by ``bauer`` when all pages are written. The accessibility metadata follow EPUB
Accessibility 1.1.
"""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, time
from html import escape
from pathlib import Path

from buchbau.druck.epub import vorspann
from buchbau.druck.epub.angaben import ZUGAENGLICH, Angaben
from buchbau.druck.epub.gliederung import Buch
from buchbau.druck.epub.seite import Seite, dokument

STIL, UMSCHLAG, OPF, NAV = "stil.css", "umschlag.png", "buch.opf", "inhalt.xhtml"
MEDIEN = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
}
BEHAELTER = f"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/{OPF}" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""
# Where a reading device offers to jump to; by the file name of the page.
LANDMARKEN = {
    "glossar": ("glossary", "Glossar"),
    "literatur": ("bibliography", "Literatur"),
    "register": ("index", "Register"),
}
MERKMALE = (
    "alternativeText",
    "displayTransformability",
    "index",
    "MathML",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
    "unlocked",
)


def schreibe(ordner: Path, datei: Path, angaben: Angaben, buch: Buch) -> None:
    """Write the front pages and the package into ``ordner`` and all of it into ``datei``.

    ordner: the folder EPUB with the chapters, the pictures, the style sheet and the cover.
    """
    vorne = vorspann.schreibe(ordner, angaben, UMSCHLAG, STIL)
    for teil in buch.teile:
        if not teil.geschrieben:
            vorspann.schreibe_teil(ordner, teil, STIL)
    nav = Seite(NAV, "Inhalt", eigenschaften={"nav"})
    (ordner / NAV).write_text(dokument("Inhalt", _nav(buch), STIL), "utf-8")
    seiten = [*vorne, nav, *buch.seiten]
    (ordner / OPF).write_text(_opf(angaben, seiten, buch.bilder), "utf-8")
    datei.parent.mkdir(parents=True, exist_ok=True)
    _packe(ordner, datei, [OPF, STIL, UMSCHLAG, *(s.datei for s in seiten), *buch.bilder])


def _nav(buch: Buch) -> str:
    """Parts, chapters and sections as nested lists; then the landmarks."""
    zeilen = [
        '<nav epub:type="toc" role="doc-toc" id="inhalt"><h1>Inhalt</h1>',
        "<ol class='inhalt'>",
    ]
    for teil in buch.teile:
        zeilen.append(f'<li class="teil">{_link(teil.seite.datei, teil.name)}<ol>')
        zeilen += [_nav_kapitel(seite) for seite in teil.kapitel]
        zeilen.append("</ol></li>")
    zeilen += ["</ol></nav>", '<nav epub:type="landmarks" hidden="hidden">']
    zeilen += ["<h2>Wegmarken</h2><ol>", _marke("toc", NAV, "Inhalt")]
    erstes = next((s for s in buch.seiten if s.nummer), buch.seiten[0])
    zeilen.append(_marke("bodymatter", erstes.datei, "Beginn des Textes"))
    for seite in buch.seiten:
        marke = LANDMARKEN.get(Path(seite.datei).stem)
        if marke:
            zeilen.append(_marke(marke[0], seite.datei, marke[1]))
    return "\n".join([*zeilen, "</ol></nav>"])


def _link(ziel: str, text: str) -> str:
    return f'<a href="{escape(ziel)}">{escape(text)}</a>'


def _marke(art: str, ziel: str, text: str) -> str:
    return f'<li><a epub:type="{art}" href="{escape(ziel)}">{escape(text)}</a></li>'


def _nav_kapitel(seite: Seite) -> str:
    abschnitte = "".join(
        f"<li>{_link(f'{seite.datei}#{a.anker}', a.titel)}</li>" for a in seite.abschnitte
    )
    unter = f"<ol>{abschnitte}</ol>" if abschnitte else ""
    return f'<li class="kapitel">{_link(seite.datei, seite.name)}{unter}</li>'


def _opf(angaben: Angaben, seiten: list[Seite], bilder: list[str]) -> str:
    """The package document: metadata, list of files, reading order."""
    dateien = [
        _datei("stil", STIL),
        _datei("umschlagbild", UMSCHLAG, {"cover-image"}),
        *(_datei(f"s{n}", s.datei, s.eigenschaften) for n, s in enumerate(seiten)),
        *(_datei(f"b{n}", bild) for n, bild in enumerate(bilder)),
    ]
    folge = [f'<itemref idref="s{n}"/>' for n in range(len(seiten))]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
            ' unique-identifier="kennung" xml:lang="de">',
            *_metadaten(angaben),
            "<manifest>",
            *dateien,
            "</manifest>",
            '<spine page-progression-direction="ltr">',
            *folge,
            "</spine>",
            "</package>",
            "",
        ]
    )


def _metadaten(angaben: Angaben) -> list[str]:
    # One moment for one edition: the same sources give the same bytes.
    moment = datetime.combine(angaben.ausgabe.tag, time(), UTC).strftime(
        "%Y-%m-%dT%H:%M:%SZ"
    )
    zugang = {
        "accessMode": ("textual", "visual"),
        "accessModeSufficient": ("textual", "textual,visual"),
        "accessibilityFeature": MERKMALE,
        "accessibilityHazard": ("none",),
        "accessibilitySummary": (ZUGAENGLICH,),
    }
    return [
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
        f'<dc:identifier id="kennung">{angaben.kennung}</dc:identifier>',
        f'<dc:title id="titel">{escape(angaben.titel)}</dc:title>',
        '<meta refines="#titel" property="title-type">main</meta>',
        f'<dc:title id="untertitel">{escape(angaben.untertitel)}</dc:title>',
        '<meta refines="#untertitel" property="title-type">subtitle</meta>',
        f'<dc:creator id="autor">{escape(angaben.ausgabe.autoren)}</dc:creator>',
        '<meta refines="#autor" property="role" scheme="marc:relators">aut</meta>',
        f"<dc:publisher>{escape(angaben.ausgabe.autoren)}</dc:publisher>",
        "<dc:language>de</dc:language>",
        f"<dc:date>{angaben.ausgabe.tag.isoformat()}</dc:date>",
        f"<dc:rights>© {escape(angaben.rechte)}</dc:rights>",
        f"<dc:source>{escape(angaben.adresse)}</dc:source>",
        f"<dc:description>{escape(angaben.beschreibung)}</dc:description>",
        *(f"<dc:subject>{escape(wort)}</dc:subject>" for wort in angaben.schlagworte),
        f'<meta property="dcterms:modified">{moment}</meta>',
        f'<meta property="schema:version">{escape(angaben.ausgabe.fassung)}</meta>',
        *(
            f'<meta property="schema:{name}">{escape(wert)}</meta>'
            for name, werte in zugang.items()
            for wert in werte
        ),
        "</metadata>",
    ]


def _datei(kennung: str, pfad: str, eigenschaften: set[str] | None = None) -> str:
    zusatz = f' properties="{" ".join(sorted(eigenschaften))}"' if eigenschaften else ""
    art = MEDIEN[Path(pfad).suffix]
    return f'<item id="{kennung}" href="{escape(pfad)}" media-type="{art}"{zusatz}/>'


def _packe(ordner: Path, datei: Path, dateien: list[str]) -> None:
    """Write the archive: the type first and uncompressed, all with one fixed date."""

    def eintrag(name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
        info.external_attr = 0o644 << 16
        return info

    with zipfile.ZipFile(datei, "w", zipfile.ZIP_DEFLATED) as archiv:
        archiv.writestr(eintrag("mimetype"), "application/epub+zip", zipfile.ZIP_STORED)
        archiv.writestr(eintrag("META-INF/container.xml"), BEHAELTER, zipfile.ZIP_DEFLATED)
        for name in dateien:
            archiv.writestr(
                eintrag(f"EPUB/{name}"),
                (ordner / name).read_bytes(),
                zipfile.ZIP_DEFLATED,
            )
