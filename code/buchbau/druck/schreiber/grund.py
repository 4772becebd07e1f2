"""The writer's ground: text, paragraphs, lists, links, headings, index marks.

The other parts of the writer inherit from it. Output is LaTeX with the macros of
`latex/lehrbuch.cls`; numbers come from Sphinx, so that print and website agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxTranslator

from buchbau.druck.schreiber.zeichen import escape, escape_code, formula, target, url

if TYPE_CHECKING:
    from buchbau.druck.bauer import Druck
    from buchbau.druck.werk import Werk

HEADINGS = ("chapter", "section", "subsection", "subsubsection", "paragraph")


class Grund(SphinxTranslator):
    """What every part of the writer uses.

    docname: the page that is being written; kinds of nodes that print cannot show are
    left out by `schreiber/auslassen.py`, unknown ones end the build.
    """

    builder: Druck

    def __init__(self, document: nodes.document, builder: Druck, werk: Werk) -> None:
        super().__init__(document, builder)
        self.werk = werk
        self.body: list[str] = []
        self.docname = ""
        self.level = 0
        self.in_box = 0  # no floats inside boxes, lists and cells of tables
        self.in_footnote = False

    # --- helpers

    def add(self, text: str) -> None:
        self.body.append(text)

    def block(self, text: str) -> None:
        """Add something that stands between paragraphs."""
        self.add(f"\n{text}\n")

    def render(self, children: list[nodes.Node]) -> str:
        """Return what the nodes are in LaTeX, without adding it."""
        kept, self.body = self.body, []
        for child in children:
            child.walkabout(self)
        text = "".join(self.body)
        self.body = kept
        return text

    def labels(self, node: nodes.Element) -> str:
        """Return the targets of a node."""
        return "".join(rf"\Ziel{{{target(self.docname, i)}}}" for i in node["ids"])

    def fig_number(self, kind: str, node: nodes.Element) -> str:
        """Return Sphinx' number of a figure, table, equation or exercise."""
        numbers = self.builder.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        for ident in node["ids"]:
            if ident in numbers:
                return ".".join(map(str, numbers[ident]))
        return ""

    # --- text

    def visit_Text(self, node: nodes.Text) -> None:
        self.add(escape(node.astext()).replace(r"\_", r"\_\Bruch{}"))

    def depart_Text(self, node: nodes.Text) -> None:
        pass

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        self.add("\n")

    def depart_paragraph(self, node: nodes.paragraph) -> None:
        self.add("\n")

    def visit_emphasis(self, node: nodes.emphasis) -> None:
        self.add(r"\emph{")

    def visit_strong(self, node: nodes.strong) -> None:
        self.add(r"\textbf{")

    def visit_subscript(self, node: nodes.subscript) -> None:
        self.add(r"\textsubscript{")

    def visit_superscript(self, node: nodes.superscript) -> None:
        self.add(r"\textsuperscript{")

    def _close(self, node: nodes.Node) -> None:
        self.add("}")

    depart_emphasis = depart_strong = _close
    depart_subscript = depart_superscript = _close

    def visit_literal(self, node: nodes.literal) -> None:
        if "xref" in node["classes"]:  # Sphinx writes numbers of figures as code
            return
        self.add(rf"\Kode{{{escape_code(node.astext())}}}")
        raise nodes.SkipNode

    def depart_literal(self, node: nodes.literal) -> None:
        pass

    def _pass(self, node: nodes.Node) -> None:
        pass

    visit_inline = depart_inline = _pass
    visit_document = depart_document = _pass
    visit_compound = depart_compound = _pass
    visit_container = depart_container = _pass

    visit_title_reference = visit_foreign_name = visit_emphasis
    depart_title_reference = depart_foreign_name = _close

    def _skip(self, node: nodes.Node) -> None:
        raise nodes.SkipNode

    visit_comment = visit_substitution_definition = _skip
    visit_toctree = visit_meta = visit_Downloads = visit_Uebersicht = _skip
    visit_system_message = visit_raw = _skip

    def visit_target(self, node: nodes.target) -> None:
        self.add(self.labels(node))
        raise nodes.SkipNode

    def unknown_visit(self, node: nodes.Node) -> None:
        raise NotImplementedError(
            f"Der Druck kennt {type(node).__name__} nicht ({self.docname})."
        )

    # --- formulas

    def visit_math(self, node: nodes.math) -> None:
        self.add(rf"${formula(node.astext())}$")
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.math_block) -> None:
        text = formula(node.astext().strip())
        number = self.fig_number("displaymath", node)
        if node.get("nowrap") or node.get("no-wrap"):
            self.block(text)
            raise nodes.SkipNode
        if r"\\" in text and r"\begin{" not in text:
            text = f"\\begin{{aligned}}{text}\\end{{aligned}}"
        if number:
            marks = self.labels(node)
            self.add(
                f"{marks}\\begin{{equation*}}\n{text}\\tag{{{number}}}\n"
                "\\end{equation*}\n"
            )
        else:
            self.add(f"\\begin{{equation*}}\n{text}\n\\end{{equation*}}\n")
        raise nodes.SkipNode

    # --- links

    def visit_reference(self, node: nodes.reference) -> None:
        refuri, refid = node.get("refuri", ""), node.get("refid", "")
        if refid:
            self.inner_link(self.docname, refid, node)
        elif refuri.startswith("%"):
            docname, _, ident = refuri[1:].partition("#")
            self.inner_link(docname, ident, node)
        else:
            self.outer_link(refuri, node)
        raise nodes.SkipNode

    visit_number_reference = visit_reference

    def inner_link(self, docname: str, ident: str, node: nodes.Element) -> None:
        """Link within the work, with its page where it is far; else to the website."""
        text = self.render(node.children)
        if docname not in self.werk.docnames:
            address = f"{self.builder.page_address(docname)}{'#' + ident if ident else ''}"
            self.add(rf"\href{{{url(address)}}}{{{text}}}")
            return
        goal = target(docname, ident)
        self.add(rf"\hyperref[{goal}]{{{text}}}")
        # Glossary and bibliography are in order: nobody needs their page.
        if docname != self.docname and not ident.startswith(("term-", "lit-")):
            self.add(rf"\Seitenzahl{{{goal}}}")

    def outer_link(self, address: str, node: nodes.Element) -> None:
        """Link to the web; the address stands in a footnote if it is not the text."""
        text = self.render(node.children)
        bare = address.removeprefix("https://").removeprefix("http://").rstrip("/")
        shown = node.astext().removeprefix("https://").removeprefix("http://").rstrip("/")
        self.add(rf"\href{{{url(address)}}}{{{text}}}")
        if shown not in bare and not shown.startswith(("doi:", "arXiv:")):
            self.add(rf"\Fussadresse{{{url(address)}}}")

    # --- lists

    def visit_bullet_list(self, node: nodes.bullet_list) -> None:
        self.in_box += 1
        self.add("\n\\begin{itemize}\n")

    def depart_bullet_list(self, node: nodes.bullet_list) -> None:
        self.in_box -= 1
        self.add("\\end{itemize}\n")

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        self.in_box += 1
        form = {
            "loweralpha": r"\alph*",
            "upperalpha": r"\Alph*",
            "lowerroman": r"\roman*",
            "upperroman": r"\Roman*",
        }.get(node.get("enumtype", "arabic"), r"\arabic*")
        options = [f"label={form}{node.get('suffix', '.') or '.'}"]
        if "start" in node:
            options.append(f"start={node['start']}")
        self.add(f"\n\\begin{{enumerate}}[{','.join(options)}]\n")

    def depart_enumerated_list(self, node: nodes.enumerated_list) -> None:
        self.in_box -= 1
        self.add("\\end{enumerate}\n")

    def visit_list_item(self, node: nodes.list_item) -> None:
        self.add(r"\item{}")
        self.add(self.labels(node))

    def depart_list_item(self, node: nodes.list_item) -> None:
        pass

    def visit_definition_list(self, node: nodes.definition_list) -> None:
        self.add("\n\\begin{Begriffe}\n")

    def depart_definition_list(self, node: nodes.definition_list) -> None:
        self.add("\\end{Begriffe}\n")

    def visit_definition_list_item(self, node: nodes.definition_list_item) -> None:
        terms = [child for child in node.children if isinstance(child, nodes.term)]
        head = r"\quad ".join(
            self.labels(term) + self.render(term.children) for term in terms
        )
        self.add(f"\\item[{{{head}}}]")
        for child in node.children:
            if not isinstance(child, nodes.term):
                self.add(self.render(child.children).lstrip("\n"))
        raise nodes.SkipNode

    visit_glossary = depart_glossary = _pass

    def visit_block_quote(self, node: nodes.block_quote) -> None:
        self.add("\n\\begin{quote}\n")

    def depart_block_quote(self, node: nodes.block_quote) -> None:
        self.add("\\end{quote}\n")

    def visit_line_block(self, node: nodes.line_block) -> None:
        self.add("\n")

    depart_line_block = _pass

    def visit_line(self, node: nodes.line) -> None:
        pass

    def depart_line(self, node: nodes.line) -> None:
        self.add("\\newline\n")

    def visit_transition(self, node: nodes.transition) -> None:
        self.block(r"\Trenner")
        raise nodes.SkipNode

    # --- footnotes

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> None:
        for note in self.document.findall(nodes.footnote):
            if node.get("refid") in note["ids"]:
                text = self.render(
                    [c for c in note.children if not isinstance(c, nodes.label)]
                )
                self.add(rf"\footnote{{{text.strip()}}}")
        raise nodes.SkipNode

    visit_footnote = _skip

    # --- headings

    def visit_section(self, node: nodes.section) -> None:
        self.level += 1

    def depart_section(self, node: nodes.section) -> None:
        self.level -= 1

    def visit_title(self, node: nodes.title) -> None:
        command = HEADINGS[min(self.level, len(HEADINGS)) - 1]
        text = self.render(node.children)
        plain = escape(node.astext())
        marks = self.labels(node.parent)
        self.block(f"\\{command}[{plain}]{{{text}}}{marks}")
        raise nodes.SkipNode

    visit_rubric = visit_strong

    def depart_rubric(self, node: nodes.rubric) -> None:
        self.add("}\n\n")

    # --- index

    def visit_index(self, node: addnodes.index) -> None:
        for entry in node["entries"]:
            self.add(_index_mark(*entry[:2]))
        raise nodes.SkipNode

    # --- bibliography

    def visit_citation(self, node: nodes.citation) -> None:
        siblings = node.parent.children
        place = siblings.index(node)
        parts = [c for c in node.children if not isinstance(c, nodes.label)]
        if place == 0 or not isinstance(siblings[place - 1], nodes.citation):
            self.block(r"\begin{Literatur}")
        self.add(f"\\item{self.labels(node)} {self.render(parts).strip()}\n")
        if node is siblings[-1] or not isinstance(siblings[place + 1], nodes.citation):
            self.block(r"\end{Literatur}")
        raise nodes.SkipNode


def _index_mark(kind: str, value: str) -> str:
    """Return the mark of one entry of `{index}` or of the glossary."""
    parts = [_index_text(part.strip()) for part in value.split(";")]
    if kind in ("see", "seealso") and len(parts) == 2:
        return rf"\index{{{parts[0]}|Siehe{{{parts[1]}}}}}"
    if kind == "pair" and len(parts) == 2:
        return rf"\index{{{parts[0]}!{parts[1]}}}\index{{{parts[1]}!{parts[0]}}}"
    return rf"\index{{{'!'.join(parts)}}}"


def _index_text(text: str) -> str:
    """Return a name for the index: its sign characters are quoted."""
    quoted = "".join(f'"{c}' if c in '!@|"' else c for c in text)
    return escape(quoted)
