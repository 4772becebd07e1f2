"""Das Protokoll eines Laufs: Zeit, Speicher, Gerät, Versionen und die behaupteten Zahlen.

Geschrieben von `uebernehmen` nach `_build/messwerte/<kapitel>.json`; gelesen vom Snakefile
(Reihenfolge), vom Kapitelkopf (Zeile auf der Seite) und von der Statusseite.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import nbformat

from buchbau.kapitel import Kapitel


def datei(kapitel: Kapitel) -> Path:
    """Return the place of a chapter's record."""
    return kapitel.wurzel / "_build" / "messwerte" / f"{kapitel.name}.json"


def lies(kapitel: Kapitel) -> dict | None:
    """Return the record of the chapter's last run, None if it never ran here."""
    path = datei(kapitel)
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def letzte_laufzeit(kapitel: Kapitel) -> int:
    """Return the seconds of the last run, or the budget where there was none."""
    record = lies(kapitel)
    return round(record["sekunden"]) if record else kapitel.kopf["laufzeit"]


def gemerkte_zahlen(notebook: nbformat.NotebookNode) -> dict[str, dict]:
    """Return what the cells kept with dlbuch.merke: {name: {wert, text}}.

    Raises ValueError if a name is used twice.
    """
    found: dict[str, dict] = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            kept = output.get("metadata", {}).get("dlbuch")
            if kept:
                if kept["name"] in found:
                    raise ValueError(f"merke({kept['name']!r}) kommt zweimal vor.")
                found[kept["name"]] = {"wert": kept["wert"], "text": kept["text"]}
    return found


def spitzenspeicher(benchmark: Path) -> float | None:
    """Return the peak memory in MB from Snakemake's benchmark file, None if unknown."""
    if not benchmark.exists():
        return None
    with benchmark.open(encoding="utf-8", newline="") as stream:
        row = next(csv.DictReader(stream, delimiter="\t"), {})
    value = row.get("max_rss", "-")
    return None if value in ("-", "NA", "") else float(value)


def verletzte_behauptungen(kapitel: Kapitel, record: dict) -> list[str]:
    """Hold the kept numbers against the ranges of the front matter, a line a fault.

    Every kept number needs a range and every range a number.
    """
    claims, kept = kapitel.kopf["behauptungen"], record["zahlen"]
    name, device = f"{kapitel.docname}.md", record["geraet"]
    found = [
        f"{name}: behauptungen nennt {claim}, aber keine Zelle merkt diese Zahl."
        for claim in claims
        if claim not in kept and record["backend"] == "tensorflow"
    ]
    for key, number in kept.items():
        if key not in claims:
            found.append(f"{name}: Die Zahl {key} hat keinen Bereich unter behauptungen.")
            continue
        low, high = claims[key].get(device, claims[key]["cpu"])
        if not low <= number["wert"] <= high:
            found.append(
                f"{name}: {key} = {number['wert']:.6g} liegt auf {device.upper()} "
                f"nicht im Bereich [{low}, {high}]."
            )
    return found
