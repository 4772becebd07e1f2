"""Tabellen und Verfahren des Kapitels Geschichte: Quellen, Namen, Zahlen auf anderem Weg.

The build runs the chapter's cells; here every row must name a source that the
bibliography has, and claims of the text are checked without the chapter's code.
"""

from __future__ import annotations

import itertools
import re
from typing import Any

import numpy as np
import pytest
from pybtex.database import parse_file

import dlbuch
from buchbau.kapitel import finde
from buchbau.schluessel import lies_notizbuch
from hilfen import PROJEKT

KAPITEL = finde("geschichte", PROJEKT)
TEXT = KAPITEL.quelle.read_text("utf-8")
CELLS = [c.source for c in lies_notizbuch(KAPITEL.quelle).cells if c.cell_type == "code"]
WORKS = parse_file(str(PROJEKT / "book" / "anhang" / "literatur.bib")).entries
EVENTS = dlbuch.lade_ki_geschichte()
TABLES = {
    "ki_geschichte": EVENTS,
    "transistoren": dlbuch.lade_transistoren(),
    "rechenaufwand": dlbuch.lade_rechenaufwand(),
}


def cited() -> set[str]:
    """Return all keys cited somewhere in the book."""
    pages = (page.read_text("utf-8") for page in (PROJEKT / "book").rglob("*.md"))
    roles = re.findall(r"\{cite(?::[a-z]+)?\}`([^`]+)`", "\n".join(pages))
    return {key.split("}")[-1].strip() for role in roles for key in role.split(",")}


@pytest.mark.parametrize("name", TABLES)
def test_jede_zeile_nennt_eine_quelle(name):
    assert set(TABLES[name]["source"]) <= set(WORKS)


def test_quellen_der_ereignisse_stehen_im_verzeichnis():
    """The timeline links to the bibliography, which lists only what is cited."""
    assert set(EVENTS["source"]) <= cited()


def test_ereignisse_sind_geordnet_und_knapp():
    assert np.all(np.diff(EVENTS["year"]) >= 0)
    assert np.all(EVENTS["until"] >= EVENTS["year"])
    assert len(set(EVENTS["title"])) == len(EVENTS)
    assert len(set(EVENTS["category"])) == 5
    for event in EVENTS:
        assert event["sentence"].endswith((".", "?")), event["title"]
        assert 30 <= len(event["sentence"]) <= 140, event["title"]


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e["title"])
def test_jahr_passt_zur_quelle(event):
    """An event lies at most two years before its source, except where the text says why."""
    later = {  # Darstellungen aus späterer Zeit
        "Sommerprojekt in Dartmouth",
        "Erster KI-Winter",
        "Zweiter KI-Winter",
        "Deep Blue",
    }
    if event["title"] not in later:
        published = int(WORKS[event["source"]].fields["year"])
        assert 0 <= published - event["year"] <= 2


def test_namen_der_ereignisse_gehoeren_zur_quelle():
    """Where people are named, the first of them is an author of the source."""
    other = {"Zwei Nobelpreise"}  # die Akademie hat die Preise verliehen
    for event in EVENTS:
        if not event["people"] or event["title"] in other:
            continue
        authors = WORKS[event["source"]].persons["author"]
        names = {" ".join(a.last_names).replace("{", "").replace("}", "") for a in authors}
        assert any(name in event["people"] for name in names), event["title"]


def test_verdopplungszeiten_ohne_polyfit():
    """Slopes from the normal equation, and the claim that 2012 is a break."""

    def slope(table: np.ndarray, column: str) -> float:
        t = table["year"] - table["year"].mean()
        return float(t @ np.log2(table[column]) / (t @ t))

    claims = KAPITEL.kopf["behauptungen"]
    chips, training = TABLES["transistoren"], TABLES["rechenaufwand"]
    early = training["year"] <= 2010
    for value, key in [
        (1 / slope(chips, "transistors"), "moore_jahre"),
        (12 / slope(training[early], "flop"), "rechnen_vorher"),
        (12 / slope(training[~early], "flop"), "rechnen_nachher"),
    ]:
        low, high = claims[key]["cpu"]
        assert low <= value <= high, key


def definitions() -> dict[str, Any]:
    """Return the chapter's ELIZA and perceptron from its own cells."""
    import re as regex

    space: dict[str, Any] = {"np": np, "re": regex}
    for start in ("MIRROR = ", "def mirror", "def learn", "def neuron"):
        (source,) = [cell for cell in CELLS if cell.startswith(start)]
        exec(source, space)
    return space


CODE = definitions()


def test_eliza_hat_keine_vierzig_zeilen():
    cells = [c for c in CELLS if c.startswith(("MIRROR = ", "def mirror"))]
    assert sum(bool(line.strip()) for c in cells for line in c.splitlines()) < 40


@pytest.mark.parametrize(
    "sentence", ["", "???", "(", "ich bin {x}", "ICH BIN LAUT", "weil", "mein"]
)
def test_eliza_antwortet_auf_alles(sentence):
    reply = CODE["Eliza"](CODE["RULES"]).answer(sentence)
    assert reply.endswith(("?", "."))


def test_kein_perzeptron_loest_xor():
    """All weights and biases on a fine grid: at most three of the four cases."""
    grid = np.linspace(-2, 2, 41)
    points = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    wanted = np.array([-1, 1, 1, -1])
    best = max(
        int(np.sum(np.sign(points @ [u, v] + grid[:, None]) == wanted, axis=1).max())
        for u, v in itertools.product(grid, grid)
    )
    assert best == 3


@pytest.mark.parametrize("seed", range(5))
def test_lernregel_endet_auf_trennbaren_daten(seed):
    """Mistakes stay below the bound (R/γ)² of Novikoff (1962), bias as a weight."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(size=4)
    X = rng.normal(size=(300, 3))
    extended = np.hstack([X, np.ones((300, 1))])
    margin = extended @ truth / np.linalg.norm(truth)
    X, extended, margin = (a[np.abs(margin) > 0.3] for a in (X, extended, margin))
    y = np.sign(margin)
    w, b, mistakes = CODE["learn"](X, y, passes=200)
    bound = (np.linalg.norm(extended, axis=1).max() / np.abs(margin).min()) ** 2
    assert sum(mistakes) <= bound
    assert np.all(np.sign(X @ w + b) == y)


def test_ibm_704():
    """22 hours for a pass; not even every 300th picture fits in its core memory."""
    seconds = 60_000 * 784 * 10 * 2 / 12_000
    assert round(seconds / 3600) == 22
    assert 60_000 * 784 / (32_768 * 36 / 8) > 300
