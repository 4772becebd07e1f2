"""Cut the German prose out of the source of a page; called by the spelling test.

Everything else becomes blanks, so that line and column of a word stay the same.
"""

from __future__ import annotations

import re

FENCE = re.compile(r"^\s*(?P<marks>`{3,}|~{3,})(?P<info>.*)$")
# Fenced directives whose body is prose; all other fences hold code, math or data.
PROSE_FENCES = re.compile(
    r"^\{(glossary|admonition|note|tip|hint|warning|important|seealso|caution|danger"
    r"|attention|error|topic|epigraph|list-table|table|figure|dropdown|margin|sidebar"
    r"|exercise(-start|-end)?|solution(-start|-end)?)\}"
)
# Keys whose values are prose, in front matter, in the head of a code cell, in options.
PROSE_KEYS = re.compile(r"^(\s*-?\s*:?)(title|kurz|caption|alt|frage|text|rueckmeldung):")
KEY = re.compile(r"^\s*(-\s+|:)?[\w-]+:(\s|$)")
# First and last lines of directives; only with some is the argument prose, not a name.
DIRECTIVE_LINE = re.compile(
    r"^[ \t]*[:`]{3,}(?:\{(?P<name>[\w-]+)\})?(?P<argument>[^\n]*)$", re.MULTILINE
)
PROSE_ARGUMENTS = {"nachgedacht", "admonition", "dropdown", "exercise", "exercise-start"}
ROLE_WITH_TITLE = re.compile(r"\{(?:term|ref|numref|doc|download)\}`([^`<]*)<[^`>]*>`")
ROLE_WITH_TEXT = re.compile(r"\{(?:term|index|sub|sup|abbr)\}`([^`]*)`")
NOT_PROSE = [
    re.compile(pattern, re.DOTALL | re.MULTILINE)
    for pattern in (
        r"\{[\w:+-]+\}`[^`]*`",  # other roles
        r"`+[^`]+`+",  # code
        r"\$\$.+?\$\$(\s*\([\w-]+\))?",
        r"\$[^$\n]+\$",
        r"^\([\w-]+\)=\s*$",  # labels
        r"^\s*\{[#.][^}]*\}\s*$",
        r"<https?:[^>]*>|https?://\S+",
        r"(?<=\])\([^)\s]*\)",  # targets of links
        r"<!--.*?-->|</?[a-zA-Z][^>]*>",
        r"^%[^\n]*$",
        r"\[\^[\w-]+\]",
        r"\b[\w-]+\.(md|py|toml|yml|yaml|json|js|css|bib|npz|html|txt|ipynb|pdf)\b",
    )
]


def prose(source: str) -> str:
    """Return `source` with everything but its prose replaced by blanks."""
    text = _blank_fences(source)
    text = DIRECTIVE_LINE.sub(_directive_line, text)
    text = ROLE_WITH_TITLE.sub(_keep_group, text)
    text = ROLE_WITH_TEXT.sub(_keep_group, text)
    for pattern in NOT_PROSE:
        text = pattern.sub(_blank, text)
    return "\n".join(_without_keys(line) for line in text.split("\n"))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _keep_group(match: re.Match[str]) -> str:
    start, end = match.span(1)
    before, after = start - match.start(), match.end() - end
    return " " * before + match[1] + " " * after


def _directive_line(match: re.Match[str]) -> str:
    if match["name"] not in PROSE_ARGUMENTS:
        return _blank(match)
    argument = match["argument"]
    return " " * (len(match[0]) - len(argument)) + argument


def _without_keys(line: str) -> str:
    """Blank the option lines that hold no prose, and the keys of those that do."""
    if found := PROSE_KEYS.match(line):
        return " " * found.end() + line[found.end() :]
    if re.match(r"^\s*:[\w-]+:", line) or re.match(
        r"^\s*(-\s+)?(antworten|richtig):", line
    ):
        return " " * len(line)
    return line


def _blank_fences(source: str) -> str:
    """Blank code, math and data, but keep captions and alternative texts in them."""
    kept: list[str] = []
    closing = ""
    in_head = source.startswith("---")
    in_prose_value = False
    for number, line in enumerate(source.split("\n")):
        fence = FENCE.match(line)
        if closing and fence and fence["marks"].startswith(closing) and not fence["info"]:
            closing, in_head = "", False
            kept.append("")
            continue
        if not closing and not in_head and fence:
            info = fence["info"].strip()
            if info and not PROSE_FENCES.match(info):
                closing = fence["marks"]
                kept.append("")
                continue
        if line.strip() == "---" and (closing or in_head):
            in_head = not in_head or number == 0
            kept.append("")
        elif in_head:
            if KEY.match(line):
                in_prose_value = bool(PROSE_KEYS.match(line))
            kept.append(line if in_prose_value else "")
        else:
            kept.append("" if closing else line)
    return "\n".join(kept)
