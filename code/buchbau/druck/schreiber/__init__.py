"""The writer: a resolved page of the book becomes LaTeX.

Called by the builder `buchbau.druck.bauer` for each page of a work.
"""

from __future__ import annotations

from docutils import nodes

from buchbau.druck.bilder import qr_code
from buchbau.druck.schreiber.bilder import Bilder
from buchbau.druck.schreiber.code import Code
from buchbau.druck.schreiber.kaesten import Antworten, Kaesten
from buchbau.druck.schreiber.tabellen import Tabellen
from buchbau.druck.schreiber.zeichen import escape, target, url
from buchbau.sphinx.teilseiten import Kapitelkarten

__all__ = ["Antworten", "Schreiber"]


class Schreiber(Code, Bilder, Tabellen, Kaesten):
    """Writes pages one after the other; `answers` grows with them."""

    def page(self, docname: str, tree: nodes.document) -> str:
        """Return a page as a chapter."""
        self.docname, self.document, self.level = docname, tree, 0
        self.hints = []
        text = self.render(tree.children)
        if self.hints:
            text += "\n\\begin{Hinweise}\n" + "".join(self.hints) + "\\end{Hinweise}\n"
        return text

    @property
    def answers(self) -> dict[str, Antworten]:
        """Answers by page, in the order of the pages."""
        if not hasattr(self, "_answers"):
            self._answers: dict[str, Antworten] = {}
        return self._answers

    def visit_title(self, node: nodes.title) -> None:
        if self.level != 1:
            super().visit_title(node)
            return
        self.chapter(node)
        raise nodes.SkipNode

    def chapter(self, node: nodes.title) -> None:
        """Open a chapter: number, title, its sentence, time, code of the page."""
        page = next(p for p in self.werk.seiten if p.docname == self.docname)
        if page.docname.endswith("/index"):  # of a part: `rahmen` sets its title
            self.add(self.labels(node.parent))
            return
        text = self.render(node.children)
        plain = escape(node.astext())
        marks = rf"\Ziel{{{target(self.docname, '')}}}" + self.labels(node.parent)
        address = self.builder.page_address(self.docname)
        if page.nummer is None:
            self.block(f"\\Kapitelohne{{{plain}}}{{{text}}}{marks}")
            return
        code = qr_code(address, self.builder.outdir_path)
        short = escape(page.kopf.get("kurz", ""))
        minutes = page.kopf.get("lernzeit", "")
        self.block(
            f"\\Kapitel{{{page.nummer}}}{{{plain}}}{{{text}}}{{{short}}}{{{minutes}}}"
            f"{{{code}}}{{{url(address)}}}{marks}"
        )

    def visit_section(self, node: nodes.section) -> None:
        super().visit_section(node)
        if any(isinstance(child, Kapitelkarten) for child in node.children):
            self.level -= 1
            raise nodes.SkipNode
        title = node.children[0].astext() if node.children else ""
        if self.level == 2 and title == "Lernziele":
            # The box holds the aims; cells that follow them stand outside.
            end = next(
                (i for i, c in enumerate(node.children) if isinstance(c, nodes.container)),
                len(node.children),
            )
            content = self.boxed(node.children[1:end])
            self.block(
                f"\\begin{{Lernziele}}{self.labels(node)}{content}\\end{{Lernziele}}"
            )
            for child in node.children[end:]:
                child.walkabout(self)
            self.level -= 1
            raise nodes.SkipNode

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        if "laufzeile" in node["classes"]:
            self.block(rf"\Laufzeile{{{self.render(node.children)}}}")
            raise nodes.SkipNode
        super().visit_paragraph(node)

    # Only the website can show or start these.
    def visit_term_link(self, node: nodes.Element) -> None:
        pass

    def depart_term_link(self, node: nodes.Element) -> None:
        pass
