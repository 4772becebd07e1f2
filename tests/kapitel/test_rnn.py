"""Zahlen und Verfahren des Kapitels Rekurrente Netze, auf anderem Weg nachgerechnet.

The chapter's own cells are run by the build; here its hand-made functions meet Keras,
finite differences and plain integers, and its claims are written out anew.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from buchbau.kapitel import finde
from buchbau.schluessel import lies_notizbuch
from hilfen import PROJEKT

KAPITEL = finde("rnn", PROJEKT)
TEXT = KAPITEL.quelle.read_text("utf-8")
CELLS = [c.source for c in lies_notizbuch(KAPITEL.quelle).cells if c.cell_type == "code"]
FUNCTIONS = (
    "def addition_tasks",
    "def rnn_forward",
    "def bptt(",
    "def gradient_norms",
    "RATE, SAMPLES",
    "def recording",
    "def key_figures",
)


def definitions() -> dict[str, Any]:
    """Return the chapter's functions written by hand, from its own cells."""
    space: dict[str, Any] = {"np": np}
    for start in FUNCTIONS:
        (source,) = [cell for cell in CELLS if cell.startswith(start)]
        exec(source, space)
    space["frequency"] = np.fft.rfftfreq(space["SAMPLES"], 1 / space["RATE"])
    return space


BY_HAND = definitions()


def _number(digits: np.ndarray) -> int:
    """Digits, ones first, as a Python integer of any size."""
    return sum(int(d) << k for k, d in enumerate(digits))


def test_aufgaben_sind_additionen() -> None:
    x, total, carries = BY_HAND["addition_tasks"](50, 90, np.random.default_rng(3))
    for pairs, digits, carry in zip(x, total[..., 0], carries[..., 0], strict=True):
        a, b = _number(pairs[:, 0]), _number(pairs[:, 1])
        assert _number(digits) == a + b
        for t in (0, 7, 41):
            low = 2 ** (t + 1)
            assert carry[t] == (a % low + b % low) // low


def test_decke_des_vorwaertsnetzes() -> None:
    """Formula for the best accuracy without memory, exact and by counting."""
    carry, best = Fraction(0), []
    for _ in range(100):
        best.append(max(carry, 1 - carry))
        carry = Fraction(1, 4) + carry / 2  # two ones, or one and a carry
    assert best[:3] == [1, Fraction(3, 4), Fraction(5, 8)]
    assert all(b == Fraction(1, 2) + Fraction(1, 2**t) for t, b in enumerate(best, 1))
    assert round(float(100 * sum(best) / 100), 2) == 51.0
    low, high = KAPITEL.kopf["behauptungen"]["paar_genauigkeit"]["cpu"]
    assert low <= float(sum(best) / 100) <= high


def test_haelfte_der_schnitte_ohne_uebertrag() -> None:
    _, _, carries = BY_HAND["addition_tasks"](4000, 100, np.random.default_rng(11))
    low, high = KAPITEL.kopf["behauptungen"]["haelften_richtig"]["cpu"]
    assert low <= np.mean(carries[:, 49, 0] == 0) <= high


@pytest.mark.parametrize("seed", range(5))
def test_vorwaerts_wie_keras(seed: int) -> None:
    import keras

    rng = np.random.default_rng(seed)
    n, steps, d, m = rng.integers(1, 6, 4)
    layer = keras.layers.SimpleRNN(
        int(m), bias_initializer="random_normal", return_sequences=True
    )
    x = rng.normal(size=(n, steps, d)).astype("float32")
    expected = keras.ops.convert_to_numpy(layer(x))
    weights = [keras.ops.convert_to_numpy(w) for w in layer.weights]
    assert np.abs(BY_HAND["rnn_forward"](x, *weights) - expected).max() < 1e-5


@pytest.mark.parametrize("seed", range(5))
def test_bptt_wie_richtungsableitung(seed: int) -> None:
    """The gradients against the change along a random direction in all weights."""
    rng = np.random.default_rng(seed)
    n, steps, d, m = 3, 9, 2, 4
    x, goal = rng.normal(size=(n, steps, d)), rng.normal(size=(n, m))
    theta = [rng.normal(0, 0.5, s) for s in [(d, m), (m, m), (m,)]]
    way = [rng.normal(size=a.shape) for a in theta]

    def loss(scale: float) -> float:
        moved = [a + scale * w for a, w in zip(theta, way, strict=True)]
        return float(np.sum(BY_HAND["rnn_forward"](x, *moved)[:, -1] * goal))

    states = BY_HAND["rnn_forward"](x, *theta)
    grads = BY_HAND["bptt"](x, states, theta[1], goal)
    slope = sum(np.sum(g * w) for g, w in zip(grads, way, strict=True))
    assert np.isclose((loss(1e-6) - loss(-1e-6)) / 2e-6, slope, rtol=1e-6)


def test_gradient_der_drehung() -> None:
    """tanh only shortens: measured lengths never exceed the powers of the radius."""
    for radius in (0.5, 0.8, 1.0, 1.5, 3.0):
        norms = BY_HAND["gradient_norms"](radius)
        powers = radius ** np.arange(60)
        assert np.all(norms <= powers * (1 + 1e-9))
        assert norms[0] == pytest.approx(1)
    # bei 1,5 wächst er deutlich langsamer, bei 1 verschwindet er
    assert BY_HAND["gradient_norms"](1.0)[50] < 0.1
    assert 1 < BY_HAND["gradient_norms"](1.5)[50] < 1.5**50 / 1e6


def test_zinsrechnung() -> None:
    assert round(0.9**100, 5) == 0.00003
    assert 13_500 < 1.1**100 < 14_000
    assert round(0.9**50, 3) == 0.005


def test_zahl_der_stoesse_verraet_nichts() -> None:
    """Sound and damaged bearings knock equally often; only the rhythm differs."""
    rng = np.random.default_rng(5)
    last = BY_HAND["TIME"][-1]
    counts = {}
    for damaged in (0, 1):
        times = [BY_HAND["knock_times"](damaged, 25, rng) for _ in range(3000)]
        counts[damaged] = [np.sum((t >= 0) & (t < last)) for t in times]
    assert np.mean(counts[0]) == pytest.approx(np.mean(counts[1]), rel=0.03)
    assert np.std(counts[0]) > 4 * np.std(counts[1])


def test_takt_steht_im_spektrum_der_huellkurve() -> None:
    """Averaged over many recordings the envelope has a line at 90 Hz, if damaged."""
    rng = np.random.default_rng(6)
    means = {}
    for damaged in (0, 1):
        signals = np.array([BY_HAND["recording"](damaged, rng) for _ in range(200)])
        means[damaged] = BY_HAND["envelope_spectrum"](signals).mean(axis=0)
    difference = means[1] - means[0]
    hertz = BY_HAND["frequency"][:65]
    assert 80 <= hertz[np.argmax(difference)] <= 100
    assert difference.max() > 0.5
