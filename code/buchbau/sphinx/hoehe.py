"""How high a section will be, before the browser has laid it out.

Set up by ``buchbau.sphinx.seite``. While a page opens, the browser skips what is not in
sight (``content-visibility`` in ``thema/css/02-inhalt.css``) and takes this estimate as
its height. It errs on the high side: were it too low, tools that ask for the place of a
skipped element would find sections lying on top of each other.
"""

from __future__ import annotations

import math
import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx_exercise.nodes import solution_node

from buchbau.sphinx.kaesten import folded, guess_hidden
from buchbau.sphinx.live_knoten import LiveFigure
from buchbau.sphinx.quiz import quiz_answer, quiz_feedback, quiz_solution

# Characters in a line of text on a phone; from there on all sizes count in such lines.
ZEICHEN = 34
# What is shorter is laid out at once.
MINDESTENS = 25
UNSICHTBAR = (nodes.Invisible, guess_hidden, quiz_feedback, quiz_solution)


def zeilen(node: nodes.Node) -> float:
    """Lines of text that a node needs at most on a phone, folded things shut."""
    if isinstance(node, (UNSICHTBAR, nodes.Text)):
        return 0
    if isinstance(node, folded | solution_node) or "dropdown" in node.get("classes", ()):
        return 4
    if isinstance(node, LiveFigure):
        return 60
    if isinstance(node, nodes.image):
        return 20
    if isinstance(node, nodes.math_block):
        return 4 + 2 * node.astext().count(r"\\")
    if isinstance(node, nodes.literal_block):
        return 2.5 + sum(
            0.8 * math.ceil(max(len(line), 1) / 45) for line in node.astext().splitlines()
        )
    own = 2.5 if isinstance(node, nodes.section | quiz_answer) else 0.5
    if isinstance(node, nodes.TextElement):
        own += 0.7 + math.ceil(len(node.astext()) / ZEICHEN)
        # Ein Absatz kann ein Bild enthalten, sein Text ist schon gezählt.
        return own + sum(zeilen(bild) for bild in node.findall(nodes.image))
    return own + sum(zeilen(child) for child in node.children)


def _merke_hoehen(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Write its lines to each section that the browser may skip."""
    if app.builder.name != "html" or doctree is None or not context.get("body"):
        return
    hoehen = {
        section["ids"][0]: math.ceil(zeilen(section))
        for section in doctree.findall(nodes.section)
        if section["ids"]
    }

    def mit_hoehe(match: re.Match[str]) -> str:
        lines = hoehen.get(match[1], 0)
        return f'{match[0]} style="--zeilen:{lines}"' if lines > MINDESTENS else match[0]

    context["body"] = re.sub(r'<section id="([^"]+)"', mit_hoehe, context["body"])


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("html-page-context", _merke_hoehen)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
