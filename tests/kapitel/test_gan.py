"""Die Zahlen und Verfahren von »Generative Adversarial Networks«, anders nachgerechnet.

The training step is taken from the chapter's own cell and tried on small networks; the
exported generator is judged on noise that the chapter has not drawn.
"""

from __future__ import annotations

import json
import warnings

import numpy as np
import pytest

import dlbuch
from buchbau.schluessel import lies_notizbuch
from hilfen import PROJEKT

QUELLE = PROJEKT / "book" / "unueberwacht" / "gan.md"
MODELL = PROJEKT / "_build" / "modelle" / "gan" / "generator.keras"
PROTOKOLL = PROJEKT / "_build" / "messwerte" / "gan.json"


def zelle(stueck: str) -> str:
    """Return the source of the first code cell that holds `stueck`."""
    return next(
        cell.source
        for cell in lies_notizbuch(QUELLE).cells
        if cell.cell_type == "code" and stueck in cell.source
    )


def namen(*stuecke: str) -> dict:
    """Execute the cells that hold these pieces; return what they define."""
    import keras
    from keras import layers

    defined: dict = {"np": np, "keras": keras, "layers": layers}
    for piece in stuecke:
        exec(compile(zelle(piece), piece, "exec"), defined)
    return defined


@pytest.fixture(scope="module")
def zahlen() -> dict[str, float]:
    if not PROTOKOLL.exists():
        pytest.skip("Das Kapitel ist noch nicht ausgeführt: make html KAPITEL=gan")
    record = json.loads(PROTOKOLL.read_text("utf-8"))
    return {name: number["wert"] for name, number in record["zahlen"].items()}


@pytest.fixture(scope="module")
def urteil() -> np.ndarray:
    """The judge's probabilities for 3,000 fresh fakes, form (3000, 10)."""
    if not MODELL.exists():
        pytest.skip("Das Kapitel ist noch nicht ausgeführt: make html KAPITEL=gan")
    import keras

    z = np.random.default_rng(99).normal(size=(3000, 16)).astype("float32")
    fakes = keras.models.load_model(MODELL).predict(z, batch_size=500, verbose=0)
    assert fakes.shape == (3000, 28, 28, 1)
    assert 0 <= fakes.min() <= fakes.max() <= 1
    return dlbuch.lade_ziffernleser().predict(fakes, batch_size=500, verbose=0)


@pytest.fixture(scope="module")
def netze():
    """The chapter's networks and its training step, untrained."""
    import keras

    keras.utils.set_random_seed(3)
    found = namen("def build_generator", "def build_discriminator", "def gan_step")
    G, D = found["build_generator"](), found["build_discriminator"]()
    adam = keras.optimizers.Adam
    gan = found["assemble"](G, D, adam(0.0005, beta_1=0.5), adam(0.0005, beta_1=0.5))
    return found, G, D, gan


def bewegt(vorher: list[np.ndarray], nachher: list[np.ndarray]) -> float:
    return max(np.abs(a - b).max() for a, b in zip(vorher, nachher, strict=True))


def test_beide_netze_lernen_und_nur_wenn_sie_dran_sind(netze):
    found, G, D, gan = netze
    rng = np.random.default_rng(0)
    real = rng.random((64, 28, 28, 1)).astype("float32") ** 4
    d_first, g_first = D.get_weights(), G.get_weights()
    for _ in range(30):
        d_loss, g_loss = found["gan_step"](G, D, gan, real, rng)
    assert bewegt(d_first, D.get_weights()) > 1e-3
    assert bewegt(g_first, G.get_weights()) > 1e-3
    assert np.isfinite([d_loss, g_loss]).all()
    # Ein untrainierter Diskriminator rät: 0,69.
    assert d_loss < 0.6
    d_before = D.get_weights()
    gan.train_on_batch(rng.normal(size=(64, 16)).astype("float32"), np.ones((64, 1)))
    assert bewegt(d_before, D.get_weights()) == 0


def test_einmal_eingefroren_lernt_der_diskriminator_nie(netze):
    """The way of many tutorials, shown as a mistake in the chapter."""
    frozen = netze[0]["build_discriminator"]()
    frozen.compile("adam", "binary_crossentropy")
    frozen.trainable = False
    before = frozen.get_weights()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(3):
            frozen.train_on_batch(np.ones((8, 28, 28, 1)), np.ones((8, 1)))
    assert bewegt(before, frozen.get_weights()) == 0


def test_faelschungen_ueberzeugen(zahlen, urteil):
    sure = (urteil.max(axis=1) > 0.9).mean()
    shares = np.bincount(urteil.argmax(axis=1), minlength=10) / len(urteil)
    assert sure > 0.5
    assert shares.min() > 0.03
    assert sure == pytest.approx(zahlen["gan_erkannt"], abs=0.035)
    assert shares.min() == pytest.approx(zahlen["gan_seltenste"], abs=0.02)
    assert shares.max() == pytest.approx(zahlen["gan_haeufigste"], abs=0.03)


def test_gezaehltes_modell_ist_bernoulli_naive_bayes(zahlen):
    from sklearn.naive_bayes import BernoulliNB

    (x_train, y_train), (x_test, y_test) = dlbuch.lade_mnist()
    ink, test = ((x.reshape(-1, 784) > 127).astype(float) for x in (x_train, x_test))
    theirs = BernoulliNB(alpha=1.0).fit(ink, y_train)
    assert theirs.score(test, y_test) == pytest.approx(zahlen["bayes_genauigkeit"])


def test_muenzen_mit_numerischem_gradienten(zahlen):
    """The whole game again, all derivatives taken from the losses themselves."""
    h = 1e-6

    def d(x, c):
        return 1 / (1 + np.exp(-(c[0] + c[1] * x + c[2] * x**2)))

    def slope(loss, at):
        eye = h * np.eye(len(at))
        return np.array([(loss(at + e) - loss(at - e)) / (2 * h) for e in eye])

    rng = np.random.default_rng(1)
    g, c = np.array([1.0, -1.5]), np.zeros(3)
    for _ in range(150):
        real = rng.normal(1.5, 0.5, 256)
        fake = g[0] * rng.normal(size=256) + g[1]

        def loss_d(c, real=real, fake=fake):
            return -np.mean(np.log(d(real, c))) - np.mean(np.log(1 - d(fake, c)))

        c = c - 0.3 * slope(loss_d, c)
        z = rng.normal(size=256)

        def loss_g(g, z=z, c=c):
            return -np.mean(np.log(d(g[0] * z + g[1], c)))

        g = g - 0.2 * slope(loss_g, g)
    assert 10 + g[1] == pytest.approx(zahlen["muenze_mittel_frueh"], abs=1e-3)
    assert abs(g[0]) == pytest.approx(zahlen["muenze_streuung_frueh"], abs=1e-3)


def test_log_verhaeltnis_zweier_glocken_ist_quadratisch():
    """Three numbers suffice for the best discriminator of the coins."""
    x = np.linspace(-3, 3, 50)

    def log_density(mean, spread):
        return -0.5 * ((x - mean) / spread) ** 2 - np.log(spread)

    ratio = log_density(1.5, 0.5) - log_density(-1.0, 1.2)
    np.testing.assert_allclose(np.polyval(np.polyfit(x, ratio, 2), x), ratio, atol=1e-9)


def test_zug_nahe_null(zahlen):
    """Near D = 0 the minimax loss hardly pulls, the practical one does."""
    assert zahlen["sicher_d"] < 0.01
    assert zahlen["zug_minimax"] < 0.05 < 1 < zahlen["zug_praxis"]
    for u in (-6.0, -2.0, 1.0):
        h = 1e-5
        sigma = [1 / (1 + np.exp(-v)) for v in (u - h, u, u + h)]
        minimax = (np.log(1 - sigma[2]) - np.log(1 - sigma[0])) / (2 * h)
        practical = (-np.log(sigma[2]) + np.log(sigma[0])) / (2 * h)
        assert minimax == pytest.approx(-sigma[1], abs=1e-6)
        assert practical == pytest.approx(-(1 - sigma[1]), abs=1e-6)


def test_transponierte_faltung_stempelt():
    """What the text says of the three numbers 1, 0, 10."""
    expected = np.zeros(8)
    for place, value in enumerate([1, 0, 10]):
        expected[2 * place : 2 * place + 4] += value * np.array([1, 2, 3, 4])
    assert expected.tolist() == [1, 2, 3, 4, 10, 20, 30, 40]
    assert "stamp" in zelle("Conv1DTranspose")


def test_diffusion_vorwaerts_wird_standardnormal():
    """After all steps nothing is left of the digit: mean 0, spread 1."""
    alpha_bar = np.cumprod(1 - np.linspace(0.001, 0.15, 60))
    assert alpha_bar[0] > 0.99
    assert alpha_bar[-1] < 0.01
    rng = np.random.default_rng(0)
    x0 = rng.choice([-1.0, 1.0], size=(100_000, 2))
    keep = alpha_bar[-1]
    noisy = np.sqrt(keep) * x0 + np.sqrt(1 - keep) * rng.normal(size=x0.shape)
    assert abs(noisy.mean()) < 0.01
    assert noisy.std() == pytest.approx(1, abs=0.01)
    # Schritt für Schritt dasselbe wie auf einmal.
    x = x0
    for a in 1 - np.linspace(0.001, 0.15, 60):
        x = np.sqrt(a) * x + np.sqrt(1 - a) * rng.normal(size=x.shape)
    assert np.cov(x[:, 0], x0[:, 0])[0, 1] == pytest.approx(np.sqrt(keep), abs=0.01)


def test_diffusion_findet_die_drei(zahlen):
    assert zahlen["tinte_erzeugt"] > zahlen["tinte_rauschen"] + 0.25


def test_kollaps_und_kopien(zahlen):
    assert zahlen["kollaps_aehnlich_nachher"] > zahlen["kollaps_aehnlich_vorher"] + 0.2
    assert zahlen["kollaps_d_nachher"] > zahlen["kollaps_d_vorher"]
    assert zahlen["abstand_kleinster"] > 1
