"""Zahlen und Verfahren des Kapitels Machine Learning, auf anderem Weg nachgerechnet.

The chapter's own cells are run by the build; here its Naive Bayes meets exact fractions
and scikit-learn on random counts, its tables of the text the data, and its lottery the
hypergeometric distribution.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from sklearn.naive_bayes import MultinomialNB

import dlbuch
from buchbau.diagramme.machine_learning import ZWEIGE, taxonomie
from buchbau.kapitel import finde
from buchbau.schluessel import lies_notizbuch
from hilfen import PROJEKT

KAPITEL = finde("machine-learning", PROJEKT)
TEXT = KAPITEL.quelle.read_text("utf-8")
CELLS = [c.source for c in lies_notizbuch(KAPITEL.quelle).cells if c.cell_type == "code"]
MAILS = dlbuch.lade_mails()


def defined_in(*starts: str, **names: Any) -> dict[str, Any]:
    """Return what the cells with these first lines define."""
    space: dict[str, Any] = {"np": np, "re": re, **names}
    for start in starts:
        (source,) = [cell for cell in CELLS if cell.startswith(start)]
        exec(source, space)
    return space


FIT = defined_in("def fit")["fit"]
WORDS = defined_in("def words")
LOTTERY = defined_in("from sklearn.linear_model import Ridge")


@pytest.mark.parametrize("seed", range(10))
def test_naive_bayes_gleicht_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(0.4, (40, 25)).astype(float)
    labels = rng.random(40) < 0.4
    w, b = FIT(counts, labels)
    joint = MultinomialNB(alpha=1).fit(counts, labels).predict_joint_log_proba(counts)
    np.testing.assert_allclose(counts @ w + b, joint[:, 1] - joint[:, 0], atol=1e-10)


def test_naive_bayes_mit_bruechen():
    """Two mails, three words: every probability as a fraction."""
    counts = np.array([[2.0, 1.0, 0.0], [0.0, 1.0, 3.0]])
    w, b = FIT(counts, np.array([False, True]))
    ham = [Fraction(n + 1, 6) for n in (2, 1, 0)]
    spam = [Fraction(n + 1, 7) for n in (0, 1, 3)]
    expected = [math.log(s / h) for s, h in zip(spam, ham, strict=True)]
    np.testing.assert_allclose(w, expected, atol=1e-12)
    assert b == 0


def test_saecke_voll_woerter():
    vocabulary = WORDS["vocabulary_of"](["Ja, ja!", "Nein 3"])
    assert vocabulary == ["ja", "nein"]
    counts = WORDS["count_words"](["ja JA nein", "vielleicht"], vocabulary)
    assert counts.tolist() == [[2, 1], [0, 0]]


def test_mails_der_tabelle_stehen_in_den_daten():
    rows = re.findall(r"^\* - (\d+)\n  - (.+)\n  - (.+?) …$", TEXT, re.M)
    assert len(rows) == 4
    for number, subject, text in rows:
        mail = MAILS[int(number) - 1]
        assert str(mail["nr"]) == number
        assert mail["betreff"] == subject
        assert mail["text"].startswith(text)
    assert sum(MAILS[int(n) - 1]["label"] == "spam" for n, _, _ in rows) == 3


def test_keine_spam_mail_nennt_eine_uhrzeit():
    """The claim about the strongest word, and that it is common where mail is wanted."""
    has = np.array([bool(re.search(r"\buhr\b", t.lower())) for t in MAILS["text"]])
    subject = np.array([bool(re.search(r"\buhr\b", t.lower())) for t in MAILS["betreff"]])
    assert not np.any((has | subject) & (MAILS["label"] == "spam"))
    assert np.sum(has & (MAILS["label"] == "ham")) > 30


def test_zahlen_der_sammlung_stehen_im_text():
    spam = np.sum(MAILS["label"] == "spam")
    assert f"{len(MAILS)} kurze Mails geschrieben, {spam} davon" in TEXT


def test_lotto_zieht_sechs_verschiedene():
    drawn = LOTTERY["draw"](20_000, np.random.default_rng(0))
    assert np.all(drawn.sum(axis=1) == 6)
    # Jede Kugel fällt mit 6/49; fünf Standardabweichungen Spielraum.
    half = 5 * math.sqrt(6 / 49 * 43 / 49 / 20_000)
    assert np.abs(drawn.mean(axis=0) - 6 / 49).max() < half


def test_schwere_kugel_faellt_etwa_doppelt_so_oft():
    weights = np.where(np.arange(49) == 12, 2.0, 1.0)
    drawn = LOTTERY["draw"](20_000, np.random.default_rng(0), weights)
    assert 1.7 < drawn[:, 12].mean() / (6 / 49) < 2.1


def test_blinder_tipp_trifft_wie_die_formel():
    """Mean and share of the exercise from the exact distribution of hits."""
    ways = [math.comb(6, k) * math.comb(43, 6 - k) for k in range(7)]
    p = np.array(ways) / math.comb(49, 6)
    mean = float(p @ np.arange(7))
    assert math.isclose(mean, 36 / 49)
    spread = math.sqrt(float(p @ (np.arange(7) - mean) ** 2) / 200)
    # Normalverteilung mit Stetigkeitskorrektur: etwa vier von hundert
    tail = 0.5 * math.erfc((0.83 - 0.5 / 200 - mean) / spread / math.sqrt(2))
    assert 0.03 < tail < 0.05


def test_landkarte_nennt_jedes_verfahren_mit_seinem_kapitel():
    """Every method of the map has an area, and no two areas overlap."""
    areas = taxonomie().verweise
    methods = [method for _, _, methods in ZWEIGE for method, *_ in methods]
    assert [area.name.split(":")[0] for area in areas] == methods
    tops = sorted((area.oben, area.hoehe) for area in areas)
    assert all(0 <= area.links < area.links + area.breite <= 1.001 for area in areas)
    assert all(top + height <= below + 1e-9 for (top, height), (below, _) in pairwise(tops))
