"""Zahlen und Verfahren des Kapitels Autoencoder, auf anderem Weg nachgerechnet.

The chapter's own cells are run by the build; here its hand-made functions meet
scikit-learn and SciPy, its numbers on paper are counted anew, and the claims that need
no training (PCA, the blank page, the divergence) are checked from their definitions.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import integrate, stats
from scipy.spatial.distance import cdist
from sklearn.decomposition import PCA

import dlbuch
from buchbau.kapitel import finde
from buchbau.schluessel import lies_notizbuch
from hilfen import PROJEKT

KAPITEL = finde("autoencoder", PROJEKT)
TEXT = KAPITEL.quelle.read_text("utf-8")
CELLS = [c.source for c in lies_notizbuch(KAPITEL.quelle).cells if c.cell_type == "code"]
CLAIMS = KAPITEL.kopf["behauptungen"]


def cell(start: str) -> str:
    """Return the one cell that begins with these words."""
    (found,) = [source for source in CELLS if source.startswith(start)]
    return found


@pytest.fixture(scope="module")
def images() -> tuple[np.ndarray, np.ndarray]:
    """The chapter's training and test images, flat, from 0 to 1."""
    (train, _), (test, _) = dlbuch.lade_mnist()
    flat = (train[:10_000].reshape(-1, 784), test.reshape(-1, 784))
    return tuple(x.astype("float32") / 255 for x in flat)


def within(name: str, value: float) -> bool:
    low, high = CLAIMS[name]["cpu"]
    return low <= value <= high


def test_pca_gleicht_scikit_learn(images):
    """The three lines of the chapter give scikit-learn's projection, and the numbers."""
    train, test = images
    source = cell("x_mean").split("\n\n\npca_error")[0]
    space: dict[str, Any] = {"np": np, "x_train": train, "x_test": test}
    exec(source, space)
    for m in (8, 32, 128):
        model = PCA(m, svd_solver="full").fit(train)
        expected = model.inverse_transform(model.transform(test))
        assert np.allclose(space["pca_rebuild"](test, m), expected, atol=2e-4)
        assert within(f"pca_{m}", float(np.mean((test - expected) ** 2)))


def test_mittleres_bild(images):
    train, test = images
    assert within("fehler_mittelbild", float(np.mean((test - train.mean(axis=0)) ** 2)))


def test_keine_ebene_schlaegt_die_pca(images):
    """Planes spanned by anything else, best fit included, lose on the training images."""
    train = images[0][:2000].astype(float)
    centred = train - train.mean(axis=0)
    best = PCA(32, svd_solver="full").fit(train).explained_variance_.sum()
    total = centred.var(axis=0, ddof=1).sum()
    rng = np.random.default_rng(0)
    for _ in range(5):
        basis, _ = np.linalg.qr(centred[rng.choice(2000, 32, replace=False)].T)
        kept = (centred @ basis).var(axis=0, ddof=1).sum()
        assert kept < best < total


def test_abstand_im_code():
    """Ten nearest neighbours in scaled codes, with SciPy's own distances."""
    source = cell("def neighbor_distance").split("\n\n\nprobe_ink")[0]
    space: dict[str, Any] = {"np": np}
    exec(source, space)
    rng = np.random.default_rng(0)
    known = rng.normal(size=(300, 5)) * [1, 2, 3, 4, 5]
    fresh = rng.normal(size=(40, 5))
    spread = known.std(axis=0)
    squared = np.sort(cdist(fresh / spread, known / spread, "sqeuclidean"), axis=1)
    distance = space["neighbor_distance"](fresh, known)
    assert np.allclose(distance, squared[:, :10].mean(axis=1))
    assert np.array_equal(space["ranks"](np.array([3.0, 1.0, 2.0])), [2, 0, 1])


@pytest.mark.parametrize(("mu", "sigma"), [(1.5, 0.4), (0.0, 1.0), (-2.0, 3.0)])
def test_kl_divergenz_durch_integrieren(mu, sigma):
    """The closed form against the integral of the definition."""
    q, p = stats.norm(mu, sigma), stats.norm(0, 1)
    area, _ = integrate.quad(
        lambda z: q.pdf(z) * (q.logpdf(z) - p.logpdf(z)), mu - 12 * sigma, mu + 12 * sigma
    )
    formula = 0.5 * (mu**2 + sigma**2 - 1 - math.log(sigma**2))
    assert area == pytest.approx(formula, abs=1e-7)
    if mu == 1.5:
        assert within("kl_formel", formula)


def test_die_herleitung_stimmt_an_einem_kleinen_modell():
    """log p = ELBO + gap, for a code of one number and a picture of three pixels."""
    weights = np.array([1.2, -0.7, 0.4])
    x = np.array([1.0, 0.0, 1.0])
    z = np.linspace(-12, 12, 200_001)
    step = z[1] - z[0]
    g = 1 / (1 + np.exp(-z[:, None] * weights))
    log_fit = np.sum(np.log(np.where(x == 1, g, 1 - g)), axis=1)
    prior = stats.norm.pdf(z)
    p_x = np.sum(np.exp(log_fit) * prior) * step
    posterior = np.exp(log_fit) * prior / p_x
    q = stats.norm.pdf(z, 0.6, 0.8)
    elbo = np.sum(q * log_fit) * step - 0.5 * (0.36 + 0.64 - 1 - math.log(0.64))
    gap = np.sum(q * (np.log(q + 1e-300) - np.log(posterior + 1e-300))) * step
    assert gap > 0
    assert math.log(p_x) == pytest.approx(elbo + gap, abs=1e-6)


def test_elbo_bleibt_unter_log_p_auf_dem_raster():
    """The chapter's functions on a made decoder; the grid against finer integration."""
    space: dict[str, Any] = {"np": np}
    exec(cell("def log_pixels").split("\n\n\nsample")[0], space)
    rng = np.random.default_rng(0)
    weights = rng.normal(size=(2, 60))
    x = (rng.random((3, 60)) > 0.5).astype(float)

    def decode(z: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-z @ weights))

    def log_p(step: float) -> np.ndarray:
        axis = np.arange(-4.5, 4.5, step)
        grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
        log_prior = stats.norm.logpdf(grid).sum(axis=1)
        g = decode(grid)
        fits = [space["log_pixels"](np.tile(row, (len(g), 1)), g) for row in x]
        joint = np.array(fits) + log_prior
        return np.logaddexp.reduce(joint, axis=1) + 2 * math.log(step)

    coarse, fine = log_p(0.06), log_p(0.03)
    assert np.allclose(coarse, fine, atol=1e-3)
    mean, log_var = rng.normal(size=(3, 2)), np.full((3, 2), -2.0)
    draws = [
        space["log_pixels"](
            x, decode(mean + np.exp(0.5 * log_var) * rng.normal(size=mean.shape))
        )
        for _ in range(200)
    ]
    elbo = np.mean(draws, axis=0) - space["kl_to_prior"](mean, log_var)
    assert np.all(elbo < fine)


def test_kompression_auf_papier():
    decoder = 16 * 128 + 128 + 128 * 784 + 784
    assert (decoder, 4 * decoder) == (103_312, 413_248)
    assert math.ceil(4 * decoder / (784 - 64)) == 574
    for number in ("103.312", "413.248", "573{,}96", "574 Bildern"):
        assert number in TEXT


def test_parameter_und_formen_im_text():
    """Parameters at m = 8, the narrowest place of the denoiser, share of paper."""
    autoencoder = 2 * 784 * 128 + 128 + 784 + 2 * 8 * 128 + 8 + 128
    assert autoencoder > 200_000
    assert 7_000 < 784 + 8 * 784 < 7_100
    assert 7 * 7 * 32 == 1568 > 784
    (_, _), (test, _) = dlbuch.lade_mnist()
    assert 0.79 < np.mean(test == 0) < 0.82  # zu vier Fünfteln Papier


def test_laengen_gewuerfelter_codes():
    """In 50 dimensions the middle between two codes is as short as the text says."""
    z = np.random.default_rng(0).normal(size=(2, 4000, 50))
    assert np.linalg.norm(z[0], axis=1).mean() == pytest.approx(7.1, abs=0.1)
    middle = np.linalg.norm(z.mean(axis=0), axis=1)
    assert middle.mean() == pytest.approx(5, abs=0.1)


def test_einsen_haben_am_wenigsten_tinte(images):
    """The cause that the text names, from the pictures alone."""
    _, test = images
    labels = dlbuch.lade_mnist()[1][1]
    ink = np.sum(test**2, axis=1)
    means = [ink[labels == digit].mean() for digit in range(10)]
    assert np.argmin(means) == 1
    assert np.argmax(means) == 0
