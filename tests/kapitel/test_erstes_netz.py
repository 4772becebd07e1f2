"""Die Zahlen von »Das erste Netz mit Keras«, auf anderem Weg nachgerechnet.

Das Netz des Kapitels wird hier mit NumPy allein gerechnet, aus den Gewichten, die sein
Lauf exportiert hat; was der Text behauptet, muss dabei wieder herauskommen.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import numpy as np
import pytest

import dlbuch
from buchbau.kapitel import finde
from hilfen import PROJEKT

MODELL = PROJEKT / "_build" / "modelle" / "erstes-netz" / "ziffern.keras"
PROTOKOLL = PROJEKT / "_build" / "messwerte" / "erstes-netz.json"


@dataclass(frozen=True)
class Netz:
    """The two dense layers of the chapter; forms (784, 128), (128,), (128, 10), (10,)."""

    w1: np.ndarray
    b1: np.ndarray
    w2: np.ndarray
    b2: np.ndarray

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """Return the probabilities (n, 10) of pictures (n, 28, 28), in double precision."""
        h = np.maximum(x.reshape(len(x), 784).astype(float) @ self.w1 + self.b1, 0)
        z = h @ self.w2 + self.b2
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)


@pytest.fixture(scope="module")
def netz() -> Netz:
    if not MODELL.exists():
        pytest.skip("Das Kapitel ist noch nicht ausgeführt: make html KAPITEL=erstes-netz")
    import keras

    return Netz(*keras.models.load_model(MODELL).get_weights())


@pytest.fixture(scope="module")
def zahlen() -> dict[str, float]:
    if not PROTOKOLL.exists():
        pytest.skip("Das Kapitel ist noch nicht ausgeführt: make html KAPITEL=erstes-netz")
    record = json.loads(PROTOKOLL.read_text("utf-8"))
    return {name: number["wert"] for name, number in record["zahlen"].items()}


@pytest.fixture(scope="module")
def bilder() -> tuple[np.ndarray, np.ndarray]:
    _, (x_test, y_test) = dlbuch.lade_mnist()
    return x_test.astype("float32") / 255, y_test


def test_netz_hat_die_genannten_parameter(netz):
    assert sum(a.size for a in (netz.w1, netz.b1)) == 100_480
    assert sum(a.size for a in (netz.w2, netz.b2)) == 1_290


def test_genauigkeit_und_irrtuemer(netz, zahlen, bilder):
    x, y = bilder
    p = netz(x)
    wrong = p.argmax(axis=1) != y
    # Rundung in einfacher Genauigkeit darf höchstens ein, zwei Bilder kippen.
    assert 1 - wrong.mean() == pytest.approx(zahlen["test_genauigkeit"], abs=2e-4)
    assert wrong.sum() == pytest.approx(zahlen["anzahl_falsch"], abs=2)
    sure = p.max(axis=1)
    assert (sure[wrong] > 0.9).mean() == pytest.approx(zahlen["irrtum_ueber_90"], abs=0.01)
    assert sure[wrong].mean() == pytest.approx(zahlen["irrtum_skaliert"], abs=0.005)


def test_negative_und_unskalierte_bilder(netz, zahlen, bilder):
    x, y = bilder
    negative = netz(1 - x)
    hit = (negative.argmax(axis=1) == y).mean()
    assert hit == pytest.approx(zahlen["negativ_genauigkeit"], abs=5e-4)
    assert (negative.max(axis=1) > 0.9).mean() == pytest.approx(
        zahlen["negativ_sicher"], abs=5e-4
    )
    inner, border = x.copy(), np.ones_like(x)
    inner[:, 4:24, 4:24] = 1 - inner[:, 4:24, 4:24]
    border[:, 4:24, 4:24] = x[:, 4:24, 4:24]
    inner_p, border_p = netz(inner), netz(border)
    assert (inner_p.argmax(axis=1) == y).mean() < 0.1  # ebenso wenige richtig …
    # … aber viel seltener sicher
    assert (inner_p.max(axis=1) > 0.9).mean() < 0.7 * (negative.max(axis=1) > 0.9).mean()
    assert 0.15 < (border_p.argmax(axis=1) == y).mean() < 0.35  # rund ein Viertel
    unscaled = netz(x * 255)
    wrong = unscaled.argmax(axis=1) != y
    assert 1 - wrong.mean() == pytest.approx(zahlen["unskaliert_genauigkeit"], abs=5e-4)
    assert unscaled.max(axis=1)[wrong].mean() == pytest.approx(
        zahlen["irrtum_unskaliert"], abs=0.005
    )


def test_addierer_zaehlt_alle_paare_auf():
    """The layer's table against the double sum of the formula."""
    source = finde("erstes-netz", PROJEKT).quelle.read_text("utf-8")
    code = re.search(r"(@keras\.saving[^\n]*\nclass Adder.*?)```", source, re.S)[1]
    import keras
    from keras import layers, ops

    names: dict = {"keras": keras, "layers": layers, "ops": ops, "np": np}
    exec(code, names)
    rng = np.random.default_rng(0)
    p, q = rng.dirichlet(np.ones(10), size=(2, 3)).astype("float32")
    expected = np.zeros((3, 19))
    for i in range(10):
        for j in range(10):
            expected[:, i + j] += p[:, i] * q[:, j]
    actual = ops.convert_to_numpy(names["Adder"]()(p, q))
    np.testing.assert_allclose(actual, expected, atol=1e-6)


def test_zahlen_die_fest_im_text_stehen():
    assert (50_000 // 128, 50_000 % 128) == (390, 80)  # 391 Schritte, der letzte mit 80
    losses = [f"{-np.log(p):.2f}" for p in (0.9, 0.1, 0.001)]
    assert losses == ["0.11", "2.30", "6.91"]
    assert divmod(2_000, 32) == (62, 16)  # ueb-trainiere: zweimal 63 Schritte
    assert 785 * 64 + 65 * 32 + 33 * 11 == 52_683  # ueb-funktional


def test_spiegeln_laesst_abstaende_gleich():
    """Why ueb-abstand cannot decide between d and 9 - d."""
    d = np.arange(10)
    distance = np.abs(np.subtract.outer(d, d))
    np.testing.assert_array_equal(distance, distance[::-1, ::-1])
