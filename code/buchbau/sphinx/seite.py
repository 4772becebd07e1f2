"""The page: own templates, one style sheet, no script of the theme, a security policy.

Sphinx extension, first of the book's own in ``_config.yml``; also sets up its siblings
(``inhalt``, ``hoehe``, ``formeln``, ``startseite``, ``teilseiten``, ``umleitungen``,
``pflichten``, ``vorschaubild``).
The templates read ``kapitelkopf``, ``nachbarn`` and ``startknoepfe`` from the context
where other extensions put them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from functools import lru_cache
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.jinja2glue import SphinxFileSystemLoader

from buchbau.sphinx.navigation import teile_des_buchs
from buchbau.sphinx.seitenskript import SCRIPTS
from buchbau.stilblatt import (
    THEMA,
    fruehe_schriften,
    schreibe_formelstil,
    schreibe_stilblatt,
)

UNTERTITEL = "Das ausführbare Lehrbuch mit Python und Keras"

# Files that the theme and default extensions add to each page. What they do is done by
# seite.js, by HTML alone, or not at all.
FREMDE_SKRIPTE = (
    "documentation_options.js",
    "doctools.js",
    "sphinx_highlight.js",
    "clipboard.min.js",
    "copybutton.js",
    "togglebutton.js",
    "design-tabs.js",
    "scripts/",
    "sphinx-thebe.js",
    "translations.js",
    "mathjax",
)
# Folders and files of the theme that no page of ours loads
UNGENUTZT = (
    "scripts",
    "styles",
    "vendor",
    "webpack-macros.html",
    "images",
    "sbt-webpack-macros.html",
    "clipboard.min.js",
    "copybutton.js",
    "copybutton.css",
    "copybutton_funcs.js",
    "check-solid.svg",
    "togglebutton.js",
    "togglebutton.css",
    "design-tabs.js",
    "sphinx-design.min.css",
    "sphinx-thebe.js",
    "sphinx-thebe.css",
    "doctools.js",
    "sphinx_highlight.js",
    "documentation_options.js",
    "language_data.js",
    "searchtools.js",
    "basic.css",
    "pygments.css",
    "exercise.css",
    "katex-math.css",
    "file.png",
    "minus.png",
    "plus.png",
    "proof.css",
    "sphinx-book-theme.css",
    "translations.js",
    "locales",
)
_THEBE = re.compile(
    r"<script type=\"text/x-thebe-config\">.*?</script>\s*"
    r"(<script>kernelName = .*?</script>)?",
    re.DOTALL,
)
EIGENE_STILE = ("_static/buch.css", "_static/katex/katex.css")


@lru_cache(maxsize=1)
def modus_skript() -> str:
    """The constant script in the head of each page, without comments."""
    text = (THEMA / "modus.js").read_text("utf-8")
    text = re.sub(r"^\s*//.*$|/\*.*?\*/", "", text, flags=re.MULTILINE)
    text = text.replace("SCHRIFTEN", json.dumps(fruehe_schriften()))
    return re.sub(r"\s*\n\s*", "", text)


def _pruefsumme(skript: str) -> str:
    summe = hashlib.sha256(skript.encode()).digest()
    return f"'sha256-{base64.b64encode(summe).decode()}'"


def skripte(dateien: list[Any]) -> list[Any]:
    """Scripts of the book among those that Sphinx collected for a page."""
    eigene = []
    for skript in dateien:
        name = str(getattr(skript, "filename", skript) or "")
        if not name and skript.attributes.get("type") != "importmap":
            continue
        if not any(fremd in name for fremd in FREMDE_SKRIPTE):
            eigene.append(skript)
    return eigene


def stilblaetter(dateien: list[Any]) -> list[Any]:
    """Style sheets of the book among those that Sphinx collected for a page."""
    return [css for css in dateien if str(css.filename) in EIGENE_STILE]


def sicherheitsregel(dateien: list[Any]) -> str:
    """Content security policy of a page.

    LiteRT compiles WebAssembly; the import map of live figures and the script for the
    colour scheme are inline and named by their hash; KaTeX writes style attributes.
    """
    inline = [modus_skript()]
    inline += [js.attributes.get("body", "") for js in skripte(dateien) if not js.filename]
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' 'wasm-unsafe-eval' {' '.join(map(_pruefsumme, inline))}",
            "style-src 'self'",
            "style-src-attr 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'self'",
        ]
    )


def _bereite_vor(app: Sphinx) -> None:
    """Write style sheet and fonts, and put our templates in front of the theme's."""
    if app.builder.name != "html":
        return
    vorlagen = SphinxFileSystemLoader(str(THEMA / "templates"))
    app.builder.templates.loaders.insert(0, vorlagen)
    ordner = Path(app.doctreedir).parent / ".seite"
    shutil.rmtree(ordner, ignore_errors=True)
    schreibe_stilblatt(ordner)
    schreibe_formelstil(ordner)
    shutil.copyfile(THEMA / "marke.svg", ordner / "marke.svg")
    for pfad in (str(ordner), str(SCRIPTS)):
        if pfad not in app.config.html_static_path:
            app.config.html_static_path.append(pfad)
    app.add_css_file("buch.css")
    app.add_js_file("seite.js", loading_method="defer")


def _seitenverzeichnis(toc: str) -> str:
    """Sections of the page as a nested list, without the page's own title."""
    suppe = BeautifulSoup(toc or "", "html.parser")
    liste = suppe.select_one("ul > li > ul")
    if liste is None:
        return ""
    for tiefer in liste.select("ul ul"):
        tiefer.decompose()
    for stueck in liste.find_all(True):
        stueck.attrs = {"href": stueck["href"]} if stueck.get("href") else {}
    return str(liste).replace("<ul", "<ol").replace("</ul", "</ol")


def _beschreibung(meta: dict[str, Any] | None, doctree: nodes.document | None) -> str:
    """One sentence about the page: ``kurz`` of the front matter or its first words."""
    if meta and meta.get("kurz"):
        return str(meta["kurz"])
    absatz = next(iter(doctree.findall(nodes.paragraph)), None) if doctree else None
    text = " ".join(absatz.astext().split()) if absatz is not None else ""
    return text if len(text) <= 160 else text[:157].rsplit(" ", 1)[0] + " …"


def _kontext(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the templates what they show; runs after the theme's own handlers."""
    if app.builder.name != "html":
        return
    titel = app.env.titles.get(pagename)
    context |= {
        "buchtitel": app.config.html_title or app.config.project,
        "untertitel": UNTERTITEL,
        "seitentitel": titel.astext() if titel else context.get("title", ""),
        "verzeichnis": teile_des_buchs(app, pagename),
        "seitenverzeichnis": ""
        if pagename == app.config.root_doc
        else _seitenverzeichnis(context.get("toc", "")),
        "beschreibung": _beschreibung(context.get("meta"), doctree),
        "modus_skript": modus_skript(),
        "sicherheitsregel": sicherheitsregel,
        "skripte": skripte,
        "stilblaetter": stilblaetter,
    }
    # sphinx-thebe writes its settings into every executed page, used or not
    if context.get("body"):
        context["body"] = _THEBE.sub("", context["body"])


def raeume_auf(app: Sphinx, fehler: Exception | None) -> None:
    """Remove what the theme copied and no page loads: it would double the download."""
    if fehler is not None or app.builder.name != "html":
        return
    statisch = Path(app.outdir) / "_static"
    for name in UNGENUTZT:
        pfad = statisch / name
        if pfad.is_dir():
            shutil.rmtree(pfad)
        else:
            pfad.unlink(missing_ok=True)
    for muster in ("mystnb.*.css", "*_translations.js"):
        for datei in statisch.glob(muster):
            datei.unlink()


def setup(app: Sphinx) -> dict[str, Any]:
    for teil in (
        *("inhalt", "hoehe", "formeln", "startseite", "teilseiten", "doctrees"),
        *("umleitungen", "pflichten", "vorschaubild"),
    ):
        app.setup_extension(f"buchbau.sphinx.{teil}")
    app.connect("builder-inited", _bereite_vor)
    app.connect("html-page-context", _kontext, priority=900)
    app.connect("build-finished", raeume_auf, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
