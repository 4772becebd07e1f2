"""Text for LaTeX: escaping, breakable code words, names of targets.

Called by all parts of the writer.
"""

from __future__ import annotations

import re

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "^": r"\textasciicircum{}",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "%": r"\%",
}
_SPECIAL_RE = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")
# Where a long name may end a line: after these characters, never before a bracket.
_BREAK_RE = re.compile(r"([./=,(\[:-])(?=[^\s)\].])")
_UNDERSCORE_RE = re.compile(r"(\\_)(?=[^\s\\])")
LONG = 12  # only then an underscore may end a line, too, if nothing better is near


def escape(text: str) -> str:
    """Return text in which nothing is a command."""
    return _SPECIAL_RE.sub(lambda found: _SPECIAL[found[0]], text)


def plain(text: str) -> str:
    """Return text for the structure of the PDF, where no command is carried out."""
    return re.sub(r"[\\{}#^~_&$]", " ", text.replace("%", "Prozent")).strip()


def escape_code(text: str) -> str:
    """Return code inside a line of text: long words may break after points and the like."""
    words = []
    for word in text.split(" "):
        if len(word) > 8:
            word = _BREAK_RE.sub("\\1\0", word)
        pieces = word.split("\0")
        words.append(r"\Bruch{}".join(map(_code_piece, pieces)))
    return r"\Leer{}".join(words)


def target(docname: str, ident: str) -> str:
    """Return the name of a target; ASCII, unique in the book."""
    name = f"{docname}:{ident}" if ident else docname
    return re.sub(r"[^A-Za-z0-9:./-]", lambda c: f"-{ord(c[0]):x}-", name)


def url(address: str) -> str:
    """Return an address as hyperref wants it."""
    return address.replace("\\", "/").replace("%", r"\%").replace("#", r"\#")


def _code_piece(piece: str) -> str:
    text = escape(piece)
    return _UNDERSCORE_RE.sub(r"\1\\Notbruch{}", text) if len(piece) > LONG else text


# A tensor's letter is bold and sans; unicode-math knows it as one alphabet.
_TENSOR = re.compile(r"\\boldsymbol\{\\mathsf\{(\w)\}\}")


def formula(text: str) -> str:
    """Return a formula as LuaLaTeX sets it; KaTeX on the website takes it as it stands."""
    return _TENSOR.sub(r"\\symbfsfup{\1}", text)
