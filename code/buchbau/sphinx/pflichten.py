"""What a public site owes: imprint, privacy page, sitemap, robots.txt, canonical address.

Set up by ``buchbau.sphinx.seite``; HTML only. The two pages are templates in
``thema/templates``, filled from ``betreiber`` in ``_config.yml``. They are pages of the
website and not of the book, so they are in no list of chapters and in no PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from buchbau.betreiber import ANGABEN, angaben, ist_platzhalter

SEITEN = {"impressum": "Impressum", "datenschutz": "Datenschutz"}
# Pages that are tools for readers of the site and no answer to a search elsewhere
OHNE_SITEMAP = {"search", "genindex"}


def _pruefe(app: Sphinx, config: Any) -> None:
    """A misspelt detail would silently stay a placeholder: name it."""
    for key in set(config.betreiber) - set(ANGABEN):
        raise ValueError(
            f"_config.yml: betreiber kennt keine Angabe {key}; "
            f"bekannt sind: {', '.join(ANGABEN)}."
        )


def _seiten(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the two pages that no file of the book stands for."""
    if app.builder.name != "html":
        return
    for name, titel in SEITEN.items():
        yield (
            name,
            {
                "title": titel,
                "betreiber": angaben(app.config.betreiber),
                "ist_platzhalter": ist_platzhalter,
                "ohne_suchmaschine": True,
            },
            f"{name}.html",
        )


def adresse(app: Sphinx, pagename: str) -> str:
    """Address of a page as readers, search engines and QR codes should know it."""
    seite = "" if pagename == app.config.root_doc else f"{pagename}.html"
    return f"{app.config.html_baseurl.rstrip('/')}/{seite}"


def _kanonisch(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """One address for each page; the start page's is the folder, not ``index.html``."""
    if app.builder.name == "html" and app.config.html_baseurl:
        context["pageurl"] = adresse(app, pagename)


def _schreibe(app: Sphinx, fehler: Exception | None) -> None:
    """Write ``sitemap.xml`` and ``robots.txt``."""
    if fehler is not None or app.builder.name != "html" or not app.config.html_baseurl:
        return
    seiten = sorted(set(app.env.found_docs) - OHNE_SITEMAP)
    orte = "\n".join(f"<url><loc>{escape(adresse(app, s))}</loc></url>" for s in seiten)
    ordner = Path(app.outdir)
    (ordner / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{orte}\n</urlset>\n",
        "utf-8",
    )
    basis = app.config.html_baseurl.rstrip("/")
    (ordner / "robots.txt").write_text(
        f"User-agent: *\nAllow: /\nSitemap: {basis}/sitemap.xml\n", "utf-8"
    )


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("betreiber", {}, "html", dict)
    app.connect("config-inited", _pruefe)
    app.connect("html-collect-pages", _seiten)
    # Before the theme and all others, which only read the address
    app.connect("html-page-context", _kanonisch, priority=100)
    app.connect("build-finished", _schreibe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
