"""How the EPUB writes formulas, pictures and boxes.

Called by ``bauer``. Formulas are MathML alone, from KaTeX; pictures are light, with their
size; nothing folds.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator
from sphinxcontrib import katex

from buchbau.sphinx.inhalt import bildgroesse
from buchbau.sphinx.teilseiten import Kapitelkarten, teil_der_seite

LOG = logging.getLogger(__name__)
_QUELLE = re.compile(r"<annotation .*?</annotation>", re.DOTALL)
_HUELLE = re.compile(r'^<span class="katex">(.*)</span>$', re.DOTALL)
# KaTeX writes letters of these alphabets as ordinary ones with an attribute that today's
# browsers ignore; Unicode has a character for each.
_BUCHSTABE = re.compile(r'<mi mathvariant="(double-struck|script)">([A-Za-z])</mi>')
_PLATZ = 40  # Zeichen, die auf einem Telefon nebeneinander passen
_ALPHABETE = {
    "double-struck": (0x1D538, dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))),
    "script": (0x1D49C, dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True))),
}


# A function's name stands apart from its argument, unless that is in brackets.
_FUNKTION = re.compile(r"<mo>\u2061</mo>(?!<mo[^>]*>[(\[{])")
# A minus behind an operator or an opening bracket is a sign: no room after it.
_VORZEICHEN = re.compile(r"(<mo[^>]*>[=<>≤≥≈∝∼→↦([{,;|∈⋅·×/+]</mo>)<mo>−</mo>")


def _unicode(treffer: re.Match[str]) -> str:
    anfang, besondere = _ALPHABETE[treffer[1]]
    buchstabe = treffer[2]
    versatz = ord(buchstabe) - (65 if buchstabe.isupper() else 71)
    zeichen = besondere.get(buchstabe) or chr(anfang + versatz)
    return f'<mi mathvariant="normal">{zeichen}</mi>'


def mathml(latex: str, *, abgesetzt: bool) -> str:
    """Return a formula as MathML; raises katex.KaTeXError for what KaTeX refuses.

    The source stands in ``alttext``, for devices that cannot show MathML.
    """
    text = katex.render_latex(latex, {"displayMode": abgesetzt, "output": "mathml"})
    text = _HUELLE.sub(r"\1", _QUELLE.sub("", text).strip())
    text = _BUCHSTABE.sub(_unicode, text)
    text = _FUNKTION.sub('<mo rspace="0.1667em">\u2061</mo>', text)
    text = _VORZEICHEN.sub(r'\1<mo form="prefix">−</mo>', text)
    return text.replace("<math ", f'<math alttext="{escape(latex.strip())}" ', 1)


def _formel(node: nodes.Element, *, abgesetzt: bool) -> str:
    try:
        return mathml(node.astext(), abgesetzt=abgesetzt)
    except katex.KaTeXError as fehler:
        LOG.warning("Diese Formel kann KaTeX nicht setzen: %s", fehler, location=node)
        return ""


def ist_breit(latex: str) -> bool:
    """Estimate whether a formula is too wide for a phone: formulas do not break."""
    ohne = re.sub(r"\\(begin|end)\{\w+\}", "", latex)
    ohne = re.sub(r"\\[A-Za-z]+(?=\s*\{)", "", ohne)  # \mathbf{x} is as wide as x
    zeilen = [re.sub(r"\\[A-Za-z]+|\\.", "x", z) for z in ohne.split("\\\\")]
    return max(len(re.sub(r"[{}&^_\s]", "", zeile)) for zeile in zeilen) > _PLATZ


def _im_text(self: Any, node: nodes.math) -> None:
    self.body.append(_formel(node, abgesetzt=False))
    raise nodes.SkipNode


def _abgesetzt(self: Any, node: nodes.math_block) -> None:
    """A displayed formula; its number stands behind it."""
    self.body.append(self.starttag(node, "div", CLASS="math"))
    breit = " breit" if ist_breit(node.astext()) else ""
    self.body.append(f'<div class="formel{breit}">{_formel(node, abgesetzt=True)}</div>')
    if node["number"]:
        nummer = katex.get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({nummer})</span>')
    self.body.append("</div>\n")
    raise nodes.SkipNode


def _bild(self: Any, node: nodes.image) -> None:
    """An ``img`` with its size, so that pages do not jump while loading."""
    quelle = Path(self.builder.srcdir) / node["uri"]
    ziel = self.builder.images.get(node["uri"])
    if ziel is None:
        LOG.warning("Das Bild %s fehlt.", node["uri"], location=node)
        raise nodes.SkipNode
    angaben = {"src": f"{self.builder.imgpath}/{ziel}", "alt": node.get("alt", "")}
    groesse = bildgroesse(quelle)
    if groesse:
        angaben |= {"width": str(groesse[0]), "height": str(groesse[1])}
    ohne_mass = node.copy()
    ohne_mass["classes"] = list(node["classes"])
    self.body.append(self.emptytag(ohne_mass, "img", "\n", **angaben))
    raise nodes.SkipNode


def _kasten(self: Any, node: nodes.admonition, name: str = "") -> None:
    node["classes"] = [k for k in node["classes"] if k not in ("dropdown", "toggle")]
    HTML5Translator.visit_admonition(self, node, name)


def _karten(self: Any, node: Kapitelkarten) -> None:
    """The chapters of a part, each with its sentence."""
    env, seite = self.builder.env, self.builder.current_docname
    self.body.append('<ol class="kapitelliste">\n')
    for name in teil_der_seite(env, seite).kapitel:
        kapitel = env.dlbuch_kapitel[name]
        ziel = self.builder.get_relative_uri(seite, name)
        titel = escape(f"{kapitel.nummer or ''} {kapitel.titel}".strip())
        kurz = escape(str(kapitel.kopf.get("kurz", "")))
        self.body.append(f'<li><a href="{ziel}">{titel}</a><br/>{kurz}</li>\n')
    self.body.append("</ol>\n")
    raise nodes.SkipNode


def _setze_formelart(app: Sphinx, config: Config) -> None:
    """After the website's own choice (priority 900 in ``buchbau.sphinx.formeln``)."""
    config.html_math_renderer = "mathml"


def melde_an(app: Sphinx) -> None:
    """Register what is written otherwise than on the website."""
    app.add_html_math_renderer(
        "mathml", inline_renderers=(_im_text, None), block_renderers=(_abgesetzt, None)
    )
    app.connect("config-inited", _setze_formelart, priority=950)
    app.add_node(nodes.image, override=True, epub=(_bild, None))
    app.add_node(Kapitelkarten, override=True, epub=(_karten, None))
    app.add_node(
        nodes.admonition, override=True, epub=(_kasten, HTML5Translator.depart_admonition)
    )
