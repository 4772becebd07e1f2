"""Zahlen und Verfahren des Kapitels Clustering, auf anderem Weg nachgerechnet.

The chapter's own cells are run by the build; here its hand-made functions meet random
data and scikit-learn, its numbers on paper exact fractions, and its claims definitions
written out anew.
"""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from sklearn.cluster import DBSCAN, KMeans, kmeans_plusplus
from sklearn.datasets import make_moons
from sklearn.metrics import adjusted_rand_score, silhouette_score

import dlbuch
from buchbau.kapitel import finde
from buchbau.schluessel import lies_notizbuch
from hilfen import PROJEKT

KAPITEL = finde("clustering", PROJEKT)
TEXT = KAPITEL.quelle.read_text("utf-8")
CELLS = [c.source for c in lies_notizbuch(KAPITEL.quelle).cells if c.cell_type == "code"]
SIX = [(1, 1), (3, 1), (2, 4), (6, 5), (8, 6), (7, 7)]


def definitions() -> dict[str, Any]:
    """Return the chapter's functions written by hand, from its own cells."""
    space: dict[str, Any] = {"np": np}
    for start in ("def squared_distances", "def move", "def neighborhoods"):
        (source,) = [cell for cell in CELLS if cell.startswith(start)]
        exec(source, space)
    return space


BY_HAND = definitions()


@pytest.mark.parametrize("seed", range(20))
def test_kmeans_gleicht_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    data = rng.normal(size=(rng.integers(30, 300), rng.integers(1, 6)))
    start, _ = kmeans_plusplus(data, int(rng.integers(2, 7)), random_state=seed)
    labels, centers, _ = BY_HAND["kmeans"](data, start)
    model = KMeans(len(start), init=start, n_init=1, tol=0).fit(data)
    assert np.array_equal(labels, model.labels_)
    assert np.allclose(centers, model.cluster_centers_, atol=1e-12)
    assert np.isclose(BY_HAND["sse"](data, labels, centers), model.inertia_)


def test_kmeans_ueberlebt_ein_leeres_zentrum():
    data = np.array([[0.0], [1.0], [2.0]])
    _, centers, _ = BY_HAND["kmeans"](data, np.array([[0.0], [50.0]]))
    assert centers.ravel().tolist() == [1.0, 50.0]


@pytest.mark.parametrize("seed", range(20))
def test_dbscan_gleicht_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    data = rng.normal(size=(rng.integers(30, 250), 2))
    eps, min_pts = float(rng.uniform(0.1, 0.6)), int(rng.integers(2, 8))
    labels, core = BY_HAND["dbscan"](data, eps, min_pts)
    model = DBSCAN(eps=eps, min_samples=min_pts).fit(data)
    assert np.array_equal(labels, model.labels_)
    assert np.array_equal(np.flatnonzero(core), model.core_sample_indices_)


def test_die_sechs_punkte_mit_bruechen():
    """The four values of J in the text, from exact arithmetic."""

    def squared(p, m) -> Fraction:
        return sum(((Fraction(a) - b) ** 2 for a, b in zip(p, m, strict=True)), Fraction())

    centers = [(Fraction(1), Fraction(1)), (Fraction(2), Fraction(4))]
    groups, values = None, []
    while True:
        new = [min((0, 1), key=lambda k, p=p: squared(p, centers[k])) for p in SIX]
        if new == groups:
            break
        groups = new
        values.append(sum(squared(p, centers[g]) for p, g in zip(SIX, groups, strict=True)))
        for k in (0, 1):
            members = [p for p, g in zip(SIX, groups, strict=True) if g == k]
            centers[k] = tuple(
                Fraction(sum(c), len(members)) for c in zip(*members, strict=True)
            )
        values.append(sum(squared(p, centers[g]) for p, g in zip(SIX, groups, strict=True)))
    assert [round(float(v), 2) for v in values] == [95, 27.75, 20.44, 12]
    assert centers == [(2, 2), (7, 6)]
    assert "von 95 über 27,75 und 20,44 auf 12" in TEXT


def test_hoehen_des_dendrogramms():
    """Single linkage merges along the minimum spanning tree (Gower and Ross 1969)."""
    tree, heights = {0}, []
    while len(tree) < 6:
        height, new = min(
            (math.dist(SIX[i], SIX[j]), j)
            for i, j in itertools.product(tree, set(range(6)) - tree)
        )
        heights.append(height)
        tree.add(new)
    assert sorted(round(h * h) for h in heights) == [2, 4, 5, 10, 17]


def test_chance_neun_verschiedener_gruppen():
    chance = math.prod((360 - 40 * i) / (360 - i) for i in range(9))
    assert round(100 * chance, 1) == 0.1
    assert round(100 * math.factorial(9) / 9**9, 1) == 0.1


def test_einer_von_200_starts_trifft_neun_gruppen():
    """Only the draw of the starting points: point i lies in group i // 40."""
    draws = (
        np.random.default_rng(seed).choice(360, size=9, replace=False)
        for seed in range(200)
    )
    assert sum(len(set(draw // 40)) == 9 for draw in draws) == 1
    assert "von unseren 200 Starts gelang es einem" in TEXT


def test_raster_ueberlebt_das_mischen():
    """Shuffling the columns of a full grid gives the same grid back, in counts."""
    grid = np.array([(x, y) for x in (0, 3, 6) for y in (0, 3, 6)] * 4000)
    rng = np.random.default_rng(0)
    mixed = np.column_stack([rng.permutation(column) for column in grid.T])
    _, counts = np.unique(mixed, axis=0, return_counts=True)
    assert len(counts) == 9
    assert np.allclose(counts / 4000, 1, atol=0.08)


@pytest.mark.parametrize("eps", [0.18, 0.2, 0.22, 0.24, 0.26])
def test_spielraum_des_radius(eps):
    points, moon = make_moons(300, noise=0.06, random_state=0)
    labels = DBSCAN(eps=eps, min_samples=5).fit_predict(points)
    assert adjusted_rand_score(moon, labels) == 1


def test_eine_wolke_liegt_zwischen_gemischt_und_echt():
    """The claims about the second null: birds K = 2 and the shop K = 4 exceed it."""
    birds = dlbuch.lade_pinguine()
    names = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    measures = np.column_stack([birds[name] for name in names])
    measures = measures[~np.isnan(measures).any(axis=1)]
    shop = np.random.default_rng(4).uniform([18, 20], [78, 1200], size=(500, 2))
    rng = np.random.default_rng(1)
    for data, k in ((measures, 2), (shop, 4)):
        data = (data - data.mean(axis=0)) / data.std(axis=0)
        cov = np.cov(data, rowvar=False)
        cloud = [
            silhouette(rng.multivariate_normal(np.zeros(len(cov)), cov, len(data)), k)
            for _ in range(20)
        ]
        assert max(cloud) < silhouette(data, k) - 0.04


def silhouette(data: np.ndarray, k: int) -> float:
    """Mean silhouette of the best of ten k-means runs."""
    labels = KMeans(k, n_init=10, random_state=0).fit_predict(data)
    return float(silhouette_score(data, labels))


def pair_counting(a: np.ndarray, b: np.ndarray) -> float:
    """Adjusted Rand index from its definition over all pairs (Hubert and Arabie 1985)."""
    pairs = list(itertools.combinations(range(len(a)), 2))
    same_a = sum(a[i] == a[j] for i, j in pairs)
    same_b = sum(b[i] == b[j] for i, j in pairs)
    both = sum(a[i] == a[j] and b[i] == b[j] for i, j in pairs)
    expected = same_a * same_b / len(pairs)
    return (both - expected) / ((same_a + same_b) / 2 - expected)


def test_ari_ist_unempfindlich_gegen_die_nummern():
    rng = np.random.default_rng(0)
    a, b = rng.integers(0, 3, 60), rng.integers(0, 4, 60)
    assert np.isclose(pair_counting(a, b), adjusted_rand_score(a, b))
    for names in itertools.permutations(range(3)):
        assert np.isclose(pair_counting(np.array(names)[a], b), pair_counting(a, b))


def test_rauschen_hat_eine_silhouette_um_0_41():
    """The claim behind the shop, from the definition of the silhouette, five seeds."""
    values = []
    for seed in range(5):
        points = np.random.default_rng(100 + seed).uniform(size=(300, 2))
        labels = KMeans(4, n_init=10, random_state=0).fit_predict(points)
        d = np.linalg.norm(points[:, None] - points[None], axis=2)
        means = np.stack([d[:, labels == k].mean(axis=1) for k in range(4)], axis=1)
        sizes = np.bincount(labels)[labels]
        own = means[np.arange(300), labels] * sizes / (sizes - 1)
        means[np.arange(300), labels] = np.inf
        other = means.min(axis=1)
        score = np.mean((other - own) / np.maximum(own, other))
        assert np.isclose(score, silhouette_score(points, labels))
        values.append(score)
    low, high = KAPITEL.kopf["behauptungen"]["shop_silhouette"]["cpu"]
    assert low <= np.mean(values) <= high


def test_pinguine_wie_im_text():
    birds = dlbuch.lade_pinguine()
    measured = birds[~np.isnan(birds["body_mass_g"])]
    assert (len(birds), len(measured), np.sum(measured["sex"] == "")) == (344, 342, 9)
    assert set(birds["island"][birds["species"] == "Gentoo"]) == {"Biscoe"}
    assert set(birds["island"][birds["species"] == "Chinstrap"]) == {"Dream"}
    assert set(birds["year"]) == {2007, 2008, 2009}
    assert birds["flipper_length_mm"][0] == 181
