"""Zahlen in deutscher Schreibweise; gebraucht von `merke` und von den Kapiteln."""

import re

NARROW_SPACE = "\u202f"
MINUS = "\u2212"
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SWAP = str.maketrans(",.", ".,")


def zahl(wert: float, muster: str = "g") -> str:
    """Format a number the German way.

    wert: the number; muster: a format specification of Python such as ".1%", ",d" or
    ".2e". Returns for example "98,1 %" (with a narrow no-break space), "60.000" or
    "1,50 · 10⁻⁵". Raises ValueError for an unknown specification, as `format` does.
    """
    text = format(wert, muster).translate(_SWAP)
    text = text.replace("%", NARROW_SPACE + "%")
    match = re.fullmatch(r"(.*)e([+-]\d+)", text)
    if match:
        exponent = str(int(match[2])).translate(_SUPERSCRIPT)
        text = f"{match[1]}{NARROW_SPACE}·{NARROW_SPACE}10{exponent}"
    return text.replace("-", MINUS)
