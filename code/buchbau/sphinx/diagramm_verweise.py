"""Links on the areas of a diagram: a picture that is also navigation.

Called by ``diagramm.py``. The areas that a drawing function named with
``Diagramm.verweis`` are kept beside the picture as JSON and laid above it as a list of
links, reachable by keyboard and read aloud. A label that no page has yet becomes the
word "folgt" instead of a link. Print and EPUB show the picture alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.writers.html5 import HTML5Translator

from buchbau.sphinx.inhalt import bildgroesse
from buchbau.zeichnen import Verweis


class Verweise(nodes.General, nodes.Element):
    """The list of links; ``breite`` and ``hoehe`` are the picture's, in CSS pixels."""


class Flaeche(nodes.General, nodes.TextElement):
    """One area: ``stelle`` is its place as CSS, the child its link."""


def schreibe(stamm: Path, verweise: Sequence[Verweis]) -> None:
    """Keep the areas of a diagram beside its pictures; nothing if it has none."""
    if verweise:
        text = json.dumps([asdict(v) for v in verweise], ensure_ascii=False)
        stamm.with_suffix(".json").write_text(text, "utf-8")


def lies(stamm: Path) -> list[Verweis]:
    """Read what ``schreibe`` kept."""
    datei = stamm.with_suffix(".json")
    if not datei.is_file():
        return []
    return [Verweis(**angaben) for angaben in json.loads(datei.read_text("utf-8"))]


def knoten(verweise: Sequence[Verweis], stamm: Path, docname: str) -> Verweise:
    """Return the list as a node; Sphinx resolves the labels when it writes the page."""
    breite, hoehe = bildgroesse(stamm.with_suffix(".svg")) or (0, 0)
    liste = Verweise(breite=breite, hoehe=hoehe)
    for verweis in verweise:
        stelle = "; ".join(
            f"{seite}: {100 * anteil:.2f}%"
            for seite, anteil in (
                ("left", verweis.links),
                ("top", verweis.oben),
                ("width", verweis.breite),
                ("height", verweis.hoehe),
            )
        )
        marke = addnodes.pending_xref(
            "",
            nodes.inline("", verweis.name),
            refdomain="std",
            reftype="ref",
            reftarget=verweis.ziel,
            refexplicit=True,
            refdoc=docname,
            darf_fehlen=True,
        )
        liste += Flaeche("", "", marke, stelle=stelle)
    return liste


def _oeffne(self: HTML5Translator, node: Verweise) -> None:
    self.body.append(
        f'<ul class="verweise" style="--b: {node["breite"]}; --h: {node["hoehe"]}">'
    )


def _schliesse(self: HTML5Translator, node: Verweise) -> None:
    self.body.append("</ul>\n")


def _oeffne_flaeche(self: HTML5Translator, node: Flaeche) -> None:
    self.body.append(f'<li style="{node["stelle"]}">')


def _schliesse_flaeche(self: HTML5Translator, node: Flaeche) -> None:
    self.body.append("</li>")


def _lass_weg(self: nodes.NodeVisitor, node: nodes.Element) -> None:
    raise nodes.SkipNode


def _folgt(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, inhalt: nodes.Element
) -> nodes.Element | None:
    """Keep the bare name where the chapter is yet to come; elsewhere it is a mistake."""
    return inhalt if node.get("darf_fehlen") else None


def melde_an(app: Sphinx) -> None:
    """Register the nodes; called by the ``setup`` of ``diagramm.py``."""
    app.connect("missing-reference", _folgt)
    weg = (_lass_weg, None)
    app.add_node(Verweise, html=(_oeffne, _schliesse), epub=weg, latex=weg, text=weg)
    app.add_node(
        Flaeche,
        html=(_oeffne_flaeche, _schliesse_flaeche),
        epub=weg,
        latex=weg,
        text=weg,
    )
