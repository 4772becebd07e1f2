"""Glossary German/English with explanations on the page; loaded through `_config.yml`.

Authors write entries in `book/anhang/glossar.md` in Sphinx's directive `{glossary}`:

    Lernrate (*learning rate*)
      Faktor $\\eta$, der …

and use them by `{term}`Lernrate`` or, inflected, `{term}`Lernraten <Lernrate>``. The
German and the English names are both targets. Several names of one thing stand on
lines of their own above the definition. `{glossar-register}` makes the table
English–German. On the website each use carries its explanation, shown by
`thema/js/glossar.js`; without JavaScript it is a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.domains.std import Glossary
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_id
from sphinx.util.typing import ExtensionMetadata

from buchbau.sphinx.seitenskript import add_page_script
from buchbau.sphinx.website import is_website

logger = logging.getLogger(__name__)

# "Lernrate (learning rate)": the German name, the English ones in brackets.
NAMES = re.compile(r"^(?P<german>.+?)\s*\((?P<english>.+)\)$")


class foreign_name(nodes.Inline, nodes.TextElement):
    """An English name, marked as such for screen readers and hyphenation."""


class term_link(nodes.Inline, nodes.TextElement):
    """A use of a term on the website: a link that knows its explanation."""


class term_notes(nodes.General, nodes.Element):
    """The explanations of all terms that a page uses, hidden until asked for."""


class term_note(nodes.General, nodes.Element):
    """One explanation."""


@dataclass
class Entry:
    """One entry: its anchors, its names, the first paragraph of its definition."""

    anchors: list[str]  # of each line of names; the first one is the entry's
    german: list[str]
    english: list[str]
    definition: nodes.paragraph

    @property
    def names(self) -> list[str]:
        """All names of the thing; also read by the search as synonyms."""
        return [*self.german, *self.english]


def entries_of(env: BuildEnvironment) -> dict[str, list[Entry]]:
    """Return the entries by page."""
    if not hasattr(env, "glossar"):
        env.glossar = {}
    return env.glossar


class BilingualGlossary(Glossary):
    """Sphinx's `{glossary}`, with English names in brackets."""

    def run(self) -> list[nodes.Node]:
        """Read the entries, make all their names targets, and note them."""
        result = super().run()
        for item in result[-1].findall(nodes.definition_list_item):
            self._note(item)
        return result

    def _note(self, item: nodes.definition_list_item) -> None:
        terms = [child for child in item.children if isinstance(child, nodes.term)]
        german: list[str] = []
        english: list[str] = []
        for term in terms:
            found = NAMES.match(term.astext())
            foreign = re.split(r",\s*", found["english"]) if found else []
            german.append(found["german"] if found else term.astext())
            english += foreign
            if found:
                self._rename(term, found["german"], foreign)
        definition = item.children[-1].next_node(nodes.paragraph)
        if definition is None:
            logger.warning("Glossar: %r hat keine Erklärung", german[0], location=terms[0])
            return
        anchors = [term["ids"][0] for term in terms]
        entry = Entry(anchors, german, english, plain(definition))
        entries_of(self.env).setdefault(self.env.docname, []).append(entry)

    def _rename(self, term: nodes.term, german: str, english: list[str]) -> None:
        """Make `term` a target under its German and its English names."""
        std = self.env.get_domain("std")
        whole = term.astext()
        # Sphinx has noted the whole line, brackets and all, as the name.
        del std.objects["term", whole]
        del std._terms[whole.lower()]
        document = self.state.document
        anchor = make_id(self.env, document, "term", german)
        index = next(term.findall(addnodes.index))
        index["entries"] = [("single", german, anchor, "main", None)]
        index["entries"] += [
            ("see", f"{name}; {german}", anchor, "", None)
            for name in english
            if name.casefold() != german.casefold()
        ]
        for name in dict.fromkeys((german, *english)):
            std._note_term(name, anchor, location=term)
        foreign = foreign_name("", ", ".join(english))
        term["ids"] = [anchor]
        term.children = []
        term += [nodes.Text(f"{german} "), foreign, index]
        document.note_explicit_target(term)


def plain(paragraph: nodes.paragraph) -> nodes.paragraph:
    """Return a copy without links, targets and index marks, for use on other pages."""
    copy = paragraph.deepcopy()
    for node in list(copy.findall(nodes.Element)):
        node["ids"] = []
        if isinstance(node, addnodes.index | nodes.target):
            node.parent.remove(node)
        elif isinstance(node, addnodes.pending_xref | nodes.reference):
            node.replace_self(node.children)
    return copy


class GlossaryRegister(SphinxDirective):
    """`{glossar-register}`: table of the English names, each with its German one."""

    def run(self) -> list[nodes.Node]:
        """Return the table over the entries above it on the same page."""
        pairs = sorted(
            (
                (english, entry)
                for entry in entries_of(self.env).get(self.env.docname, [])
                for english in entry.english
            ),
            key=lambda pair: pair[0].casefold(),
        )
        group = nodes.tgroup("", cols=2)
        group += [nodes.colspec(colwidth=1), nodes.colspec(colwidth=1)]
        head = nodes.row("", *map(self._cell, ("Englisch", "Deutsch")))
        body = nodes.tbody()
        for english, entry in pairs:
            german = entry.german[0]
            link = nodes.reference(
                "", german, refid=entry.anchors[0], internal=True, classes=["internal"]
            )
            body += nodes.row("", self._cell(foreign_name("", english)), self._cell(link))
        group += [nodes.thead("", head), body]
        return [nodes.table("", group, classes=["glossar-register"])]

    @staticmethod
    def _cell(content: str | nodes.Node) -> nodes.entry:
        inline = nodes.Text(content) if isinstance(content, str) else content
        return nodes.entry("", nodes.paragraph("", "", inline))


class IndexTermUses(SphinxTransform):
    """Put the first use of each term on a page into the index."""

    # Before the domains collect the index entries (850).
    default_priority = 800

    def apply(self, **kwargs: Any) -> None:
        """Add an index mark and its target in front of the uses."""
        seen: set[str] = set()
        for use in list(self.document.findall(addnodes.pending_xref)):
            name = use["reftarget"]
            inside_glossary = any(
                isinstance(above, addnodes.glossary) for above in ancestors(use)
            )
            if use["reftype"] != "term" or name in seen or inside_glossary:
                continue
            seen.add(name)
            anchor = make_id(self.env, self.document, "begriff", name)
            mark = addnodes.index(entries=[("single", name, anchor, "", None)])
            target = nodes.target("", "", ids=[anchor])
            self.document.note_explicit_target(target)
            position = use.parent.index(use)
            use.parent.insert(position, [mark, target])


def ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the nodes above `node`, the nearest first."""
    while node.parent is not None:
        node = node.parent
        yield node


def explain_uses(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give each use of a term on a page of the website its explanation."""
    pages = entries_of(app.env)
    if not is_website(app) or docname in pages:
        return
    by_anchor = {
        anchor: entry
        for entries in pages.values()
        for entry in entries
        for anchor in entry.anchors
    }
    used: dict[str, term_note] = {}
    for link in list(doctree.findall(nodes.reference)):
        label = link.children[0] if link.children else None
        if not isinstance(label, nodes.inline) or "std-term" not in label["classes"]:
            continue
        entry = by_anchor[link["refuri"].rpartition("#")[2]]
        anchor = entry.anchors[0]
        note_id = f"erklaerung-{anchor}"
        if anchor not in used:
            head = nodes.paragraph("", "", nodes.strong("", entry.german[0]))
            if entry.english:
                head += [nodes.Text(" "), foreign_name("", ", ".join(entry.english))]
            note = term_note("", head, entry.definition.deepcopy(), ids=[note_id])
            used[anchor] = note
        link.replace_self(
            term_link("", "", *label.children, refuri=link["refuri"], note=note_id)
        )
    if used:
        doctree += term_notes("", *used.values())


def warn_unknown(
    app: Sphinx, domain: Domain | None, node: addnodes.pending_xref
) -> bool | None:
    """Say in German which term is missing, and where it belongs."""
    if node["reftype"] != "term":
        return None
    logger.warning(
        "Der Begriff %r steht nicht im Glossar (book/anhang/glossar.md).",
        node["reftarget"],
        location=node,
    )
    return True


def forget_page(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the entries of a page that is read again or gone."""
    entries_of(env).pop(docname, None)


def merge_pages(
    app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment
) -> None:
    """Take over what a parallel reader has noted."""
    entries_of(env).update(
        (name, entries) for name, entries in entries_of(other).items() if name in docnames
    )


def visit_foreign_html(self: Any, node: foreign_name) -> None:
    """Open an English name."""
    self.body.append('<i class="glossar-englisch" lang="en">')


def depart_foreign_html(self: Any, node: foreign_name) -> None:
    """Close an English name."""
    self.body.append("</i>")


def visit_foreign_latex(self: Any, node: foreign_name) -> None:
    """Open an English name; its hyphenation is English in print, too."""
    self.body.append(r"\emph{\foreignlanguage{english}{")


def depart_foreign_latex(self: Any, node: foreign_name) -> None:
    """Close an English name."""
    self.body.append("}}")


def visit_nothing(self: Any, node: nodes.Node) -> None:
    """Write nothing around the text: plain text needs no marks."""


def visit_link(self: Any, node: term_link) -> None:
    """Open a use of a term."""
    attributes = {"href": node["refuri"], "aria-describedby": node["note"]}
    self.body.append(self.starttag(node, "a", "", CLASS="glossar-begriff", **attributes))


def depart_link(self: Any, node: term_link) -> None:
    """Close a use of a term."""
    self.body.append("</a>")


def visit_notes(self: Any, node: term_notes) -> None:
    """Open the hidden explanations; descriptions may refer to hidden elements."""
    self.body.append('<div class="glossar-erklaerungen" hidden>\n')


def visit_note(self: Any, node: term_note) -> None:
    """Open one explanation."""
    self.body.append(self.starttag(node, "div"))


def depart_div(self: Any, node: nodes.Node) -> None:
    """Close the explanations, or one of them."""
    self.body.append("</div>\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register directive, table, index, explanations and their script."""
    app.add_directive_to_domain("std", "glossary", BilingualGlossary, override=True)
    # MyST finds `{glossary}` by its short name, too.
    app.add_directive("glossary", BilingualGlossary, override=True)
    app.add_directive("glossar-register", GlossaryRegister)
    app.add_transform(IndexTermUses)
    nothing = (visit_nothing, visit_nothing)
    app.add_node(
        foreign_name,
        html=(visit_foreign_html, depart_foreign_html),
        epub=(visit_foreign_html, depart_foreign_html),
        latex=(visit_foreign_latex, depart_foreign_latex),
        text=nothing,
    )
    app.add_node(term_link, html=(visit_link, depart_link))
    app.add_node(term_notes, html=(visit_notes, depart_div))
    app.add_node(term_note, html=(visit_note, depart_div))
    app.connect("env-purge-doc", forget_page)
    app.connect("env-merge-info", merge_pages)
    app.connect("warn-missing-reference", warn_unknown)
    # After the search has read the page (900), which needs no explanations.
    app.connect("doctree-resolved", explain_uses, priority=950)
    add_page_script(app, "glossar.js", term_link)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
