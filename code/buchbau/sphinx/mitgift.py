"""Legt unter `_static` ab, was die Notebooks holen: dlbuch, Daten, Modelle.

Sphinx-Erweiterung; was es ist, sagt `buchbau.notizbuch.mitgift`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from buchbau.notizbuch import mitgift


def _copy(app: Sphinx, exception: Exception | None) -> None:
    """Put archive, data and models under `_static` of the website."""
    if exception or app.builder.name not in ("html", "dirhtml"):
        return
    root = Path(app.srcdir)
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    for old in static.glob("dlbuch-*.zip"):
        old.unlink()
    archive = mitgift.archive(root)
    (static / archive.name).write_bytes(archive.content)
    for key, path in mitgift.files(root).items():
        target = static / key
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(mitgift.content(path))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the step at the end of the build."""
    app.connect("build-finished", _copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
