"""German user interface without English leftovers; loaded through `_config.yml`.

Our own catalogues (code/buchbau/sprache/*.po) go in front of those that Sphinx and the
themes bring; what no catalogue reaches is set here.
"""

from __future__ import annotations

import io
from gettext import GNUTranslations
from html import escape
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import translators
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

CATALOGUES = Path(__file__).resolve().parents[1] / "sprache"
SEARCH_HINT = "Im Buch suchen …"


def read_catalogue(file: Path) -> GNUTranslations:
    """Return the catalogue of a .po file, compiled in memory: no .mo to keep in step."""
    with file.open("rb") as lines:
        catalog = read_po(lines, locale="de", abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)


def put_in_front(app: Sphinx, name: str) -> None:
    """Put our catalogue in front of the one that is there (or will be appended)."""
    own = read_catalogue(CATALOGUES / f"{name}.po")
    present = translators.get(("general", name))
    if present is not None:
        own.add_fallback(present)
    translators["general", name] = own
    if name == "sphinx":
        # The templates translate with this object, not with the registered one.
        app.translator = own


def set_defaults(app: Sphinx, config: Config) -> None:
    """Set German texts that are options of a theme or an extension."""
    options = {"search_bar_text": SEARCH_HINT, "toc_title": "Auf dieser Seite"}
    config.html_theme_options = {**config.html_theme_options, **options}
    config.nb_code_prompt_show = "Code anzeigen"
    config.nb_code_prompt_hide = "Code ausblenden"
    config.togglebutton_hint = "Aufklappen"
    config.togglebutton_hint_hide = "Zuklappen"


def visit_folded_cell(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """Write the head of a folded cell; myst-nb's own has an English aria-label.

    Without a label the summary is named by its text, which says the same.
    """
    classes = " ".join(["admonition", "hide", *node["classes"]])
    output_only = {"below-input", "above-output"} & set(node["classes"])
    what = "Ausgabe" if output_only else "Code"
    self.body.append(f'<details class="{escape(classes)}">\n<summary>\n')
    # Both are written; the theme's style shows the one that fits the state.
    for state, verb in (("collapsed", "anzeigen"), ("expanded", "ausblenden")):
        self.body.append(f'<p class="{state} admonition-title">{what} {verb}</p>\n')
    self.body.append("</summary>\n")


def depart_folded_cell(self: HTML5Translator, node: nodes.Element) -> None:
    """Write the end of a folded cell."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the catalogues, the defaults and the folded cell."""
    for catalogue in ("sphinx", "booktheme", "exercise"):
        put_in_front(app, catalogue)
    app.connect("config-inited", set_defaults)
    app.add_node(
        HideCodeCellNode,
        override=True,
        html=(visit_folded_cell, depart_folded_cell),
    )
    return {"parallel_read_safe": True, "parallel_write_safe": True}
