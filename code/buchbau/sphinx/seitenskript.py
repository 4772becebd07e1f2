"""Bindet ein Skript nur auf den Seiten ein, die es brauchen.

Called by the extensions that bring a script of their own (`quiz`, `kaesten`). The
scripts lie in `code/buchbau/thema/js`; they are classic scripts with `defer`, because
Chromium loads no modules from `file://`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

SCRIPTS = Path(__file__).resolve().parents[1] / "thema" / "js"


def add_page_script(app: Sphinx, name: str, *kinds: type[nodes.Element]) -> None:
    """Load script `name` on each page whose doctree holds a node of one of `kinds`."""

    def offer_folder(app: Sphinx, config: Config) -> None:
        if str(SCRIPTS) not in config.html_static_path:
            config.html_static_path.append(str(SCRIPTS))

    def load_where_needed(
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        if doctree is not None and any(
            True for kind in kinds for _ in doctree.findall(kind)
        ):
            app.add_js_file(name, loading_method="defer")

    app.connect("config-inited", offer_folder)
    app.connect("html-page-context", load_where_needed)
