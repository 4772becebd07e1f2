"""Code and outputs: each line is a paragraph of its own, its spaces are real characters.

Part of the writer. A line is `\\Zeile{indent}{content}`: LuaLaTeX sets the indent as that
many spaces, so that copied code keeps its shape; a line too long continues below, further
in. Tokens carry their meaning (`\\Tkeyword{…}`), the class knows the colours.
"""

from __future__ import annotations

import io
import itertools
import re
import tokenize

from docutils import nodes
from pygments import lex
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.token import Token, _TokenType
from pygments.util import ClassNotFound

from buchbau.druck.schreiber.grund import Grund
from buchbau.druck.schreiber.zeichen import escape

# By what a token means to a reader; the colours stand in gestaltung.toml under [code.hell].
MEANING: dict[_TokenType, str] = {
    Token.Keyword: "Ts",
    Token.Operator.Word: "Ts",
    Token.Literal.String: "Tz",
    Token.Comment: "Tk",
    Token.Literal.Number: "Tn",
    Token.Name.Function: "Tf",
    Token.Name.Class: "Tf",
    Token.Name.Decorator: "Tf",
    Token.Operator: "To",
    Token.Punctuation: "To",
    Token.Error: "Te",
}
_ALIAS = {
    "ipython3": "python",
    "ipython": "python",
    "default": "python",
    "myst-ansi": "text",
}
# Cells up to this many lines stay whole; of longer ones so many lines stay together at
# either end; a piece longer than LONGEST may break anywhere. While a figure waits for the
# next page, cells up to HELD lines stay whole; more might not fit below the figures there.
WHOLE, ENDS, HELD, LONGEST = 10, 3, 16, 24
_ANSI = re.compile(r"\x1b\[[0-9;]*m")

PYTHON = {"python", "python3", *(name for name, to in _ALIAS.items() if to == "python")}


def meaning(kind: _TokenType) -> str:
    """Return the macro of a kind of token; "" for plain text."""
    while kind is not Token:
        if kind in MEANING:
            return MEANING[kind]
        kind = kind.parent
    return ""


def lines(text: str, language: str) -> list[str]:
    """Return each line of code as the arguments of `\\Zeile`."""
    text = _ANSI.sub("", text).rstrip("\n").expandtabs(4)
    try:
        lexer = get_lexer_by_name(
            _ALIAS.get(language, language), stripnl=False, ensurenl=False
        )
    except ClassNotFound:
        lexer = TextLexer(stripnl=False, ensurenl=False)
    done, indent, current = [], None, ""
    for kind, value in lex(text, lexer):
        for number, piece in enumerate(value.split("\n")):
            if number:
                done.append((indent or 0, current))
                indent, current = None, ""
            if not piece:
                continue
            if indent is None:
                bare = piece.lstrip(" ")
                if not bare:
                    indent = len(piece)
                    continue
                indent, piece = len(piece) - len(bare), bare
            elif not current and not piece.strip():
                indent = (indent or 0) + len(piece)
                continue
            current += _token(piece, meaning(kind))
    done.append((indent or 0, current))
    return [f"{{{indent}}}{{{content}}}" for indent, content in done]


def _token(text: str, macro: str) -> str:
    """Return a piece of a line; blanks stay outside of colours and may end the line."""
    pieces = [
        (f"\\{macro}{{{escape(word)}}}" if macro and word else escape(word))
        for word in text.split(" ")
    ]
    return r"\Leer{}".join(pieces)


def breaks(text: str) -> set[int]:
    """Return the lines (from 0) before which a page may end: where a statement begins.

    Not between a head or decorator and what belongs to it, nor after a comment, which
    speaks of the next line. What is not Python may break anywhere, and so may a cell
    that would have a piece longer than LONGEST.
    """
    rows = text.split("\n")
    anywhere = set(range(1, len(rows)))
    starts, fresh, last = set(), True, ""
    try:
        for token in tokenize.generate_tokens(io.StringIO(text + "\n").readline):
            if token.type in (tokenize.NL, tokenize.INDENT, tokenize.DEDENT):
                continue
            if fresh and last != ":":
                starts.add(token.start[0] - 1)
            alone = not token.line[: token.start[1]].strip()
            fresh = token.type == tokenize.NEWLINE or (
                token.type == tokenize.COMMENT and alone
            )
            if token.type not in (tokenize.NEWLINE, tokenize.COMMENT) or alone:
                last = token.string
    except (tokenize.TokenError, SyntaxError):
        return anywhere
    found = {
        row
        for row in starts & anywhere
        if not rows[row - 1].lstrip().startswith(("#", "@"))
    }
    edges = sorted({0, len(rows), *found})
    longest = max(b - a for a, b in itertools.pairwise(edges))
    return found if longest <= LONGEST else anywhere


class Code(Grund):
    """Visits cells, code blocks and outputs."""

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        is_output = "output" in node["classes"]
        environment = "Ausgabe" if is_output else "Quelltext"
        language = "text" if is_output else node.get("language", "python")
        text = node.astext()
        if text.strip():
            made = [
                r"\Leerzeile" if line.endswith("{}") else rf"\Zeile{line}"
                for line in lines(text, language)
            ]
            # Short cells stay whole; of others no first or last lines stand alone.
            count = len(made)
            free = range(ENDS, count - ENDS + 1) if count > WHOLE else ()
            plain = _ANSI.sub("", text).rstrip("\n")
            may = breaks(plain) if language in PYTHON else set(range(count))
            here = r"\Trenne" if count > HELD else r"\Trennbar"
            body = "".join(
                line + (here if place in free and place in may else r"\Zusammen") + "\n"
                for place, line in enumerate(made[:-1], 1)
            )
            body += made[-1]
            self.block(f"\\begin{{{environment}}}\n{body}\n\\end{{{environment}}}\n")
        raise nodes.SkipNode

    def visit_doctest_block(self, node: nodes.doctest_block) -> None:
        self.visit_literal_block(node)
