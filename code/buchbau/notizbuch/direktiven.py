"""Was aus den Direktiven wird: Kästen, Bilder, Quiz, Live-Figuren, Tabellen …

Called by `umsetzer` for each directive. A directive that is not listed here is an error:
better no notebook than one with raw syntax in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from buchbau.datensatz import steckbrief
from buchbau.kapitel import BuchFehler
from buchbau.notizbuch import myst
from buchbau.notizbuch.myst import Directive
from buchbau.quizdaten import LETTERS, read_quiz

if TYPE_CHECKING:
    from buchbau.notizbuch.umsetzer import Converter

Renderer = Callable[[Directive, "Converter"], str]

# Boxes with the title that Sphinx gives them in German.
ADMONITIONS = {
    "attention": "Achtung",
    "caution": "Vorsicht",
    "danger": "Gefahr",
    "error": "Fehler",
    "hint": "Hinweis",
    "important": "Wichtig",
    "note": "Anmerkung",
    "seealso": "Siehe auch",
    "tip": "Tipp",
    "warning": "Warnung",
}


def _quote(text: str) -> str:
    """Return text as a block quote."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part.strip())


def _first_line_counts(directive: Directive) -> str:
    """Return the body of a directive whose first line may stand beside its name."""
    return _paragraphs(directive.argument, directive.body)


def _details(summary: str, body: str) -> str:
    """Return a folded block; the blank lines make Jupyter read its body as Markdown."""
    return f"<details>\n<summary><b>{summary}</b></summary>\n\n{body}\n\n</details>"


def _plain(text: str) -> str:
    """Return inline Markdown for a place where only HTML is read."""
    return myst.inline_html(text)


def _box(directive: Directive, converter: Converter) -> str:
    body = converter.fragment(_first_line_counts(directive))
    if "dropdown" in directive.options.get("class", "").split():
        return _details(ADMONITIONS[directive.name], body)
    return _quote(_paragraphs(f"**{ADMONITIONS[directive.name]}**", body))


def _titled_box(directive: Directive, converter: Converter) -> str:
    title = converter.inline(directive.argument)
    body = converter.fragment(directive.body)
    if "dropdown" in directive.options.get("class", "").split():
        return _details(_plain(title), body)
    return _quote(_paragraphs(f"**{title}**" if title else "", body))


def _folded(default: str) -> Renderer:
    """Return a renderer for a folded box with a title of its own."""

    def render(directive: Directive, converter: Converter) -> str:
        title = converter.inline(directive.argument)
        summary = f"{default}: {title}" if default and title else default or title
        return _details(_plain(summary), converter.fragment(directive.body))

    return render


def _hint(directive: Directive, converter: Converter) -> str:
    body = converter.fragment(_first_line_counts(directive))
    return _details("Hinweis", body)


def _guess(directive: Directive, converter: Converter) -> str:
    options = directive.options.get("optionen", "")
    choices = " · ".join(converter.inline(part.strip()) for part in options.split("|"))
    question = converter.fragment(directive.body)
    return _quote(_paragraphs("**Erst raten**", question, f"*Zur Wahl:* {choices}"))


def _quiz(directive: Directive, converter: Converter) -> str:
    questions, faults = read_quiz(directive.body)
    if faults:
        raise BuchFehler(f"Quiz: {faults[0].message}.")
    parts = []
    for number, question in enumerate(questions, start=1):
        asked = converter.fragment(question.text.markdown)
        parts.append(f"**Frage {number}.** {asked}")
        pairs = list(zip(LETTERS, question.answers, strict=False))
        parts.append(
            "\n".join(
                f"- **{letter}** {_indented(converter.fragment(answer.text.markdown))}"
                for letter, answer in pairs
            )
        )
        solutions = "\n".join(
            f"- **{letter}, {'richtig' if answer.right else 'falsch'}:** "
            + _indented(converter.fragment(answer.feedback.markdown))
            for letter, answer in pairs
        )
        parts.append(_details("Antworten", solutions))
    return _paragraphs(*parts)


def _indented(text: str) -> str:
    """Return text as the content of a list item."""
    return text.replace("\n", "\n  ")


def _caption(label: str, text: str, converter: Converter) -> str:
    """Return the line under a picture: number and caption."""
    number = converter.context.references.target(label).text if label else ""
    return _paragraphs(f"**{number}:** {text}" if number else f"*{text}*" if text else "")


def _alt(directive: Directive) -> str:
    return " ".join(directive.options.get("alt", "").split()).replace("]", "\\]")


def _image(directive: Directive, converter: Converter) -> str:
    references, path = converter.context.references, directive.argument
    remote = "://" in path
    url = path if remote else references.image(converter.context.path(path))
    picture = f"![{_alt(directive)}]({url})"
    label = directive.options.get("name", "")
    if directive.name == "image":
        return picture
    caption = converter.fragment(directive.body)
    return _paragraphs(picture, _caption(label, caption, converter))


def _drawing(directive: Directive, converter: Converter) -> str:
    """Return the picture that the build has drawn for `{diagramm}`."""
    label = directive.options.get("name", "")
    key = label or f"diagramm:{directive.argument}"
    picture = f"![{_alt(directive)}]({converter.context.references.image(key)})"
    caption = converter.fragment(directive.body)
    return _paragraphs(picture, _caption(label, caption, converter))


def _live(directive: Directive, converter: Converter) -> str:
    """Return the still picture of a live figure and the way to the figure itself."""
    label = directive.options.get("name", "")
    references = converter.context.references
    url = references.target(label).url if label else f"{converter.context.docname}.html"
    picture = references.image(label or f"live:{directive.argument}")
    caption = converter.fragment(directive.body)
    return _paragraphs(
        f"[![{_alt(directive)}]({picture})]({references.site.base}{url})",
        _caption(label, caption, converter),
        references.link("Diese Figur auf der Website bedienen", url),
    )


def _equation(directive: Directive, converter: Converter) -> str:
    body = _first_line_counts(directive)
    return converter.equation(body, directive.options.get("label", ""))


def _code(directive: Directive, converter: Converter) -> str:
    ticks = "````" if "```" in directive.body else "```"
    block = f"{ticks}{directive.argument}\n{directive.body}\n{ticks}"
    caption = converter.inline(directive.options.get("caption", ""))
    return _paragraphs(f"*{caption}*" if caption else "", block)


def _included(directive: Directive, converter: Converter) -> str:
    """Return the file that `{literalinclude}` shows, as a block of text."""
    path = converter.context.root / converter.context.path(directive.argument)
    text = path.read_text("utf-8").rstrip("\n")
    return f"```{directive.options.get('language', 'text')}\n{text}\n```"


def _data_set(directive: Directive, converter: Converter) -> str:
    """Return the profile of a data set as a list."""
    lines = steckbrief(converter.context.root, directive.argument)
    return converter.fragment("\n".join(f"- **{name}:** {text}" for name, text in lines))


def _table(directive: Directive, converter: Converter) -> str:
    caption = converter.inline(directive.argument)
    label = directive.options.get("name", "")
    line = _caption(label, caption, converter) if caption or label else ""
    return _paragraphs(line, converter.fragment(directive.body))


def _list_table(directive: Directive, converter: Converter) -> str:
    """Return a list of lists as a Markdown table; the first row is its head."""
    rows = _rows(directive.body)
    cells = [
        [converter.fragment(cell).replace("\n", " ").replace("|", "\\|") for cell in row]
        for row in rows
    ]
    if not int(directive.options.get("header-rows", "0") or 0):
        cells.insert(0, [""] * len(cells[0]))
    cells.insert(1, ["---"] * len(cells[0]))
    table = "\n".join("| " + " | ".join(row) + " |" for row in cells)
    caption = converter.inline(directive.argument)
    label = directive.options.get("name", "")
    line = _caption(label, caption, converter) if caption or label else ""
    return _paragraphs(line, table)


def _rows(body: str) -> list[list[str]]:
    """Read the list of lists of a list-table into rows of MyST cells."""
    lines = body.splitlines()
    rows: list[list[str]] = []
    for token in myst.blocks(body):
        if token.type != "list_item_open":
            continue
        if token.level == 1:
            rows.append([])
        elif token.level == 3:
            first, end = token.map
            text = "\n".join(lines[first:end])
            rows[-1].append(text.lstrip(" *-").strip())
    return rows


def _terms(directive: Directive, converter: Converter) -> str:
    """Return a glossary: terms at the margin, explanations indented."""
    result = []
    for line in directive.body.splitlines():
        if line.startswith((" ", "\t")):
            result.append("  " + line.strip())
        elif line.strip():
            result.append(f"- **{line.strip()}**<br>")
    return converter.fragment("\n".join(result))


def _heading(directive: Directive, converter: Converter) -> str:
    return f"**{converter.inline(directive.argument)}**"


def _passed(directive: Directive, converter: Converter) -> str:
    """Return the body of a directive that only arranges or marks it."""
    title = converter.inline(directive.argument)
    body = converter.fragment(directive.body)
    return _paragraphs(f"**{title}**" if title else "", body)


def _container(directive: Directive, converter: Converter) -> str:
    return converter.fragment(directive.body)


def _quoted(directive: Directive, converter: Converter) -> str:
    return _quote(converter.fragment(_first_line_counts(directive)))


def _raw(directive: Directive, converter: Converter) -> str:
    return directive.body if directive.argument == "html" else ""


def _dropped(directive: Directive, converter: Converter) -> str:
    return ""


DIRECTIVES: dict[str, Renderer] = {
    # ours
    "nachgedacht": _folded("Kurz nachgedacht"),
    "hinweis": _hint,
    "raten": _guess,
    "raten-ende": _dropped,
    "quiz": _quiz,
    "live": _live,
    "diagramm": _drawing,
    "datensatz": _data_set,
    # boxes
    **dict.fromkeys(ADMONITIONS, _box),
    **dict.fromkeys(("admonition", "sidebar", "topic"), _titled_box),
    "margin": _titled_box,
    "dropdown": _folded(""),
    **dict.fromkeys(("epigraph", "pull-quote", "highlights"), _quoted),
    # pictures, formulas, code, tables
    "figure": _image,
    "image": _image,
    "math": _equation,
    **dict.fromkeys(("code", "code-block", "sourcecode"), _code),
    "literalinclude": _included,
    "table": _table,
    "list-table": _list_table,
    "glossary": _terms,
    "rubric": _heading,
    # arrangement
    **dict.fromkeys(("tab-set", "grid", "card-carousel", "container", "div"), _container),
    **dict.fromkeys(("tab-item", "grid-item", "grid-item-card", "card"), _passed),
    "only": _container,
    "raw": _raw,
    # what only pages and print have
    **dict.fromkeys(("index", "bibliography", "contents", "tableofcontents"), _dropped),
    **dict.fromkeys(("toctree", "footbibliography", "tags"), _dropped),
}


def render(directive: Directive, converter: Converter) -> str:
    """Return plain Markdown for a directive; raises BuchFehler for an unknown one."""
    renderer = DIRECTIVES.get(directive.name)
    if renderer is None:
        raise BuchFehler(
            f"Der Notebook-Export kennt die Direktive {{{directive.name}}} nicht."
        )
    return renderer(directive, converter)
