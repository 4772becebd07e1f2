"""The writer of handouts: the book's writer, with a title block and room to write.

Called by the builder ``buchbau.druck.bauer``. A handout stands alone: works that it cites
and terms that it uses are listed in it, other chapters are named with their number and
listed with their address. Both versions have the same pages up to the solutions.
"""

from __future__ import annotations

from docutils import nodes

from buchbau.druck.bilder import qr_code
from buchbau.druck.schreiber import Schreiber
from buchbau.druck.schreiber.zeichen import escape, target, url
from buchbau.kapitel import Kapitel
from buchbau.notizbuch.uebungen import SOLUTION

LITERATUR = "book/anhang/literatur"
GLOSSAR = "book/anhang/glossar"
# Stands where the aims belong until they are known: they come later in the page.
_LERNZIELE = "%LERNZIELE%"
# Height of the field below an exercise in millimetres: by its minutes, within bounds.
MM_JE_MINUTE, MINDESTENS, HOECHSTENS = 3, 22, 75
MIT_CODE = 22  # geschrieben wird am Rechner


class HandoutSchreiber(Schreiber):
    """Writes one chapter; `zitiert`, `begriffe` and `andere` grow with it."""

    def page(self, docname: str, tree: nodes.document) -> str:
        """Return the chapter with its aims below the title."""
        self.zitiert: dict[str, None] = {}
        self.begriffe: dict[str, None] = {}
        self.andere: dict[str, None] = {}
        self.lernziele = ""
        return super().page(docname, tree).replace(_LERNZIELE, self.lernziele)

    # --- Titel und Lernziele

    def chapter(self, node: nodes.title) -> None:
        """Open the handout: number, title, its sentence, time, code of the page."""
        page = self.werk.seiten[0]
        address = self.builder.page_address(self.docname)
        code = qr_code(address, self.builder.outdir_path)
        self.block(
            f"\\Handoutkopf{{{page.nummer or ''}}}{{{self.render(node.children)}}}"
            f"{{{escape(page.kopf.get('kurz', ''))}}}{{{page.kopf.get('lernzeit', '')}}}"
            f"{{{code}}}{{{url(address)}}}{self.labels(node.parent)}\n{_LERNZIELE}"
        )

    def visit_section(self, node: nodes.section) -> None:
        """Take the aims out of the page: they stand below the title."""
        title = node.children[0].astext() if node.children else ""
        if self.level != 1 or title != "Lernziele":
            super().visit_section(node)
            return
        # Cells that follow the aims stay where they are.
        rest = [c for c in node.children if isinstance(c, nodes.container)]
        aims = [c for c in node.children[1:] if c not in rest]
        self.level += 1
        self.lernziele = (
            f"\\begin{{Lernziele}}{self.labels(node)}{self.boxed(aims)}\\end{{Lernziele}}\n"
        )
        for child in rest:
            child.walkabout(self)
        self.level -= 1
        raise nodes.SkipNode

    # --- Übungen mit Platz zum Schreiben

    def points_to_solution(self) -> bool:
        """Also in the version without solutions: page 7 is the same page for everyone."""
        return True

    def below_exercise(self, node: nodes.Element, minutes: str) -> str:
        """A field to write in, in both versions."""
        return rf"\Schreibfeld{{{self.platz(node, minutes)}mm}}"

    def visit_solution_node(self, node: nodes.Element) -> None:
        """A solution: where it is not printed, what it refers to is listed all the same."""
        if self.werk.loesungen:
            super().visit_solution_node(node)
        self.render(node.children[1:])
        raise nodes.SkipNode

    def platz(self, node: nodes.Element, minutes: str) -> int:
        """Return the height of the field in millimetres."""
        if self._im_notebook(node["label"]):
            return MIT_CODE
        number = "".join(c for c in minutes if c.isdigit())
        return max(MINDESTENS, min(HOECHSTENS, MM_JE_MINUTE * int(number or 10)))

    def _im_notebook(self, label: str) -> bool:
        """Return whether the exercise is solved by code."""
        return any(
            solution.get("target_label") == label
            and any(
                f"tag_{SOLUTION}" in cell["classes"]
                for cell in solution.findall(nodes.container)
            )
            for solution in self.document.findall(nodes.Element)
        )

    # --- Verweise

    def inner_link(self, docname: str, ident: str, node: nodes.Element) -> None:
        """Link within the handout, to its own lists, or to another chapter."""
        if docname == LITERATUR and ident:
            self.zitiert[ident] = None
            self._link(target(docname, ident), node)
        elif docname == GLOSSAR and ident:
            self.begriffe[ident] = None
            self._link(target(docname, ident), node)
        else:
            super().inner_link(docname, ident, node)
            if docname not in self.werk.docnames:
                self.andere[docname] = None
                self.add(self._ort(docname, node.astext()))

    def _link(self, goal: str, node: nodes.Element) -> None:
        self.add(rf"\hyperref[{goal}]{{{self.render(node.children)}}}")

    def _ort(self, docname: str, text: str) -> str:
        """Return " (Kapitel 8)" unless the text says it itself."""
        page = self.seite(docname)
        if page is None or page.nummer is None or f"Kapitel {page.nummer}" in text:
            return ""
        return f" (Kapitel~{page.nummer})"

    def seite(self, docname: str) -> Kapitel | None:
        """Return a page of the book."""
        return self.builder.env.dlbuch_kapitel.get(docname)

    # --- Listen am Ende

    def eintraege(
        self, docname: str, kind: type[nodes.Element], idents: dict[str, None]
    ) -> list[nodes.Element]:
        """Return the entries of a page of the appendix that have one of the targets."""
        if not idents or docname not in self.builder.env.found_docs:
            return []
        return [
            entry
            for entry in self.builder.appendix(docname).findall(kind)
            if set(idents)
            & {i for part in entry.findall(nodes.Element) for i in part["ids"]}
        ]

    def literatur(self) -> str:
        """Return the works that the chapter cites, as the bibliography lists them."""
        return self._fremd(
            LITERATUR, self.eintraege(LITERATUR, nodes.citation, self.zitiert)
        )

    def glossar(self) -> str:
        """Return the terms that the chapter uses, with their explanations."""
        items = self.eintraege(GLOSSAR, nodes.definition_list_item, self.begriffe)
        if not items:
            return ""
        return self._fremd(GLOSSAR, [nodes.definition_list("", *items)])

    def _fremd(self, docname: str, content: list[nodes.Element]) -> str:
        """Return entries of another page; what they refer to is not listed again."""
        kept = self.docname, dict(self.zitiert), dict(self.begriffe), dict(self.andere)
        self.docname = docname
        holder = nodes.Element("", *content)
        text = self.render(holder.children)
        self.docname, self.zitiert, self.begriffe, self.andere = kept
        return text
