"""What the start page lists by itself: parts and chapters, and files to download.

Set up by ``buchbau.sphinx.seite``. ``{inhaltsuebersicht}`` shows ``_toc.yml`` with the
sentence ``kurz`` of each chapter; ``{downloads}`` shows PDF and EPUB where the build has
made them, and copies them into the site.
"""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from buchbau.sphinx.navigation import teile_des_buchs

DOWNLOADS = (
    ("pdf", "PDF-Buch", "zum Lesen und Drucken"),
    ("epub", "EPUB", "für Lesegeräte"),
)
NAME = "deep-learning-zum-anfassen"


class Uebersicht(nodes.General, nodes.Element):
    """Placeholder for parts and chapters; filled when all titles are known."""


class Downloads(nodes.General, nodes.Element):
    """Placeholder for the files; filled when the page is written."""


class InhaltsuebersichtDirektive(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        return [Uebersicht()]


class DownloadsDirektive(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        return [Downloads()]


def _vorhandene(app: Sphinx) -> list[tuple[Path, str, str]]:
    """Files that are there, with name and purpose."""
    bau = Path(app.srcdir) / "_build"
    return [
        (datei, titel, wozu)
        for art, titel, wozu in DOWNLOADS
        if (datei := bau / art / f"{NAME}.{art}").is_file()
    ]


def _zeige_uebersicht(self: Any, node: Uebersicht) -> None:
    builder = self.builder
    zeilen = ['<div class="uebersicht">']
    for teil in teile_des_buchs(builder.app, builder.current_docname):
        zeilen.append("<section>")
        if teil["titel"]:
            titel = escape(teil["titel"])
            link = f'<a href="{teil["url"]}">{titel}</a>' if teil["url"] else titel
            zeilen.append(f"<h3>{link}</h3>")
        zeilen.append("<ol>")
        for kapitel in teil["kapitel"]:
            kurz = f'<span class="kurz">{escape(kapitel["kurz"])}</span>'
            zeilen.append(
                f'<li><a href="{kapitel["url"]}">'
                f'<span class="nummer">{kapitel["nummer"]}</span>'
                f'<span class="titel">{escape(kapitel["titel"])}</span></a>'
                f"{kurz if kapitel['kurz'] else ''}</li>"
            )
        zeilen.append("</ol></section>")
    zeilen.append("</div>")
    self.body.append("\n".join(zeilen))
    raise nodes.SkipNode


def _zeige_downloads(self: Any, node: Downloads) -> None:
    vorhandene = _vorhandene(self.builder.app)
    if vorhandene:
        self.body.append('<ul class="downloads">')
        for datei, titel, wozu in vorhandene:
            groesse = datei.stat().st_size / 1e6
            angabe = f"{groesse:.1f}".replace(".", ",")
            self.body.append(
                f'<li><a href="downloads/{datei.name}" download>{titel}</a> '
                f"{wozu}, {angabe} MB</li>"
            )
        self.body.append("</ul>")
    raise nodes.SkipNode


def _ueberspringe(self: Any, node: nodes.Node) -> None:
    raise nodes.SkipNode


def _kopiere(app: Sphinx, fehler: Exception | None) -> None:
    if fehler is not None or app.builder.name != "html":
        return
    ziel = Path(app.outdir) / "downloads"
    for datei, _, _ in _vorhandene(app):
        ziel.mkdir(exist_ok=True)
        shutil.copyfile(datei, ziel / datei.name)


def _veraltet(
    app: Sphinx, env: Any, hinzu: set[str], geaendert: set[str], weg: set[str]
) -> list[str]:
    """Write the start page anew when a chapter's title or sentence may have changed."""
    return [env.config.root_doc] if hinzu | geaendert | weg else []


def setup(app: Sphinx) -> dict[str, Any]:
    for knoten, zeige in ((Uebersicht, _zeige_uebersicht), (Downloads, _zeige_downloads)):
        app.add_node(
            knoten,
            html=(zeige, None),
            **{art: (_ueberspringe, None) for art in ("latex", "epub", "text")},
        )
    app.add_directive("inhaltsuebersicht", InhaltsuebersichtDirektive)
    app.add_directive("downloads", DownloadsDirektive)
    app.connect("env-get-outdated", _veraltet)
    app.connect("build-finished", _kopiere)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
