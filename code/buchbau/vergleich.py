"""Welche Seiten ändert ein Vorschlag? `python -m buchbau.vergleich [merke]`.

merke: writes the fingerprints of all pages to `_build/seiten.json`; the build of `main`
does that and keeps the file in its cache. Without it: holds the built site against that
file and lists the pages that are new, changed or gone, in `_build/geaenderte-seiten.md`
and in the summary of the job. Called by `make seitenliste` and `make seitenvergleich`.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from bs4 import BeautifulSoup

from buchbau.adressen import SITE, seiten

MERKZETTEL = Path("_build/seiten.json")
LISTE = Path("_build/geaenderte-seiten.md")


def fingerabdruck(html: str) -> str:
    """Return what changes only where a reader would see another page.

    The line about the run (date, seconds) and the frame around the text do not count.
    """
    article = BeautifulSoup(html, "html.parser").select_one("article.text")
    if article is None:
        return ""
    for part in article.select(".laufzeile, .kapitelkopf, table.messwerte"):
        part.decompose()
    return hashlib.sha256(str(article).encode()).hexdigest()[:16]


def abdruecke(site: Path) -> dict[str, str]:
    """Return {page: fingerprint} of a built site."""
    return {
        name: fingerabdruck((site / name).read_text("utf-8"))
        for name in seiten(site)
        if name not in ("search.html", "genindex.html")
    }


def unterschied(alt: dict[str, str], neu: dict[str, str]) -> dict[str, list[str]]:
    """Return the pages by what happened to them."""
    return {
        "Neu": sorted(set(neu) - set(alt)),
        "Geändert": sorted(n for n in set(neu) & set(alt) if neu[n] != alt[n]),
        "Verschwunden": sorted(set(alt) - set(neu)),
    }


def bericht(alt: dict[str, str] | None, neu: dict[str, str]) -> str:
    """Return the list of changed pages in Markdown."""
    if alt is None:
        return "Zum Vergleich fehlt der Stand von main; gebaut sind alle Seiten.\n"
    parts = [
        f"## {title}\n\n" + "".join(f"- `{name}`\n" for name in names)
        for title, names in unterschied(alt, neu).items()
        if names
    ]
    return "\n".join(parts) or "Keine Seite ändert sich.\n"


def gemerkt() -> dict[str, str] | None:
    """Return the fingerprints of main; None where there are none to read."""
    try:
        return dict(json.loads(MERKZETTEL.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def main(argumente: list[str]) -> int:
    if not (SITE / "index.html").exists():
        print("✘ Die Website ist nicht gebaut: make html", file=sys.stderr)
        return 1
    now = abdruecke(SITE)
    if argumente == ["merke"]:
        MERKZETTEL.write_text(json.dumps(now, indent=0), "utf-8")
        print(f"✔ {MERKZETTEL}: {len(now)} Seiten")
        return 0
    text = bericht(gemerkt(), now)
    LISTE.write_text(text, "utf-8")
    print(text)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as stream:
            stream.write(f"# Seiten\n\n{text}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
