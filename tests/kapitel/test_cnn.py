"""Zahlen und Verfahren des Kapitels CNN, auf anderem Weg nachgerechnet.

The chapter's own cells are run by the build; here its hand-made functions meet SciPy and
loops over single numbers, its counts enumeration and TensorFlow's profiler, its network
NumPy alone, and its claims about order and place are proved on small cases.
"""

from __future__ import annotations

import itertools
import json
import math
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import convolve2d, correlate2d

import dlbuch
from buchbau.kapitel import finde
from buchbau.schluessel import lies_notizbuch
from hilfen import PROJEKT

KAPITEL = finde("cnn", PROJEKT)
TEXT = KAPITEL.quelle.read_text("utf-8")
CELLS = [c.source for c in lies_notizbuch(KAPITEL.quelle).cells if c.cell_type == "code"]
MODELL = PROJEKT / "_build" / "modelle" / "cnn" / "ziffern-cnn.keras"
PROTOKOLL = PROJEKT / "_build" / "messwerte" / "cnn.json"
NICHT_GELAUFEN = "Das Kapitel ist noch nicht ausgeführt: make html KAPITEL=cnn"

VGG = [3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512]
CNN_STACK = [(3, 1), (2, 2), (3, 1), (2, 2), (3, 1)]


def cell(start: str) -> str:
    (source,) = [c for c in CELLS if c.startswith(start)]
    return source


def definitions() -> dict[str, Any]:
    """Return the chapter's functions written by hand, from its own cells."""
    space: dict[str, Any] = {"np": np, "sliding_window_view": sliding_window_view}
    for start in ("order = ", "def convolve", "def conv2d(", "blur = "):
        exec(cell(start), space)
    for start in ("def output_size", "def max_pool"):
        exec(cell(start).split("\n\n\n")[0], space)
    exec(cell("def cnn_layers").split("\n\n\n")[1], space)  # count_products
    exec(cell("pulse = ").splitlines()[0], space)
    return space


BY_HAND = definitions()
RNG = np.random.default_rng(0)


@pytest.fixture(scope="module")
def bilder() -> tuple[np.ndarray, np.ndarray]:
    """Test pictures (10000, 28, 28, 1) from 0 to 1, and their digits."""
    _, (x_test, y_test) = dlbuch.lade_mnist()
    return x_test[..., None].astype("float32") / 255, y_test


@pytest.fixture(scope="module")
def zahlen() -> dict[str, float]:
    if not PROTOKOLL.exists():
        pytest.skip(NICHT_GELAUFEN)
    record = json.loads(PROTOKOLL.read_text("utf-8"))
    return {name: number["wert"] for name, number in record["zahlen"].items()}


# ------------------------------------------------------------------------- by hand


@pytest.mark.parametrize("seed", range(10))
def test_faltung_gleicht_scipy(seed):
    """Cross-correlation with SciPy; true convolution is the mirrored kernel."""
    rng = np.random.default_rng(seed)
    g = int(rng.integers(1, 6))
    image = rng.normal(size=rng.integers(6, 15, 2))
    kernel, bias = rng.normal(size=(g, g)), float(rng.normal())
    found = BY_HAND["convolve"](image, kernel, bias)
    assert np.allclose(found, correlate2d(image, kernel, "valid") + bias)
    mirrored = BY_HAND["convolve"](image, kernel[::-1, ::-1])
    assert np.allclose(mirrored, convolve2d(image, kernel, "valid"))


def test_schicht_gleicht_den_drei_summen():
    """The formula gl-kanaele, one number at a time, in exact integers."""
    n, h, w, c, g, m = 2, 6, 5, 3, 3, 4
    x = RNG.integers(-4, 5, (n, h, w, c))
    weights, bias = RNG.integers(-4, 5, (g, g, c, m)), RNG.integers(-4, 5, m)
    found = BY_HAND["conv2d"](x, weights, bias)
    assert found.shape == (n, h - g + 1, w - g + 1, m)
    for k, i, j, f in np.ndindex(found.shape):
        total = int(bias[f])
        for u, v, q in itertools.product(range(g), range(g), range(c)):
            total += int(weights[u, v, q, f]) * int(x[k, i + u, j + v, q])
        assert found[k, i, j, f] == total


def test_pooling_gleicht_schleifen():
    x = RNG.normal(size=(2, 6, 9, 3))
    found = BY_HAND["max_pool"](x, 3)
    assert found.shape == (2, 2, 3, 3)
    for k, i, j, c in np.ndindex(found.shape):
        window = x[k, 3 * i : 3 * i + 3, 3 * j : 3 * j + 3, c]
        assert found[k, i, j, c] == max(window.ravel().tolist())


def test_faltung_als_matrix():
    """The matrix of the figure, times a picture, is the convolution of the picture."""
    space: dict[str, Any] = {"np": np}
    exec(cell("matrix = ").split("fig, ax")[0], space)
    matrix = space["matrix"]
    assert (np.count_nonzero(matrix, axis=0) == 9).all()
    assert set(np.unique(matrix)) == set(range(10))
    image = RNG.normal(size=(6, 6))
    expected = correlate2d(image, np.arange(1, 10).reshape(3, 3), "valid")
    assert np.allclose(image.ravel() @ matrix, expected.ravel())


def test_diagramme_rechnen_richtig():
    """The numbers drawn and described, from the pictures of the diagrams."""
    edge = correlate2d(np.array([[0, 0, 0, 9, 9, 9]] * 5), [[-1, 0, 1]] * 3, "valid")
    assert edge.tolist() == [[0, 27, 27, 0]] * 3
    four = np.array([[1, 3, 0, 2], [2, 8, 4, 1], [0, 1, 5, 5], [3, 0, 6, 4]])
    blocks = [four[i : i + 2, j : j + 2] for i in (0, 2) for j in (0, 2)]
    assert [int(b.max()) for b in blocks] == [8, 4, 3, 6]
    assert [float(b.mean()) for b in blocks] == [3.5, 1.75, 1, 5]
    assert "Beim Max-Pooling 8, 4, 3, 6, beim Average-Pooling 3,5, 1,75, 1, 5" in TEXT


def test_klassische_filter():
    blur, sobel_x, sobel_y = (BY_HAND[name] for name in ("blur", "sobel_x", "sobel_y"))
    assert math.isclose(blur.sum(), 1)
    assert sobel_x.sum() == sobel_y.sum() == 0
    ramp = np.arange(6)[None, :] * np.ones((6, 1))  # brighter to the right
    assert (correlate2d(ramp, sobel_x, "valid") == 8).all()
    assert (correlate2d(ramp, sobel_y, "valid") == 0).all()
    assert (correlate2d(ramp.T, sobel_y, "valid") == 8).all()


def test_verschiebung_ist_eine_faltung():
    """A one to the right of the middle moves the picture to the left."""
    image = RNG.normal(size=(8, 8))
    kernel = np.zeros((3, 3))
    kernel[1, 2] = 1
    assert np.array_equal(BY_HAND["convolve"](image, kernel), image[1:-1, 2:])


# ------------------------------------------------------- sizes and receptive fields


def test_groesse_durch_abzaehlen():
    """The formula gl-groesse against counting the places where the window fits."""
    for h, g, p, s in itertools.product(range(4, 20), range(1, 6), range(3), range(1, 5)):
        if h + 2 * p < g:
            continue
        places = [i for i in range(0, h + 2 * p, s) if i + g <= h + 2 * p]
        assert BY_HAND["output_size"](h, g, p, s) == len(places)


def test_bild_wird_aufgebraucht():
    sizes = [28]
    for g, s in [(3, 1), (2, 2)] * 3:
        sizes.append(BY_HAND["output_size"](sizes[-1], g, 0, s))
    assert sizes == [28, 26, 13, 11, 5, 3, 1]
    assert "hier 28, 26, 13, 11, 5, 3, 1" in TEXT


def formula(stack: list[tuple[int, int]]) -> int:
    """The formula gl-rezeptiv."""
    r = d = 1
    for g, s in stack:
        r, d = r + (g - 1) * d, d * s
    return r


def dependence(stack: list[tuple[int, int]]) -> int:
    """Side of the receptive field: which inputs does one output depend on?"""
    sees = np.eye(400, dtype=bool)
    for g, s in stack:
        places = range(0, len(sees) - g + 1, s)
        sees = np.array([sees[i : i + g].any(axis=0) for i in places])
    inputs = np.flatnonzero(sees[len(sees) // 2])
    return int(np.ptp(inputs)) + 1


@pytest.mark.parametrize("seed", range(10))
def test_rezeptives_feld(seed):
    rng = np.random.default_rng(seed)
    stack = rng.integers([1, 1], [5, 3], (5, 2)).tolist()
    # A stride beyond the kernel leaves gaps; the formula still gives the outer side.
    assert formula(stack) == dependence(stack)


def test_rezeptive_felder_des_textes():
    assert [dependence(CNN_STACK[:k]) for k in (1, 3, 5)] == [3, 8, 18]
    assert dependence([(3, 1)] * 2) == dependence([(5, 1)]) == 5
    assert dependence([(3, 1)] * 13) == 27
    assert dependence([(3, 1)] * 14) == 29


# --------------------------------------------------------------------------- counts


def weights_of(*shapes: tuple[int, ...]) -> int:
    """Weights and biases of layers; the last axis of a shape counts the outputs."""
    return sum(math.prod(shape) + shape[-1] for shape in shapes)


def test_parameter_der_netze():
    parts = [(3, 3, 1, 16), (3, 3, 16, 32), (5 * 5 * 32, 26), (26, 10)]
    assert [weights_of(p) for p in parts] == [160, 4640, 20826, 270]
    assert weights_of(*parts) == 25896
    assert weights_of((784, 33), (33, 10)) == 26245
    assert weights_of((3, 3, 1, 16), (3, 3, 16, 32), (3, 3, 32, 70), (70, 10)) == 25740
    assert 0.8 < 20826 / 25896 < 0.82  # „vier Fünftel“, „gut vier Fünftel“
    assert weights_of((3, 3, 3, 32)) == 896
    assert weights_of((3, 3, 32, 64)) == 18496
    assert weights_of((5, 5, 3, 8)) == 608
    assert weights_of((3, 3, 1, 16), (3, 3, 16, 32), (32, 10)) == 5130
    hidden = max(h for h in range(100) if weights_of((784, h), (h, 10)) <= 10_000)
    assert hidden == 12
    assert 40 * weights_of((3, 3, 16, 16)) == 92800


def test_multiplikationen():
    assert 26 * 26 * 16 * 9 == 97344
    assert 784 * 26 * 26 * 16 == 8479744
    assert 784 * 10816 + 10816 == 8490560
    cnn = 97344 + 557568 + 20800 + 260
    assert 11 * 11 * 32 * 3 * 3 * 16 == 557568
    assert (cnn, 784 * 33 + 330) == (675972, 26202)
    assert round(cnn / 26202) == 26
    assert "675.972-mal statt 26.202-mal" in TEXT


PROFILE = """
import sys, keras, tensorflow as tf
from tensorflow.python.framework.convert_to_constants import (
    convert_variables_to_constants_v2)
model = keras.models.load_model(sys.argv[1])
call = tf.function(lambda x: model(x, training=False))
concrete = call.get_concrete_function(tf.TensorSpec((1, 28, 28, 1)))
graph = convert_variables_to_constants_v2(concrete).graph
profiler = tf.compat.v1.profiler
options = profiler.ProfileOptionBuilder.float_operation()
options["output"] = "none"
found = profiler.profile(graph, cmd="op", options=options)
while found.children:
    found = found.children[0]
    print("OP", found.name, found.float_ops)
"""


def test_multiplikationen_zaehlt_auch_tensorflow():
    """TensorFlow's profiler counts two operations, times and plus, for each product."""
    if not MODELL.exists():
        pytest.skip(NICHT_GELAUFEN)
    done = subprocess.run(
        [sys.executable, "-c", PROFILE, str(MODELL)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    counts = {
        name: int(n) for name, n in re.findall(r"^OP (\w+) (\d+)$", done.stdout, re.M)
    }
    assert counts["Conv2D"] == 2 * (97344 + 557568)
    assert counts["MatMul"] == 2 * (20800 + 260)


def test_parameter_der_familie():
    """Four of the five networks of the table, from the sizes in their papers."""
    vgg = [weights_of((3, 3, c, m)) for c, m in itertools.pairwise(VGG)]
    assert len(vgg) == 13
    assert sum(vgg) == 14_714_688
    first = weights_of((7 * 7 * 512, 4096))
    assert round(first / 1e6) == 103
    total = sum(vgg) + first + weights_of((4096, 4096), (4096, 1000))
    assert round(total / 1e6) == 138
    assert round(total / sum(vgg)) == 9  # „etwa ein Neuntel“

    # C3 joins 16 maps to 6 × 3, 9 × 4 and 1 × 6 of the six; pooling learns two numbers.
    third = 25 * (6 * 3 + 9 * 4 + 6) + 16
    lenet = weights_of((5, 5, 1, 6), (5, 5, 16, 120), (120, 84)) + third + 2 * (6 + 16)
    assert lenet == 60_000

    # The second, fourth and fifth convolution are split between the two GPUs.
    convolutions = [(11, 11, 3, 96), (5, 5, 48, 256), (3, 3, 256, 384)]
    convolutions += [(3, 3, 192, 384), (3, 3, 192, 256)]
    alexnet = weights_of(*convolutions, (6 * 6 * 256, 4096), (4096, 4096), (4096, 1000))
    assert 60 <= alexnet / 1e6 < 61

    resnet, c = weights_of((7, 7, 3, 64), (2048, 1000)), 64
    for blocks, m in [(3, 64), (8, 128), (36, 256), (3, 512)]:
        resnet += weights_of((c, 4 * m))  # the projection of the first block
        for _ in range(blocks):
            resnet += weights_of((c, m), (3, 3, m, m), (m, 4 * m))
            c = 4 * m
    assert round(resnet / 1e6) == 60
    assert 2 + 3 * (3 + 8 + 36 + 3) == 152
    assert weights_of((1024, 1000)) == 1_025_000  # GoogLeNet, „rund eine Million“
    assert 7 < 60 / 8


# ------------------------------------------------------------------ order and place


def test_wuerfeln_ist_eine_vertauschung(bilder):
    x = bilder[0][:50]
    mixed = BY_HAND["scramble"](x)
    assert sorted(BY_HAND["order"]) == list(range(784))
    back = mixed.reshape(50, 784)[:, np.argsort(BY_HAND["order"])]
    assert np.array_equal(back.reshape(x.shape), x)
    assert not np.array_equal(mixed, x)


def test_wuerfeln_laesst_ein_mlp_unberuehrt(bilder):
    """Two steps of gradient descent: permuted weights stay permuted, losses equal."""
    order = BY_HAND["order"]
    x, y = bilder[0][:200].reshape(200, 784).astype(float), bilder[1][:200]
    targets = np.eye(10)[y]
    start = RNG.normal(size=(784, 33)) / 28, RNG.normal(size=(33, 10)) / 6

    def descend(x: np.ndarray, w1: np.ndarray, w2: np.ndarray) -> tuple[np.ndarray, list]:
        losses = []
        for _ in range(2):
            hidden = np.maximum(x @ w1, 0)
            z = hidden @ w2
            p = np.exp(z - z.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
            losses.append(-np.log(p[np.arange(200), y]).mean())
            delta = (p - targets) / 200
            back = (delta @ w2.T) * (hidden > 0)
            w1, w2 = w1 - 0.5 * x.T @ back, w2 - 0.5 * hidden.T @ delta
        return w1, losses

    plain, losses = descend(x, *start)
    mixed, mixed_losses = descend(x[:, order], start[0][order], start[1])
    assert losses[1] < losses[0]
    assert np.allclose(losses, mixed_losses)
    assert np.allclose(mixed, plain[order])


def test_rand_der_ziffern(bilder, zahlen):
    """How many digits come near the right border, column by column."""
    ink = [np.flatnonzero(image[..., 0].any(axis=0)).max() for image in bilder[0]]
    free = 27 - np.array(ink)  # empty columns on the right
    assert np.mean(free >= 2) > 0.98  # „bei fast allen Ziffern“
    assert np.mean(free < 6) == pytest.approx(zahlen["am_rand"])


def same(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """ReLU of a convolution with a border of zeros, no bias."""
    padded = np.pad(x, [(0, 0), (1, 1), (1, 1), (0, 0)])
    return np.maximum(BY_HAND["conv2d"](padded, weights, 0), 0)


def test_aequivariant_und_invariant():
    """Convolution moves along; two poolings do so for four pixels, not for fewer."""
    sign = np.zeros((1, 28, 28, 1))
    sign[0, 10:15, 10:15, 0] = RNG.random((5, 5))
    w = [RNG.normal(size=(3, 3, *ends)) for ends in ((1, 4), (4, 4), (4, 4))]
    pool: Callable = BY_HAND["max_pool"]

    def maps(x: np.ndarray) -> np.ndarray:
        return same(pool(same(pool(same(x, w[0])), w[1])), w[2])

    for k in (1, 2, 3, 4):
        moved = np.roll(sign, k, axis=2)
        first = np.roll(same(sign, w[0]), k, axis=2)
        assert np.allclose(same(moved, w[0]), first)
        kept = np.allclose(maps(moved).max(axis=(1, 2)), maps(sign).max(axis=(1, 2)))
        assert kept == (k == 4)
    four = np.roll(sign, 4, axis=2)
    assert np.allclose(maps(four), np.roll(maps(sign), 1, axis=2))
    assert not np.allclose(maps(four), maps(sign))  # what Flatten would hand on


def test_reihenfolge_der_ergebnisse(zahlen):
    """What the prose concludes from the numbers, beyond their ranges."""
    spread = KAPITEL.kopf["behauptungen"]["mlp_geordnet"]["streuung"]
    difference = abs(zahlen["mlp_geordnet"] - zahlen["mlp_gewuerfelt"])
    assert difference < max(spread) - min(spread)
    assert zahlen["cnn_gewuerfelt"] < zahlen["mlp_gewuerfelt"] < zahlen["cnn_geordnet"]
    assert zahlen["mlp_gerollt"] < zahlen["cnn_gerollt"] < 0.35
    assert zahlen["global_gerollt"] > 3 * zahlen["cnn_gerollt"]


def test_netz_des_kapitels_mit_numpy(bilder):
    """The exported network, computed by the chapter's own functions, equals Keras."""
    if not MODELL.exists():
        pytest.skip(NICHT_GELAUFEN)
    import keras

    model = keras.models.load_model(MODELL)
    k1, b1, k2, b2, w3, b3, w4, b4 = model.get_weights()
    conv, pool = BY_HAND["conv2d"], BY_HAND["max_pool"]

    def answer(x: np.ndarray) -> np.ndarray:
        maps = pool(np.maximum(conv(x, k1, b1), 0))
        maps = np.maximum(conv(maps, k2, b2), 0)
        maps = pool(maps[:, :10, :10])  # eleven rows: the last one falls away
        hidden = np.maximum(maps.reshape(len(x), -1) @ w3 + b3, 0)
        z = hidden @ w4 + b4
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    x, y = bilder[0][:1000], bilder[1][:1000]
    found = answer(x)
    assert np.allclose(found, model.predict_on_batch(x), atol=1e-5)
    assert 0.94 < np.mean(found.argmax(axis=1) == y) < 0.99
    rolled = answer(np.roll(x, 6, axis=2))
    assert np.mean(rolled.argmax(axis=1) == y) < 0.35
    products = sum(BY_HAND["count_products"](layer) for layer in model.layers)
    assert products == 675972


def test_keras_same_mit_schrittweite():
    """Rounded up, and the extra zeros below and to the right; a mirror would show."""
    import keras

    x = RNG.normal(size=(1, 8, 8, 1)).astype("float32")
    layer = keras.layers.Conv2D(1, 3, strides=2, padding="same")
    found = keras.ops.convert_to_numpy(layer(x))[0, ..., 0]
    kernel = layer.get_weights()[0][..., 0, 0]
    padded = np.pad(x[0, ..., 0], [(0, 1), (0, 1)])
    assert found.shape == (4, 4)
    assert np.allclose(found, correlate2d(padded, kernel, "valid")[::2, ::2], atol=1e-5)


# -------------------------------------------------------------------- the last parts


def test_optimalfilter():
    pulse = BY_HAND["pulse"]
    assert np.sum(pulse**2) == 18
    assert np.count_nonzero(pulse) == 9
    assert round(math.sqrt(18), 1) == 4.2
    noise = np.random.default_rng(1).normal(size=(20_000, len(pulse)))
    assert np.std(noise @ pulse) == pytest.approx(math.sqrt(18), rel=0.02)


def test_block_mit_nullen_reicht_durch():
    """relu(F(A) + A) with a second convolution of zeros, by hand; else it does not."""
    a = np.maximum(RNG.normal(size=(1, 7, 7, 4)), 0)
    inner = same(a, RNG.normal(size=(3, 3, 4, 4)))
    for scale, unchanged in ((0, True), (0.1, False)):
        weights = scale * RNG.normal(size=(3, 3, 4, 4))
        padded = np.pad(inner, [(0, 0), (1, 1), (1, 1), (0, 0)])
        out = np.maximum(BY_HAND["conv2d"](padded, weights, 0) + a, 0)
        assert np.array_equal(out, a) == unchanged
