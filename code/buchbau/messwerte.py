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

# Mehr Speicher gibt Binder einem Notebook nicht.
BINDER_MB = 2000


def passt_auf_binder(record: dict | None) -> bool:
    """Return whether a chapter's run, as recorded, fits into Binder's memory."""
    return ((record or {}).get("speicher_mb") or 0) <= BINDER_MB


def datei(kapitel: Kapitel) -> Path:
    """Return the place of a chapter's record."""
    return kapitel.wurzel / "_build" / "messwerte" / f"{kapitel.name}.json"


def lies(kapitel: Kapitel) -> dict | None:
    """Return the record of the chapter's last run, None if there is none to use.

    A damaged record, or one of an older form, counts as none: it is written anew from the
    executed notebook before anything is built (`uebernehmen`), which says what is wrong.
    """
    try:
        return geprueft(json.loads(datei(kapitel).read_text("utf-8")), (*ANGABEN, *DAZU))
    except (OSError, ValueError):
        return None


# Was ein Protokoll nennen muss, damit Seiten und Tabellen es zeigen können.
ANGABEN = ("sekunden", "geraet", "backend", "kerne", "versionen", "datum")


# Was `uebernehmen` hinzufügt.
DAZU = ("speicher_mb", "zahlen")


def geprueft(record: object, keys: tuple[str, ...] = ANGABEN) -> dict:
    """Return a record that names all it must; raises ValueError for any other."""
    missing = [key for key in keys if not isinstance(record, dict) or key not in record]
    if missing:
        raise ValueError(f"ohne {', '.join(missing)}")
    return record


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
    with benchmark.open(encoding="utf-8", errors="replace", newline="") as stream:
        row = next(csv.DictReader(stream, delimiter="\t"), {})
    try:
        return float(row.get("max_rss", "-"))
    except (TypeError, ValueError):  # Snakemake schreibt "-" oder "NA", wo es nichts weiß
        return None


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
