"""Setzt die drei Notebooks eines Kapitels zusammen: Kapitel, Übungen, Lösungen.

Called by `__main__` and by the tests of the export.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from buchbau.kapitel import BuchFehler, Kapitel
from buchbau.messwerte import gemerkte_zahlen
from buchbau.notizbuch import myst, schnitt, startzelle, uebungen, zellen
from buchbau.notizbuch.mitgift import Archive
from buchbau.notizbuch.stuecke import Cell, Gate, Piece, Text, pieces
from buchbau.notizbuch.umsetzer import Context, Converter
from buchbau.notizbuch.verweise import References

LICENCE = "Text: CC BY-SA 4.0, Code: MIT."
TASK_SHEET = (
    "Führen Sie die Zellen von oben nach unten aus. Ersetzen Sie in jeder Übung "
    "`...` durch Ihre Lösung; die Zelle danach prüft sie und sagt, was noch fehlt."
)
TEXT_ANSWER = "*Ihre Antwort: Klicken Sie doppelt hierher und schreiben Sie.*"


@dataclass(frozen=True)
class Chapter:
    """A chapter with its run and everything the export needs to know about the site."""

    kapitel: Kapitel
    notebook: NotebookNode
    references: References
    archive: Archive

    @property
    def file_name(self) -> str:
        """Name of each of its notebooks."""
        return f"{self.kapitel.name}.ipynb"

    def converter(self) -> Converter:
        """Return a converter that knows the chapter's numbers and footnotes."""
        numbers = gemerkte_zahlen(self.notebook)
        values = {name: number["text"] for name, number in numbers.items()}
        kapitel = self.kapitel
        context = Context(kapitel.docname, self.references, values, root=kapitel.wurzel)
        converter = Converter(context)
        converter.collect_footnotes(
            piece.source for piece in pieces(self.notebook) if isinstance(piece, Text)
        )
        return converter

    def origin(self) -> str:
        """Return the line that says where the notebook comes from."""
        page = self.references.site.page(self.kapitel.docname)
        number = self.kapitel.nummer
        place = f"Kapitel {number}" if number else "Seite"
        return (
            f"Aus dem Buch [Deep Learning zum Anfassen]({self.references.site.base}), "
            f"{place}: [{self.kapitel.titel}]({page}). {LICENCE}"
        )

    def fetch_cell(self) -> NotebookNode:
        """Return the first code cell."""
        site = self.references.site
        return zellen.code(startzelle.source(self.archive, site, self.kapitel.docname))


def chapter_notebook(chapter: Chapter) -> NotebookNode:
    """Return the whole chapter with its outputs."""
    converter = chapter.converter()
    parts = pieces(chapter.notebook)
    if not parts or not isinstance(parts[0], Text):
        raise BuchFehler(f"{chapter.kapitel.docname}.md beginnt nicht mit Text.")
    title, rest = _split_title(converter.convert(parts[0].source))
    cells = [
        zellen.markdown(f"{title}\n\n{chapter.origin()}"),
        chapter.fetch_cell(),
    ]
    if rest:
        cells.append(zellen.markdown(rest))
    for piece in parts[1:]:
        cells += _chapter_cells(piece, converter)
    gpu = chapter.kapitel.gpu
    made = zellen.notebook(cells, chapter.file_name, gpu=gpu, executed=True)
    # Für `make gpu-pruefung`, das auf dem GPU-Rechner nur die Notebooks hat.
    made.metadata["dlbuch"] = {
        "gpu": gpu,
        "schluesselzahl": chapter.kapitel.schluesselzahl,
        "behauptungen": chapter.kapitel.kopf["behauptungen"],
    }
    return made


def _chapter_cells(piece: Piece, converter: Converter) -> Iterator[NotebookNode]:
    if isinstance(piece, Text):
        text = converter.convert(piece.source)
        if text:
            yield zellen.markdown(text)
    elif isinstance(piece, Cell):
        yield zellen.code(schnitt.solution(piece.source), piece.cell)
        yield from _caption(piece, converter)
    else:
        yield from _gate_heading(piece, converter)


def _gate_heading(gate: Gate, converter: Converter) -> Iterator[NotebookNode]:
    """Return the heading of an exercise or solution, one or two levels below here."""
    level = min(converter.context.depth, 4)
    if gate.directive.name == "exercise-start":
        title = _exercise_title(
            gate.directive.options["label"], gate.directive.argument, converter
        )
        yield zellen.markdown("#" * (level + 1) + f" {title}")
    elif gate.directive.name == "solution-start":
        yield zellen.folded("#" * (level + 2) + " Lösung")


def _exercise_title(label: str, title: str, converter: Converter) -> str:
    number = converter.context.references.target(label).text
    return f"{number}: {converter.inline(title)}" if title else number


def _caption(piece: Cell, converter: Converter) -> Iterator[NotebookNode]:
    """Return number and caption of the figure that a cell draws."""
    settings = piece.cell.metadata.get("mystnb", {})
    figure = settings.get("figure", {})
    if not figure.get("caption"):
        return
    text = converter.convert(figure["caption"])
    name = figure.get("name")
    if name:
        number = converter.context.references.target(name).text
        text = f"**{number}:** {text}"
    yield zellen.markdown(text)


def _split_title(text: str) -> tuple[str, str]:
    """Return the first heading of a text and what follows it."""
    tokens = myst.blocks(text)
    if not tokens or tokens[0].type != "heading_open":
        return "", text
    end = tokens[0].map[1]
    lines = text.splitlines()
    return "\n".join(lines[:end]), "\n".join(lines[end:]).strip("\n")


def exercise_notebook(chapter: Chapter) -> NotebookNode | None:
    """Return the exercises with skeletons, checks and hints; None if there are none."""
    return _sheet(chapter, solved=False)


def solution_notebook(chapter: Chapter) -> NotebookNode | None:
    """Return the exercises with their solutions; None if there are none."""
    return _sheet(chapter, solved=True)


def _sheet(chapter: Chapter, *, solved: bool) -> NotebookNode | None:
    found = uebungen.exercises(chapter.notebook)
    if not found:
        return None
    converter = chapter.converter()
    heading = "Lösungen" if solved else "Übungen"
    intro = [f"# {heading}: {chapter.kapitel.titel}", chapter.origin()]
    if not solved:
        intro.append(TASK_SHEET)
    cells = [zellen.markdown("\n\n".join(intro)), chapter.fetch_cell()]
    cells += [
        _cell(piece, piece.source, solved)
        for piece in uebungen.preparation(chapter.notebook)
    ]
    for exercise in found:
        converter.context.depth = 2
        cells += _exercise_cells(exercise, converter, solved)
    # Übungen laden Modelle, statt sie zu trainieren: eine GPU braucht es nicht.
    return zellen.notebook(cells, chapter.file_name, gpu=False, executed=solved)


def _cell(piece: Cell, source: str, solved: bool) -> NotebookNode:
    cell = zellen.code(source, piece.cell)
    return cell if solved else zellen.without_outputs(cell)


def _exercise_cells(
    exercise: uebungen.Exercise, converter: Converter, solved: bool
) -> Iterator[NotebookNode]:
    title = _exercise_title(exercise.label, exercise.title, converter)
    yield zellen.markdown(f"## {title}")
    hints = []
    for piece in exercise.task:
        if isinstance(piece, Text):
            text, hint = _split_hints(piece.source)
            hints += hint
            if text:
                yield zellen.markdown(converter.convert(text))
        elif isinstance(piece, Cell):
            yield _cell(piece, piece.source, solved)
            yield from _caption(piece, converter)
    if solved:
        yield from _hint_cells(hints, converter)
        yield zellen.markdown("### Lösung")
        for piece in exercise.solution:
            yield from _chapter_cells(piece, converter)
        return
    for piece in exercise.solution:
        if isinstance(piece, Cell) and uebungen.SOLUTION in piece.tags:
            yield _cell(piece, schnitt.skeleton(piece.source), solved)
        elif isinstance(piece, Cell) and uebungen.CHECK in piece.tags:
            yield _cell(piece, piece.source, solved)
    if not exercise.has_code:
        yield zellen.markdown(TEXT_ANSWER)
    yield from _hint_cells(hints, converter)


def _hint_cells(hints: list[str], converter: Converter) -> Iterator[NotebookNode]:
    if hints:
        yield zellen.markdown(converter.convert("\n\n".join(hints)))


def _split_hints(source: str) -> tuple[str, list[str]]:
    """Take the hints out of the text of a task: they stand below the check."""
    lines = source.splitlines()
    hints = []
    for token in reversed(myst.blocks(source)):
        directive = myst.directive(token) if token.level == 0 else None
        if directive is not None and directive.name == "hinweis":
            first, end = token.map
            hints.insert(0, "\n".join(lines[first:end]))
            del lines[first:end]
    return "\n".join(lines).strip("\n"), hints
