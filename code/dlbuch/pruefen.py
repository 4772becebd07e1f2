"""Antworten prüfen: die Prüfzellen der Übungen melden, was an einer Antwort fehlt."""

from typing import Any

import numpy as np


class PruefungFehler(AssertionError):
    """Die Antwort auf eine Übung stimmt nicht; die Meldung sagt, was zu tun ist."""

    # Jupyter zeigt damit nur die Meldung statt der Zeilen dieses Moduls.
    def _render_traceback_(self) -> list[str]:
        return [f"Noch nicht richtig: {self}"]


def pruefe(bedingung: bool, meldung: str) -> None:
    """Raise PruefungFehler with the German message `meldung` unless the condition holds.

    bedingung: a truth value; a NumPy array counts as true if all its elements do.
    """
    if bedingung is None or bedingung is Ellipsis or not np.all(bedingung):
        raise PruefungFehler(meldung)


def pruefe_nahe(
    ist: Any, soll: Any, was: str, tol: float = 1e-6, hinweis: str = ""
) -> None:
    """Compare a reader's number or array with the expected one.

    ist: the reader's value (number, list, array or tensor of any shape); soll: the
    expected one; was: what it is, as the beginning of a German sentence; tol: absolute
    and relative tolerance; hinweis: what to think about if it is wrong. Raises
    PruefungFehler that names the kind of mistake: nothing there, no number, wrong shape,
    not finite, transposed, wrong value with the largest difference.
    """
    tail = f" {hinweis}" if hinweis else ""
    if ist is None or ist is Ellipsis:
        raise PruefungFehler(f"{was} fehlt noch: Der Wert ist {ist}.{tail}")
    expected = np.asarray(soll, dtype=float)
    try:
        actual = np.asarray(ist, dtype=float)
    except (TypeError, ValueError):
        raise PruefungFehler(
            f"{was} ist keine Zahl und kein Array, sondern {type(ist).__name__}.{tail}"
        ) from None
    if actual.shape != expected.shape:
        raise PruefungFehler(
            f"{was} hat die Form {actual.shape}, erwartet ist {expected.shape}.{tail}"
        )
    if not np.all(np.isfinite(actual)):
        raise PruefungFehler(f"{was} enthält nan oder inf.{tail}")
    if np.allclose(actual, expected, rtol=tol, atol=tol):
        return
    difference = float(np.max(np.abs(actual - expected)))
    if actual.ndim == 0:
        detail = f"erwartet ist {float(expected):.6g}, Ihr Wert ist {float(actual):.6g}"
    else:
        detail = f"die größte Abweichung ist {difference:.3g}"
    raise PruefungFehler(f"{was} stimmt nicht: {detail}.{tail}")
