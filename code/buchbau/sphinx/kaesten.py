"""Die Kästen des Buchs: `{nachgedacht}`, `{hinweis}` und `{raten}`/`{raten-ende}`.

Called by Sphinx (`_config.yml`); `thema/js/kaesten.js` makes the reader guess first. What
paper and reading devices show instead, say `buchbau.druck.schreiber` and
`buchbau.druck.epub.umbau`.

    :::{nachgedacht} Wie viele Gewichte hat eine Schicht von 3 auf 2 Neuronen?
    Sechs, und zwei Bias-Werte.
    :::

    :::{hinweis}
    Zählen Sie zuerst die Zeilen.
    :::

    :::{raten} raten-rauschen
    :optionen: unter 0,2 | um 0,5 | über 0,9
    :richtig: 3
    Wie sicher ist sich das Netz bei reinem Rauschen?
    :::
    Text und Zellen, die erst nach dem Tipp zu sehen sind.
    :::{raten-ende}
    :::

What is guessed stands between two marks, because code cells cannot be nested in a
directive; a transform wraps it after reading. `:richtig:` counts the options from 1.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from buchbau.sphinx.seitenskript import add_page_script

logger = logging.getLogger(__name__)

IDENT = re.compile(r"[a-z][a-z0-9-]*")


class folded(nodes.General, nodes.Element):
    """A block that opens on demand: a summary, then the body."""


class folded_summary(nodes.Part, nodes.TextElement):
    """The line that is always to be seen."""


class guess(nodes.General, nodes.Element):
    """A question with options; what follows stays hidden until one is chosen."""


class guess_options(nodes.Part, nodes.Element):
    """The options of a guess."""


class guess_option(nodes.Part, nodes.TextElement):
    """One option."""


class guess_end(nodes.General, nodes.Element):
    """The mark at which the hidden part ends; gone once the part is wrapped."""


class guess_hidden(nodes.General, nodes.Element):
    """What is hidden until the reader has guessed."""


class _AnyOption(dict):
    """Accepts every option as text, so that a wrong one gets our German message."""

    def __init__(self) -> None:
        super().__init__(any=directives.unchanged)

    def __getitem__(self, key: str) -> Any:
        return directives.unchanged


class _Box(SphinxDirective):
    """What the directives of this file share."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def fault(self, message: str) -> list[nodes.Node]:
        """Report a mistake in one line with file and line; the box is left out."""
        logger.warning(
            "{%s}: %s",
            self.name,
            message,
            location=(self.env.docname, self.lineno),
            type="kaesten",
        )
        return []

    def argument(self) -> str:
        return self.arguments[0].strip() if self.arguments else ""

    def body(self) -> list[nodes.Node]:
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, holder)
        return list(holder.children)

    def inline(self, markdown: str) -> list[nodes.Node]:
        parsed, messages = self.state.inline_text(markdown, self.lineno)
        return [*parsed, *messages]


class Reflect(_Box):
    """`{nachgedacht} question`: the body is the folded answer."""

    def run(self) -> list[nodes.Node]:
        if not self.argument():
            return self.fault("Hinter dem Namen fehlt die Frage")
        if not any(line.strip() for line in self.content):
            return self.fault("Die Antwort fehlt")
        box = folded(kind="nachgedacht")
        self.set_source_info(box)
        box += folded_summary("", "", *self.inline(self.argument()))
        box += self.body()
        return [box]


class Hint(_Box):
    """`{hinweis}`: the body is a folded hint."""

    def run(self) -> list[nodes.Node]:
        if self.argument():
            return self.fault("Der Text des Hinweises gehört in die nächste Zeile")
        if not any(line.strip() for line in self.content):
            return self.fault("Der Text fehlt")
        box = folded(kind="hinweis")
        self.set_source_info(box)
        box += self.body()
        return [box]


class Guess(_Box):
    """`{raten} name`: the body is the question, `:optionen:` what can be guessed."""

    option_spec = _AnyOption()

    def run(self) -> list[nodes.Node]:
        ident = self.argument()
        options = [
            text.strip() for text in re.split(r"\s\|\s", self.options.get("optionen") or "")
        ]
        message = self.mistake(ident, options)
        if message:
            # An empty box stays, so that its {raten-ende} is not reported as well.
            return [*self.fault(message), guess("", guess_options(), name=ident)]
        box = guess(name=ident, right=self.nearest(options))
        self.set_source_info(box)
        box["ids"].append(ident)
        box += self.body()
        listed = guess_options()
        for text in options:
            listed += guess_option("", "", *self.inline(text))
        box += listed
        return [box]

    def nearest(self, options: list[str]) -> int | None:
        """Return the number (from 0) of the option that was nearest, if it is given.

        Raises ValueError where the author named none of the options.
        """
        text = self.options.get("richtig")
        if text is None:
            return None
        number = int(text) - 1
        if not 0 <= number < len(options):
            raise ValueError(text)
        return number

    def mistake(self, ident: str, options: list[str]) -> str | None:
        """Return what is wrong with the directive, in a German sentence."""
        unknown = sorted(set(self.options) - {"optionen", "richtig"})
        if unknown:
            return (
                f"Unbekannte Angabe „:{unknown[0]}:“ (möglich: „:optionen:“, „:richtig:“)"
            )
        if not IDENT.fullmatch(ident):
            return "Der Name fehlt oder ist kein ASCII-Wort wie „raten-rauschen“"
        if len([text for text in options if text]) < max(2, len(options)):
            return "„:optionen:“ braucht zwei oder mehr Texte, getrennt durch „ | “"
        if len(set(options)) < len(options):
            return "Zwei Optionen haben denselben Text"
        if not any(line.strip() for line in self.content):
            return "Die Frage fehlt"
        try:
            self.nearest(options)
        except ValueError:
            return f"„:richtig:“ ist eine Zahl von 1 bis {len(options)}"
        names: set[str] = self.env.temp_data.setdefault("guess_names", set())
        if ident in names:
            return f"Den Namen „{ident}“ gibt es auf der Seite schon"
        names.add(ident)
        return None


class GuessEnd(_Box):
    """`{raten-ende}`: ends the hidden part; may repeat the name."""

    def run(self) -> list[nodes.Node]:
        if any(line.strip() for line in self.content):
            self.fault("Hier darf kein Text stehen")
        mark = guess_end(name=self.argument())
        self.set_source_info(mark)
        return [mark]


class WrapGuessed(SphinxTransform):
    """Wrap what stands between `{raten}` and `{raten-ende}`, and check the pairs."""

    default_priority = 15  # after sphinx-exercise has merged its own gated blocks

    def apply(self, **kwargs: Any) -> None:
        opened: guess | None = None
        nested = 0  # ends still to come whose beginning has been reported already
        marks = [
            node for node in self.document.findall() if isinstance(node, guess | guess_end)
        ]
        for node in marks:
            if isinstance(node, guess):
                if opened is not None:
                    self.fault(
                        node,
                        "{raten}: Vorher muss „%s“ mit {raten-ende} enden",
                        opened["name"],
                    )
                    nested += 1
                opened = node
                continue
            if opened is None:
                if nested:
                    nested -= 1
                else:
                    self.fault(node, "{raten-ende}: Davor steht kein offenes {raten}")
            elif node["name"] not in ("", opened["name"]):
                self.fault(
                    node,
                    "{raten-ende}: „%s“ ist nicht offen, sondern „%s“",
                    node["name"],
                    opened["name"],
                )
            elif node.parent is not opened.parent:
                self.fault(
                    node,
                    "{raten-ende}: „%s“ begann in einem anderen Abschnitt oder Kasten",
                    opened["name"],
                )
            else:
                self.wrap(opened, node)
            opened = None
        if opened is not None:
            self.fault(
                opened,
                "{raten}: „%s“ endet nirgends; es fehlt {raten-ende}",
                opened["name"],
            )
        for node in marks:
            if isinstance(node, guess_end):
                node.parent.remove(node)

    def wrap(self, start: guess, end: guess_end) -> None:
        parent = start.parent
        first, last = parent.index(start) + 1, parent.index(end)
        between = parent.children[first:last]
        if not between:
            self.fault(start, "{raten}: Bis zu {raten-ende} kommt nichts")
            return
        hidden = guess_hidden(name=start["name"])
        hidden.source, hidden.line = start.source, start.line
        for node in between:
            parent.remove(node)
        hidden += between
        parent.insert(first, hidden)

    def fault(self, node: nodes.Element, message: str, *values: str) -> None:
        logger.warning(message, *values, location=node, type="kaesten")


def visit_folded(self: HTML5Translator, node: folded) -> None:
    kind = node["kind"]
    self.body.append(self.starttag(node, "details", CLASS=f"kasten {kind}"))
    if kind == "hinweis":
        self.body.append('<summary><span class="kasten-name">Hinweis</span></summary>\n')


def depart_folded(self: HTML5Translator, node: folded) -> None:
    self.body.append("</details>\n")


def visit_summary(self: HTML5Translator, node: folded_summary) -> None:
    self.body.append(
        '<summary><span class="kasten-name">Kurz nachgedacht</span> '
        '<span class="kasten-frage">'
    )


def depart_summary(self: HTML5Translator, node: folded_summary) -> None:
    self.body.append("</span></summary>\n")


def visit_guess(self: HTML5Translator, node: guess) -> None:
    right = node.get("right")
    nearest = "" if right is None else str(right)
    self.body.append(
        self.starttag(
            node,
            "div",
            CLASS="kasten raten",
            **{"data-raten": node["name"], "data-richtig": nearest},
        )
        + '<p class="kasten-name">Erst raten</p>\n'
    )


def depart_guess(self: HTML5Translator, node: guess) -> None:
    self.body.append("</div>\n")


def visit_options(self: HTML5Translator, node: guess_options) -> None:
    self.body.append('<ul class="raten-optionen">\n')


def depart_options(self: HTML5Translator, node: guess_options) -> None:
    self.body.append("</ul>\n")


def visit_option(self: HTML5Translator, node: guess_option) -> None:
    self.body.append("<li>")


def depart_option(self: HTML5Translator, node: guess_option) -> None:
    self.body.append("</li>\n")


def visit_hidden(self: HTML5Translator, node: guess_hidden) -> None:
    self.body.append(
        self.starttag(
            node, "div", CLASS="raten-verdeckt", **{"data-raten-teil": node["name"]}
        )
    )


def depart_hidden(self: HTML5Translator, node: guess_hidden) -> None:
    self.body.append("</div>\n")


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("nachgedacht", Reflect)
    app.add_directive("hinweis", Hint)
    app.add_directive("raten", Guess)
    app.add_directive("raten-ende", GuessEnd)
    app.add_node(folded, html=(visit_folded, depart_folded))
    app.add_node(folded_summary, html=(visit_summary, depart_summary))
    app.add_node(guess, html=(visit_guess, depart_guess))
    app.add_node(guess_options, html=(visit_options, depart_options))
    app.add_node(guess_option, html=(visit_option, depart_option))
    app.add_node(guess_hidden, html=(visit_hidden, depart_hidden))
    app.add_transform(WrapGuessed)
    add_page_script(app, "kaesten.js", folded, guess)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
