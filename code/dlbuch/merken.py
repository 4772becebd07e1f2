"""Gemessene Zahlen für den Text: `merke` legt sie in der Ausgabe der Zelle ab.

Die Ausgabe trägt dieselben Angaben wie `myst_nb.glue`, sodass `{glue:text}` sie im
Text einsetzt, ohne dass ein Notebook myst_nb bräuchte. Den rohen Wert liest
`buchbau.messwerte` und hält ihn gegen den Bereich im Kopf des Kapitels.
"""

from numbers import Real

from dlbuch.zahlen import zahl

# Unter diesem Namen findet myst_nb den Wert, ohne ihn an der Stelle der Zelle zu zeigen.
_MIME_PREFIX = "application/papermill.record/"


class _Text(str):
    """A string that a cell does not show when it is the cell's last expression."""

    def _ipython_display_(self) -> None:
        return None


def merke(name: str, wert: float, muster: str = "g") -> str:
    """Keep a measured number for the prose and return it as a German string.

    name: ASCII name, unique in the chapter; wert: a real number (NumPy scalars too);
    muster: format specification as for `zahl`. Raises TypeError if `wert` is no real
    number and ValueError if it is not finite: such a number must not reach the page.
    """
    if not isinstance(wert, Real):
        raise TypeError(
            f"merke({name!r}, …): erwartet eine Zahl, bekam {type(wert).__name__}."
        )
    value = float(wert)
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(f"merke({name!r}, …): {value} ist keine endliche Zahl.")
    text = _Text(zahl(int(wert) if muster.endswith("d") else value, muster))
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        return text
    if get_ipython() is not None:
        display(
            # In Anführungszeichen: myst_nb läse 0,38 sonst als Python-Tupel (0, 38).
            {_MIME_PREFIX + "text/plain": repr(str(text))},
            metadata={
                "scrapbook": {"name": name, "mime_prefix": _MIME_PREFIX},
                "dlbuch": {"name": name, "wert": value, "text": str(text)},
            },
            raw=True,
        )
    return text
