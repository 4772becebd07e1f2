"""What folds, asks or moves on the website, turned into what a reading device can show.

Called by ``bauer``. Answers, hints and solutions go to the end of the chapter, with links
there and back; a live figure becomes its picture with a link to the page. The first
transform runs before references are resolved, the second one after sphinx-exercise has
numbered and titled everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node, solution_node

from buchbau.druck.epub import ende
from buchbau.druck.epub.angaben import netzadresse
from buchbau.sphinx.kaesten import folded, guess, guess_hidden
from buchbau.sphinx.live_knoten import LiveFigure
from buchbau.sphinx.quiz import ONE, SEVERAL, quiz, quiz_question

# "Genauigkeit von Hand ★★ (5 min)": title, grade and minutes of an exercise.
ANGABE = re.compile(r"\s*(★{1,3})\s*\(([^()]+)\)\s*$")


class grade(nodes.Inline, nodes.TextElement):
    """Stars and minutes of an exercise; the stars are said as "Schwierigkeit 2 von 3"."""


def link(text: str, ziel: str, klasse: str) -> nodes.reference:
    """Return a link to a place on the same page."""
    return nodes.reference("", text, refid=ziel, internal=True, classes=[klasse])


def absatz(*inhalt: nodes.Node, klasse: str = "") -> nodes.paragraph:
    return nodes.paragraph("", "", *inhalt, classes=[klasse] if klasse else [])


def kasten(art: str, titel: str, inhalt: Iterable[nodes.Node], **angaben: Any) -> Any:
    """Return a box with a title of its own."""
    return nodes.admonition(
        "", nodes.title("", titel), *inhalt, classes=["kasten", art], **angaben
    )


class EpubKaesten(SphinxPostTransform):
    """Quiz, "Kurz nachgedacht", hints, guesses and live figures without scripts."""

    default_priority = 2  # before references and outputs of cells are resolved
    builders: ClassVar = ("epub",)

    def run(self, **kwargs: Any) -> None:
        for nummer, kiste in enumerate(list(self.document.findall(folded)), 1):
            if kiste["kind"] == "hinweis":
                self.hinweis(kiste, nummer)
            else:
                self.nachgedacht(kiste, nummer)
        self.quizze()
        for frage in list(self.document.findall(guess)):
            self.raten(frage)
        for teil in list(self.document.findall(guess_hidden)):
            # What is to be guessed stands on the next page.
            teil.replace_self(nodes.container("", *teil.children, classes=["aufloesung"]))
        for figur in list(self.document.findall(LiveFigure)):
            self.live(figur)

    def nachgedacht(self, kiste: folded, nummer: int) -> None:
        """Leave the question, move the answer."""
        frage, antwort = f"nachgedacht-{nummer}", f"nachgedacht-antwort-{nummer}"
        satz, *inhalt = kiste.children
        wiederholt = [kind.deepcopy() for kind in satz.children]
        hier = ende.abschnitt(self.document, "nachgedacht")
        hier += nodes.container(
            "",
            absatz(*wiederholt, klasse="frage"),
            *inhalt,
            absatz(link("Zurück zur Frage", frage, "zurueck"), klasse="weg"),
            ids=[antwort],
            classes=["antwort"],
        )
        kiste.replace_self(
            kasten(
                "nachgedacht",
                "Kurz nachgedacht",
                [
                    absatz(*satz.children, klasse="frage"),
                    absatz(link("Zur Antwort", antwort, "hin"), klasse="weg"),
                ],
                ids=[frage],
            )
        )

    def hinweis(self, kiste: folded, nummer: int) -> None:
        """Move a hint: who wants none must not see it beside the exercise."""
        stelle, ziel = f"hinweis-stelle-{nummer}", f"hinweis-{nummer}"
        uebung = kiste.parent
        while uebung and not isinstance(uebung, exercise_node | exercise_enumerable_node):
            uebung = uebung.parent
        hier = ende.abschnitt(self.document, "hinweise")
        hier += nodes.container(
            "",
            # What exercise this is, EpubUebungen fills in: now it has no number yet.
            absatz(klasse="frage"),
            *kiste.children,
            absatz(link("Zurück zur Übung", stelle, "zurueck"), klasse="weg"),
            ids=[ziel],
            classes=["antwort"],
            uebung=uebung["label"] if uebung else "",
        )
        weg = absatz(link("Zum Hinweis", ziel, "hin"), klasse="weg")
        weg["ids"].append(stelle)
        kiste.replace_self(weg)

    def quizze(self) -> None:
        """Number all questions of the page through and move the feedback."""
        nummer = 0
        for block in list(self.document.findall(quiz)):
            hier = ende.abschnitt(self.document, "quiz")
            fragen = nodes.container("", classes=["quiz"])
            for frage in block.findall(quiz_question):
                nummer += 1
                fragen += _quizfrage(frage, nummer)
                hier += _quizantwort(frage, nummer)
            block.replace_self(fragen)

    def raten(self, frage: guess) -> None:
        """Show the options as a list; guessing is done in the head."""
        optionen = [
            nodes.list_item("", absatz(*option.children))
            for option in frage.children[-1].children
        ]
        liste = nodes.bullet_list("", *optionen, bullet="•")
        frage.replace_self(
            kasten("raten", "Erst raten", [*frage.children[:-1], liste], ids=frage["ids"])
        )

    def live(self, figur: LiveFigure) -> None:
        """Keep the still picture and say below the caption where the figure is alive."""
        aussen = figur.parent
        anker = f"#{aussen['ids'][0]}" if aussen["ids"] else ""
        adresse = netzadresse(self.config, figur["page"])
        # The address is to be read, too: many reading devices have no browser.
        weg = nodes.reference("", adresse, refuri=f"{adresse}{anker}", internal=False)
        hinweis = absatz(nodes.Text("Zum Ausprobieren: "), weg, klasse="live-weg")
        legende = next((k for k in aussen.children if isinstance(k, nodes.legend)), None)
        if legende is None:
            legende = nodes.legend()
            aussen += legende
        legende += hinweis
        figur.replace_self(figur.children)


def _quizfrage(frage: quiz_question, nummer: int) -> nodes.container:
    """Return the question with lettered answers and the link to the feedback."""
    satz, *mehr, antworten, _ = frage.children
    art = SEVERAL if frage["multiple"] else ONE
    liste = nodes.enumerated_list("", enumtype="upperalpha", prefix="", suffix=".")
    for antwort in antworten.children:
        liste += nodes.list_item("", absatz(*antwort.children))
    return nodes.container(
        "",
        absatz(nodes.Text(f"Frage {nummer}"), klasse="quiz-nummer"),
        absatz(*satz.children, klasse="frage"),
        *mehr,
        absatz(nodes.Text(art), klasse="quiz-art"),
        liste,
        absatz(link("Zur Auflösung", f"quiz-antwort-{nummer}", "hin"), klasse="weg"),
        ids=[f"quiz-frage-{nummer}"],
        classes=["quizfrage"],
    )


def _quizantwort(frage: quiz_question, nummer: int) -> nodes.container:
    """Return which answers are right, and the feedback on each."""
    rueckmeldungen = frage.children[-1].children
    richtige = [r["letter"] for r in rueckmeldungen if r["right"]]
    kopf = f"Frage {nummer}: {' und '.join(richtige)}"
    if len(richtige) > 2:
        kopf = f"Frage {nummer}: {', '.join(richtige[:-1])} und {richtige[-1]}"
    liste = nodes.enumerated_list("", enumtype="upperalpha", prefix="", suffix=".")
    for rueckmeldung in rueckmeldungen:
        wort = "Richtig" if rueckmeldung["right"] else "Falsch"
        erster, *rest = rueckmeldung.children
        urteil = [nodes.strong("", f"{wort}."), nodes.Text(" ")]
        if erster.astext().startswith(wort):
            urteil = []
        liste += nodes.list_item("", absatz(*urteil, *erster.children), *rest)
    return nodes.container(
        "",
        absatz(nodes.Text(kopf), klasse="frage"),
        liste,
        absatz(link("Zurück zur Frage", f"quiz-frage-{nummer}", "zurueck"), klasse="weg"),
        ids=[f"quiz-antwort-{nummer}"],
        classes=["antwort"],
    )


class EpubUebungen(SphinxPostTransform):
    """Titles of exercises, solutions at the end, everything hidden laid open."""

    default_priority = 250  # after myst-nb has wrapped hidden cells (199)
    builders: ClassVar = ("epub",)

    def run(self, **kwargs: Any) -> None:
        namen: dict[str, list[nodes.Node]] = {}
        uebungen = (exercise_node, exercise_enumerable_node)
        for uebung in list(self.document.findall(lambda n: isinstance(n, uebungen))):
            titel = _titel(uebung)
            namen[uebung["label"]] = self.name(uebung, titel)
            uebung.children[0].replace_self(nodes.title("", "", *titel))
        for antwort in self.document.findall(nodes.container):
            if "uebung" in antwort:
                antwort.children[0] += _kopie(namen.get(antwort["uebung"], []))
        for loesung in list(self.document.findall(solution_node)):
            self.loesung(loesung, namen)
        for verdeckt in list(self.document.findall(HideCodeCellNode)):
            verdeckt.replace_self(verdeckt.children)
        for kind in self.document.findall(nodes.section):
            # sphinx-exercise gives the same id to the content of all exercises.
            kind["ids"] = [
                i for i in kind["ids"] if i not in ("exercise-content", "solution-content")
            ]
        ende.ordne(self.document)

    def name(
        self, uebung: exercise_enumerable_node, titel: list[nodes.Node]
    ) -> list[nodes.Node]:
        """Return number and title of an exercise, as its solution repeats them."""
        nummern = self.env.toc_fignumbers.get(self.env.docname, {}).get("exercise", {})
        nummer = ".".join(map(str, nummern.get(uebung["ids"][0], ())))
        worte = [k for k in titel if not isinstance(k, grade)]
        return [nodes.Text(f"Übung {nummer} "), *worte]

    def loesung(self, loesung: solution_node, namen: dict[str, list[nodes.Node]]) -> None:
        """Move a solution; a link in its place, and one back."""
        label = loesung["target_label"]
        ziel = loesung["ids"][0]
        hier = ende.abschnitt(self.document, "loesungen")
        weg = absatz(link("Zur Lösung", ziel, "hin"), klasse="weg")
        parent, stelle = loesung.parent, loesung.parent.index(loesung)
        uebung = parent.children[stelle - 1]
        if isinstance(uebung, exercise_node | exercise_enumerable_node):
            uebung += weg
            parent.remove(loesung)
        else:
            loesung.replace_self(weg)
        _, *inhalt = loesung.children
        hier += nodes.container(
            "",
            absatz(*_kopie(namen[label]), klasse="frage"),
            *inhalt,
            absatz(link("Zurück zur Übung", label, "zurueck"), klasse="weg"),
            ids=loesung["ids"],
            classes=["antwort", "loesung"],
        )


def _kopie(knoten: Iterable[nodes.Node]) -> list[nodes.Node]:
    return [k.deepcopy() for k in knoten]


def _titel(uebung: nodes.Element) -> list[nodes.Node]:
    """Return the title without the brackets that sphinx-exercise puts around it."""
    kinder = list(uebung.children[0].children)
    if kinder and kinder[0].astext() == " (" and kinder[-1].astext() == ")":
        kinder = kinder[1:-1]
    letzter = kinder[-1]
    treffer = ANGABE.search(letzter.astext()) if isinstance(letzter, nodes.Text) else None
    if treffer is None:
        return kinder
    sterne, zeit = treffer.groups()
    kinder[-1] = nodes.Text(letzter.astext()[: treffer.start()])
    return [*kinder, nodes.Text(" "), grade("", zeit, stars=len(sterne))]


def _zeige_stufe(self: Any, node: grade) -> None:
    anzahl = node["stars"]
    self.body.append(
        f'<span class="uebung-angabe"><span role="img" aria-label="Schwierigkeit '
        f'{anzahl} von 3">{"★" * anzahl}</span> '
    )


def _schliesse_stufe(self: Any, node: grade) -> None:
    self.body.append("</span>")


def melde_an(app: Sphinx) -> None:
    """Register the transforms; called by ``bauer.setup``."""
    app.add_node(grade, epub=(_zeige_stufe, _schliesse_stufe))
    app.add_post_transform(EpubKaesten)
    app.add_post_transform(EpubUebungen)
