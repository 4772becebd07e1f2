"""Die Seiten des Buchs in der Reihenfolge von `_toc.yml` und der Kopf jedes Kapitels.

Aufgerufen von allem, was über Kapitel läuft: Snakefile, Ausführung, Notebooks, Moodle,
Kapitelkopf. Fehler im Kopf eines Kapitels werden hier gefunden und in einer Zeile gesagt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

# Schlüssel, die der Kopf eines ausgeführten Kapitels haben muss, mit ihrer Art.
PFLICHT: dict[str, type | tuple[type, ...]] = {
    "title": str,
    "kernelspec": dict,
    "kurz": str,
    "daten": list,
    "laufzeit": int,
    "lernzeit": int,
    "voraussetzungen": list,
    "wege": dict,
    "behauptungen": dict,
}
# notebook: false nimmt eine ausgeführte Seite vom Export aus (sonst hat jede ein Notebook).
KANN = {"file_format": str, "gpu": bool, "notebook": bool, "schluesselzahl": str}
WEGE = (15, 45, 90)


class BuchFehler(Exception):
    """A mistake in the book's sources; its text is one German line for the author."""


@dataclass(frozen=True)
class Kapitel:
    """A page of the book; the page about a part is one, too.

    docname: path from the root without ending; teil: caption of its part; nummer: chapter
    number, None on pages without one; kopf: its front matter.
    """

    wurzel: Path
    docname: str
    teil: str
    nummer: int | None
    kopf: dict[str, Any] = field(hash=False)

    @property
    def name(self) -> str:
        """File name without folder and ending, of a part its folder; unique in the book."""
        return self.docname.removesuffix("/index").rsplit("/", 1)[-1]

    @property
    def quelle(self) -> Path:
        return self.wurzel / f"{self.docname}.md"

    @property
    def wird_ausgefuehrt(self) -> bool:
        return self.kopf.get("file_format") == "mystnb"

    @property
    def hat_notebook(self) -> bool:
        """Whether readers are offered the page as a notebook."""
        return self.wird_ausgefuehrt and bool(self.kopf.get("notebook", True))

    @property
    def gpu(self) -> bool:
        return bool(self.kopf.get("gpu"))

    @property
    def schluesselzahl(self) -> str | None:
        """The claim that says most about a run: the named one, else the first measured."""
        claims = self.kopf.get("behauptungen", {})
        measured = [name for name, ranges in claims.items() if "streuung" in ranges]
        named = self.kopf.get("schluesselzahl")
        return named or next(iter([*measured, *claims]), None)

    @property
    def titel(self) -> str:
        """Title from the front matter, else the first heading."""
        if "title" in self.kopf:
            return self.kopf["title"]
        heading = re.search(r"^# (.+)$", self.quelle.read_text("utf-8"), re.M)
        return heading[1] if heading else self.name


@dataclass(frozen=True)
class Teil:
    """A part of the book: a caption of `_toc.yml` and what stands below it.

    nummer: counted among the parts with numbered chapters, None on the others; ordner:
    the folder in which all its chapters lie, "" where there is no such folder; kapitel:
    docnames in reading order.
    """

    titel: str
    nummer: int | None
    ordner: str
    kapitel: tuple[str, ...]

    @property
    def seite(self) -> str:
        """Docname of the page about the part."""
        return f"{self.ordner}/index"


@cache
def _lies_yaml(text: str) -> object:
    """Parse a head once: a build asks for each of them hundreds of times."""
    return yaml.safe_load(text)


def lies_kopf(quelle: Path) -> dict[str, Any]:
    """Return the front matter of a MyST file; {} where it has none."""
    if not quelle.exists():
        raise BuchFehler(f"_toc.yml nennt {quelle.name}, aber {quelle} gibt es nicht.")
    match = re.match(r"---\n(.*?)\n---\n", quelle.read_text("utf-8"), re.S)
    if not match:
        return {}
    try:
        kopf = deepcopy(_lies_yaml(match[1]))
    except yaml.YAMLError as error:
        line = getattr(error, "problem_mark", None)
        where = f", Zeile {line.line + 2}" if line else ""
        raise BuchFehler(
            f"{quelle.name}{where}: Der Kopf ist kein gültiges YAML."
        ) from None
    return kopf or {}


def _dateien(eintraege: list[dict], tiefe: int = 0) -> Iterator[tuple[str, int]]:
    """Yield (docname, depth) of entries of `_toc.yml` and of the sections below them."""
    for entry in eintraege:
        if "file" in entry:
            yield entry["file"].removesuffix(".md"), tiefe
        yield from _dateien(entry.get("sections", []), tiefe + 1)


def _lies_toc(wurzel: Path) -> dict:
    return yaml.safe_load((wurzel / "_toc.yml").read_text("utf-8"))


def lies_teile(wurzel: Path | str = ".") -> list[Teil]:
    """Return the parts of the book in reading order; wurzel: folder with `_toc.yml`."""
    parts, number = [], 0
    for part in _lies_toc(Path(wurzel)).get("parts", []):
        numbered = bool(part.get("numbered"))
        number += numbered
        docnames = tuple(name for name, _ in _dateien(part.get("chapters", [])))
        folders = {str(PurePosixPath(name).parent) for name in docnames} - {"."}
        parts.append(
            Teil(
                part["caption"],
                number if numbered else None,
                folders.pop() if len(folders) == 1 else "",
                docnames,
            )
        )
    return parts


def _eintraege(wurzel: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield (docname, caption of the part, numbered) in reading order."""
    toc = _lies_toc(wurzel)
    yield toc["root"], "", False
    for part, entry in zip(lies_teile(wurzel), toc.get("parts", []), strict=True):
        if (wurzel / f"{part.seite}.md").exists():
            yield part.seite, part.titel, False
        for docname, depth in _dateien(entry.get("chapters", [])):
            yield docname, part.titel, part.nummer is not None and depth == 0
    for docname, _ in _dateien(toc.get("chapters", [])):
        yield docname, "", False


def lies_buch(wurzel: Path | str = ".") -> list[Kapitel]:
    """Return all pages of the book in reading order, each part's own page before its first.

    wurzel: folder with `_toc.yml`. Raises BuchFehler if a page is missing or two pages
    have the same name (names must be unique: records and notebooks are called after them).
    """
    root = Path(wurzel).resolve()
    pages, number = [], 0
    for docname, part, numbered in _eintraege(root):
        kopf = lies_kopf(root / f"{docname}.md")
        number += numbered
        pages.append(Kapitel(root, docname, part, number if numbered else None, kopf))
    seen: dict[str, str] = {}
    for page in pages:
        if page.name in seen:
            raise BuchFehler(
                f"Zwei Seiten heißen {page.name}: {seen[page.name]} und {page.docname}."
            )
        seen[page.name] = page.docname
    return pages


def ausgefuehrte(wurzel: Path | str = ".") -> list[Kapitel]:
    """Return the chapters with code to run; raises BuchFehler for a bad front matter."""
    chapters = [page for page in lies_buch(wurzel) if page.wird_ausgefuehrt]
    for chapter in chapters:
        for message in maengel(chapter):
            raise BuchFehler(message)
    return chapters


def finde(name: str, wurzel: Path | str = ".") -> Kapitel:
    """Return the page called `name`; raises BuchFehler if `_toc.yml` does not name it."""
    pages = lies_buch(wurzel)
    for page in pages:
        if page.name == name:
            return page
    known = ", ".join(page.name for page in pages if page.wird_ausgefuehrt)
    raise BuchFehler(f"Das Kapitel {name} steht nicht in _toc.yml; bekannt sind: {known}.")


def maengel(kapitel: Kapitel) -> list[str]:
    """Return what is wrong with a chapter's front matter, a German line each."""
    kopf, name = kapitel.kopf, f"{kapitel.docname}.md"
    found = []
    for key, kind in PFLICHT.items():
        if key not in kopf:
            found.append(f"{name}: Im Kopf fehlt {key}.")
        elif not isinstance(kopf[key], kind):
            found.append(f"{name}: {key} im Kopf hat die falsche Art.")
    for key in kopf:
        if key not in PFLICHT and key not in KANN:
            found.append(f"{name}: Der Kopf kennt keinen Schlüssel {key}.")
    if found:
        return found
    if not set(kopf["wege"]) <= set(WEGE):
        found.append(f"{name}: wege im Kopf kennt nur {', '.join(map(str, WEGE))} Minuten.")
    if kopf.get("schluesselzahl", "") not in ("", *kopf["behauptungen"]):
        found.append(f"{name}: schluesselzahl im Kopf steht nicht unter behauptungen.")
    for claim, ranges in kopf["behauptungen"].items():
        found += _maengel_behauptung(name, claim, ranges)
    return found


def _maengel_behauptung(name: str, claim: str, ranges: Any) -> list[str]:
    if not isinstance(ranges, dict) or "cpu" not in ranges:
        return [f"{name}: behauptungen/{claim} braucht einen Bereich cpu: [von, bis]."]
    found = []
    for device in set(ranges) & {"cpu", "gpu"}:
        bounds = ranges[device]
        if (
            not isinstance(bounds, list)
            or len(bounds) != 2
            or not all(isinstance(b, int | float) for b in bounds)
            or bounds[0] > bounds[1]
        ):
            found.append(f"{name}: behauptungen/{claim}/{device} muss [von, bis] sein.")
    for key in set(ranges) - {"cpu", "gpu", "streuung"}:
        found.append(f"{name}: behauptungen/{claim} kennt keinen Schlüssel {key}.")
    return found
