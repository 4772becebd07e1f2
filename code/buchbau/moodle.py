"""Schreibt die Quizfragen jedes Kapitels als Moodle-XML für die Fragensammlung.

Aufgerufen von `make moodle` als `python -m buchbau.moodle _build/moodle`. The questions
come straight from the Markdown sources, read by the parser of the directive `{quiz}`; the
format is "Moodle XML format" of Moodle's documentation, question type multichoice.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any
from xml.dom.minidom import Document, Element

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from sphinx.util.docutils import ReferenceRole

from buchbau import messwerte
from buchbau.kapitel import BuchFehler, Kapitel, lies_buch
from buchbau.notizbuch.myst import EXTENSIONS
from buchbau.quizdaten import Fault, Question, Text, read_quiz, repeated

BOOK = "Deep Learning zum Anfassen"
GENERATED = " Erzeugt von buchbau.moodle aus den Quellen des Buchs; nicht von Hand ändern. "
MOST_RIGHT = 10  # Moodle knows the fractions 1/1 to 1/10 only
# Roles that can be shown without the built book, with the HTML element that they become.
ROLES = {
    **dict.fromkeys(("term", "index", "abbr"), ""),
    **dict.fromkeys(("code", "literal", "py:func", "py:class", "py:meth"), "code"),
    **dict.fromkeys(("emphasis", "dfn"), "em"),
    "strong": "strong",
    "kbd": "kbd",
    **dict.fromkeys(("sub", "subscript"), "sub"),
    **dict.fromkeys(("sup", "superscript"), "sup"),
}


class MoodleHTML(RendererHTML):
    r"""Renders Markdown as HTML that Moodle shows; formulas become `\( … \)`.

    env: {"numbers": {name: text}}, the numbers that the chapter has kept. What needs the
    built book, such as `{numref}`, raises BuchFehler.
    """

    __output__ = "moodle"  # else the plugins' own rules for formulas would win

    def math_inline(self, tokens: Sequence[Token], i: int, *rest: Any) -> str:
        return rf"\({escape(tokens[i].content.strip())}\)"

    def math_block(self, tokens: Sequence[Token], i: int, *rest: Any) -> str:
        return rf"\[{escape(tokens[i].content.strip())}\]"

    math_inline_double = amsmath = math_block

    def image(self, tokens: Sequence[Token], i: int, *rest: Any) -> str:
        raise BuchFehler("Ein Bild im Quiz kann nicht nach Moodle mitgenommen werden")

    def colon_fence(self, tokens: Sequence[Token], i: int, *rest: Any) -> str:
        raise BuchFehler("Eine Direktive im Quiz kann nicht nach Moodle mitgenommen werden")

    def fence(self, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
        if tokens[i].info.strip() == "{math}":
            return self.math_block(tokens, i)
        if tokens[i].info.startswith("{"):
            return self.colon_fence(tokens, i)
        return f"<pre><code>{escape(tokens[i].content)}</code></pre>\n"

    def myst_role(self, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
        name, content = tokens[i].meta["name"], tokens[i].content
        if name == "math":
            return self.math_inline(tokens, i)
        if name in ("glue", "glue:", "glue:text"):
            number = content.split(":")[0].strip()
            if number not in env["numbers"]:
                raise BuchFehler(f"Die Zahl „{number}“ liegt nicht vor: erst „make html“")
            return escape(env["numbers"][number])
        if name not in ROLES:
            raise BuchFehler(
                f"Die Rolle {{{name}}} im Quiz kann nicht nach Moodle mitgenommen werden"
            )
        titled = ReferenceRole.explicit_title_re.match(content)
        text = escape(titled[1] if titled else content)
        tag = ROLES[name]
        return f"<{tag}>{text}</{tag}>" if tag else text


def markdown_parser() -> MarkdownIt:
    """Return the parser that also builds the pages, with German quotes."""
    config = MdParserConfig(enable_extensions=set(EXTENSIONS))
    parser = create_md_parser(config, MoodleHTML)
    parser.options.update({"typographer": True, "quotes": "„“‚‘"})
    return parser.enable("smartquotes")


def quiz_blocks(source: str, first_line: int = 1) -> Iterator[tuple[str, int]]:
    """Yield the body of each `{quiz}` in a page, with the body's first line in the file."""
    for token in markdown_parser().parse(source):
        if token.type not in ("colon_fence", "fence") or token.map is None:
            continue
        body_line = first_line + token.map[0] + 1
        if re.match(r"\{quiz\}", token.info.strip()):
            yield token.content, body_line
        elif token.type == "colon_fence":
            yield from quiz_blocks(token.content, body_line)


def chapter_questions(chapter: Kapitel) -> tuple[list[Question], list[Fault]]:
    """Return the questions of a chapter and all faults; lines count from 1 in the file."""
    questions: list[Question] = []
    faults: list[Fault] = []
    for block, line in quiz_blocks(chapter.quelle.read_text("utf-8")):
        found, wrong = read_quiz(block, line)
        questions += found
        faults += wrong
    return questions, faults + repeated(questions)


class Writer:
    """Builds the XML of one chapter; raises BuchFehler with the line of the fault."""

    def __init__(self, chapter: Kapitel) -> None:
        self.chapter = chapter
        self.parser = markdown_parser()
        record = messwerte.lies(chapter) or {}
        kept = record.get("zahlen", {})
        self.numbers = {name: number["text"] for name, number in kept.items()}
        self.xml = Document()
        self.xml.appendChild(self.xml.createComment(GENERATED))
        self.root = self.xml.appendChild(self.xml.createElement("quiz"))

    def write(self, questions: list[Question]) -> str:
        """Return the whole file as text."""
        self.category()
        for number, question in enumerate(questions, start=1):
            self.question(number, question)
        return self.xml.toprettyxml(indent="  ", encoding="UTF-8").decode()

    def category(self) -> None:
        number = f"{self.chapter.nummer:02d} " if self.chapter.nummer else ""
        title = f"{number}{self.chapter.titel}".replace("/", "//")  # a single / divides
        question = self.element(self.root, "question", type="category")
        path = f"$course$/top/{BOOK}/{title}"
        self.element(self.element(question, "category"), "text", path)

    def question(self, number: int, question: Question) -> None:
        if question.right_answers > MOST_RIGHT:
            raise BuchFehler(
                f"{self.chapter.docname}.md:{question.line}: Moodle kennt höchstens "
                f"{MOST_RIGHT} richtige Antworten"
            )
        node = self.element(self.root, "question", type="multichoice")
        name = f"Frage {number:02d}: {self.plain(question.text)}"
        self.element(self.element(node, "name"), "text", name)
        self.html(node, "questiontext", self.render(question.text))
        self.html(node, "generalfeedback", "")
        self.element(node, "defaultgrade", "1")
        self.element(node, "penalty", "0.3333333")
        self.element(node, "hidden", "0")
        self.element(node, "idnumber", question.key)
        self.element(node, "single", "false" if question.multiple else "true")
        self.element(node, "shuffleanswers", "false")  # the author's order may matter
        self.element(node, "answernumbering", "ABCD")
        self.html(node, "correctfeedback", "<p>Richtig.</p>")
        self.html(node, "partiallycorrectfeedback", "<p>Teilweise richtig.</p>")
        self.html(node, "incorrectfeedback", "<p>Nicht richtig.</p>")
        for answer, share in zip(question.answers, fractions(question), strict=True):
            part = self.html(node, "answer", self.render(answer.text))
            part.setAttribute("fraction", share)
            self.html(part, "feedback", self.render(answer.feedback))

    def render(self, text: Text) -> str:
        try:
            return self.parser.render(text.markdown, {"numbers": self.numbers}).strip()
        except BuchFehler as error:
            raise BuchFehler(f"{self.chapter.docname}.md:{text.line}: {error}") from None

    def plain(self, text: Text, length: int = 60) -> str:
        """Return the beginning of a text without markup, as a name in Moodle's lists."""
        line = re.sub(
            r"[`*]|\{[a-z:]+\}", "", " ".join(text.markdown.split("\n\n")[0].split())
        )
        return line if len(line) <= length else line[: length - 1].rstrip() + "…"

    def element(
        self, parent: Element, name: str, text: str | None = None, **attributes: str
    ) -> Element:
        node = parent.appendChild(self.xml.createElement(name))
        for key, value in attributes.items():
            node.setAttribute(key, value)
        if text is not None:
            node.appendChild(self.xml.createTextNode(text))
        return node

    def html(self, parent: Element, name: str, html: str) -> Element:
        """Append an element with a text in HTML, as CDATA."""
        node = self.element(parent, name, format="html")
        text = self.element(node, "text")
        if html:
            # The renderer escapes ">", so the end mark "]]>" cannot occur in it.
            text.appendChild(self.xml.createCDATASection(html))
        return node


def fractions(question: Question) -> list[str]:
    """Return each answer's share of the points in percent.

    The right ones share 100. With several right ones a wrong one takes away as much as
    the wrong ones together may, so that ticking everything earns nothing.
    """
    right = question.right_answers
    wrong = len(question.answers) - right
    minus = -100 / min(wrong, MOST_RIGHT) if question.multiple and wrong else 0.0
    return [
        f"{100 / right if answer.right else minus:.5f}".rstrip("0").rstrip(".")
        for answer in question.answers
    ]


def export(root: Path, target: Path) -> list[str]:
    """Write one file per chapter with a quiz and return a line on each.

    Files of an earlier export whose chapter has no quiz any more are removed. Raises
    BuchFehler with one line per fault, and then has written nothing.
    """
    files: dict[str, str] = {}
    lines, faults = [], []
    for chapter in lies_buch(root):
        questions, wrong = chapter_questions(chapter)
        name = f"{chapter.docname}.md"
        faults += [f"{name}:{fault.line}: Quiz: {fault.message}" for fault in wrong]
        if not questions or wrong:
            continue
        try:
            files[f"{chapter.name}.xml"] = Writer(chapter).write(questions)
        except BuchFehler as error:
            faults.append(str(error))
        lines.append(f"{chapter.name}.xml: {len(questions)} Fragen")
    if faults:
        raise BuchFehler("\n".join(faults))
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.xml"):
        if old.name not in files and GENERATED in old.read_text("utf-8"):
            old.unlink()
    for name, text in files.items():
        (target / name).write_text(text, "utf-8")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the export; returns 1 and says why where a quiz has a fault."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ziel", type=Path, help="Ordner für die XML-Dateien")
    parser.add_argument(
        "--wurzel", type=Path, default=Path(), help="Ordner mit _toc.yml (sonst hier)"
    )
    options = parser.parse_args(arguments)
    try:
        lines = export(options.wurzel, options.ziel)
    except (BuchFehler, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(lines) or "Kein Kapitel hat ein Quiz.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
