"""Löst in pyproject.toml die Fassungen der Pakete, die Kapitel benutzen (`make neueste`).

Called by `__main__`, monthly in a workflow, before `make lock`: The lock then holds what
is newest, and `make test` says whether the book still holds. Nothing of it is committed.
"""

from __future__ import annotations

import re


def geloest(pyproject: str, pakete: list[str]) -> str:
    """Return the text of pyproject.toml without versions at the named packages.

    Raises ValueError if one of them is not among the dependencies.
    """
    text = pyproject
    for name in pakete:
        text, count = re.subn(
            rf'^(  "{re.escape(name)})(?:[<>=!~][^"]*)?(",)', r"\1\2", text, flags=re.M
        )
        if count != 1:
            raise ValueError(f"pyproject.toml nennt {name} nicht genau einmal.")
    return text
