"""Runs Sphinx with the builder `druck`: the book's sources become TeX files.

Called by `python -m buchbau.druck` and by the handouts, with all works at once: the
sources are read a single time.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from jupyter_book.config import get_final_config
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from buchbau.bauen import wesentliches
from buchbau.druck.bauer import MIME_TYPES
from buchbau.druck.werk import Werk
from buchbau.kapitel import BuchFehler


def schreibe_tex(wurzel: Path, werke: Sequence[Werk], ziel: Path) -> list[Path]:
    """Write `<name>.tex` of each work with its pictures into a folder; return the files.

    The chapters must have been executed (`make ausfuehren`). Raises BuchFehler with the
    warnings of Sphinx, of which none is allowed.
    """
    config, _ = get_final_config(
        user_yaml=wurzel / "_config.yml",
        sourcedir=wurzel,
        cli_config={
            "latex_individualpages": False,  # Jupyter Book verlangt diesen Schlüssel
            "nb_mime_priority_overrides": [
                ["druck", kind, place] for place, kind in enumerate(MIME_TYPES)
            ],
            "druck_werke": tuple(werke),
        },
    )
    config["extensions"] = [*config["extensions"], "buchbau.druck.bauer"]
    warnings = io.StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            srcdir=str(wurzel),
            confdir=None,  # alles steht in _config.yml
            outdir=str(ziel),
            doctreedir=str(wurzel / "_build" / ".doctrees-druck"),
            buildername="druck",
            confoverrides=config,
            status=None,
            warning=warnings,
            freshenv=True,
        )
        if "numbered: 1" in (wurzel / "_toc.yml").read_text("utf-8"):
            app.setup_extension("sphinx_multitoc_numbering")
        app.build()
    if warnings.getvalue().strip():
        raise BuchFehler(wesentliches(warnings.getvalue()))
    return [ziel / f"{werk.name}.tex" for werk in werke]
