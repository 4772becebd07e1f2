"""Zahlen und Verfahren des Kapitels LSTM und GRU, auf anderem Weg nachgerechnet.

The chapter's own cells hold its cells against Keras; here they meet the equations written
out number by number, the forecasts without training are computed anew, and the numbers
on paper from their definitions.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import dlbuch
from buchbau.kapitel import finde
from buchbau.schluessel import lies_notizbuch
from hilfen import PROJEKT

KAPITEL = finde("lstm", PROJEKT)
TEXT = KAPITEL.quelle.read_text("utf-8")
CELLS = [c.source for c in lies_notizbuch(KAPITEL.quelle).cells if c.cell_type == "code"]
RANGES = KAPITEL.kopf["behauptungen"]

DAY, WEEK = 48, 336
TRAIN, VAL = 8 * WEEK, 10 * WEEK
TIMES, DEMAND = dlbuch.lade_strom()
TEST = range(VAL, len(DEMAND))


def definitions() -> dict[str, Any]:
    """Return the chapter's functions that need neither Keras nor a trained network."""
    space: dict[str, Any] = {"np": np, "DAY": DAY, "WEEK": WEEK, "demand": DEMAND}
    starts = ("def windows", "def sigmoid", "def run_cell", "def gru_step", "def formula")
    for start in (*starts, "def next_day"):
        (source,) = [cell for cell in CELLS if cell.startswith(start)]
        exec(source.split("\n\n\nhours =")[0].split("\n\n\nday_learn =")[0], space)
    return space


CODE = definitions()


def _inside(name: str, value: float) -> None:
    low, high = RANGES[name]["cpu"]
    assert low <= value <= high, f"{name}: {value} liegt nicht in [{low}, {high}]"


def sigma(z: float) -> float:
    return 1 / (1 + math.exp(-z))


@pytest.mark.parametrize("seed", range(5))
def test_lstm_zahl_fuer_zahl(seed):
    """The equations for every example and unit in plain loops."""
    rng = np.random.default_rng(seed)
    n, d, m = 3, 2, 4
    x, h, c = rng.normal(size=(n, d)), rng.normal(size=(n, m)), rng.normal(size=(n, m))
    W, U, b = (
        rng.normal(size=(d, 4 * m)),
        rng.normal(size=(m, 4 * m)),
        rng.normal(size=4 * m),
    )
    new_h, new_c = CODE["lstm_step"](x, h, c, W, U, b)
    for row in range(n):
        for unit in range(m):

            def total(block, row=row, unit=unit):
                column = block * m + unit
                inputs = sum(x[row, k] * W[k, column] for k in range(d))
                return inputs + sum(h[row, k] * U[k, column] for k in range(m)) + b[column]

            i, f, o = sigma(total(0)), sigma(total(1)), sigma(total(3))
            state = f * c[row, unit] + i * math.tanh(total(2))
            assert new_c[row, unit] == pytest.approx(state)
            assert new_h[row, unit] == pytest.approx(o * math.tanh(state))


@pytest.mark.parametrize("reset_after", [False, True])
def test_gru_zahl_fuer_zahl(reset_after):
    rng = np.random.default_rng(7)
    n, d, m = 3, 2, 4
    x, h = rng.normal(size=(n, d)), rng.normal(size=(n, m))
    W, U = rng.normal(size=(d, 3 * m)), rng.normal(size=(m, 3 * m))
    b = rng.normal(size=(2, 3 * m)) if reset_after else rng.normal(size=3 * m)
    b_in, b_rec = b if reset_after else (b, np.zeros(3 * m))
    found = CODE["gru_step"](x, h, W, U, b, reset_after)

    def parts(row, column, state):
        inputs = sum(x[row, k] * W[k, column] for k in range(d)) + b_in[column]
        return inputs, sum(state[k] * U[k, column] for k in range(m)) + b_rec[column]

    for row in range(n):
        reset = [sigma(sum(parts(row, m + k, h[row]))) for k in range(m)]
        for unit in range(m):
            update = sigma(sum(parts(row, unit, h[row])))
            if reset_after:
                inputs, recurrent = parts(row, 2 * m + unit, h[row])
                g = math.tanh(inputs + reset[unit] * recurrent)
            else:
                g = math.tanh(sum(parts(row, 2 * m + unit, np.multiply(reset, h[row]))))
            expected = update * h[row, unit] + (1 - update) * g
            assert found[row, unit] == pytest.approx(expected)


def test_zwei_fassungen_der_gru_sind_verschieden():
    rng = np.random.default_rng(1)
    x, h = rng.normal(size=(2, 3)), rng.normal(size=(2, 4))
    W, U, b = rng.normal(size=(3, 12)), rng.normal(size=(4, 12)), rng.normal(size=12)
    after = CODE["gru_step"](x, h, W, U, np.stack([b, 0 * b]), True)
    assert np.abs(after - CODE["gru_step"](x, h, W, U, b, False)).max() > 0.01


def test_fenster_enthalten_keine_zukunft():
    series = np.arange(100.0)
    assert CODE["windows"](series, [10, 50], 4).tolist() == [[6, 7, 8, 9], [46, 47, 48, 49]]
    assert CODE["next_day"](series, [50])[0].tolist() == list(range(50, 98))


def test_verfahren_ohne_training():
    """Last value, last week and the formula in plain Python."""
    y = DEMAND.tolist()

    def error(forecast):
        return sum(abs(forecast(k) - y[k]) for k in TEST) / len(TEST)

    _inside("schritt_letzter", error(lambda k: y[k - 1]))
    _inside("schritt_woche", error(lambda k: y[k - WEEK]))
    _inside("schritt_formel", error(lambda k: y[k - 1] + y[k - WEEK] - y[k - WEEK - 1]))
    assert CODE["formula"](4000) == y[3999] + y[4000 - WEEK] - y[3999 - WEEK]


@pytest.mark.parametrize("length", [336, 337])
def test_ridge_aus_den_normalgleichungen(length):
    mean, std = DEMAND[:TRAIN].mean(), DEMAND[:TRAIN].std()
    z = ((DEMAND - mean) / std).astype("float32").astype(float)
    rows = np.lib.stride_tricks.sliding_window_view(z[:-1], length)
    targets = z[length:]
    known = TRAIN - length
    X, y = rows[:known], targets[:known]
    centre, middle = X.mean(axis=0), y.mean()
    weights = np.linalg.solve(
        (X - centre).T @ (X - centre) + 0.1 * np.eye(length), (X - centre).T @ (y - middle)
    )
    forecast = (rows[VAL - length :] - centre) @ weights + middle
    error = np.abs(forecast - targets[VAL - length :]).mean() * std
    _inside(f"schritt_ridge{length}", error)
    if length == 337:
        largest = np.argsort(-np.abs(weights))[:3] - length
        assert sorted(largest.tolist()) == [-337, -336, -1]


def test_einen_tag_voraus_ohne_netz():
    y = DEMAND.tolist()
    origins = range(VAL, len(y) - DAY + 1)
    naive = lifted = 0.0
    for k in origins:
        lift = sum(y[k - j] - y[k - j - WEEK] for j in range(1, DAY + 1)) / DAY
        for j in range(DAY):
            week = y[k + j - WEEK]
            naive += abs(week - y[k + j])
            lifted += abs(week + lift - y[k + j])
    count = DAY * len(origins)
    _inside("tag_woche", naive / count)
    _inside("tag_angehoben", lifted / count)


def test_gestern_allein_hat_fast_dasselbe_bestimmtheitsmass():
    """What the stock prophet shows, yesterday's price shows too."""
    days, prices = dlbuch.lade_aktie()
    chosen = np.flatnonzero(
        (days >= np.datetime64("2011")) & (days < np.datetime64("2013"))
    )
    truth, yesterday = prices[chosen], prices[chosen - 1]
    residual = np.sum((truth - yesterday) ** 2)
    r2 = 1 - residual / np.sum((truth - truth.mean()) ** 2)
    assert r2 > 0.97
    _inside("prophet_naiv", np.abs(truth - yesterday).mean())


def test_muenzwurf():
    """95 of 100 series of as many throws lie between 45 and 55 percent."""
    days, prices = dlbuch.lade_aktie()
    chosen = np.flatnonzero(
        (days >= np.datetime64("2011")) & (days < np.datetime64("2013"))
    )
    n = int(np.sum(prices[chosen] != prices[chosen - 1]))
    inside = sum(
        math.comb(n, k) for k in range(math.ceil(0.45 * n), math.floor(0.55 * n) + 1)
    )
    assert 0.95 < inside / 2**n < 0.99
    assert "meist zwischen 45 und 55 %" in TEXT


def test_halbwertszeiten_im_text():
    assert round(sigma(1), 2) == 0.73
    assert 2 < math.log(0.5) / math.log(sigma(1)) < 2.5
    assert round(math.log(0.5) / math.log(0.99)) == 69
    assert round(0.5 ** (1 / DAY), 3) == 0.986
    assert abs(sigma(4.2) - 0.5 ** (1 / DAY)) < 0.001


def test_das_vergessenstor_haelt_18_uhr_fest():
    """Hand-set weights of the text: kept until the next day, or added up for ever."""
    source = next(cell for cell in CELLS if "def run_cell" in cell)
    z = (DEMAND - DEMAND[:TRAIN].mean()) / DEMAND[:TRAIN].std()
    space = {**CODE, "z": z}
    exec(source, space)
    evenings = np.tanh(0.7 * z[36 : 14 * DAY : DAY])
    kept = space["c_2000"][0, 36::DAY, 0]
    added = space["c_1997"][0, 36::DAY, 0]
    np.testing.assert_allclose(kept, evenings, atol=0.01)
    np.testing.assert_allclose(added, np.cumsum(evenings), atol=0.1)
    assert space["h_1997"][0, -1, 0] > 0.99


def test_parameter_von_hand():
    assert 4 * (1 * 32 + 32 * 32 + 32) == 4352
    assert str(TIMES[0]) == "2000-06-05T00:00"
    assert TIMES[0].astype("M8[D]").item().weekday() == 0  # ein Montag, wie im Text
