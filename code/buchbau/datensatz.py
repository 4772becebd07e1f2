"""Der Steckbrief eines Datensatzes: was `data/README.md` und die Kapitel über ihn sagen.

Aufgerufen von der Direktive `{datensatz}` auf der Website und vom Export der Notebooks.
The page can so never say anything else than the table beside the data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import dlbuch
from buchbau.kapitel import BuchFehler, lies_buch
from dlbuch.zahlen import zahl

LIESMICH = Path("data/README.md")
SUMMEN = Path("data/pruefsummen.txt")
SEITE = "datensaetze"
KOPF = ["Datei", "Inhalt", "Quelle", "Lizenz", "Skript"]


@dataclass(frozen=True)
class Datensatz:
    """A row of the table in data/README.md; datei: file name in data/."""

    datei: str
    inhalt: str
    quelle: str
    lizenz: str
    skript: str

    @property
    def name(self) -> str:
        """Its name in a chapter's front matter and in the loader's name."""
        return self.datei.split(".", 1)[0]

    @property
    def lader(self) -> str:
        return f"lade_{self.name.replace('-', '_')}"


def datensaetze(wurzel: Path) -> dict[str, Datensatz]:
    """Return the data sets of the book by name, in the order of data/README.md.

    Raises BuchFehler if the table and the list of checksums name different files.
    """
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in (wurzel / LIESMICH).read_text("utf-8").splitlines()
        if line.startswith("|")
    ]
    if not rows or rows[0] != KOPF:
        raise BuchFehler(f"{LIESMICH}: Die Tabelle braucht die Spalten {', '.join(KOPF)}.")
    found = {}
    for first, *rest in rows[2:]:
        file = re.match(r"`([^`]+)`", first)
        if file is None or len(rest) != 4:
            raise BuchFehler(f"{LIESMICH}: Zeile {first!r} passt nicht zur Tabelle.")
        entry = Datensatz(file[1], *rest)
        found[entry.name] = entry
    listed = {line.split()[1] for line in (wurzel / SUMMEN).read_text().splitlines()}
    if listed != {entry.datei for entry in found.values()}:
        differ = sorted(listed ^ {entry.datei for entry in found.values()})
        raise BuchFehler(f"{LIESMICH} und {SUMMEN} sind uneins über {', '.join(differ)}.")
    return found


def groesse(byte: int) -> str:
    """Return a file's size the way a reader says it: "11,3 MB" or "16 kB"."""
    if byte >= 1_000_000:
        return f"{zahl(byte / 1e6, '.1f')} MB"
    return f"{max(1, round(byte / 1000))} kB"


def _benutzt_in(wurzel: Path, name: str) -> str:
    """Return links to the chapters that name the data set in their front matter."""
    links = []
    for page in lies_buch(wurzel):
        if page.name == SEITE or name not in page.kopf.get("daten", []):
            continue
        label = re.search(r"^\(([a-z0-9-]+)\)=$", page.quelle.read_text("utf-8"), re.M)
        if label is None:
            raise BuchFehler(f"{page.docname}.md: Vor der Überschrift fehlt eine Marke.")
        links.append(f"{{ref}}`{label[1]}`")
    return ", ".join(links) or "noch keinem Kapitel"


def steckbrief(wurzel: Path, name: str) -> list[tuple[str, str]]:
    """Return the lines of a data set's profile as pairs of a name and MyST text.

    Raises BuchFehler for an unknown data set and for one without a loader.
    """
    known = datensaetze(wurzel)
    if name not in known:
        raise BuchFehler(
            f"Den Datensatz {name} gibt es nicht; bekannt: {', '.join(known)}."
        )
    entry = known[name]
    if not hasattr(dlbuch, entry.lader):
        raise BuchFehler(f"dlbuch hat keine Funktion {entry.lader} für {entry.datei}.")
    size = groesse((wurzel / "data" / entry.datei).stat().st_size)
    return [
        ("Inhalt", entry.inhalt),
        ("Laden", f"`dlbuch.{entry.lader}()`"),
        ("Datei", f"`data/{entry.datei}`, {size}"),
        ("Quelle", entry.quelle),
        ("Lizenz", entry.lizenz),
        ("Skript", re.sub(r"`([^`]+)`", r"`data/\1`", entry.skript)),
        ("Benutzt in", _benutzt_in(wurzel, name)),
    ]
