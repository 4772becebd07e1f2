"""The docutils node of a live figure, shared by ``live.py`` and the print."""

from __future__ import annotations

from docutils import nodes


class LiveFigure(nodes.General, nodes.Element):
    """Interactive part of a figure; its only child is the still picture.

    Attributes: ``figure`` (name of the module under ``code/live/figuren``),
    ``model`` (``chapter/name`` or empty) and ``page`` (docname of its chapter, which
    LaTeX forgets when it puts all chapters into one document).
    """
