"""Jede Lösung besteht ihre Prüfung; Gerüst und falsche Antworten scheitern wie gedacht.

Known-wrong answers stand in `falsche_antworten/<kapitel>.yml`:

    ueb-genauigkeit:
      - code: "def genauigkeit(v, l): return 1.0"
        meldung: "Teil der erwarteten Meldung"
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from buchbau.kapitel import Kapitel, ausgefuehrte
from buchbau.notizbuch import schnitt, uebungen
from buchbau.notizbuch.uebungen import CHECK, SOLUTION, Exercise
from buchbau.schluessel import lies_notizbuch
from hilfen import PROJEKT

FALSCHE = Path(__file__).parent / "falsche_antworten"
LOESER = Path(__file__).with_name("loese.py")
MINDESTENS = 2


@dataclass(frozen=True)
class Fall:
    """A code exercise of a chapter."""

    kapitel: Kapitel
    uebung: Exercise

    @property
    def pruefungen(self) -> list[str]:
        return [cell.source for cell in self.uebung.cells(CHECK)]

    @property
    def falsche(self) -> list[dict[str, str]]:
        return falsche_antworten(self.kapitel).get(self.uebung.label, [])

    def versuche(self) -> dict[str, list[str]]:
        """Return all attempts at the exercise: {name: cells}."""
        cells = self.uebung.cells(SOLUTION)
        label, checks = self.uebung.label, self.pruefungen
        found = {
            f"{label}/loesung": [schnitt.solution(c.source) for c in cells] + checks,
            f"{label}/skelett": [schnitt.skeleton(c.source) for c in cells] + checks,
        }
        for number, answer in enumerate(self.falsche):
            found[f"{label}/falsch-{number}"] = [answer["code"], *checks]
        return found


@cache
def falsche_antworten(kapitel: Kapitel) -> dict[str, list[dict[str, str]]]:
    path = FALSCHE / f"{kapitel.name}.yml"
    return (yaml.safe_load(path.read_text("utf-8")) or {}) if path.exists() else {}


@cache
def faelle(kapitel: Kapitel) -> tuple[Fall, ...]:
    found = uebungen.exercises(lies_notizbuch(kapitel.quelle))
    return tuple(Fall(kapitel, uebung) for uebung in found if uebung.has_code)


KAPITEL = ausgefuehrte(PROJEKT)
FAELLE = [fall for kapitel in KAPITEL for fall in faelle(kapitel)]


@cache
def ergebnisse(kapitel: Kapitel) -> dict[str, list[str]]:
    """Run all attempts of a chapter in one process: {name: [class, message]}."""
    request = {
        "vorbereitung": [
            cell.source for cell in uebungen.preparation(lies_notizbuch(kapitel.quelle))
        ],
        "uebungen": [fall.versuche() for fall in faelle(kapitel)],
    }
    done = subprocess.run(
        [sys.executable, str(LOESER)],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def kennung(fall: Fall) -> str:
    return f"{fall.kapitel.name}-{fall.uebung.label}"


@pytest.fixture(params=FAELLE, ids=kennung)
def fall(request) -> Fall:
    return request.param


def test_loesung_besteht(fall):
    kind, message = ergebnisse(fall.kapitel)[f"{fall.uebung.label}/loesung"]
    assert not kind, f"{kind}: {message}"


def test_skelett_scheitert_mit_meldung(fall):
    kind, message = ergebnisse(fall.kapitel)[f"{fall.uebung.label}/skelett"]
    assert kind == "PruefungFehler", f"{kind or 'kein Fehler'}: {message}"
    assert message


def test_falsche_antworten_scheitern_mit_ihrer_meldung(fall):
    assert len(fall.falsche) >= MINDESTENS, (
        f"tests/kapitel/falsche_antworten/{fall.kapitel.name}.yml: "
        f"{fall.uebung.label} braucht {MINDESTENS} falsche Antworten."
    )
    for number, answer in enumerate(fall.falsche):
        name = f"{fall.uebung.label}/falsch-{number}"
        kind, message = ergebnisse(fall.kapitel)[name]
        assert kind == "PruefungFehler", f"{name}: {kind or 'kein Fehler'}: {message}"
        assert answer["meldung"] in message, f"{name}: {message}"


@pytest.mark.parametrize("kapitel", KAPITEL, ids=lambda k: k.name)
def test_falsche_antworten_gehoeren_zu_uebungen(kapitel):
    labels = {fall.uebung.label for fall in faelle(kapitel)}
    assert set(falsche_antworten(kapitel)) <= labels
