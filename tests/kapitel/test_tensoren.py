"""Die Zahlen und Sätze von »Tensoren«, auf anderem Weg nachgerechnet.

Was der Text behauptet, muss hier ohne die Wege des Kapitels wieder herauskommen.
"""

from __future__ import annotations

import json

import numpy as np
import pytest

import dlbuch
from hilfen import PROJEKT

PROTOKOLL = PROJEKT / "_build" / "messwerte" / "tensoren.json"


@pytest.fixture(scope="module")
def zahlen() -> dict[str, float]:
    if not PROTOKOLL.exists():
        pytest.skip("Das Kapitel ist noch nicht ausgeführt: make html KAPITEL=tensoren")
    record = json.loads(PROTOKOLL.read_text("utf-8"))
    return {name: number["wert"] for name, number in record["zahlen"].items()}


@pytest.fixture(scope="module")
def pinguine() -> tuple[np.ndarray, np.ndarray]:
    """Return flipper lengths (mm) and masses (g) of the birds that have both."""
    birds = dlbuch.lade_pinguine()
    birds = birds[~np.isnan(birds["body_mass_g"])]
    return birds["flipper_length_mm"], birds["body_mass_g"]


def test_speicher_von_mnist(zahlen):
    for kind, size in {"uint8": 1, "float32": 4, "float64": 8}.items():
        assert zahlen[f"mnist_{kind}"] == pytest.approx(60_000 * 28 * 28 * size / 1e6)


def test_richtige_steigung_ist_die_der_kleinsten_quadrate(zahlen, pinguine):
    flipper, mass = pinguine
    slope, _ = np.polyfit(flipper, mass, 1)
    assert zahlen["steigung_richtig"] == round(slope)  # das Raster hat ganze Gramm


def test_falsches_minimum_liegt_beim_mittelwert(zahlen, pinguine):
    """The mean over all pairs is the variance plus the distance from the mean."""
    flipper, mass = pinguine
    for slope in (-20, 0, 50, 80):
        prediction = mass.mean() + slope * (flipper - flipper.mean())
        pairs = np.mean((mass - prediction[:, None]) ** 2)
        split = mass.var() + np.mean((mass.mean() - prediction) ** 2)
        assert pairs == pytest.approx(split)
    assert zahlen["steigung_falsch"] == pytest.approx(0, abs=1e-9)


def test_schablonen_sind_der_naechste_mittelwert(zahlen):
    """Distances computed one template after the other give the same accuracy."""
    (x_train, y_train), (x_test, y_test) = dlbuch.lade_mnist()
    x = x_test.reshape(-1, 784) / np.float32(255)
    distances = []
    for k in range(10):
        template = (x_train[y_train == k].mean(axis=0) / 255).reshape(784)
        distances.append(((x - template.astype("float32")) ** 2).sum(axis=1))
    accuracy = np.mean(np.argmin(distances, axis=0) == y_test)
    assert zahlen["vorlagen_genauigkeit"] == pytest.approx(accuracy, abs=2e-4)


def test_ableitung_von_hand(zahlen):
    assert zahlen["band_ableitung"] == 2 * (3 * 1 - 6) * 3


def test_saetze_ueber_ansichten():
    """What shares its memory and what is copied, as the text says."""
    x = np.arange(12).reshape(3, 4)
    assert np.shares_memory(x, x.T)
    assert np.shares_memory(x, x.reshape(4, 3))
    assert np.shares_memory(x, x[:, ::2])
    assert not np.shares_memory(x, x[[0, 1]])
    assert not np.shares_memory(x, x.T.reshape(-1))
    assert np.broadcast_to(x[:, :1], (3, 4)).strides[1] == 0
    assert (x[:, 0].T.shape, np.zeros((8, 1, 6, 1)).shape) == ((3,), (8, 1, 6, 1))
    assert np.broadcast_shapes((8, 1, 6, 1), (7, 1, 5)) == (8, 7, 6, 5)
