"""The live figures ``lstm-tore`` and ``prognose`` in Chromium."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

import dlbuch
from hilfen import Ergebnis, baue_buch

PAGE = "book/sequenzen/probe"

TEXT = """# Probe

:::{live} lstm-tore
:name: abb-tore
:alt: Eine Zelle
Die Zelle.
:::

:::{live} prognose
:name: abb-prognose
:modell: tag
:alt: Eine Prognose
Die Prognose.
:::
"""

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

ENVIRONMENT = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}


def _python(code: str, *arguments: str, stdin: str = "", **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**ENVIRONMENT, **environment},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def buch(tmp_path_factory: pytest.TempPathFactory) -> Ergebnis:
    """Build a small book with both figures and a network."""
    folder = tmp_path_factory.mktemp("lstm")
    models = folder / "_build" / "modelle" / "probe"
    models.mkdir(parents=True)
    _python(EXPORT, DLBUCH_MODELLE=str(models))
    built = baue_buch(folder, {PAGE: TEXT})
    assert built.rc == 0, built.meldungen
    return built


@pytest.fixture(scope="module")
def adresse(buch: Ergebnis, serviere: Callable[[Path], str]) -> str:
    return f"{serviere(buch.ordner / '_build' / 'html')}{PAGE}.html"


@pytest.fixture
def seite(browser: Browser, adresse: str) -> Iterator[tuple[Page, list[str]]]:
    """Open the page at phone width; the list collects errors of scripts and console."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(adresse)
    yield page, faults
    page.close()


def _figure(page: Page, name: str) -> Any:
    figure = page.locator(f"live-{name}")
    figure.scroll_into_view_if_needed()
    figure.locator(".live-inhalt").wait_for()
    return figure


def _wait(page: Page, condition: str) -> None:
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"Nach 5 s nicht erfüllt: {condition}")


def test_tore(seite: tuple[Page, list[str]]) -> None:
    """The reader's gates change the state; the sentence computes it; reset."""
    page, faults = seite
    figure = _figure(page, "lstm-tore")
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("Schritt 12, markiert, x = −0,8").wait_for()
    state = "document.querySelector('live-lstm-tore').recorded.at(-1).c[0]"
    # the answer to the question of the figure
    figure.get_by_label("Vergessenstor f").press("End")
    figure.get_by_label("Eingabetor i").press("Home")
    figure.get_by_label("Tore an markierten Schritten").select_option("ersetzen")
    # the last marked value is 0,6, the weight 2
    _wait(page, f"Math.abs({state} - Math.tanh(1.2)) < 0.03")
    assert figure.get_by_label("Beispiel").input_value() == "eigene"
    figure.get_by_role("slider", name="Schritt").press("Home")
    sentence.get_by_text("Vor dem ersten Schritt ist der Zellzustand 0.").wait_for()
    figure.get_by_role("button", name="Weiter").press("Enter")
    sentence.get_by_text("Schritt 1, x = 0,3").wait_for()
    figure.get_by_label("Beispiel").select_option("ohne")
    _wait(page, "document.querySelector('live-lstm-tore').state.f === 1")
    figure.get_by_role("button", name="Zurücksetzen").click()
    sentence.get_by_text("Schritt 12, markiert").wait_for()
    assert faults == []


def test_prognose_wie_keras(seite: tuple[Page, list[str]], buch: Ergebnis) -> None:
    """The forecast equals that of Keras; the error in the sentence that of NumPy."""
    page, faults = seite
    figure = _figure(page, "prognose")
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("Prognose ab Freitag, 18. August").wait_for()
    figure.get_by_role("button", name="Netz laden").click()
    state = "document.querySelector('live-prognose').state"
    _wait(page, f"{state}.correction !== null")
    begin = figure.get_by_label("Beginn der Prognose")
    begin.press("ArrowRight")
    _wait(page, f"{state}.offset === 217")
    figure.get_by_role("button", name="Einen Tag vor").click()
    _wait(page, f"{state}.offset === 265")
    correction = page.evaluate(f"{state}.correction")
    _, demand = dlbuch.lade_strom()
    k = 10 * 336 + 265
    seen = demand[k - 48 : k] - demand[k - 384 : k - 336]
    model = buch.ordner / "_build" / "modelle" / "probe" / "tag.keras"
    answer = _python(ANSWER, str(model), stdin=json.dumps([seen.tolist()]))
    expected = np.array(json.loads(answer.splitlines()[-1]))[0]
    np.testing.assert_allclose(correction, expected, atol=0.05)  # of hundreds of MW
    forecast = demand[k - 336 : k - 288] + correction
    error = np.abs(forecast - demand[k : k + 48]).mean()
    assert f"das Netz um {error:.0f} MW".replace(",", ".") in sentence.inner_text()
    begin.press("End")
    _wait(page, f"{state}.offset === 624")
    figure.get_by_role("button", name="Einen Tag vor").click()
    begin.press("Home")
    _wait(page, f"{state}.offset === 0")
    figure.get_by_role("button", name="Zurücksetzen").click()
    sentence.get_by_text("Prognose ab Freitag, 18. August").wait_for()
    assert faults == []


def test_ohne_netz_steht_der_grund_da(browser: Browser, adresse: str) -> None:
    """A network that does not load is a German sentence; the series stays."""
    page = browser.new_page()
    page.route("**/*.tflite*", lambda route: route.abort())
    page.goto(adresse)
    figure = _figure(page, "prognose")
    figure.locator(".live-aussage").get_by_text("Prognose ab").wait_for()
    figure.get_by_role("button", name="Netz laden").click()
    alert = figure.locator("[role=alert]")
    alert.wait_for()
    assert "Das Netz dieser Seite ließ sich nicht laden" in alert.inner_text()
    assert figure.locator("svg polyline").count() == 3
    page.close()


def test_schmal_ragt_nichts_heraus(seite: tuple[Page, list[str]]) -> None:
    """At 390 pixels neither figure makes the page scroll sideways."""
    page, _ = seite
    for name in ("lstm-tore", "prognose"):
        figure = _figure(page, name)
        assert figure.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
