"""Setzt MyST in das Markdown um, das Jupyter und Colab zeigen können.

Called by `hefte` for every piece of text. The author's text stays as it is, except for
the places where the parser finds MyST: these are replaced, from blocks (directives,
targets, comments) down to roles. What the export does not know is an error, so that no
raw syntax reaches a reader.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.token import Token

from buchbau.kapitel import BuchFehler
from buchbau.notizbuch import direktiven, myst, rollen
from buchbau.notizbuch.verweise import References

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Blocks that leave nothing behind in a notebook.
DROPPED = {"myst_target", "myst_line_comment", "myst_block_break", "attrs_block"}


@dataclass(frozen=True)
class Edit:
    """Replace the characters [start, end) by text."""

    start: int
    end: int
    text: str


@dataclass
class Context:
    """What the conversion of one page needs to know.

    docname: the page; values: what `merke` has kept; depth: level of the heading under
    which the text stands, so that generated headings fit; root: folder of the book.
    """

    docname: str
    references: References
    values: Mapping[str, str]
    depth: int = 1
    root: Path = Path()
    footnotes: dict[str, str] = field(default_factory=dict)
    footnote_order: list[str] = field(default_factory=list)

    def path(self, target: str) -> str:
        """Return a path in the page's source as a path from the book's root."""
        if target.startswith("/"):
            return target.lstrip("/")
        folder = posixpath.dirname(self.docname)
        return posixpath.normpath(posixpath.join(folder, target))


class Converter:
    """Converts the text of one page."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def collect_footnotes(self, texts: Iterable[str]) -> None:
        """Note the footnotes of all texts: they may be defined far from their mark."""
        for text in texts:
            lines = text.splitlines()
            for token in myst.blocks(text):
                if token.type == "footnote_reference_open":
                    first, end = token.map
                    body = "\n".join(lines[first:end])
                    label = token.meta["label"]
                    body = re.sub(r"^\s*\[\^[^\]]+\]:\s*", "", body)
                    self.context.footnotes[label] = " ".join(body.split())

    def convert(self, text: str) -> str:
        """Return plain Markdown for MyST text; footnotes used in it stand at its end."""
        before = len(self.context.footnote_order)
        result = self.fragment(text)
        notes = self.context.footnote_order[before:]
        for label in notes:  # a note may mark further notes; they are appended here too
            note = self.fragment(self.context.footnotes[label])
            result += f"\n\n<small>{self._mark(label)} {note}</small>"
        return result.strip("\n")

    def fragment(self, text: str) -> str:
        """Return plain Markdown for text inside another block."""
        lines = text.splitlines()
        edits: list[Edit] = []
        starts = _line_starts(lines)
        covered = 0
        cursor = (0, 0)
        for token in myst.blocks(text):
            if token.type == "heading_open":
                self.context.depth = int(token.tag[1:])
            if token.map is None or token.map[0] < covered:
                continue
            if token.type == "inline":
                new, cursor = self._inline(token, lines, starts, cursor)
                edits += new
                continue
            replacement = self._block(token, lines)
            if replacement is None:
                continue
            first, end = _extent(token, lines)
            edits.append(_block_edit(replacement, lines, starts, first, end))
            covered = max(end, token.map[1])
        return _apply("\n".join(lines), edits).strip("\n")

    # --- blocks

    def _block(self, token: Token, lines: list[str]) -> str | None:
        """Return what replaces a block, or None to leave it as it is."""
        if token.type in DROPPED or token.type == "footnote_reference_open":
            return ""
        if token.type == "html_block" and token.content.lstrip().startswith("<!--"):
            return ""
        if token.type == "math_block_label":
            return self.equation(token.content, token.info)
        if token.type == "amsmath":
            return f"$$\n{token.content.strip()}\n$$"
        if token.type == "dl_open":
            return self._definitions(lines[token.map[0] : token.map[1]])
        if token.type == "field_list_open":
            return self._fields(lines[token.map[0] : token.map[1]])
        directive = myst.directive(token)
        if directive is None:
            if token.type == "colon_fence":
                raise BuchFehler(f"Zeile {token.map[0] + 1} im Text: ::: ohne Direktive.")
            return None
        return direktiven.render(directive, self)

    def equation(self, body: str, label: str = "") -> str:
        """Return a displayed equation with its number, if it has one."""
        tag = ""
        if label:
            number = self.context.references.target(label).number
            tag = f" \\tag{{{number}}}" if number else ""
        return f"$$\n{body.strip()}{tag}\n$$"

    def _definitions(self, lines: list[str]) -> str:
        """Turn a definition list into a list with bold terms."""
        result: list[str] = []
        for line in lines:
            if re.match(r"\s*:\s", line):
                result.append("  " + re.sub(r"^\s*:\s+", "", line))
            elif line.startswith((" ", "\t")):
                result.append("  " + line.strip())
            elif line.strip():
                result.append(f"- **{line.strip()}**<br>")
        return self.fragment("\n".join(result))

    def _fields(self, lines: list[str]) -> str:
        """Turn a field list into a list with bold names."""
        return self.fragment(
            "\n".join(
                re.sub(r"^\s*:([^:]+):\s*", r"- **\1:** ", line) for line in lines if line
            )
        )

    # --- inline text

    def inline(self, text: str) -> str:
        """Return plain Markdown for a line of inline text."""
        edits = [
            Edit(span.start, span.end, new)
            for span in self._spans(text)
            if (new := self._replacement(span, text)) is not None
        ]
        return _apply(text, edits)

    def _spans(self, text: str) -> list[myst.Span]:
        return myst.spans(text, frozenset(self.context.footnotes))

    def _inline(
        self, token: Token, lines: list[str], starts: list[int], cursor: tuple[int, int]
    ) -> tuple[list[Edit], tuple[int, int]]:
        """Return the edits of one inline token, in places of the whole text."""
        places, cursor = _locate(token, lines, starts, cursor)
        edits = []
        for span in self._spans(token.content):
            new = self._replacement(span, token.content)
            if new is not None:
                edits.append(Edit(places[span.start], places[span.end - 1] + 1, new))
        return edits, cursor

    def _replacement(self, span: myst.Span, text: str) -> str | None:
        """Return what replaces a piece of inline syntax, or None to keep it."""
        source = text[span.start : span.end]
        if span.rule == "myst_role":
            token = span.tokens[0]
            return rollen.render(token.meta["name"], token.content, self.context)
        if span.rule == "footnote_ref":
            return self._mark(span.tokens[0].meta["label"])
        if span.rule == "attr":
            return ""
        if span.rule == "html_inline" and source.startswith("<!--"):
            return ""
        if span.rule == "span":
            label, _, _ = source[1:].rpartition("]{")
            return self.inline(label)
        if span.rule in ("link", "image"):
            return self._link(span, source)
        return None

    def _mark(self, label: str) -> str:
        order = self.context.footnote_order
        if label not in self.context.footnotes:
            raise BuchFehler(f"Die Fußnote {label} ist nirgends erklärt.")
        if label not in order:
            order.append(label)
        return str(order.index(label) + 1).translate(SUPERSCRIPT)

    def _link(self, span: myst.Span, source: str) -> str | None:
        """Make links to pages, labels and images absolute."""
        attribute = "href" if span.rule == "link" else "src"
        address = str(span.tokens[0].attrs.get(attribute, ""))
        if re.match(r"[a-z][a-z0-9+.-]*:", address):
            return None
        references = self.context.references
        if span.rule == "image":
            alt = span.tokens[0].content
            return f"![{alt}]({references.image(self.context.path(address))})"
        text = self.inline(source[1 : source.rindex("](")])
        path, _, anchor = address.partition("#")
        if anchor:
            target = references.target(anchor)
            return references.link(text or target.text, target.url)
        docname = self.context.path(path).removesuffix(".md")
        if docname not in references.pages:
            raise BuchFehler(f"Der Link auf {address} führt nirgendwohin.")
        return references.link(text or references.pages[docname], f"{docname}.html")


def _line_starts(lines: list[str]) -> list[int]:
    starts, position = [], 0
    for line in lines:
        starts.append(position)
        position += len(line) + 1
    return starts


def _extent(token: Token, lines: list[str]) -> tuple[int, int]:
    """Return first line and end of a block without the blank lines after it."""
    first, end = token.map
    if token.type == "amsmath":  # its token ends a line too early
        end = first + len(token.content.strip().splitlines())
    while end > first + 1 and (end > len(lines) or not lines[end - 1].strip()):
        end -= 1
    return first, end


def _block_edit(
    text: str, lines: list[str], starts: list[int], first: int, end: int
) -> Edit:
    """Replace whole lines; the text is indented or quoted like the block was."""
    opening = re.match(r"\s*(?:(?:>|[-*+]|\d+[.)])\s+)*", lines[first])[0]
    rest = re.sub(r"[^>\s]", " ", opening)
    if not text and not opening.strip():
        while end < len(lines) and not lines[end].strip():
            end += 1  # a block that leaves nothing takes its blank lines with it
        stop = starts[end] if end < len(lines) else starts[-1] + len(lines[-1])
        return Edit(starts[first], stop, "")
    new = [
        ((opening if index == 0 else rest) + line).rstrip()
        for index, line in enumerate(text.splitlines() or [""])
    ]
    # Quotes and HTML need blank lines around them where MyST needs none.
    if first and lines[first - 1].strip() and not opening.strip():
        new.insert(0, "")
    if end < len(lines) and lines[end].strip():
        new.append("")
    return Edit(starts[first], starts[end - 1] + len(lines[end - 1]), "\n".join(new))


def _locate(
    token: Token, lines: list[str], starts: list[int], cursor: tuple[int, int]
) -> tuple[list[int], tuple[int, int]]:
    """Return the place in the whole text of every character of an inline token.

    cursor: line and column where the inline token before this one has ended; cells of one
    table row share a line.
    """
    places: list[int] = []
    line, column = max((token.map[0], 0), cursor)
    for number, part in enumerate(token.content.split("\n")):
        if number:
            places.append(starts[line] + len(lines[line]))
            line, column = line + 1, 0
        part_places, column = _locate_line(part, lines[line], column)
        places += [starts[line] + place for place in part_places]
    return places, (line, column)


def _locate_line(part: str, line: str, column: int) -> tuple[list[int], int]:
    """Return the columns of the characters of `part` in its source line."""
    found = line.find(part, column)
    if found >= 0:
        return list(range(found, found + len(part))), found + len(part)
    # Table cells lose the backslash before a bar: walk along both.
    places, position = [], line.index(part[0], column)
    for character in part:
        position = line.index(character, position)
        places.append(position)
        position += 1
    return places, position


def _apply(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
