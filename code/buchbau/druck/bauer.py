"""Sphinx builder `druck`: writes one TeX file for each `Werk` of the build.

Loaded by `sphinxlauf`. Unlike Sphinx' own builder for LaTeX it resolves each page for
itself, so that figures, equations and exercises have the website's numbers, also in a
handout of a single chapter; what a work does not hold becomes a link to the website.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder

from buchbau.druck import rahmen
from buchbau.druck.bilder import als_pdf
from buchbau.druck.schreiber import Schreiber
from buchbau.druck.werk import Werk

# What myst-nb takes from a cell's outputs, best first.
MIME_TYPES = (
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "text/latex",
    "text/markdown",
    "text/plain",
)


@dataclass(frozen=True)
class Livebild:
    """A live figure, for the list of all of them."""

    docname: str
    number: str
    caption: str
    address: str
    code: str
    ident: str


class Druck(Builder):
    """See the module's docstring. `app.config.druck_werke` holds the works."""

    name = "druck"
    format = "druck"  # not "latex": Sphinx would prepare the pages for its own writer
    supported_image_types: ClassVar[list[str]] = [
        "application/pdf",
        "image/svg+xml",
        "image/png",
        "image/jpeg",
    ]
    allow_parallel = False

    def init(self) -> None:
        self.live: dict[str, list[Livebild]] = {}
        self._resolved: dict[str, nodes.document] = {}
        self.made: dict[Path, Path] = {}  # SVG and the PDF made of it

    @property
    def outdir_path(self) -> Path:
        return Path(self.outdir)

    def get_outdated_docs(self) -> str:
        return "alle Werke"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to)

    def page_address(self, docname: str) -> str:
        """Return the address of a page of the website."""
        return f"{self.config.html_baseurl.rstrip('/')}/{docname}.html"

    def note_live(
        self,
        werk: Werk,
        docname: str,
        number: str,
        caption: str,
        address: str,
        code: str,
        ident: str,
    ) -> None:
        """Remember a live figure for the list."""
        entry = Livebild(docname, number, caption, address, code, ident)
        self.live.setdefault(werk.name, []).append(entry)

    def write(self, *ignored: Any) -> None:
        self.outdir_path.mkdir(parents=True, exist_ok=True)
        for werk in self.config.druck_werke:
            self.write_work(werk)

    def write_work(self, werk: Werk) -> None:
        """Write the TeX file of one work."""
        trees = {page.docname: self.tree(page.docname) for page in werk.seiten}
        writer = (werk.schreiber or Schreiber)(next(iter(trees.values())), self, werk)
        pages = {name: writer.page(name, tree) for name, tree in trees.items()}
        frame = werk.rahmen or rahmen.dokument
        text = frame(werk, pages, writer, self.live.get(werk.name, []))
        (self.outdir_path / f"{werk.name}.tex").write_text(text, "utf-8")

    def tree(self, docname: str) -> nodes.document:
        """Return a page with all references resolved and its pictures known."""
        self.current_docname = docname
        tree = self.env.get_and_resolve_doctree(docname, self)
        self.post_process_images(tree)
        root = Path(self.srcdir)
        drawn = [root / path for path in self.images if path.endswith(".svg")]
        self.made |= als_pdf(drawn, root / "_build" / ".druckbilder")
        for path, name in self.images.items():
            if path.endswith(".svg"):
                self.images[path] = str(Path(name).with_suffix(".pdf"))
        return tree

    def appendix(self, docname: str) -> nodes.document:
        """Return a page that several works quote, as `tree` does, but resolved once.

        Each time that sphinxcontrib-bibtex resolves its list, all works get longer.
        """
        if docname not in self._resolved:
            self._resolved[docname] = self.tree(docname)
        return self._resolved[docname].deepcopy()

    def printed(self, source: Path) -> Path:
        """Return the file that is printed for a picture: SVG has become PDF."""
        return self.made.get(source, source)

    def finish(self) -> None:
        """Copy the pictures beside the TeX files."""
        for path, name in self.images.items():
            source = Path(self.srcdir) / path
            shutil.copyfile(self.printed(source), self.outdir_path / name)


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_builder(Druck)
    app.add_config_value("druck_werke", (), "")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
