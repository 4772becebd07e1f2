"""Liest den YAML-Text eines Quiz und nennt jeden Fehler mit seiner Zeile.

Called by the directive `{quiz}` (`buchbau.sphinx.quiz`) and by the export for Moodle
(`buchbau.moodle`), so that both accept and refuse exactly the same.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import yaml

TEXT_TAG = "tag:yaml.org,2002:str"
BOOL_TAG = "tag:yaml.org,2002:bool"
NULL_TAG = "tag:yaml.org,2002:null"
QUESTION_KEYS = {"frage", "antworten"}
ANSWER_KEYS = {"text", "richtig", "rueckmeldung"}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BACKSLASH = (
    "Ein einzelner Backslash in doppelten Anführungszeichen: Schreiben Sie den Text in "
    "einfache Anführungszeichen ('…')"
)
# YAML's own words for what goes wrong most often, in German.
YAML_PROBLEMS = {
    "mapping values are not allowed": (
        "Ein Doppelpunkt mitten im Text: Schreiben Sie den Text in einfache "
        "Anführungszeichen ('…')"
    ),
    "unknown escape character": BACKSLASH,
    "did not find expected hexadecimal": BACKSLASH,
    "expected escape sequence": BACKSLASH,
    "cannot start any token": (
        "Ein Text beginnt mit einem Zeichen, das in YAML etwas bedeutet: Schreiben Sie "
        "ihn in einfache Anführungszeichen ('…')"
    ),
    "unexpected end of stream": "Ein Anführungszeichen wird nicht geschlossen",
    "expected <block end>": "Die Einrückung stimmt nicht, oder es fehlt ein „- “",
    "expected ',' or": "Ein Komma oder eine schließende Klammer fehlt",
    "could not find expected ':'": "Hinter einem Schlüssel fehlt der Doppelpunkt",
}


@dataclass(frozen=True)
class Text:
    """Markdown with the line of the file where it starts."""

    markdown: str
    line: int


@dataclass(frozen=True)
class Answer:
    """One answer to choose, with what the reader is told about it."""

    text: Text
    right: bool
    feedback: Text


@dataclass(frozen=True)
class Question:
    """One question with its answers in the author's order."""

    text: Text
    answers: tuple[Answer, ...]
    line: int

    @property
    def right_answers(self) -> int:
        return sum(answer.right for answer in self.answers)

    @property
    def multiple(self) -> bool:
        """Whether more than one answer is right, so that several can be chosen."""
        return self.right_answers > 1

    @property
    def key(self) -> str:
        """A hash of question and answers; what a reader chose is stored under it.

        The feedback is left out: a better explanation must not lose an answer.
        """
        parts = [self.text.markdown]
        parts += [f"{answer.right:d}{answer.text.markdown}" for answer in self.answers]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Fault:
    """One mistake of the author: a German sentence and its line in the file."""

    message: str
    line: int


def read_quiz(block: str, first_line: int = 1) -> tuple[list[Question], list[Fault]]:
    """Read the YAML list of questions of one quiz.

    first_line: the line of the file in which the block begins. Returns the questions that
    are whole, and every fault. A caller that finds a fault must not show the quiz.
    """
    reader = _Reader(block, first_line)
    root = reader.compose()
    if root is None:
        return [], reader.faults
    questions = [reader.question(node) for node in root.value]
    return [question for question in questions if question is not None], reader.faults


def repeated(questions: list[Question]) -> list[Fault]:
    """Find questions that a page asks twice, also in two quizzes.

    What a reader chose is stored under the question, so it must be there once.
    """
    seen: set[str] = set()
    faults = []
    for question in questions:
        text = _same(question.text)
        if text in seen:
            faults.append(Fault("Diese Frage steht schon auf der Seite", question.line))
        seen.add(text)
    return faults


def _same(text: Text) -> str:
    """Return the text in the form in which two questions count as the same."""
    return " ".join(text.markdown.split()).casefold()


class _Reader:
    """Walks through the YAML nodes and collects the faults."""

    def __init__(self, block: str, first_line: int) -> None:
        self.block = block
        self.first_line = first_line
        self.faults: list[Fault] = []

    def compose(self) -> yaml.SequenceNode | None:
        """Return the list of questions; None (and a fault) if there is none."""
        try:
            root = yaml.compose(self.block, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            self.faults.append(self.yaml_fault(error))
            return None
        except yaml.reader.ReaderError as error:
            line = self.first_line + self.block[: error.position].count("\n")
            self.faults.append(Fault("Der Text enthält ein Steuerzeichen", line))
            return None
        if not isinstance(root, yaml.SequenceNode) or not root.value:
            message = "Der Inhalt muss eine Liste von Fragen sein („- frage: …“)"
            self.faults.append(Fault(message, self.first_line))
            return None
        return root

    def yaml_fault(self, error: yaml.MarkedYAMLError) -> Fault:
        """Say in German what the YAML parser has found, and where."""
        problem = f"{error.problem or ''} {error.context or ''}"
        mark = error.problem_mark or error.context_mark
        if "unexpected end of stream" in problem and error.context_mark:
            mark = error.context_mark  # where the quotation mark was opened
        message = next(
            (german for words, german in YAML_PROBLEMS.items() if words in problem),
            f"Das YAML ist nicht lesbar ({error.problem})",
        )
        return Fault(message, self.first_line + (mark.line if mark else 0))

    def line(self, node: yaml.Node) -> int:
        return self.first_line + node.start_mark.line

    def fault(self, message: str, node: yaml.Node) -> None:
        self.faults.append(Fault(message, self.line(node)))

    def mapping(
        self, node: yaml.Node, what: str, allowed: set[str]
    ) -> dict[str, yaml.Node] | None:
        """Return the entries of a mapping; None (and a fault) if it is none."""
        if not isinstance(node, yaml.MappingNode):
            keys = ", ".join(f"„{key}“" for key in sorted(allowed))
            self.fault(f"{what} muss aus {keys} bestehen", node)
            return None
        entries: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name not in allowed:
                keys = ", ".join(f"„{word}“" for word in sorted(allowed))
                self.fault(f"{what}: unbekannter Schlüssel „{name}“ (möglich: {keys})", key)
            elif name in entries:
                self.fault(f"{what}: „{name}“ steht zweimal da", key)
            else:
                entries[name] = value
        return entries

    def text(
        self, entries: dict[str, yaml.Node], key: str, what: str, parent: yaml.Node
    ) -> Text | None:
        """Return the text under `key`; None (and a fault) if there is none."""
        node = entries.get(key)
        if node is None or node.tag == NULL_TAG or node.value == "":
            self.fault(f"{what}: „{key}“ fehlt", node or parent)
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.fault(f"{what}: „{key}“ muss ein Text sein", node)
            return None
        markdown = node.value.strip()
        if not markdown:
            self.fault(f"{what}: „{key}“ fehlt", node)
            return None
        if node.style == '"' and self.has_lone_backslash(node):
            self.fault(f"{what}: {BACKSLASH}", node)
            return None
        return Text(markdown, self.line(node) + (node.style in ("|", ">")))

    def has_lone_backslash(self, node: yaml.ScalarNode) -> bool:
        r"""Whether YAML would silently turn "\theta" into a tab and "heta"."""
        raw = self.block[node.start_mark.index : node.end_mark.index]
        return re.search(r"\\[A-Za-z0-9]", raw.replace("\\\\", "")) is not None

    def answer(self, node: yaml.Node, what: str) -> Answer | None:
        entries = self.mapping(node, what, ANSWER_KEYS)
        if entries is None:
            return None
        text = self.text(entries, "text", what, node)
        feedback = self.text(entries, "rueckmeldung", what, node)
        right = entries.get("richtig")
        if right is not None and right.tag != BOOL_TAG:
            self.fault(f"{what}: „richtig“ ist true oder false", right)
            return None
        if text is None or feedback is None:
            return None
        is_right = right is not None and right.value.lower() in ("true", "yes", "on")
        return Answer(text, is_right, feedback)

    def question(self, node: yaml.Node) -> Question | None:
        before = len(self.faults)
        entries = self.mapping(node, "Die Frage", QUESTION_KEYS)
        if entries is None:
            return None
        text = self.text(entries, "frage", "Die Frage", node)
        name = f"Frage „{_short(text.markdown)}“" if text else "Die Frage"
        listed = entries.get("antworten")
        if listed is None or listed.tag == NULL_TAG:
            self.fault(f"{name}: „antworten“ fehlt", node)
            return None
        if not isinstance(listed, yaml.SequenceNode):
            self.fault(f"{name}: „antworten“ muss eine Liste sein", listed)
            return None
        answers = [
            self.answer(item, f"{name}, Antwort {letter}")
            for letter, item in zip(LETTERS, listed.value, strict=False)
        ]
        if len(self.faults) > before:
            return None
        whole = tuple(answer for answer in answers if answer is not None)
        if not 2 <= len(listed.value) <= len(LETTERS):
            self.fault(
                f"{name}: Es braucht zwei bis {len(LETTERS)} Antworten, "
                f"hier gibt es {len(listed.value)}",
                listed,
            )
        elif not any(answer.right for answer in whole):
            self.fault(f"{name}: Keine Antwort ist richtig („richtig: true“)", node)
        elif len({_same(answer.text) for answer in whole}) < len(whole):
            self.fault(f"{name}: Zwei Antworten haben denselben Text", listed)
        if len(self.faults) > before or text is None:
            return None
        return Question(text, whole, self.line(node))


def _short(markdown: str, length: int = 40) -> str:
    """Return the beginning of a text, to name a question in a message."""
    line = " ".join(markdown.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
