"""Wer die Website betreibt: die Angaben für Impressum und Datenschutz aus `_config.yml`.

Gelesen von `buchbau.sphinx.pflichten`, das die beiden Seiten schreibt, und von
`buchbau.freigabe`, das keine Veröffentlichung zulässt, solange ein Platzhalter da ist.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Was Impressum (§ 5 DDG, § 18 MStV) und Datenschutz (Artikel 13 DSGVO) nennen müssen.
ANGABEN = {
    "name": "[Name oder Firma]",
    "anschrift": "[Straße, Hausnummer, Postleitzahl, Ort, Land]",
    "mail": "[E-Mail-Adresse]",
    "telefon": "[Telefonnummer]",
    "verantwortlich": "[Name und Anschrift einer Person]",
    "hoster": "[Name und Anschrift des Webhosters]",
    "protokolle": "[Was der Webhoster wie lange speichert, mit Verweis]",
}


def ist_platzhalter(text: object) -> bool:
    """Return whether a detail is missing or still the bracketed text of the template."""
    shown = str(text or "").strip()
    return not shown or (shown.startswith("[") and shown.endswith("]"))


def angaben(gesetzt: Mapping[str, Any]) -> dict[str, str]:
    """Return all details, a placeholder for each that `_config.yml` does not name."""
    return {
        key: str(gesetzt.get(key) or placeholder) for key, placeholder in ANGABEN.items()
    }


def offene(gesetzt: Mapping[str, Any]) -> list[str]:
    """Return the keys that are still placeholders, and those that nobody knows."""
    filled = angaben(gesetzt)
    return [key for key, text in filled.items() if ist_platzhalter(text)]
