"""Eine Zeile der Messtabelle und ihr Druck; benutzt von allen Messungen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Zeile:
    """What was measured, what should be reached (empty: for comparison), what was."""

    was: str
    ziel: str
    erreicht: str


def drucke(titel: str, zeilen: list[Zeile]) -> None:
    """Print the rows as a table with a title."""
    head = Zeile("was", "Ziel", "erreicht")
    widths = [max(len(getattr(z, f)) for z in [head, *zeilen]) for f in ("was", "ziel")]
    print(f"\n{titel}")
    for row in [head, *zeilen]:
        print(f"  {row.was:{widths[0]}}  {row.ziel:{widths[1]}}  {row.erreicht}")
