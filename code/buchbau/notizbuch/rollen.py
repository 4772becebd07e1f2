"""Was aus den Rollen im Text wird: `{term}`, `{cite}`, `{numref}`, `{glue:text}` …

Called by `umsetzer` for each role. A role that is not listed here is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from sphinx.util.docutils import ReferenceRole

from buchbau.kapitel import BuchFehler

if TYPE_CHECKING:
    from buchbau.notizbuch.umsetzer import Context

Role = Callable[[str, "Context"], str]


def _split(content: str) -> tuple[str, str]:
    """Return (title, target) of `title <target>`; the title is "" where none is given."""
    match = ReferenceRole.explicit_title_re.match(content)
    return (match[1], match[2]) if match else ("", content)


def _shown(content: str, context: Context) -> str:
    title, target = _split(content)
    return title or target


def _index(content: str, context: Context) -> str:
    # An entry without text of its own, `single: …`, is invisible on the page as well.
    title, target = _split(content)
    if not title and re.match(r"(single|pair|triple|see|seealso):", target):
        return ""
    return (title or target).lstrip("!").strip()


def _numbered(content: str, context: Context) -> str:
    title, label = _split(content)
    target = context.references.target(label)
    text = title.replace("%s", target.number).replace("{number}", target.number)
    text = text.replace("{name}", target.title)
    return context.references.link(text or target.text, target.url)


def _named(content: str, context: Context) -> str:
    title, label = _split(content)
    target = context.references.target(label)
    return context.references.link(title or target.title or target.text, target.url)


def _equation(content: str, context: Context) -> str:
    target = context.references.target(content)
    return context.references.link(f"({target.number})", target.url)


def _page(content: str, context: Context) -> str:
    title, path = _split(content)
    docname = context.path(path).removesuffix(".md")
    pages = context.references.pages
    if docname not in pages:
        raise BuchFehler(f"Die Seite {path} gibt es nicht.")
    return context.references.link(title or pages[docname], f"{docname}.html")


def _work(content: str, context: Context) -> str:
    links = []
    for key in content.split(","):
        work = context.references.works.get(key.strip())
        if work is None:
            raise BuchFehler(f"Das Werk {key.strip()} steht nicht im Literaturverzeichnis.")
        links.append(context.references.link(work["kurz"], work["url"]))
    return "; ".join(links)


def _value(content: str, context: Context) -> str:
    name = content.split(":")[0].strip()
    if name not in context.values:
        raise BuchFehler(f"Keine Zelle merkt die Zahl {name}.")
    return context.values[name]


def _wrapped(before: str, after: str) -> Role:
    return lambda content, context: f"{before}{content}{after}"


def _code(content: str, context: Context) -> str:
    title, target = _split(content)
    text = title or target
    if text.startswith("~"):  # `~keras.layers.Dense` shows only the last part
        text = text.rpartition(".")[2]
    ticks = "``" if "`" in text else "`"
    return f"{ticks}{text}{ticks}"


ROLES: dict[str, Role] = {
    "term": _shown,
    "abbr": lambda content, context: content,
    "index": _index,
    "numref": _numbered,
    "ref": _named,
    "any": _named,
    "eq": _equation,
    "doc": _page,
    "glue": _value,
    "glue:": _value,
    "glue:text": _value,
    "math": _wrapped("$", "$"),
    "sub": _wrapped("<sub>", "</sub>"),
    "subscript": _wrapped("<sub>", "</sub>"),
    "sup": _wrapped("<sup>", "</sup>"),
    "superscript": _wrapped("<sup>", "</sup>"),
    "kbd": _wrapped("<kbd>", "</kbd>"),
    "emphasis": _wrapped("*", "*"),
    "dfn": _wrapped("*", "*"),
    "strong": _wrapped("**", "**"),
    "guilabel": _wrapped("**", "**"),
    "menuselection": _wrapped("**", "**"),
    "command": _wrapped("**", "**"),
    **dict.fromkeys(("code", "literal", "file", "samp", "envvar", "program"), _code),
    **dict.fromkeys(("py:func", "py:class", "py:meth", "py:mod", "py:obj"), _code),
    **dict.fromkeys(("cite", "cite:p", "cite:t", "cite:ps", "cite:ts"), _work),
    "cite:year": _work,
    "cite:author": _work,
}


def render(name: str, content: str, context: Context) -> str:
    """Return the plain Markdown for a role; raises BuchFehler for an unknown one."""
    role = ROLES.get(name)
    if role is None:
        raise BuchFehler(f"Der Notebook-Export kennt die Rolle {{{name}}} nicht.")
    return role(content.strip(), context)
