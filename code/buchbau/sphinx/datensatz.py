"""`{datensatz} mnist`: der Steckbrief eines Datensatzes aus data/README.md.

Sphinx-Erweiterung (`_config.yml`); was darin steht, sagt `buchbau.datensatz`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from buchbau.datensatz import LIESMICH, steckbrief
from buchbau.kapitel import BuchFehler


class DatensatzDirektive(SphinxDirective):
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        root = Path(self.env.srcdir)
        self.env.note_dependency(str(root / LIESMICH))
        try:
            lines = steckbrief(root, self.arguments[0])
        except BuchFehler as error:
            raise self.error(str(error)) from None
        profile = nodes.definition_list()
        for name, text in lines:
            children, _ = self.parse_inline(text)
            profile += nodes.definition_list_item(
                "",
                nodes.term("", name),
                nodes.definition("", nodes.paragraph("", "", *children)),
            )
        return [nodes.container("", profile, classes=["steckbrief"])]


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("datensatz", DatensatzDirektive)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
