"""What the reader does: questions, guesses, quiz, exercises; answers are kept for the end.

Part of the writer. On paper nothing folds: a question names the page of its answer, and
`Antworten` collects what belongs into the appendix (or the end of a handout).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docutils import nodes

from buchbau.druck.schreiber.grund import Grund
from buchbau.druck.schreiber.zeichen import escape, target
from buchbau.notizbuch.uebungen import CHECK
from buchbau.sphinx.kaesten import folded, guess, guess_hidden
from buchbau.sphinx.quiz import SEVERAL, quiz, quiz_question

_GRADE = re.compile(r"^(.*?)\s*(★{1,3})\s*\(([^()]+)\)$")


@dataclass
class Antworten:
    """Answers of one page, each a piece of LaTeX."""

    nachgedacht: list[str] = field(default_factory=list)
    quiz: list[str] = field(default_factory=list)
    loesungen: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.nachgedacht or self.quiz or self.loesungen)


class Kaesten(Grund):
    """Visits boxes, quizzes, exercises and solutions."""

    answers: dict[str, Antworten]
    hints: list[str]

    def kept(self) -> Antworten:
        """Return the answers of the page that is being written."""
        return self.answers.setdefault(self.docname, Antworten())

    def boxed(self, children: list[nodes.Node]) -> str:
        """Return nodes for a place where figures cannot float."""
        self.in_box += 1
        text = self.render(children)
        self.in_box -= 1
        return text

    def box(self, kind: str, title: str, content: str, marks: str = "") -> None:
        self.block(
            f"\\begin{{{kind}}}{{{title}}}{marks}{content.rstrip()}\n\\end{{{kind}}}"
        )

    # --- Kurz nachgedacht, Hinweis

    def visit_folded(self, node: folded) -> None:
        if node["kind"] == "hinweis":
            self.hint(node)
        else:
            self.reflect(node)
        raise nodes.SkipNode

    def reflect(self, node: folded) -> None:
        """The question stays, the answer goes to the end."""
        summary, *answer = node.children
        kept = self.kept().nachgedacht
        number = len(kept) + 1
        name = target(self.docname, f"nachgedacht-{number}")
        question = self.render(summary.children)
        kept.append(
            rf"\Antwort{{{name}-antwort}}{{{name}}}{{{number}}}{{{question}}}"
            f"{{{self.boxed(answer)}}}\n"
        )
        self.box(
            "Nachgedacht",
            f"{number}",
            rf"\Ziel{{{name}}}{question}\AntwortAuf{{{name}-antwort}}",
        )

    def hint(self, node: folded) -> None:
        """A hint stands at the end of the chapter, out of sight of its exercise."""
        exercise = node.parent
        while (
            exercise is not None and type(exercise).__name__ != "exercise_enumerable_node"
        ):
            exercise = exercise.parent
        text = self.boxed(node.children)
        if exercise is None:
            self.box("Hinweiskasten", "", text)
            return
        goal = target(self.docname, exercise["label"])
        title, _, _ = self.exercise_title(exercise)
        self.hints.append(rf"\Hinweis{{{goal}}}{{{title}}}{{{text.strip()}}}" + "\n")

    # --- Erst raten

    def visit_guess(self, node: guess) -> None:
        *question, options = node.children
        items = "".join(
            f"\\item {self.render(option.children)}\n" for option in options.children
        )
        text = self.boxed(question).strip()
        self.box(
            "Raten",
            "",
            f"{text}\n\\begin{{Auswahl}}\n{items}\\end{{Auswahl}}",
            self.labels(node),
        )
        raise nodes.SkipNode

    def visit_guess_hidden(self, node: guess_hidden) -> None:
        self.block(r"\Umblaettern")

    def depart_guess_hidden(self, node: guess_hidden) -> None:
        pass

    # --- Quiz

    def visit_quiz(self, node: quiz) -> None:
        questions = []
        for number, question in enumerate(node.findall(quiz_question), 1):
            questions.append(self.question(number, question))
        self.block(
            "\\begin{Quiz}\n" + "\n".join(questions) + "\n\\end{Quiz}"
            rf"\QuizAntwortAuf{{{target(self.docname, 'quiz-antworten')}}}"
        )
        raise nodes.SkipNode

    def question(self, number: int, node: quiz_question) -> str:
        """Return a question with its answers; the feedback is kept for the end."""
        legend, *more, answers, solution = node.children
        kind = SEVERAL if node["multiple"] else ""
        goal = target(self.docname, f"quiz-{number}")
        lines = [
            rf"\Quizfrage{{{number}}}{{{self.render(legend.children)}}}{{{kind}}}{{{goal}}}",
            self.boxed(more),
            r"\begin{Quizantworten}",
            *(rf"\item[{a['letter']}] {self.render(a.children)}" for a in answers.children),
            r"\end{Quizantworten}",
        ]
        feedback = "".join(
            rf"\Quizurteil{{{f['letter']}}}{{{'richtig' if f['right'] else 'falsch'}}}"
            f"{{{self.boxed(f.children).strip()}}}\n"
            for f in solution.children
        )
        letters = [f["letter"] for f in solution.children if f["right"]]
        right = " und ".join(", ".join(letters).rsplit(", ", 1))
        self.kept().quiz.append(
            rf"\Quizloesung{{{number}}}{{{goal}}}{{{right}}}{{{feedback}}}" + "\n"
        )
        return "\n".join(lines)

    # --- Übungen

    def exercise_title(self, node: nodes.Element) -> tuple[str, str, str]:
        """Return "Übung 8.3 Titel" with number, the stars and the minutes."""
        numbers = self.builder.env.toc_fignumbers[self.docname]["exercise"]
        number = escape(
            self.config.numfig_format["exercise"]
            % ".".join(map(str, numbers[node["label"]]))
        )
        inner = node.children[0].children[1:-1]  # between brackets
        plain = "".join(child.astext() for child in inner)
        found = _GRADE.match(plain)
        if not found:
            return f"{number}\\enspace {self.render(inner)}", "", ""
        _, stars, minutes = found.groups()
        text = self.render(inner)
        text = re.sub(r"\s*★+\s*\([^()]+\)\s*$", "", text)
        return rf"\Nummer{{{number}}}{text}", stars, minutes

    def visit_exercise_enumerable_node(self, node: nodes.Element) -> None:
        title, stars, minutes = self.exercise_title(node)
        goal = target(self.docname, node["label"])
        self.in_box += 1
        self.block(
            rf"\begin{{Uebung}}{{{title}}}{{{len(stars)}}}{{{minutes}}}\Ziel{{{goal}}}"
        )
        for child in node.children[1:]:
            child.walkabout(self)
        where = ""
        if any(box["kind"] == "hinweis" for box in node.findall(folded)):
            where = rf"\HinweisAuf{{{goal}-hinweis}}"
        if self.points_to_solution():
            where += rf"\LoesungAuf{{{goal}-loesung}}"
        if where:
            self.add(rf"\Uebungsverweise{{{where}}}")
        self.block(self.below_exercise(node, minutes) + r"\end{Uebung}")
        self.in_box -= 1
        raise nodes.SkipNode

    visit_exercise_node = visit_exercise_enumerable_node

    def points_to_solution(self) -> bool:
        """Return whether an exercise names the page of its solution."""
        return self.werk.loesungen

    def below_exercise(self, node: nodes.Element, minutes: str) -> str:
        """Return what stands between an exercise and its end; minutes: as in its title."""
        return ""

    def visit_solution_node(self, node: nodes.Element) -> None:
        if self.werk.loesungen:
            goal = target(self.docname, node["target_label"])
            entry = self.builder.env.sphinx_exercise_registry[node["target_label"]]
            title, _, _ = self.registered_title(entry["node"])
            text = self.render(node.children[1:])
            marks = self.labels(node)
            self.kept().loesungen.append(
                rf"\Loesung{{{goal}-loesung}}{{{goal}}}{{{title}}}{marks}{text}" + "\n"
            )
        raise nodes.SkipNode

    def registered_title(self, node: nodes.Element) -> tuple[str, str, str]:
        """Return the title of an exercise that stands elsewhere in the page."""
        for exercise in self.document.findall(type(node)):
            if exercise.get("label") == node.get("label"):
                return self.exercise_title(exercise)
        return "", "", ""

    # --- Notes, warnings, routes

    def visit_admonition(self, node: nodes.Element) -> None:
        children = list(node.children)
        title = ""
        if children and isinstance(children[0], nodes.title):
            title = self.render(children.pop(0).children)
        self.box("Merkkasten", title, self.boxed(children), self.labels(node))
        raise nodes.SkipNode

    def _named(self, name: str, node: nodes.Element) -> None:
        self.box("Merkkasten", name, self.boxed(node.children), self.labels(node))
        raise nodes.SkipNode

    def visit_note(self, node: nodes.note) -> None:
        self._named("Anmerkung", node)

    def visit_warning(self, node: nodes.warning) -> None:
        self._named("Achtung", node)

    def visit_tip(self, node: nodes.tip) -> None:
        self._named("Tipp", node)

    def visit_important(self, node: nodes.important) -> None:
        self._named("Wichtig", node)

    visit_hint = visit_tip
    visit_attention = visit_caution = visit_danger = visit_warning
    visit_seealso = visit_note

    def visit_container(self, node: nodes.container) -> None:
        if f"tag_{CHECK}" in node["classes"]:
            raise nodes.SkipNode  # nobody runs a check on paper
        if "wege" not in node["classes"]:
            return
        lines = []
        for item in node.findall(nodes.list_item):
            lead, *rest = item.children[0].children
            label = escape(lead.astext().rstrip(": "))
            lines.append(rf"\Weg{{{label}}}{{{self.render(rest).strip()}}}")
        self.block("\\begin{Wege}\n" + "\n".join(lines) + "\n\\end{Wege}")
        raise nodes.SkipNode

    def depart_container(self, node: nodes.container) -> None:
        pass
