"""Prüft die Übungen beim Lesen der Seite und zeigt Lösungen ohne Schnittmarken.

Sphinx-Erweiterung. Was eine Übung haben muss, sagt `buchbau.notizbuch.uebungen`; jeder
Mangel ist eine Warnung mit Seite und Zeile und damit ein Fehler des Baus.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from myst_nb.core.read import is_myst_markdown_notebook
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from buchbau.kapitel import BuchFehler
from buchbau.notizbuch import schnitt, stuecke, uebungen

LOG = logging.getLogger(__name__)


def _check(app: Sphinx, docname: str, source: list[str]) -> None:
    """Report what is wrong with the exercises of a page."""
    if not is_myst_markdown_notebook(source[0]):
        return
    _, problems = uebungen.read(stuecke.read_source(source[0]))
    for problem in problems:
        LOG.warning(
            problem.message,
            location=(docname, problem.line),
            type="uebung",
            subtype="mangel",
        )


class WithoutMarks(SphinxTransform):
    """Drop `# LÖSUNG ANFANG`, `# LÖSUNG ENDE` and `# SKELETT:` from shown solutions."""

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        """Change the code blocks of the cells that are tagged as solutions."""
        for cell in self.document.findall(nodes.container):
            if f"tag_{uebungen.SOLUTION}" not in cell["classes"]:
                continue
            for block in cell.findall(nodes.literal_block):
                if not schnitt.is_marked(block.astext()):
                    continue
                try:
                    text = schnitt.solution(block.astext())
                except BuchFehler:
                    continue  # _check has reported it
                block.rawsource = text
                block.children = []
                block += nodes.Text(text)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the check and the transform."""
    app.connect("source-read", _check)
    app.add_transform(WithoutMarks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
