"""The live figures ``lstm-tore`` and ``prognose`` in Chromium."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
from playwright.sync_api import Page

import dlbuch
from figuren import directive, keras_file, open_figure, run_keras, wait_for
from hilfen import Ergebnis

SEITE = f"# Probe\n\n{directive('lstm-tore')}\n{directive('prognose', 'tag')}"

#: The network of the chapter with random weights: agreement needs no training.
EXPORT = """
import keras, dlbuch
keras.utils.set_random_seed(1)
model = keras.Sequential([
    keras.Input((48, 1)), keras.layers.Rescaling(1 / 700),
    keras.layers.LSTM(32, unroll=True), keras.layers.Dense(48),
    keras.layers.Rescaling(700),
])
dlbuch.exportiere(model, "tag")
"""

ANSWER = """
import json, sys
import keras, numpy as np
model = keras.models.load_model(sys.argv[1])
inputs = np.array(json.load(sys.stdin), "float32")[..., None]
print(json.dumps(model.predict_on_batch(inputs).tolist()))
"""


def test_tore(page: Page) -> None:
    """The reader's gates change the state; the sentence computes it; reset."""
    figure = open_figure(page, "lstm-tore")
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("Schritt 12, markiert, x = −0,8").wait_for()
    state = "document.querySelector('live-lstm-tore').recorded.at(-1).c[0]"
    # the answer to the question of the figure
    figure.get_by_label("Vergessenstor f").press("End")
    figure.get_by_label("Eingabetor i").press("Home")
    figure.get_by_label("Tore an markierten Schritten").select_option("ersetzen")
    # the last marked value is 0,6, the weight 2
    wait_for(page, f"Math.abs({state} - Math.tanh(1.2)) < 0.03")
    assert figure.get_by_label("Beispiel").input_value() == "eigene"
    figure.get_by_role("slider", name="Schritt").press("Home")
    sentence.get_by_text("Vor dem ersten Schritt ist der Zellzustand 0.").wait_for()
    figure.get_by_role("button", name="Weiter").press("Enter")
    sentence.get_by_text("Schritt 1, x = 0,3").wait_for()
    figure.get_by_label("Beispiel").select_option("ohne")
    wait_for(page, "document.querySelector('live-lstm-tore').state.f === 1")
    figure.get_by_role("button", name="Zurücksetzen").click()
    sentence.get_by_text("Schritt 12, markiert").wait_for()


def test_prognose_wie_keras(page: Page, buch: Ergebnis) -> None:
    """The forecast equals that of Keras; the error in the sentence that of NumPy."""
    figure = open_figure(page, "prognose")
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("Prognose ab Freitag, 18. August").wait_for()
    figure.get_by_role("button", name="Netz laden").click()
    state = "document.querySelector('live-prognose').state"
    wait_for(page, f"{state}.correction !== null")
    begin = figure.get_by_label("Beginn der Prognose")
    begin.press("ArrowRight")
    wait_for(page, f"{state}.offset === 217")
    figure.get_by_role("button", name="Einen Tag vor").click()
    wait_for(page, f"{state}.offset === 265")
    correction = page.evaluate(f"{state}.correction")
    _, demand = dlbuch.lade_strom()
    k = 10 * 336 + 265
    seen = demand[k - 48 : k] - demand[k - 384 : k - 336]
    model = keras_file(buch, "tag")
    answer = run_keras(ANSWER, str(model), stdin=json.dumps([seen.tolist()]))
    expected = np.array(json.loads(answer.splitlines()[-1]))[0]
    np.testing.assert_allclose(correction, expected, atol=0.05)  # of hundreds of MW
    forecast = demand[k - 336 : k - 288] + correction
    error = np.abs(forecast - demand[k : k + 48]).mean()
    assert f"das Netz um {error:.0f} MW".replace(",", ".") in sentence.inner_text()
    begin.press("End")
    wait_for(page, f"{state}.offset === 624")
    figure.get_by_role("button", name="Einen Tag vor").click()
    begin.press("Home")
    wait_for(page, f"{state}.offset === 0")
    figure.get_by_role("button", name="Zurücksetzen").click()
    sentence.get_by_text("Prognose ab Freitag, 18. August").wait_for()


def test_ohne_netz_steht_der_grund_da(oeffne: Callable[..., Page]) -> None:
    """A network that does not load is a German sentence; the series stays."""
    page = oeffne(fehlt="**/*.tflite*")
    figure = open_figure(page, "prognose")
    figure.locator(".live-aussage").get_by_text("Prognose ab").wait_for()
    figure.get_by_role("button", name="Netz laden").click()
    alert = figure.locator("[role=alert]")
    alert.wait_for()
    assert "Das Netz dieser Seite ließ sich nicht laden" in alert.inner_text()
    assert figure.locator("svg polyline").count() == 3


def test_schmal_ragt_nichts_heraus(oeffne: Callable[..., Page]) -> None:
    """At 390 pixels neither figure makes the page scroll sideways."""
    page = oeffne(viewport={"width": 390, "height": 844})
    for name in ("lstm-tore", "prognose"):
        figure = open_figure(page, name)
        assert figure.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
