"""Tables: columns as wide as their text needs, long ones break over pages.

Part of the writer.
"""

from __future__ import annotations

import math
import re

from docutils import nodes

from buchbau.druck.schreiber.grund import Grund

# Characters of table type that fit into the column; rows and lines that may stay whole.
FITS, ROWS, LINES = 86, 14, 24
# A column narrower than this many characters breaks too often.
NARROWEST = 7
_NUMBER = re.compile(r"[−-]?[\d.]+(,\d+)?(\s?%)?")


class Tabellen(Grund):
    """Visits tables; a table is written as a whole."""

    def visit_table(self, node: nodes.table) -> None:
        if "messwerte" in node["classes"]:
            node = _condensed(node)
        group = next(node.findall(nodes.tgroup))
        head = next(group.findall(nodes.thead), None)
        body = next(group.findall(nodes.tbody))
        title = next((c for c in node.children if isinstance(c, nodes.title)), None)
        rows = [self.row(row) for row in body.children]
        heads = [self.row(row) for row in head.children] if head is not None else []
        spec = self.columns(node, body, head)
        number = self.fig_number("table", node)
        caption = ""
        if title is not None:
            label = self.config.numfig_format["table"] % number if number else ""
            caption = f"\\Tabellentitel{{{label}}}{{{self.render(title.children)}}}"
        marks = self.labels(node)
        long = len(rows) > ROWS or self.lines(body, head) > LINES
        environment = "Langtabelle" if long else "Kurztabelle"
        lines = [f"\\begin{{{environment}}}{{{spec}}}{{{marks}{caption}}}"]
        if heads:
            lines += [*heads, r"\Kopfende"] if not long else []
            if long:
                lines += [*heads, r"\Kopfende\endfirsthead"]
                lines += [r"\toprule", *heads, r"\Kopfende\endhead"]
        elif long:
            lines += [r"\endfirsthead\endhead"]
        lines += [*rows, f"\\end{{{environment}}}"]
        self.block("\n".join(lines))
        raise nodes.SkipNode

    def row(self, node: nodes.row) -> str:
        """Return one line of a table."""
        self.in_box += 1
        is_head = isinstance(node.parent, nodes.thead)
        cells = []
        for entry in node.children:
            text = self.render(entry.children).strip().replace("\n\n", r"\par ")
            if is_head:
                text = rf"\Kopf{{{text}}}"
            span = entry.get("morecols", 0)
            if span:
                text = rf"\multicolumn{{{span + 1}}}{{l}}{{{text}}}"
            cells.append(text)
        self.in_box -= 1
        return " & ".join(cells) + r" \\"

    @staticmethod
    def lines(body: nodes.tbody, head: nodes.thead | None) -> int:
        """Return about how many lines the rows take."""
        longest = _longest([*(head.children if head is not None else []), *body.children])
        if sum(longest) + 2 * len(longest) <= FITS:
            return len(body.children)
        room = [max(1.0, share * FITS) for share in _shares(longest)]
        return sum(
            max(
                math.ceil(_length(entry) / width)
                for entry, width in zip(row.children, room, strict=False)
            )
            for row in body.children
        )

    @staticmethod
    def columns(node: nodes.table, body: nodes.tbody, head: nodes.thead | None) -> str:
        """Return the columns for LaTeX: natural width where all fit, else shares."""
        rows = [*(head.children if head is not None else []), *body.children]
        longest = _longest(rows)
        count = len(longest)
        aligned = ["l"] * count
        for row in rows:
            for place, entry in enumerate(row.children):
                if "text-right" in entry["classes"]:
                    aligned[place] = "r"
                elif "text-center" in entry["classes"]:
                    aligned[place] = "c"
        if sum(longest) + 2 * count <= FITS:
            return "".join(aligned)
        wide = _shares(longest)
        kind = {"l": "L", "r": "R", "c": "C"}
        gaps = rf"\dimexpr\linewidth-{2 * count - 2}\tabcolsep\relax"
        return "".join(
            rf"{kind[form]}{{{share:.4f}\dimexpr{gaps}\relax}}"
            for form, share in zip(aligned, wide, strict=True)
        )


def _condensed(node: nodes.table) -> nodes.table:
    """Return a table of the runs for paper: nothing is said twice.

    What holds for all rows moves into the caption; a chapter's name stands in the first
    of its rows only.
    """
    table = node.deepcopy()
    (head,) = next(table.findall(nodes.thead)).children
    rows = next(table.findall(nodes.tbody)).children
    said = []
    for place in reversed(range(1, len(head.children))):
        values = {row.children[place].astext() for row in rows}
        if len(rows) > 1 and len(values) == 1:
            said.insert(0, f"{head.children[place].astext()} {values.pop()}")
            for row in (head, *rows):
                del row[place]
    if said:
        table.children[0] += nodes.Text(f". Für alle gilt: {'; '.join(said)}.")
    for place in range(len(head.children)):
        column = [row.children[place] for row in rows]
        if all(_NUMBER.fullmatch(entry.astext()) for entry in column):
            for entry in column:
                entry["classes"].append("text-right")
    above = ""
    for row in rows:
        name = row.children[0].astext()
        if name == above:
            row.children[0].clear()
        above = name
    return table


def _longest(rows: list[nodes.row]) -> list[int]:
    """Return for each column the characters of its longest cell."""
    longest = [0] * max(len(row.children) for row in rows)
    for row in rows:
        for place, entry in enumerate(row.children):
            if not entry.get("morecols", 0):
                longest[place] = max(longest[place], _length(entry))
    return longest


def _length(entry: nodes.entry) -> int:
    """Return how many characters a cell needs in one line; code is wider than text."""
    length = 0
    for child in entry.findall(nodes.Text):
        factor = 1.0
        if isinstance(child.parent, nodes.literal):
            factor = 1.25
        elif isinstance(child.parent, nodes.math):
            factor = 0.6
        length += len(child.astext()) * factor
    return round(length)


def _shares(longest: list[int]) -> list[float]:
    """Share out the width: narrow columns keep what they need, wide ones the rest."""
    free, left = float(FITS), dict(enumerate(longest))
    width: dict[int, float] = {}
    while left:
        fair = free / len(left)
        small = {k: v for k, v in left.items() if v + 1 <= fair}
        if not small:
            weight = sum(value**0.6 for value in left.values())
            width |= {k: free * v**0.6 / weight for k, v in left.items()}
            break
        for key, value in small.items():
            width[key] = max(value + 1, NARROWEST)
            free -= width[key]
            del left[key]
    total = sum(width.values())
    return [width[k] / total for k in range(len(longest))]
