"""Darf dieser Stand veröffentlicht werden? `python -m buchbau.freigabe [MARKE]`.

Aufgerufen von `make freigabe`, und damit vor jeder Veröffentlichung. Ein gewöhnlicher Bau
gelingt mit Platzhaltern; eine Veröffentlichung nicht. Jeder Mangel ist eine Zeile.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from buchbau import adressen
from buchbau.betreiber import offene


def maengel_einstellungen(config: dict) -> list[str]:
    """Return what `_config.yml` still leaves open."""
    found = []
    details = config.get("sphinx", {}).get("config", {}).get("betreiber", {})
    missing = offene(details)
    if missing:
        found.append(
            "_config.yml: Für Impressum und Datenschutz fehlen unter betreiber: "
            f"{', '.join(missing)}."
        )
    base = str(config.get("html", {}).get("baseurl", ""))
    address = urlsplit(base)
    host = address.hostname or ""
    if address.scheme != "https" or "." not in host or host.endswith(".example"):
        found.append(
            f"_config.yml: html/baseurl ({base}) ist keine öffentliche https-Adresse."
        )
    repository = str(config.get("repository", {}).get("url", ""))
    if "/beispiel/" in repository:
        found.append(
            f"_config.yml: repository/url ({repository}) ist noch ein Platzhalter; "
            "die Knöpfe für Colab und Binder folgen daraus."
        )
    return found


def maengel_version(root: Path, tag: str | None) -> list[str]:
    """Return where version and address disagree between files and tag.

    tag: such as "v1.2.0"; None or another branch's name is not compared.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    citation = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    base = yaml.safe_load((root / "_config.yml").read_text("utf-8"))["html"]["baseurl"]
    version = project["version"]
    found = []
    if str(citation["version"]) != version:
        found.append(
            f"CITATION.cff nennt Version {citation['version']}, pyproject.toml {version}."
        )
    if citation["url"] != base:
        found.append(
            f"CITATION.cff nennt die Adresse {citation['url']}, _config.yml {base}."
        )
    if tag and re.fullmatch(r"v\d.*", tag) and tag != f"v{version}":
        found.append(f"Die Marke heißt {tag}, pyproject.toml nennt Version {version}.")
    return found


def maengel_adressen(root: Path) -> list[str]:
    """Return published addresses that are gone and pages that are not listed yet."""
    site, listed = root / adressen.SITE, root / adressen.LISTE
    if not (site / "index.html").exists():
        return ["Die Website ist nicht gebaut: make html"]
    found = [
        f"{address} war veröffentlicht und ist verschwunden: eine Zeile in "
        "book/umleitungen.yml leitet sie weiter."
        for address in adressen.verschwundene(listed, site)
    ]
    missing = adressen.neue(listed, site)
    if missing:
        found.append(
            f"{adressen.LISTE} fehlen {len(missing)} Seiten ({missing[0]} …): make adressen"
        )
    return found


def maengel(root: Path, tag: str | None = None) -> list[str]:
    """Return everything that stands against a release, a German line each."""
    config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    return [
        *maengel_einstellungen(config),
        *maengel_version(root, tag),
        *maengel_adressen(root),
    ]


def main(argumente: list[str]) -> int:
    found = maengel(Path.cwd(), "".join(argumente[:1]) or None)
    for line in found:
        print(f"✘ {line}", file=sys.stderr)
    if not found:
        print("✔ Dieser Stand darf veröffentlicht werden.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
