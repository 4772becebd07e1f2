"""Read each page's doctree once while the website is written, not for every reference.

Sphinx loads the whole page a numbered reference points to, each time: with chapters of
this length that was a third of the build. Shared trees are only looked at; a page that
is written gets its own. Set up by ``buchbau.sphinx.seite``.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def _teile(app: Sphinx, env: BuildEnvironment) -> None:
    """Share the doctrees from now on: reading has ended, the environment is saved."""
    if app.builder.name != "html":
        return
    load, resolve = env.get_doctree, env.get_and_resolve_doctree
    kept = cache(load)
    wanted: set[str] = set()  # the page that is just being written

    def shared(docname: str) -> nodes.document:
        if docname in wanted:
            wanted.discard(docname)
            return load(docname)
        return kept(docname)

    def own(
        docname: str, builder: Any, doctree: nodes.document | None = None, **options: Any
    ) -> nodes.document:
        wanted.add(docname)  # Sphinx asks for it first, unless it has just read it
        try:
            return resolve(docname, builder, doctree, **options)
        finally:
            wanted.discard(docname)

    env.get_doctree = shared
    env.get_and_resolve_doctree = own


def _teile_nicht_mehr(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Before pages are read anew (preview), and before the environment is saved."""
    for name in ("get_doctree", "get_and_resolve_doctree"):
        env.__dict__.pop(name, None)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("env-check-consistency", _teile)
    app.connect("env-before-read-docs", _teile_nicht_mehr)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
