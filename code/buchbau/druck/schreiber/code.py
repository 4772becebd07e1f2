"""Code and outputs: each line is a paragraph of its own, its spaces are real characters.

Part of the writer. A line is `\\Zeile{indent}{content}`: LuaLaTeX sets the indent as that
many spaces, so that copied code keeps its shape; a line too long continues below, further
in. Tokens carry their meaning (`\\Tkeyword{…}`), the class knows the colours.
"""

from __future__ import annotations

import re

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
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


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
            last = len(made) - 1
            free = range(3, last - 3) if last > 6 else ()
            body = "".join(
                line + (r"\Trennbar" if place in free else r"\Zusammen") + "\n"
                for place, line in enumerate(made[:-1])
            )
            body += made[-1]
            self.block(f"\\begin{{{environment}}}\n{body}\n\\end{{{environment}}}\n")
        raise nodes.SkipNode

    def visit_doctest_block(self, node: nodes.doctest_block) -> None:
        self.visit_literal_block(node)
