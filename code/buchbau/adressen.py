"""Adressen, die veröffentlicht sind, bleiben: `python -m buchbau.adressen`.

`book/adressen.txt` nennt jede Seite, die je veröffentlicht war. Verschwindet eine, ohne
dass `book/umleitungen.yml` sie weiterleitet, scheitert tests/seite/test_adressen.py; fehlt
eine neue in der Liste, scheitert `make freigabe`. Aufgerufen von `make adressen`, das die
neuen Seiten der gebauten Website einträgt.
"""

from __future__ import annotations

import sys
from pathlib import Path

LISTE = Path("book/adressen.txt")
SITE = Path("_build/html")
KOPF = (
    "# Jede veröffentlichte Seite. Hier kommt nur hinzu (make adressen): Zieht\n"
    "# eine Seite um, bleibt ihre Zeile, und book/umleitungen.yml nennt das neue Ziel.\n"
)


def lies(liste: Path) -> list[str]:
    """Return the published addresses, relative to the site."""
    if not liste.is_file():
        return []
    lines = (line.strip() for line in liste.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def seiten(site: Path) -> list[str]:
    """Return the pages of a built site that are no mere redirects."""
    return sorted(
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if "_static" not in path.parts
        and 'http-equiv="refresh"' not in path.read_text("utf-8")
    )


def verschwundene(liste: Path, site: Path) -> list[str]:
    """Return the published addresses that the site answers neither by page nor redirect."""
    return [address for address in lies(liste) if not (site / address).is_file()]


def neue(liste: Path, site: Path) -> list[str]:
    """Return the pages of the site that the list does not name yet."""
    known = set(lies(liste))
    return [address for address in seiten(site) if address not in known]


def main() -> int:
    if not (SITE / "index.html").exists():
        print("✘ Die Website ist nicht gebaut: make html", file=sys.stderr)
        return 1
    added = neue(LISTE, SITE)
    addresses = sorted({*lies(LISTE), *added})
    LISTE.write_text(KOPF + "\n".join(addresses) + "\n", "utf-8")
    print(f"✔ {LISTE}: {len(addresses)} Adressen, davon {len(added)} neu")
    return 0


if __name__ == "__main__":
    sys.exit(main())
