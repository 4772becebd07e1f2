"""Kleine Bücher bauen: gebraucht von den Tests, die eine Erweiterung im Ganzen prüfen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from buchbau.bauen import JUPYTER_BOOK, rufe

PROJEKT = Path(__file__).resolve().parents[1]


@dataclass
class Ergebnis:
    """What a build of a small book gave: exit status, its messages, its folder."""

    rc: int
    meldungen: str
    ordner: Path

    def seite(self, name: str) -> str:
        """Return the HTML of the page `name` (without ending)."""
        return (self.ordner / "_build" / "html" / f"{name}.html").read_text("utf-8")

    def warnungen(self) -> list[str]:
        """Return the lines of the messages that are warnings or errors."""
        plain = re.sub(r"\x1b\[[0-9;]*m", "", self.meldungen)
        return [line for line in plain.splitlines() if re.search("WARNING|ERROR", line)]


def schreibe_buch(ordner: Path, seiten: dict[str, str], config: dict | None = None) -> None:
    """Write a small book with the project's own settings.

    ordner: an empty folder; seiten: {name without ending: Markdown}, the first is the
    root unless there is an `index`; config: values that replace the project's in
    `_config.yml` (one level deep).
    """
    settings = yaml.safe_load((PROJEKT / "_config.yml").read_text("utf-8"))
    settings.pop("bibtex_bibfiles", None)  # kleine Bücher haben kein Literaturverzeichnis
    for key, value in (config or {}).items():
        if isinstance(value, dict):
            settings[key] = {**settings.get(key, {}), **value}
        else:
            settings[key] = value
    pages = dict(seiten)
    pages.setdefault("index", "# Kleines Buch\n\nText.\n")
    ordner.mkdir(parents=True, exist_ok=True)
    (ordner / "_config.yml").write_text(
        yaml.safe_dump(settings, allow_unicode=True), "utf-8"
    )
    toc = {
        "format": "jb-book",
        "root": "index",
        "chapters": [{"file": name} for name in pages if name != "index"],
    }
    if not toc["chapters"]:
        del toc["chapters"]
    (ordner / "_toc.yml").write_text(yaml.safe_dump(toc), "utf-8")
    for name, text in pages.items():
        target = ordner / f"{name}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def baue(ordner: Path, *, builder: str = "html", streng: bool = True) -> Ergebnis:
    """Run jupyter-book on a folder; streng: warnings are errors, as in `make html`."""
    command = [*JUPYTER_BOOK, "build", str(ordner)]
    command += ["--builder", builder, "--keep-going", *(["-W"] if streng else [])]
    # Der Ort des jupyter-cache in _config.yml gilt vom Arbeitsordner aus.
    return Ergebnis(*rufe(command, ordner), ordner)


def baue_buch(
    ordner: Path, seiten: dict[str, str], config: dict | None = None, **wahl
) -> Ergebnis:
    """Write a small book and build it; arguments as for `schreibe_buch` and `baue`."""
    schreibe_buch(ordner, seiten, config)
    return baue(ordner, **wahl)
