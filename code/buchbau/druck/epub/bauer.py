"""The Sphinx builder of the EPUB: pages as XHTML without theme, scripts or search.

Sphinx extension, loaded by ``buchbau.druck.epub`` only. ``umbau`` changes what folds on
the website, ``zeichen`` writes formulas, pictures and code, ``seite`` wraps the pages,
``paket`` binds them into the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders._epub_base import EpubBuilder
from sphinx.util import logging

from buchbau.druck.epub import (
    bilder,
    paket,
    register,
    seite,
    stilblatt,
    titelbild,
    umbau,
    zeichen,
)
from buchbau.druck.epub.angaben import lies_angaben, netzadresse
from buchbau.druck.epub.gliederung import Buch, gliedere

LOG = logging.getLogger(__name__)


class BuchEpub(EpubBuilder):
    """Writes each page of the book as one XHTML file, then the package."""

    name = "epub"
    use_meta_charset = True

    def init(self) -> None:
        """Prepare the list of pages that go into the book."""
        super().init()
        self.angaben = lies_angaben(self.config, Path(self.srcdir))
        self.buchseiten: dict[str, seite.Seite] = {}

    def prepare_writing(self, docnames: set[str]) -> None:
        """Make the folder of the pages: the cover and the style sheet lie there, too."""
        super().prepare_writing(docnames)
        Path(self.outdir).mkdir(parents=True, exist_ok=True)

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Address of a page in the book; the website's start page is not in it."""
        if docname == self.config.root_doc:
            return netzadresse(self.config, docname)
        return super().get_target_uri(docname, typ)

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Address of one page seen from another."""
        if to == self.config.root_doc:
            return self.get_target_uri(to)
        return super().get_relative_uri(from_, to, typ)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a page; the website's start page has its own place, the title page."""
        if docname != self.config.root_doc:
            super().write_doc(docname, doctree)

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        outfilename: str | None = None,
        event_arg: Any = None,
    ) -> None:
        """Wrap the body of a page; templates and events of themes have no say here."""
        try:
            fertig = seite.setze(self, pagename, addctx["body"])
        except seite.SeitenFehler as fehler:
            LOG.warning("%s", fehler, location=pagename)
            return
        self.buchseiten[pagename] = fertig

    def finish(self) -> None:
        """Add what no source page holds, copy pictures, and pack."""
        if len(self.buchseiten) < len(self.env.found_docs) - 1:
            return  # a page failed; its warning fails the build
        ordner = Path(self.outdir)
        (ordner / paket.STIL).write_text(stilblatt.stilblatt(), "utf-8")
        titelbild.schreibe(self.angaben, ordner / paket.UMSCHLAG)
        teile = gliedere(self.env.dlbuch_teile, self.buchseiten)
        teile[-1].kapitel.append(register.seite(self))
        buch = Buch(teile, self._kopiere_bilder(ordner))
        paket.schreibe(ordner, Path(self.config.epub_datei), self.angaben, buch)

    def _kopiere_bilder(self, ordner: Path) -> list[str]:
        """Copy the pictures that pages show; return their paths in the book."""
        gezeigte: set[str] = set()
        for fertig in self.buchseiten.values():
            gezeigte |= fertig.bilder
        ziel = ordner / self.imagedir
        ziel.mkdir(parents=True, exist_ok=True)
        for quelle, name in self.images.items():
            if f"{self.imagedir}/{name}" in gezeigte:
                bilder.kopiere(Path(self.srcdir) / quelle, ziel / name)
        return sorted(gezeigte)


def _schreiber(app: Sphinx) -> None:
    """Give the EPUB every way of writing that the website has, unless it has its own.

    Sphinx takes the handlers of the builder's name alone as soon as there is a single one.
    """
    if app.builder.name != "epub":
        return
    alle = app.registry.translation_handlers
    alle["epub"] = {**alle.get("html", {}), **alle.get("epub", {})}


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("epub_datei", "", "")
    app.add_builder(BuchEpub, override=True)
    zeichen.melde_an(app)
    umbau.melde_an(app)
    app.connect("builder-inited", _schreiber)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
