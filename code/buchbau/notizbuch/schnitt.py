"""Schneidet aus einer Lösungszelle das Gerüst für die Lernenden.

Called by the export of exercise and solution notebooks, by the page (which shows the
solution without the marks) and by the tests of the exercises.
"""

from buchbau.kapitel import BuchFehler

START = "# LÖSUNG ANFANG"
END = "# LÖSUNG ENDE"
REPLACEMENT = "# SKELETT:"
PLACEHOLDER = "...  # Ihre Lösung"


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _cut(source: str) -> tuple[list[str], list[str]]:
    """Return the lines of the solution and those of the skeleton."""
    solution: list[str] = []
    skeleton: list[str] = []
    block: list[str] | None = None
    indent = ""
    for line in source.splitlines():
        words = line.strip()
        if words == START:
            if block is not None:
                raise BuchFehler(f"{START} steht zweimal ohne {END} dazwischen.")
            block, indent = [], _indent(line)
        elif words == END:
            if block is None:
                raise BuchFehler(f"{END} steht ohne {START} davor.")
            skeleton += block or [indent + PLACEHOLDER]
            block = None
        elif block is None:
            solution.append(line)
            skeleton.append(line)
        elif words.startswith(REPLACEMENT):
            text = words.removeprefix(REPLACEMENT).removeprefix(" ")
            block.append((_indent(line) + text).rstrip())
        else:
            solution.append(line)
    if block is not None:
        raise BuchFehler(f"{START} steht ohne {END} danach.")
    return solution, skeleton


def solution(source: str) -> str:
    """Return the source of a solution cell without the marks."""
    return "\n".join(_cut(source)[0])


def skeleton(source: str) -> str:
    """Return what the learner gets: marked lines replaced, all others as they are.

    A marked block becomes `...  # Ihre Lösung` at the same indentation, or the texts of
    its lines `# SKELETT: …`. Raises BuchFehler if a mark has no partner.
    """
    return "\n".join(_cut(source)[1])


def is_marked(source: str) -> bool:
    """Whether a cell holds a block that is cut for the learner."""
    return any(line.strip() == START for line in source.splitlines())
