"""The page about a part of the book: found by itself, its chapters as cards.

Set up by ``buchbau.sphinx.seite``. The page of a part is ``index.md`` in the folder of
its chapters; ``_toc.yml`` does not name it, so that it takes no chapter's number.
``{kapitelkarten}`` shows the chapters with time, routes and what they presuppose.
The website has these pages, PDF and EPUB those of the numbered parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from buchbau.kapitel import Kapitel, Teil, lies_teile

LOG = logging.getLogger(__name__)


class Kapitelkarten(nodes.General, nodes.Element):
    """Placeholder for the cards; filled when all titles are known."""


class KapitelkartenDirektive(SphinxDirective):
    """`{kapitelkarten}`: the chapters of the part on whose page it stands."""

    def run(self) -> list[nodes.Node]:
        if teil_der_seite(self.env, self.env.docname) is None:
            LOG.warning(
                "{kapitelkarten} gehört auf die Seite eines Teils, book/<ordner>/index.md.",
                location=(self.env.docname, self.lineno),
            )
            return []
        return [Kapitelkarten()]


def teil_der_seite(env: BuildEnvironment, docname: str) -> Teil | None:
    """The part that a page is about; None for all other pages."""
    teile = getattr(env, "dlbuch_teile", [])
    return next((teil for teil in teile if teil.seite == docname), None)


def roemisch(nummer: int) -> str:
    """Roman numeral of a part's number, 1 to 39."""
    zehner, einer = divmod(nummer, 10)
    ziffern = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    return "X" * zehner + ziffern[einer]


def _nimm_auf(app: Sphinx, config: Config) -> None:
    """Let Sphinx read the pages of the parts, though ``_toc.yml`` does not name them."""
    ordner = Path(app.srcdir)
    if (ordner / "_toc.yml").exists():
        seiten = {f"{teil.seite}.md" for teil in lies_teile(ordner)}
        # eine neue Liste: config.exclude_patterns kann die Vorgabe von Sphinx selbst sein
        config.exclude_patterns = [m for m in config.exclude_patterns if m not in seiten]


def _pruefe(app: Sphinx) -> None:
    """Leave pages out where they are not shown, and say which part has none."""
    for teil in app.env.dlbuch_teile:
        datei = f"{teil.seite}.md"
        if app.builder.name != "html":
            if app.builder.name not in ("druck", "epub") or teil.nummer is None:
                app.config.exclude_patterns = [*app.config.exclude_patterns, datei]
        elif not teil.ordner:
            LOG.warning(
                "_toc.yml: Die Kapitel des Teils »%s« liegen nicht in einem Ordner; darum "
                "kann er keine Seite haben.",
                teil.titel,
            )
        elif not (Path(app.srcdir) / datei).exists():
            LOG.warning(
                "Dem Teil »%s« fehlt seine Seite %s (CONTRIBUTING, „Ein neuer Teil“).",
                teil.titel,
                datei,
            )


def _merke(app: Sphinx, doctree: nodes.document) -> None:
    """Tell Sphinx that the page belongs to no list, and hold its title to ``_toc.yml``."""
    teil = teil_der_seite(app.env, app.env.docname)
    if teil is None:
        return
    app.env.metadata[app.env.docname]["orphan"] = True
    titel = next(iter(doctree.findall(nodes.title)), None)
    if titel is None or titel.astext() != teil.titel:
        LOG.warning(
            "Der Teil heißt in _toc.yml »%s«; so muss auch die Überschrift lauten.",
            teil.titel,
            location=app.env.docname,
        )


def _verweis(builder: Any, marke: str) -> str:
    """Link to a label, its text the title that it names."""
    docname, anker, titel = builder.env.domains["std"].labels.get(marke, ("", "", marke))
    if not docname:
        return escape(titel)  # tests/kapitel/test_form.py findet die falsche Marke
    ziel = builder.get_relative_uri(builder.current_docname, docname)
    return f'<a href="{ziel}#{anker}">{escape(titel)}</a>'


def _wege(builder: Any, kopf: dict[str, Any]) -> Iterator[str]:
    """The routes through a chapter as lines of a list, shortest first."""
    for minuten, marken in sorted(kopf["wege"].items()):
        weg = "das ganze Kapitel, die Übungen zusätzlich"
        if marken != "alles":
            weg = " · ".join(_verweis(builder, marke) for marke in marken)
        yield f"<li><b>{minuten} min</b> <span>{weg}</span></li>"


def _karte(builder: Any, kapitel: Kapitel) -> str:
    kopf = kapitel.kopf
    ziel = builder.get_relative_uri(builder.current_docname, kapitel.docname)
    nummer = (
        f'<p class="nummer"><span class="nur-vorlesen">Kapitel </span>{kapitel.nummer}</p>'
        if kapitel.nummer
        else ""
    )
    zeilen = [f'<li class="kapitelkarte">{nummer}<div>']
    zeilen.append(f'<h3><a href="{ziel}">{escape(kapitel.titel)}</a></h3>')
    if kopf.get("kurz"):
        zeilen.append(f"<p>{escape(kopf['kurz'])}</p>")
    if kapitel.wird_ausgefuehrt:
        angaben = [f"{kopf['lernzeit']} min lesen und üben"]
        voraus = [_verweis(builder, marke) for marke in kopf["voraussetzungen"]]
        if voraus:
            angaben.append(f"setzt voraus: {', '.join(voraus)}")
        zeilen.append(f'<p class="angaben-karte">{"; ".join(angaben)}</p>')
        if kopf["wege"]:  # Seiten ohne Nummer haben oft keine
            titel = "Wege durch das Kapitel"
            zeilen.append(f'<details class="klappe"><summary>{titel}</summary>')
            zeilen += ["<ul>", *_wege(builder, kopf), "</ul></details>"]
    return "\n".join([*zeilen, "</div></li>"])


def _zeige_karten(self: Any, node: Kapitelkarten) -> None:
    env = self.builder.env
    teil = teil_der_seite(env, self.builder.current_docname)
    seiten = [env.dlbuch_kapitel[name] for name in teil.kapitel]
    karten = "\n".join(_karte(self.builder, kapitel) for kapitel in seiten)
    self.body.append(f'<ol class="kapitelkarten">\n{karten}\n</ol>')
    raise nodes.SkipNode


def _kontext(
    app: Sphinx, pagename: str, templatename: str, context: dict, doctree: Any
) -> None:
    """Give the templates the number of a part, and chapters the way to their part."""
    teil = teil_der_seite(app.env, pagename)
    if teil is not None:
        nummer = f"Teil {roemisch(teil.nummer)}" if teil.nummer else ""
        context["kapitelkopf"] = {"teilnummer": nummer}
        return
    kapitel = getattr(app.env, "dlbuch_kapitel", {}).get(pagename)
    seiten = {t.titel: t.seite for t in getattr(app.env, "dlbuch_teile", [])}
    seite = seiten.get(kapitel.teil, "") if kapitel else ""
    if seite in app.env.titles and context.get("kapitelkopf"):
        context["kapitelkopf"]["teil_url"] = app.builder.get_relative_uri(pagename, seite)


def _veraltet(
    app: Sphinx, env: Any, hinzu: set[str], geaendert: set[str], weg: set[str]
) -> list[str]:
    """Write the parts' pages anew when a chapter's title or head may have changed."""
    if not hinzu | geaendert | weg:
        return []
    return [t.seite for t in env.dlbuch_teile if t.seite in env.found_docs]


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_node(Kapitelkarten, html=(_zeige_karten, None))
    app.add_directive("kapitelkarten", KapitelkartenDirektive)
    # nach sphinx-external-toc, das alles ausschließt, was _toc.yml nicht nennt
    app.connect("config-inited", _nimm_auf, priority=900)
    # nach kapitelkopf, das die Teile liest
    app.connect("builder-inited", _pruefe, priority=900)
    app.connect("doctree-read", _merke)
    app.connect("env-get-outdated", _veraltet)
    app.connect("html-page-context", _kontext, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
