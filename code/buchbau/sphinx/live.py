"""Directive ``{live}``: an interactive figure, numbered and captioned like any other.

Registered in ``_config.yml``. On the website it writes the custom element of the
figure around its still picture; print and EPUB keep the picture and lead to the
page (``buchbau.druck``); the files that the page needs are put under ``_static`` by
``live_dateien.py``.

    :::{live} ziffer-zeichnen
    :name: abb-live-ziffer
    :modell: ziffern
    :alt: Zeichenfläche mit einer Sieben, daneben zehn Balken …
    Zeichnen Sie eine Ziffer: Das Netz dieser Seite antwortet.
    :::

``:modell:`` names a network that the chapter's own run exported with
``dlbuch.exportiere``; ``kapitel/name`` takes one of another chapter.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from buchbau.sphinx import live_antwort, live_dateien
from buchbau.sphinx.live_knoten import LiveFigure

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

NO_SCRIPT = (
    "Hier lässt sich etwas ausprobieren: auf der Website, in einem Browser mit "
    "JavaScript. Direkt aus einem Ordner geöffnet, zeigt die Seite nur das Bild."
)


class LiveDirective(SphinxDirective):
    """Turn ``{live} <figure>`` into a figure node with its still picture inside."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "name": directives.unchanged_required,
        "modell": directives.unchanged_required,
        "alt": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Return the figure; a mistake of the author is one German warning."""
        figure = nodes.figure(classes=["live"])
        self.set_source_info(figure)
        name = self.arguments[0]
        problem = self._problem(name)
        if problem:
            logger.warning(
                problem, location=self.get_location(), type="live", subtype="angabe"
            )
        else:
            figure += self._interactive_part(name)
        figure += self._caption()
        self.add_name(figure)
        return [figure]

    def _problem(self, name: str) -> str | None:
        if name not in (known := live_dateien.figure_names()):
            return f"Live-Figur „{name}“ gibt es nicht. Bekannt: {', '.join(known)}."
        if not live_dateien.still_pictures(name):
            return (
                f"Live-Figur „{name}“ hat kein Standbild in code/live/standbilder/ "
                "(erzeugen: python -m buchbau.standbilder)."
            )
        if not self.options.get("alt", "").strip():
            return f"Live-Figur „{name}“ ohne :alt:. Sagen Sie dort, was zu sehen ist."
        if not self.options.get("name"):
            return f"Live-Figur „{name}“ ohne :name:, etwa :name: abb-live-{name}."
        if not self.content:
            return f"Live-Figur „{name}“ ohne Bildunterschrift."
        if live_dateien.needs_model(name) and "modell" not in self.options:
            return (
                f"Live-Figur „{name}“ braucht :modell: mit dem Namen, unter dem das "
                "Kapitel sein Netz exportiert."
            )
        return None

    def _interactive_part(self, name: str) -> LiveFigure:
        model = self.options.get("modell", "")
        if model and "/" not in model:
            model = f"{PurePosixPath(self.env.docname).name}/{model}"
        if model:
            live_dateien.models_of(self.env).setdefault(self.env.docname, []).append(
                (model, self.get_location())
            )
        part = LiveFigure(figure=name, model=model, page=self.env.docname)
        # The wildcard lets each builder take the format it can show.
        folder = os.path.relpath(
            live_dateien.STILLS, Path(self.env.doc2path(self.env.docname)).parent
        )
        part += nodes.image(
            uri=f"{Path(folder).as_posix()}/{name}.*",
            alt=self.options["alt"],
            classes=["live-standbild"],
        )
        return part

    def _caption(self) -> list[nodes.Node]:
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        if not body.children:
            return []
        first, *rest = body.children
        parts: list[nodes.Node] = [nodes.caption("", "", *first.children)]
        if rest:
            parts.append(nodes.legend("", *rest))
        return parts


def visit_html(translator: HTML5Translator, node: LiveFigure) -> None:
    """Open the custom element; its content is what shows without JavaScript."""
    page = translator.builder.get_target_uri(translator.builder.current_docname)
    attributes = {"CLASS": "live-figur", "data-figur": node["figure"]}
    if node["model"]:
        app = translator.builder.app
        address = live_dateien.model_address(app, node["model"])
        attributes["modell"] = relative_uri(page, address)
        if node["figure"] in live_antwort.FIGURES:
            attributes["data-antwort"] = live_antwort.first_answer(
                live_dateien.model_file(app, node["model"]),
                Path(app.srcdir) / "_build" / ".live-antworten",
                node["figure"],
            )
    tag = translator.starttag(node, f"live-{node['figure']}", "", **attributes)
    translator.body.append(tag)


def depart_html(translator: HTML5Translator, node: LiveFigure) -> None:
    """Close the custom element after the sentence for pages without JavaScript."""
    translator.body.append(
        f'<p class="live-hinweis">{NO_SCRIPT}</p></live-{node["figure"]}>\n'
    )


def add_loader(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the loader to pages with a live figure, and to no other."""
    if app.builder.name == "epub" or doctree is None:
        return
    if next(doctree.findall(LiveFigure), None):
        app.add_js_file(f"{live_dateien.FOLDER}/lader.js", type="module")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive, its node and what belongs to them."""
    app.add_node(LiveFigure, html=(visit_html, depart_html))
    app.add_directive("live", LiveDirective)
    app.connect("html-page-context", add_loader)
    app.connect("env-purge-doc", purge_models)
    app.connect("env-check-consistency", live_dateien.check_models)
    app.connect("build-finished", live_dateien.copy_files)
    return {
        "env_version": 1,
        "parallel_read_safe": False,
        "parallel_write_safe": True,
    }


def purge_models(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the models of a page that is read again."""
    live_dateien.models_of(env).pop(docname, None)
