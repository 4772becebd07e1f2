"""Findet die Übungen eines Kapitels und sagt, was an ihnen nicht stimmt.

Called by `hefte` (exercise and solution notebooks), by `buchbau.sphinx.uebungen` (which
fails the build) and by the tests that run every solution, skeleton and wrong answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from nbformat import NotebookNode

from buchbau.kapitel import BuchFehler
from buchbau.notizbuch import schnitt
from buchbau.notizbuch.stuecke import Cell, Gate, Piece, Text, pieces

SOLUTION, CHECK, PREPARATION = "loesung", "pruefung", "vorbereitung"


@dataclass
class Exercise:
    """One exercise: its task and, where there is one, its solution."""

    label: str
    title: str
    line: int
    task: list[Piece] = field(default_factory=list)
    solution: list[Piece] = field(default_factory=list)
    solution_line: int = 0

    def cells(self, tag: str) -> list[Cell]:
        """Return the cells of the solution that carry `tag`."""
        return [p for p in self.solution if isinstance(p, Cell) and tag in p.tags]

    @property
    def has_code(self) -> bool:
        """Whether the reader writes code, so that there is something to check."""
        return bool(self.cells(SOLUTION))


@dataclass(frozen=True)
class Problem:
    """A mistake of the author: a German sentence and its line in the chapter."""

    message: str
    line: int


def preparation(notebook: NotebookNode) -> list[Cell]:
    """Return the cells that exercises build on, in reading order."""
    return [
        piece
        for piece in pieces(notebook)
        if isinstance(piece, Cell) and PREPARATION in piece.tags
    ]


def exercises(notebook: NotebookNode) -> list[Exercise]:
    """Return the exercises of a chapter; raises BuchFehler for the first mistake."""
    found, problems = read(notebook)
    if problems:
        raise BuchFehler(problems[0].message)
    return found


def read(notebook: NotebookNode) -> tuple[list[Exercise], list[Problem]]:
    """Return the exercises of a chapter and every mistake in them."""
    found: dict[str, Exercise] = {}
    problems: list[Problem] = []
    target: list[Piece] | None = None
    for piece in pieces(notebook):
        if not isinstance(piece, Gate):
            if target is not None:
                target.append(piece)
            continue
        name, line = piece.directive.name, piece.line
        if name.endswith("-end"):
            if target is None:
                problems.append(Problem(f"{{{name}}} steht ohne Anfang davor.", line))
            target = None
            continue
        if target is not None:
            problems.append(
                Problem(f"{{{name}}} beginnt, bevor das Vorige beendet ist.", line)
            )
        target = []
        if name == "exercise-start":
            _open_exercise(piece, target, found, problems)
        else:
            _open_solution(piece, target, found, problems)
    if target is not None:
        problems.append(Problem("Die letzte Übung oder Lösung hat kein Ende.", 0))
    for exercise in found.values():
        problems += _faults(exercise)
    return list(found.values()), problems


def _open_exercise(
    gate: Gate,
    target: list[Piece],
    found: dict[str, Exercise],
    problems: list[Problem],
) -> None:
    label = gate.directive.options.get("label", "")
    if not label:
        problems.append(Problem("Eine Übung hat kein :label:.", gate.line))
    elif label in found:
        problems.append(
            Problem(f"Die Marke {label} ist für zwei Übungen vergeben.", gate.line)
        )
    else:
        found[label] = Exercise(label, gate.directive.argument, gate.line, target)


def _open_solution(
    gate: Gate,
    target: list[Piece],
    found: dict[str, Exercise],
    problems: list[Problem],
) -> None:
    label = gate.directive.argument
    exercise = found.get(label)
    if exercise is None:
        problems.append(
            Problem(f"Lösung zu {label or '(nichts)'}: Davor fehlt die Übung.", gate.line)
        )
    elif exercise.solution_line:
        problems.append(Problem(f"Übung {label} hat zwei Lösungen.", gate.line))
    else:
        exercise.solution, exercise.solution_line = target, gate.line


def _faults(exercise: Exercise) -> list[Problem]:
    """Return what an exercise lacks."""
    if not exercise.solution_line:
        return [Problem(f"Übung {exercise.label} hat keine Lösung.", exercise.line)]
    line = exercise.solution_line
    if not exercise.solution:
        return [Problem(f"Die Lösung zu {exercise.label} ist leer.", line)]
    if not any(isinstance(piece, Text) for piece in exercise.task):
        return [Problem(f"Übung {exercise.label} hat keinen Text.", exercise.line)]
    checks = exercise.cells(CHECK)
    if exercise.has_code and not checks:
        return [
            Problem(
                f"Übung {exercise.label} verlangt Code, hat aber keine Prüfzelle "
                f"(:tags: [{CHECK}]).",
                line,
            )
        ]
    if checks and not exercise.has_code:
        return [
            Problem(
                f"Übung {exercise.label} hat eine Prüfzelle, aber keine Zelle mit "
                f":tags: [{SOLUTION}].",
                line,
            )
        ]
    return _cutting_faults(exercise)


def _cutting_faults(exercise: Exercise) -> list[Problem]:
    cells = exercise.cells(SOLUTION)
    if cells and not any(schnitt.is_marked(cell.source) for cell in cells):
        return [
            Problem(
                f"Die Lösung zu {exercise.label} hat keine Zeilen zwischen "
                f"{schnitt.START} und {schnitt.END}.",
                exercise.solution_line,
            )
        ]
    for cell in cells:
        try:
            schnitt.skeleton(cell.source)
        except BuchFehler as error:
            message = f"Lösung zu {exercise.label}: {error}"
            return [Problem(message, exercise.solution_line)]
    return []
