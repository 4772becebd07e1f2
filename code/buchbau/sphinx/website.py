"""Ob für den Browser gebaut wird: Was sich faltet, sucht und rechnet, gibt es nur dort.

Used by the extensions whose results only a browser can show.
"""

from __future__ import annotations

from sphinx.application import Sphinx


def is_website(app: Sphinx) -> bool:
    """Whether the builder writes pages for a browser, where answers fold away."""
    return app.builder.format == "html" and app.builder.name != "epub"
