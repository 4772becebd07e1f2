"""Liest MyST: Direktiven mit Optionen und Rollen mit ihrer Stelle im Quelltext.

Called by `umsetzer` (the conversion) and `stuecke` (the cut at exercises). The parser is
the one that builds the pages, so that both always see the same directives and roles.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from docutils.parsers.rst.directives.misc import TestDirective
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.directives import parse_directive_text
from myst_parser.parsers.mdit import create_md_parser

# As in _config.yml under parse.myst_enable_extensions; a test holds both together.
EXTENSIONS = {
    "amsmath",
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
    "fieldlist",
}
# The inline rules whose place in the text the conversion needs.
RECORDED = ("myst_role", "link", "image", "footnote_ref", "attr", "span", "html_inline")


@dataclass(frozen=True)
class Directive:
    """A directive as its author wrote it."""

    name: str
    argument: str
    options: dict[str, str]
    body: str


@dataclass(frozen=True)
class Span:
    """A piece of inline syntax: its rule, its place in the text and its tokens."""

    rule: str
    start: int
    end: int
    tokens: list[Token]


def _recording(
    name: str, rule: Callable[[StateInline, bool], bool]
) -> Callable[[StateInline, bool], bool]:
    """Wrap an inline rule so that it notes where it has matched."""

    def recorded(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        waiting = bool(state.pending)
        matched = rule(state, silent)
        if matched and not silent:
            # Text before the match becomes a token of its own just now.
            tokens = state.tokens[count + waiting :]
            spans = state.env.setdefault("spans", [])
            spans.append((state.src, Span(name, start, state.pos, tokens)))
        return matched

    return recorded


@cache
def _parser() -> MarkdownIt:
    config = MdParserConfig(enable_extensions=EXTENSIONS)
    parser = create_md_parser(config, RendererHTML)
    rules = {rule.name: rule.fn for rule in parser.inline.ruler.__rules__}
    for name in RECORDED:
        parser.inline.ruler.at(name, _recording(name, rules[name]))
    # Blocks first, inline text on request: only so are all places known. Block
    # attributes stay tokens of their own, so that their line can be dropped.
    parser.core.ruler.disable(["inline", "attr"])
    return parser


def blocks(text: str) -> list[Token]:
    """Parse MyST into block tokens; inline text stays unparsed in its token."""
    return _parser().parse(text + "\n", {})


def spans(text: str, footnotes: frozenset[str] = frozenset()) -> list[Span]:
    """Return roles, links, images and the like of one inline text, in text order.

    footnotes: the labels that are defined somewhere in the page.
    """
    env = {"footnotes": {"refs": {f":{label}": -1 for label in footnotes}}}
    parser = _parser()
    parser.inline.parse(text, parser, env, [])
    found = [span for source, span in env.get("spans", []) if source == text]
    return sorted(found, key=lambda span: span.start)


def directive(token: Token) -> Directive | None:
    """Return the directive that a fence token holds, or None for a code block."""
    if token.type not in ("fence", "colon_fence"):
        return None
    info = token.info.strip()
    if not info.startswith("{") or "}" not in info:
        return None
    name, _, argument = info[1:].partition("}")
    # TestDirective is the one for which the parser accepts every option.
    parsed = parse_directive_text(TestDirective, "", token.content)
    return Directive(name.strip(), argument.strip(), parsed.options, "\n".join(parsed.body))


@cache
def _html_renderer() -> MarkdownIt:
    return MarkdownIt("commonmark")


def inline_html(markdown: str) -> str:
    """Return HTML for plain inline Markdown, for places that read no Markdown."""
    return _html_renderer().renderInline(markdown)
