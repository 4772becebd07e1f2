"""Die Direktive `{quiz}`: Fragen mit Rückmeldung zu jeder Antwort.

Called by Sphinx (`_config.yml`). On the website a question is a form that
`thema/js/quiz.js` brings to life; without JavaScript it reads as text with the answers
in a folded block. What paper and reading devices show instead, say
`buchbau.druck.schreiber` and `buchbau.druck.epub.umbau`.

    :::{quiz}
    - frage: Was gibt `softmax` zurück?
      antworten:
        - text: 'Zahlen, deren Summe $1$ ist'
          richtig: true
          rueckmeldung: Darum liest man sie als Wahrscheinlichkeiten.
        - text: Die größte der Zahlen
          rueckmeldung: Das wäre `max`.
    :::
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from buchbau.quizdaten import (
    LETTERS,
    Fault,
    Question,
    Text,
    read_quiz,
    repeated,
)
from buchbau.sphinx.seitenskript import add_page_script

logger = logging.getLogger(__name__)

ONE = "Eine Antwort ist richtig."
SEVERAL = "Mehrere Antworten sind richtig."


class quiz(nodes.General, nodes.Element):
    """All questions of one directive."""


class quiz_question(nodes.General, nodes.Element):
    """One question: its text, what belongs to it, the answers, the feedback."""


class quiz_legend(nodes.Part, nodes.TextElement):
    """The sentence that asks."""


class quiz_answers(nodes.Part, nodes.Element):
    """The answers to choose from."""


class quiz_answer(nodes.Part, nodes.TextElement):
    """One answer to choose."""


class quiz_solution(nodes.Part, nodes.Element):
    """The feedback on all answers."""


class quiz_feedback(nodes.Part, nodes.Element):
    """The feedback on one answer."""


class QuizDirective(SphinxDirective):
    """`{quiz}`: a YAML list of questions, see the docstring of this file."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        first_line = self.lineno + self.content_offset + 1
        questions, faults = read_quiz("\n".join(self.content), first_line)
        asked: list[Question] = self.env.temp_data.setdefault("quiz_questions", [])
        asked += questions
        faults += [fault for fault in repeated(asked) if fault.line >= first_line]
        if faults:
            for fault in faults:
                self.warn(fault)
            return []
        block = quiz(seite=self.env.docname)
        self.set_source_info(block)
        for question in questions:
            part = self.question(question)
            if part is not None:
                block += part
        return [block]

    def warn(self, fault: Fault) -> None:
        """Report a fault in one line with file and line."""
        logger.warning(
            "Quiz: %s", fault.message, location=(self.env.docname, fault.line), type="quiz"
        )

    def question(self, question: Question) -> quiz_question | None:
        """Build the nodes of one question."""
        asked = self.parse(question.text)
        if not asked or not isinstance(asked[0], nodes.paragraph):
            self.warn(Fault("Eine Frage beginnt mit einem Satz", question.text.line))
            return None
        node = quiz_question(key=question.key, multiple=question.multiple)
        node += quiz_legend("", "", *asked[0].children)
        node += asked[1:]
        answers, solution = quiz_answers(), quiz_solution()
        for letter, answer in zip(LETTERS, question.answers, strict=False):
            text = self.parse(answer.text)
            if len(text) != 1 or not isinstance(text[0], nodes.paragraph):
                self.warn(Fault("Eine Antwort ist ein einziger Absatz", answer.text.line))
                return None
            attributes = {"letter": letter, "right": answer.right}
            answers += quiz_answer("", "", *text[0].children, **attributes)
            solution += quiz_feedback("", *self.parse(answer.feedback), **attributes)
        node += [answers, solution]
        return node

    def parse(self, text: Text) -> list[nodes.Node]:
        """Parse Markdown with everything that a page can do."""
        holder = nodes.Element()
        lines = StringList(text.markdown.splitlines(), self.get_source_info()[0])
        offset = text.line - self.lineno - 1  # counted from the line after the directive's
        self.state.nested_parse(lines, offset, holder)
        return list(holder.children)


def visit_quiz(self: HTML5Translator, node: quiz) -> None:
    self.body.append(
        self.starttag(node, "div", CLASS="quiz", **{"data-seite": node["seite"]})
    )


def depart_quiz(self: HTML5Translator, node: quiz) -> None:
    self.body.append("</div>\n")


def visit_question(self: HTML5Translator, node: quiz_question) -> None:
    self.body.append(
        self.starttag(
            node,
            "form",
            CLASS="quiz-frage",
            autocomplete="off",
            **{"data-frage": node["key"]},
        )
        + "<fieldset>\n"
    )


def depart_question(self: HTML5Translator, node: quiz_question) -> None:
    self.body.append("</fieldset></form>\n")


def visit_legend(self: HTML5Translator, node: quiz_legend) -> None:
    question = node.parent
    number = question.parent.index(question) + 1
    self.body.append(
        f'<legend><span class="quiz-nummer">Frage {number}</span> <span class="quiz-satz">'
    )


def depart_legend(self: HTML5Translator, node: quiz_legend) -> None:
    kind = SEVERAL if node.parent["multiple"] else ONE
    self.body.append(f'</span> <span class="quiz-art">{kind}</span></legend>\n')


def visit_answers(self: HTML5Translator, node: quiz_answers) -> None:
    self.body.append('<div class="quiz-antworten">\n')


def depart_answers(self: HTML5Translator, node: quiz_answers) -> None:
    self.body.append("</div>\n")


def visit_answer(self: HTML5Translator, node: quiz_answer) -> None:
    """Open a label with its button; disabled until the script can answer."""
    question = node.parent.parent
    kind = "checkbox" if question["multiple"] else "radio"
    self.body.append(
        '<div class="quiz-antwort"><label>'
        f'<input type="{kind}" name="frage-{question["key"]}" disabled> '
        f'<span class="quiz-buchstabe">{node["letter"]}</span> '
        '<span class="quiz-text">'
    )


def depart_answer(self: HTML5Translator, node: quiz_answer) -> None:
    self.body.append("</span></label></div>\n")


def visit_solution(self: HTML5Translator, node: quiz_solution) -> None:
    self.body.append('<details class="quiz-loesung"><summary>Antworten zeigen</summary>\n')


def depart_solution(self: HTML5Translator, node: quiz_solution) -> None:
    self.body.append("</details>\n")


def visit_feedback(self: HTML5Translator, node: quiz_feedback) -> None:
    verdict = "richtig" if node["right"] else "falsch"
    self.body.append(
        f'<div class="quiz-rueckmeldung" data-urteil="{verdict}">'
        f'<p class="quiz-wort"><strong>{node["letter"]}: {verdict}.</strong></p>\n'
    )


def depart_feedback(self: HTML5Translator, node: quiz_feedback) -> None:
    self.body.append("</div>\n")


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("quiz", QuizDirective)
    app.add_node(quiz, html=(visit_quiz, depart_quiz))
    app.add_node(quiz_question, html=(visit_question, depart_question))
    app.add_node(quiz_legend, html=(visit_legend, depart_legend))
    app.add_node(quiz_answers, html=(visit_answers, depart_answers))
    app.add_node(quiz_answer, html=(visit_answer, depart_answer))
    app.add_node(quiz_solution, html=(visit_solution, depart_solution))
    app.add_node(quiz_feedback, html=(visit_feedback, depart_feedback))
    add_page_script(app, "quiz.js", quiz)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
