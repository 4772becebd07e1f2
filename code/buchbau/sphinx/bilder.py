"""Kein Bild ohne Alternativtext: eine Warnung, und damit ein Fehler des Baus.

Sphinx-Erweiterung. Ohne Angabe setzen docutils und myst-nb den Dateinamen ein; auch der
sagt niemandem, was auf dem Bild zu sehen ist.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

LOG = logging.getLogger(__name__)


def ohne_text(image: nodes.image) -> bool:
    """Return whether an image has no alternative text of its own."""
    alt = image.get("alt", "").strip()
    uri = image.get("uri", "")
    return not alt or alt in (uri, PurePosixPath(uri).name) or "_build/" in alt


def _pruefe(app: Sphinx, doctree: nodes.document) -> None:
    for image in doctree.findall(nodes.image):
        if ohne_text(image):
            LOG.warning(
                "Bild ohne Alternativtext. Bei einer Codezelle: mystnb: image: alt; "
                "bei einem Bild im Text: ![Was zu sehen ist](datei).",
                location=image,
                type="buchbau",
                subtype="alternativtext",
            )


def setup(app: Sphinx) -> dict[str, Any]:
    # Nach myst-nb: erst dann stehen die Ausgaben der Zellen im Baum.
    app.connect("doctree-read", _pruefe, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
