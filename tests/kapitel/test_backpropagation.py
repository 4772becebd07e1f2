"""Zahlen des Kapitels Backpropagation, auf anderem Weg nachgerechnet.

The chapter's own cells are run by the build; here its hand-made numbers (counts, the net
on paper, memory, bounds) and its planted errors are recomputed independently of it.
"""

import itertools
import math
import re

import numpy as np
import pytest

from buchbau.diagramme import backpropagation as diagramme
from buchbau.kapitel import finde
from buchbau.schluessel import lies_notizbuch
from hilfen import PROJEKT

KAPITEL = finde("backpropagation", PROJEKT)
TEXT = KAPITEL.quelle.read_text("utf-8")
CELLS = [c.source for c in lies_notizbuch(KAPITEL.quelle).cells if c.cell_type == "code"]


def cell(start: str) -> str:
    """Return the code cell that contains `start`."""
    found = [source for source in CELLS if start in source]
    assert len(found) == 1, (start, len(found))
    return found[0]


def lines_of(name: str) -> list[str]:
    """Return the body of the function `name`, stripped, without docstrings."""
    body = re.search(rf"def {name}\(p, c, Y\):\n((?:    .*\n?)+)", cell(f"def {name}("))
    assert body
    return [line.strip() for line in body[1].splitlines() if '"""' not in line]


def test_parameter_und_multiplikationen():
    sizes = [784, 64, 64, 10]
    layers = list(itertools.pairwise(sizes))
    parameters = sum(i * o + o for i, o in layers)
    forward = sum(i * o for i, o in layers)
    backward = 2 * forward - 784 * 64
    for number in (parameters, 2 * parameters, forward, backward):
        assert f"{number:,d}".replace(",", ".") in TEXT


def test_papiernetz_durch_komplexen_schritt():
    """The complex step gives derivatives without any cancellation."""

    def loss(theta: np.ndarray) -> complex:
        weights, bias = theta[:4].reshape(2, 2), theta[4:6]
        z = np.array([1.0, 2.0]) @ weights + bias
        a = np.where(z.real > 0, z, 0)
        return (a @ theta[6:8] + theta[8] - 5.0) ** 2

    theta = np.array([1, -1, 0.5, 1, -1, 1, 2, -1, 1], dtype=complex)
    gradient = []
    for k in range(9):
        moved = theta.copy()
        moved[k] += 1e-30j
        gradient.append(loss(moved).imag / 1e-30)
    assert loss(theta).real == 16
    assert np.allclose(gradient, [-16, 8, -32, 16, -16, 8, -8, -16, -8])
    after = loss(theta - 0.01 * np.array(gradient)).real
    assert round(after, 4) == 1.2544
    theta[5] = -2
    dead = [loss(theta + 1e-30j * np.eye(9)[k]).imag for k in range(9)]
    assert sum(g == 0 for g in dead) == 4


def test_xor_gelingt_nicht_mit_jedem_start():
    """The nets of the seeds 0 to 99, trained side by side as the chapter trains one."""
    points = np.array([[-1, -1, 1], [-1, 1, 1], [1, -1, 1], [1, 1, 1]], dtype=float)
    target = np.array([-1, 1, 1, -1])
    draws = np.array([np.random.default_rng(seed).normal(size=16) for seed in range(100)])
    hidden, out, bias = draws[:, :12].reshape(100, 4, 3), draws[:, 12:], np.zeros(100)
    solved = []
    for _ in range(201):
        a = np.tanh(np.einsum("ij,skj->ski", points, hidden))
        prediction = np.einsum("ski,sk->si", a, out) + bias[:, None]
        solved.append(int((np.sign(prediction) == target).all(axis=1).sum()))
        error = (prediction - target) / 2
        d_z = error[:, None, :] * out[:, :, None] * (1 - a**2)
        out = out - 0.1 * np.einsum("si,ski->sk", error, a)
        bias = bias - 0.1 * error.sum(axis=1)
        hidden = hidden - 0.1 * np.einsum("ski,ij->skj", d_z, points)
    assert (solved[100], solved[200]) == (95, 100)
    assert "nach 100 Schritten in 95 Fällen" in TEXT
    assert "erst nach bis zu 200" in TEXT


def test_lernzeit_enthaelt_die_uebungen():
    """`lernzeit` is reading (the longest route) plus the minutes of all exercises."""
    exercises = re.findall(r"exercise-start\} .*\((\d+) min\)", TEXT)
    reading = max(KAPITEL.kopf["wege"])
    assert KAPITEL.kopf["lernzeit"] == reading + sum(map(int, exercises))


def test_relativer_fehler_zweier_nullen():
    """Two zero gradients agree; the quotient must not become nan."""
    space: dict = {"np": np}
    exec(cell("def relative_error("), space)
    assert space["relative_error"](np.zeros(3), np.zeros(3)) == 0.0
    assert space["relative_error"](np.ones(3), -np.ones(3)) == 1.0


def test_genau_fuenf_gepflanzte_fehler():
    """Five expressions differ between the right and the planted backward pass."""

    def expressions(lines: list[str]) -> list[str]:
        # Eine Zeile weist bis zu zwei Werte zu; verglichen wird jeder einzeln.
        return [part for line in lines for part in re.split(r", (?=dZ)", line)]

    right, wrong = (
        expressions(lines_of("backward")),
        expressions(lines_of("backward_buggy")),
    )
    assert len(right) == len(wrong)
    assert sum(a != b for a, b in zip(right, wrong, strict=True)) == 5


@pytest.mark.parametrize(
    ("wert", "text"),
    [
        (0.25**10, r"9{,}5 \cdot 10^{-7}"),
        (0.25**19, r"4 \cdot 10^{-12}"),
        (math.exp(-4) / (1 + math.exp(-4)) ** 2, "0{,}018"),
        (math.sqrt(100 * 0.09 * 0.5), r"\approx 2{,}1"),
        (math.log(10), r"\approx 2{,}3"),
    ],
)
def test_schranken(wert: float, text: str):
    assert text in TEXT
    base, _, power = text.removeprefix(r"\approx ").partition(r" \cdot 10^")
    stated = float(base.replace("{,}", ".")) * 10 ** float(power.strip("{}") or 0)
    assert wert == pytest.approx(stated, rel=0.11)


def test_explosion_ueber_neunzehn_schichten():
    assert math.sqrt(100 * 0.09 * 0.5) ** 19 > 1e6


def test_speicheruebung():
    mib = 1024 * 1024
    assert 256 * 4096 * 4 / mib == 4
    assert 4096**2 * 4 / mib == 64
    weights, activations = 19 * 64, 20 * 4096 * 4096 * 4 // mib
    for number in (weights, activations):
        assert f"{number:,d} MiB".replace(",", ".") in TEXT


def test_diagramme_zeigen_die_zahlen_des_kapitels():
    assert (diagramme.W, diagramme.X, diagramme.B, diagramme.Y) == (0.5, 3.0, 1.0, 1.0)
    assert "w, x, b, y = 0.5, 3.0, 1.0, 1.0" in cell("dL = 1.0")


def test_die_maschine_ist_klein():
    """The text says: fewer than fifty lines."""
    marks = (
        "class Node",
        "def as_node",
        "Node.__add__",
        "def ancestors",
        "def backpropagate(",
    )
    code = [line for mark in marks for line in cell(mark).splitlines() if line.strip()]
    assert len(code) < 50
