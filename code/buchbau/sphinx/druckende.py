"""Sammelt für Druck und EPUB, was ans Ende eines Kapitels gehört.

Called by the post-transforms of `quiz` and `kaesten`: on paper an answer cannot be
folded, so it moves to a section at the end of its chapter.
"""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx


def is_website(app: Sphinx) -> bool:
    """Whether the builder writes pages for a browser, where answers fold away."""
    return app.builder.format == "html" and app.builder.name != "epub"


def section_at_end(node: nodes.Node, name: str, title: str) -> nodes.section:
    """Return the section `title` at the end of the chapter that `node` stands in.

    Made on first use. name: ASCII, unique among these sections. In a book set as one
    document, a chapter is the part that comes from one source file.
    """
    chapter: nodes.Node = node
    while not isinstance(chapter, addnodes.start_of_file | nodes.document):
        chapter = chapter.parent
    top = next((c for c in chapter.children if isinstance(c, nodes.section)), chapter)
    ident = f"druck-{name}"
    for child in top.children:
        if isinstance(child, nodes.section) and ident in child["ids"]:
            return child
    section = nodes.section("", nodes.title("", title), ids=[ident], names=[])
    top += section
    return section
