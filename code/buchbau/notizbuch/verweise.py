"""Was der Export von der gebauten Website weiß: Nummern, Titel, Adressen, Bilder.

`buchbau.sphinx.verweise` schreibt `_build/verweise.json` bei jedem Bau der Seiten; hier
wird sie gelesen. So nennen die Notebooks dieselben Nummern wie die Seiten.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import yaml

from buchbau.kapitel import BuchFehler


@dataclass(frozen=True)
class Site:
    """Addresses from _config.yml, each with a slash at its end (repository: without)."""

    base: str
    repository: str
    branch: str

    def page(self, docname: str) -> str:
        """Return the address of a page."""
        return f"{self.base}{docname}.html"


def read_site(root: Path) -> Site:
    """Read the site's address and the repository from _config.yml."""
    config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    base = config.get("html", {}).get("baseurl", "").rstrip("/")
    repository = config.get("repository", {})
    if not base or not repository.get("url"):
        raise BuchFehler("_config.yml: html.baseurl oder repository.url fehlt.")
    return Site(base + "/", repository["url"].rstrip("/"), repository.get("branch", "main"))


@dataclass(frozen=True)
class Target:
    """Something that can be referred to.

    text: as a numbered reference names it ("Abb. 9.1"); title: its caption or heading;
    url: relative to the site; number: "9.1" or "".
    """

    text: str
    title: str
    url: str
    number: str


@dataclass(frozen=True)
class References:
    """All targets, works and images of the built site."""

    site: Site
    targets: dict[str, Target]
    pages: dict[str, str]
    works: dict[str, dict[str, str]]
    images: dict[str, str]

    def target(self, label: str) -> Target:
        """Return the target with this label; raises BuchFehler if there is none."""
        found = self.targets.get(label.lower())
        if found is None:
            raise BuchFehler(f"Der Verweis {label} führt auf der Website nirgendwohin.")
        return found

    def link(self, text: str, url: str) -> str:
        """Return a Markdown link to a place on the site."""
        return f"[{text}]({self.site.base}{url})"

    def image(self, key: str) -> str:
        """Return the address of a published image: by its label or its source path."""
        if key not in self.images:
            raise BuchFehler(f"Das Bild {key} gibt es auf der Website nicht.")
        return self.site.base + self.images[key]


def read_references(root: Path) -> References:
    """Read what the last build of the site has written."""
    path = root / "_build" / "verweise.json"
    if not path.exists():
        raise BuchFehler("Die Notebooks brauchen die gebaute Website: make html")
    data = json.loads(path.read_text("utf-8"))
    targets = {label: Target(**entry) for label, entry in data["ziele"].items()}
    return References(
        read_site(root), targets, data["seiten"], data["literatur"], data["bilder"]
    )
