"""HTML of what stands inside the text: pictures, tables, folded boxes.

Set up by ``buchbau.sphinx.seite``. Pictures get their size (no jump while loading),
load when they come into view, and line art exists twice, for light and dark paper.
Wide tables scroll in a frame of their own. Boxes of class ``dropdown`` fold with plain
HTML, so that the theme's scripts are not needed.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator
from sphinx_exercise.nodes import solution_node

from buchbau.dunkel import schreibe_dunkel

_PIXEL_JE_METER = 96 / 0.0254


def bildgroesse(datei: Path) -> tuple[int, int] | None:
    """Size in CSS pixels: PNG by its stated density, SVG by its root element."""
    if datei.suffix == ".png":
        daten = datei.read_bytes()
        breite, hoehe = struct.unpack(">II", daten[16:24])
        dichte = _PIXEL_JE_METER
        stelle = daten.find(b"pHYs", 0, 4096)
        if stelle > 0 and daten[stelle + 12] == 1:
            dichte = struct.unpack(">I", daten[stelle + 4 : stelle + 8])[0] or dichte
        faktor = _PIXEL_JE_METER / dichte
        return round(breite * faktor), round(hoehe * faktor)
    if datei.suffix == ".svg":
        kopf = datei.read_text("utf-8")[:2000]
        masse = re.search(r'<svg [^>]*?width="([\d.]+)(pt)?" height="([\d.]+)', kopf)
        if masse is None:
            return None
        faktor = 96 / 72 if masse[2] else 1
        return round(float(masse[1]) * faktor), round(float(masse[3]) * faktor)
    return None


_MASS = re.compile(r' style="width: (\d+)px; height: (\d+)px;"')


def _angabe(bild: str) -> tuple[int, int] | None:
    """Size that docutils wrote into an ``img``: myst-nb names it for each PNG."""
    treffer = _MASS.search(bild)
    return (int(treffer[1]), int(treffer[2])) if treffer else None


def _bild(self: HTML5Translator, node: nodes.image) -> None:
    """An ``img`` with size; for line art of the book a second one in dark colours."""
    quelle = Path(self.builder.srcdir) / node["uri"]
    ziel = self.builder.images.get(node["uri"])
    vorher = len(self.body)
    HTML5Translator.visit_image(self, node)
    if ziel is None or not quelle.is_file():
        return
    stuecke = self.body[vorher:]
    marke = next((i for i, s in enumerate(stuecke) if s.lstrip().startswith("<img")), None)
    if marke is None:
        return
    angaben = ' loading="lazy" decoding="async"'
    bild = stuecke[marke]
    groesse = _angabe(bild) or bildgroesse(quelle)
    if groesse:
        # As attributes and not as a style: a browser that has not loaded the picture
        # then knows how high it will be, at any width, and links land where they should.
        bild = _MASS.sub("", bild)
        angaben += f' width="{groesse[0]}" height="{groesse[1]}"'
    bild = bild.replace("<img", f"<img{angaben}", 1)
    if quelle.suffix == ".svg":
        dunkel = f"{Path(ziel).stem}-dunkel.svg"
        ordner = Path(self.builder.outdir) / self.builder.imagedir
        if schreibe_dunkel(quelle, ordner / dunkel):
            zweites = bild.replace(f"/{Path(ziel).name}", f"/{dunkel}", 1)
            bild = _mit_klasse(bild, "nur-hell") + _mit_klasse(zweites, "nur-dunkel")
    elif quelle.suffix == ".png":
        bild = _mit_klasse(bild, "pixel")
    self.body[vorher + marke] = bild


def _mit_klasse(bild: str, klasse: str) -> str:
    if 'class="' in bild:
        return bild.replace('class="', f'class="{klasse} ', 1)
    return bild.replace("<img", f'<img class="{klasse}"', 1)


# Characters in a row that a phone shows without scrolling
_ZEILE_TELEFON = 42
_BEFEHL = re.compile(r"\\[a-zA-Z]+|[{}$^_]")


def _ist_breit(kopf: nodes.thead, rumpf: nodes.tbody) -> bool:
    """Whether the longest cells of all columns together are too long for a phone."""
    zeilen = [row.children for row in (*kopf.children, *rumpf.children)]
    laengen = [[len(_BEFEHL.sub("", zelle.astext())) for zelle in row] for row in zeilen]
    return sum(map(max, zip(*laengen, strict=False))) > _ZEILE_TELEFON


def _beschrifte(kopf: nodes.thead, rumpf: nodes.tbody) -> None:
    """Put the head of its column before each cell: shown where the rows are stacked.

    An empty cell is marked instead: stacked, it would be a head without anything.
    """
    for row in rumpf.children:
        paare = zip(row.children[1:], kopf.children[0].children[1:], strict=False)
        for zelle, titel in paare:
            if (
                not zelle.astext().strip()
                and next(zelle.findall(nodes.image), None) is None
            ):
                zelle["classes"].append("leer")
            elif titel.children:
                marke = nodes.inline("", "", classes=["spalte"])
                marke += [kind.deepcopy() for kind in titel.children[0].children]
                zelle.insert(0, marke)


def _tabelle(self: HTML5Translator, node: nodes.table) -> None:
    kopf = next(node.findall(nodes.thead), None)
    rumpf = next(node.findall(nodes.tbody), None)
    if kopf is not None and rumpf is not None and _ist_breit(kopf, rumpf):
        _beschrifte(kopf, rumpf)
        node["classes"].append("stapelbar")
    self.body.append('<div class="tabelle-rahmen">')
    HTML5Translator.visit_table(self, node)


def _tabelle_ende(self: HTML5Translator, node: nodes.table) -> None:
    HTML5Translator.depart_table(self, node)
    self.body.append("</div>\n")


def _klappe(self: HTML5Translator, node: nodes.Element) -> None:
    """A box as ``details``, its title as ``summary``."""
    titel = next((k for k in node.children if isinstance(k, nodes.title)), None)
    klassen = [k for k in node["classes"] if k not in ("dropdown", "admonition")]
    node["classes"] = []
    offen = self.starttag(node, "details", CLASS=" ".join(["klappe", *klassen]))
    self.body.append(offen + "<summary>")
    if titel is not None:
        node.remove(titel)
        # A link inside a summary could not be reached by keyboard: only its text.
        self.body.append(self.encode(titel.astext()))
    self.body.append("</summary>\n")


def _klappe_ende(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</details>\n")


def _kasten(self: HTML5Translator, node: nodes.Element, name: str = "") -> None:
    if "dropdown" in node["classes"]:
        _klappe(self, node)
        node["geklappt"] = True
        return
    HTML5Translator.visit_admonition(self, node, name)


def _kasten_ende(self: HTML5Translator, node: nodes.admonition) -> None:
    if node.get("geklappt"):
        _klappe_ende(self, node)
        return
    HTML5Translator.depart_admonition(self, node)


# Two words of a line further apart than a space: columns
_SPALTEN = re.compile(r"^.*\S {2,}\S", re.MULTILINE)


def _markiere_spalten(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Name the outputs that are tables: wrapped on a phone, they would fall apart."""
    for block in doctree.findall(nodes.literal_block):
        if "output" in block["classes"] and len(_SPALTEN.findall(block.astext())) > 1:
            block["classes"].append("spaltig")


_UEBUNGSTITEL = re.compile(
    r'<p class="admonition-title"><span class="caption-number">(Übung [\d.]+) *</span>'
    r" *\((.*)\)</p>"
)
_ANGABE = re.compile(r"^(.*?)\s*(★{1,3})\s*\(([^()]+)\)$")


def _uebungstitel(treffer: re.Match[str]) -> str:
    """Number, title, grade and minutes apart, instead of brackets within brackets."""
    nummer, text = treffer.groups()
    angabe = _ANGABE.match(text)
    rest = ""
    if angabe:
        text, sterne, zeit = angabe.groups()
        rest = (
            f'<span class="uebung-angabe"><span role="img" aria-label="Schwierigkeit '
            f'{len(sterne)} von 3">{sterne}</span> {zeit}</span>'
        )
    return (
        f'<p class="admonition-title"><span class="uebung-nummer">{nummer}</span> '
        f'<span class="uebung-titel">{text}</span> {rest}</p>'
    )


_LANGER_CODE = re.compile(r'(?<=<span class="pre">)[^<\s]{14,}(?=</span>)')


def _mit_fugen(treffer: re.Match[str]) -> str:
    """Code within a sentence may break behind its joints, not in the middle of a name."""
    return re.sub(r"(?<=[_.(,=/])(?=\w)", "<wbr>", treffer[0])


def _glaette(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Mend what sphinx-exercise and docutils write: titles, ids, roles."""
    if app.builder.name != "html" or not context.get("body"):
        return
    body = _UEBUNGSTITEL.sub(_uebungstitel, context["body"])
    body = re.sub(r' id="(?:exercise|solution)-content"', "", body)
    body = _LANGER_CODE.sub(_mit_fugen, body)
    # docutils: a deprecated role, and a list whose children are no items
    body = re.sub(r' role="doc-biblioentry"', "", body)
    context["body"] = body.replace(
        ' role="list" class="citation-list"', ' class="citation-list"'
    )


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("sphinx_exercise")
    for art, beginn, ende in (
        (nodes.image, _bild, HTML5Translator.depart_image),
        (nodes.table, _tabelle, _tabelle_ende),
        (solution_node, _klappe, _klappe_ende),
        (nodes.admonition, _kasten, _kasten_ende),
    ):
        app.add_node(art, override=True, html=(beginn, ende))
    app.connect("doctree-resolved", _markiere_spalten)
    app.connect("html-page-context", _glaette)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
