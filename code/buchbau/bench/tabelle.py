"""Eine Zeile der Messtabelle und ihr Druck; benutzt von allen Messungen."""

from __future__ import annotations

from dataclasses import dataclass

from dlbuch.zahlen import zahl


@dataclass(frozen=True)
class Zeile:
    """What was measured, what must be reached (empty: for comparison), what was.

    erfuellt: whether the goal was reached; None where there is none.
    """

    was: str
    ziel: str
    erreicht: str
    erfuellt: bool | None = None


def dauer(was: str, sekunden: float, hoechstens: float | None = None) -> Zeile:
    """Return the row of a duration; hoechstens: the goal in seconds."""
    if hoechstens is None:
        return Zeile(was, "", _sekunden(sekunden))
    goal = f"höchstens {_sekunden(hoechstens)}"
    return Zeile(was, goal, _sekunden(sekunden), sekunden <= hoechstens)


def _sekunden(wert: float) -> str:
    if wert < 0.1:
        return f"{zahl(wert * 1000, '.0f' if wert >= 0.01 else '.1f')} ms"
    return f"{zahl(wert, '.0f' if wert >= 20 else '.1f' if wert >= 2 else '.2f')} s"


def drucke(titel: str, zeilen: list[Zeile]) -> None:
    """Print the rows as a table with a title, as soon as they are known."""
    head = Zeile("", "Ziel", "erreicht")
    widths = [max(len(getattr(z, f)) for z in [head, *zeilen]) for f in ("was", "ziel")]
    print(f"\n{titel}")
    for row in [head, *zeilen]:
        mark = {True: "✔", False: "✘", None: " "}[row.erfuellt]
        print(f"{mark} {row.was:{widths[0]}}  {row.ziel:{widths[1]}}  {row.erreicht}")
    print(end="", flush=True)
