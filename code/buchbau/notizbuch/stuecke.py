"""Zerlegt ein Kapitel in Stücke: Text, Zellen und die Tore von Übungen und Lösungen.

Called by `hefte` (the notebooks) and `uebungen` (the exercises and their checks).
"""

from __future__ import annotations

from dataclasses import dataclass

from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode

from buchbau.notizbuch import myst

GATES = ("exercise-start", "exercise-end", "solution-start", "solution-end")


@dataclass(frozen=True)
class Text:
    """MyST text between cells and gates."""

    source: str


@dataclass(frozen=True)
class Cell:
    """A code cell with its outputs."""

    cell: NotebookNode

    @property
    def tags(self) -> list[str]:
        """The tags of the cell, such as loesung or pruefung."""
        return list(self.cell.metadata.get("tags", []))

    @property
    def source(self) -> str:
        """The code of the cell."""
        return self.cell.source


@dataclass(frozen=True)
class Gate:
    """Begin or end of an exercise or solution, with its line in the chapter (or 0)."""

    directive: myst.Directive
    line: int


Piece = Text | Cell | Gate


def read_source(text: str) -> NotebookNode:
    """Read MyST text as a notebook that knows the line of each of its cells."""
    notebook = read_myst_markdown_notebook(text, add_source_map=True)
    lines = text.splitlines()
    starts = []
    for cell, start in zip(notebook.cells, notebook.metadata["source_map"], strict=True):
        # myst-nb drops blank lines before a text, but counts from them.
        while cell.cell_type == "markdown" and not lines[start]:
            start += 1
        starts.append(start)
    notebook.metadata["source_map"] = starts
    return notebook


def pieces(notebook: NotebookNode) -> list[Piece]:
    """Return the pieces of a chapter in reading order."""
    starts = notebook.metadata.get("source_map") or [0] * len(notebook.cells)
    found: list[Piece] = []
    for cell, start in zip(notebook.cells, starts, strict=True):
        if cell.cell_type == "code":
            found.append(Cell(cell))
        elif cell.cell_type == "markdown":
            found += _cut_text(cell.source, start)
    return found


def _cut_text(source: str, start: int) -> list[Piece]:
    """Cut the text of a Markdown cell at the gates."""
    lines = source.splitlines()
    found: list[Piece] = []
    done = 0
    for token in myst.blocks(source):
        directive = myst.directive(token) if token.level == 0 else None
        if directive is None or directive.name not in GATES:
            continue
        first, end = token.map
        found += _text(lines[done:first])
        found.append(Gate(directive, start + first + 1))
        done = end
    return found + _text(lines[done:])


def _text(lines: list[str]) -> list[Piece]:
    text = "\n".join(lines).strip("\n")
    return [Text(text)] if text.strip() else []
