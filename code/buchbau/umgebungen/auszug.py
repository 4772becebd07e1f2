"""Ein Auszug aus dem Lock: einige Pakete mit allem, was sie brauchen.

Called by `__main__` (for `make lock`) and by the tests. Needs no network: uv has written
below each package who wanted it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

KOPF = "# Erzeugt von `make lock` aus requirements.txt; nicht von Hand ändern.\n# {zweck}\n"


def bloecke(lock: str) -> dict[str, str]:
    """Return {package: its lines with hashes and origin}, several versions together."""
    found: dict[str, str] = {}
    for block in re.split(r"^(?=[a-z0-9][a-z0-9._-]*==)", lock, flags=re.M)[1:]:
        name = block.split("==", 1)[0]
        found[name] = found.get(name, "") + block
    return found


def eltern(block: str) -> set[str]:
    """Return the packages that wanted this one."""
    return set(re.findall(r"^    #(?: via|  ) ([a-z0-9][a-z0-9._-]*)$", block, re.M))


def auszug(lock: str, wurzeln: list[str]) -> str:
    """Return the part of a lock that the named packages need, with all hashes.

    Raises ValueError if the lock does not hold one of them.
    """
    blocks = bloecke(lock)
    missing = [name for name in wurzeln if name not in blocks]
    if missing:
        raise ValueError(f"requirements.txt enthält nicht: {', '.join(missing)}")
    wanted_by = {name: eltern(block) for name, block in blocks.items()}
    kept = set(wurzeln)
    while True:
        more = {name for name, parents in wanted_by.items() if parents & kept} - kept
        if not more:
            return "".join(block for name, block in blocks.items() if name in kept)
        kept |= more


def pakete_der_lesenden(wurzel: Path) -> list[str]:
    """Return the packages that the notebooks need, as pyproject.toml names them."""
    project = tomllib.loads((wurzel / "pyproject.toml").read_text("utf-8"))
    return project["tool"]["buchbau"]["lesende"]
