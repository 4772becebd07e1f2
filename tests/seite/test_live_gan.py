"""The live figures of the chapter »GAN« in Chromium, with an untrained generator."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from buchbau.beispielziffern import FOLDER
from figuren import directive, keras_file, open_figure, run_keras, state_of, wait_for
from hilfen import Ergebnis

FIGURES = {
    "gan-kurven": "",
    "latente-regler": "generator",
    "mensch-oder-maschine": "generator",
}

SEITE = "# Probe\n\n" + "\n".join(directive(name, net) for name, net in FIGURES.items())

#: Forms as in the chapter, weights at random: agreement with Keras needs no training.
EXPORT = """
import keras, dlbuch
keras.utils.set_random_seed(1)
model = keras.Sequential([
    keras.Input((16,)), keras.layers.Dense(7 * 7 * 4), keras.layers.BatchNormalization(),
    keras.layers.ReLU(), keras.layers.Reshape((7, 7, 4)),
    keras.layers.Conv2DTranspose(4, 4, strides=2, padding="same", activation="relu"),
    keras.layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
])
dlbuch.exportiere(model, "generator")
"""

ANSWER = """
import sys
import keras, numpy as np
model = keras.models.load_model(sys.argv[1])
np.save(sys.argv[3], model.predict_on_batch(np.load(sys.argv[2])))
"""


def test_gan_kurven(oeffne: Callable[..., Page]) -> None:
    """Slider by keyboard, sentence and curves follow; other rules, other game; reset."""
    page = oeffne()
    figure = open_figure(page, "gan-kurven")
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("Schritt 30:").wait_for()
    step = figure.get_by_role("slider", name="Schritt")
    step.press("Home")
    sentence.get_by_text("im Mittel 8,50 g mit einer Streuung von 1,00 g").wait_for()
    sentence.get_by_text("im Mittel zu 50 % für echt").wait_for()
    step.press("End")
    wait_for(page, "document.querySelector('live-gan-kurven').state.step === 200")
    a, b = state_of(page, "gan-kurven", "recorded.at(-1).g")
    assert abs(a) == pytest.approx(0.5, abs=0.2)
    assert b == pytest.approx(1.5, abs=0.2)
    curves = figure.locator("polyline.live-gk-linie")
    assert curves.count() == 5
    assert "NaN" not in "".join(node.get_attribute("points") for node in curves.all())
    figure.get_by_label("Lernrate des Diskriminators").press("End")
    wait_for(page, "document.querySelector('live-gan-kurven').state.rateD === 0.6")
    page.wait_for_timeout(400)
    assert state_of(page, "gan-kurven", "recorded.at(-1).g") != [a, b]
    figure.get_by_label("Verlust des Generators").select_option("minimax")
    figure.get_by_role("button", name="Zurücksetzen").click()
    sentence.get_by_text("Schritt 30:").wait_for()
    assert figure.get_by_label("Verlust des Generators").input_value() == "praxis"


def test_gan_kurven_spielt_und_haelt_an(oeffne: Callable[..., Page]) -> None:
    page = oeffne()
    figure = open_figure(page, "gan-kurven")
    figure.get_by_role("button", name="Abspielen").click()
    wait_for(page, "document.querySelector('live-gan-kurven').state.step > 6")
    figure.get_by_role("button", name="Anhalten").click()
    there = state_of(page, "gan-kurven", "state.step")
    page.wait_for_timeout(300)
    assert state_of(page, "gan-kurven", "state.step") == there


def test_wenig_bewegung(oeffne: Callable[..., Page]) -> None:
    """Readers who asked for less motion are offered nothing that plays."""
    page = oeffne(reduced_motion="reduce")
    for name in ("gan-kurven", "latente-regler"):
        figure = open_figure(page, name)
        assert figure.get_by_role("button", name="spielen").count() == 0


def test_latente_regler_antworten_wie_keras(
    oeffne: Callable[..., Page], buch: Ergebnis, tmp_path: Path
) -> None:
    """What the page draws equals Keras, from the first picture on."""
    page = oeffne()
    figure = open_figure(page, "latente-regler")
    name, drawn = "latente-regler", "document.querySelector('live-latente-regler').state"
    start = page.evaluate(f"[...{drawn}.picture]")
    assert len(start) == 784  # asked at build, before the reader loads anything
    vector = "[...document.querySelector('live-latente-regler').vector]"
    vectors = [page.evaluate(vector)]
    pictures = []

    def ask(action: Callable[[], Any]) -> None:
        page.evaluate(f"{drawn}.drawn = null")
        action()
        wait_for(page, f"{drawn}.drawn !== null")
        page.wait_for_timeout(300)
        vectors.append(page.evaluate(vector))
        pictures.append(page.evaluate(f"[...{drawn}.picture]"))

    ask(figure.get_by_role("button", name="Netz laden").click)
    ask(lambda: figure.get_by_label("z₃").press("End"))
    assert vectors[-1][2] == pytest.approx(3)
    ask(figure.get_by_role("button", name="Neu würfeln").click)
    ask(lambda: figure.get_by_label("Weg zur nächsten").press("PageUp"))
    assert state_of(page, name, "state.share") > 0
    np.save(tmp_path / "z.npy", np.array(vectors[1:], "float32"))
    model = keras_file(buch, "generator")
    run_keras(ANSWER, model, tmp_path / "z.npy", tmp_path / "keras.npy")
    expected = np.load(tmp_path / "keras.npy").reshape(-1, 784)
    np.testing.assert_allclose(np.array(pictures), expected, atol=1e-4)
    np.testing.assert_allclose(start, expected[0], atol=4e-3)  # kept in bytes
    figure.get_by_role("button", name="Alle auf null").click()
    figure.locator(".live-aussage").get_by_text("Länge 0,0").wait_for()
    figure.get_by_role("button", name="Zurücksetzen").click()
    figure.locator(".live-aussage").get_by_text("Länge 0,0").wait_for(state="detached")


def test_kein_abruf_vor_dem_ersten_urteil(oeffne: Callable[..., Page]) -> None:
    asked: list[str] = []
    page = oeffne(abrufe=asked)
    open_figure(page, "mensch-oder-maschine")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "litert" in url or ".tflite" in url]


def test_mensch_oder_maschine(oeffne: Callable[..., Page]) -> None:
    """A whole round by keyboard: half the digits are real, the score is right."""
    page = oeffne()
    figure = open_figure(page, "mensch-oder-maschine")
    name = "mensch-oder-maschine"
    kinds = state_of(page, name, "state.items.map(item => item.kind)")
    assert sorted(kinds) == ["maschine"] * 10 + ["mensch"] * 10
    assert state_of(page, name, "state.items[0].picture.length") == 784
    human = figure.get_by_role("button", name="Mensch", exact=True)
    for count in range(20):
        wait_for(
            page, f"document.querySelector('live-{name}').state.guesses.length === {count}"
        )
        wait_for(
            page,
            f"document.querySelector('live-{name} .live-mm-wahl button')"
            ".getAttribute('aria-disabled') === 'false'",
        )
        human.press("Enter")
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("Runde zu Ende, 10 von 20 richtig").wait_for()
    assert figure.locator(".live-mm-reihe li").count() == 20
    assert figure.locator(".live-mm-reihe .live-mm-maschine").count() == 10
    human.press("Enter")  # after the end nothing is counted
    page.wait_for_timeout(100)
    assert state_of(page, name, "state.guesses.length") == 20
    figure.get_by_role("button", name="Neue Runde").click()
    sentence.get_by_text("Wer hat diese Ziffer geschrieben").wait_for()
    assert state_of(page, name, "state.items.map(item => item.kind)") != kinds


def test_keine_ziffer_zweimal(oeffne: Callable[..., Page]) -> None:
    """Six rounds show sixty real digits of the test data and as many different fakes."""
    page = oeffne()
    figure = open_figure(page, "mensch-oder-maschine")
    element = "document.querySelector('live-mensch-oder-maschine')"
    drawn = f"{element}.state.items.every(item => item.picture)"
    shown: dict[str, list[str]] = {"mensch": [], "maschine": []}
    figure.get_by_role("button", name="Mensch", exact=True).press("Enter")
    for count in range(6):
        if count > 0:
            figure.get_by_role("button", name="Neue Runde").click()
        wait_for(page, f"{element}.round === {count + 1} && {drawn}")
        for kind, pixels in state_of(
            page,
            "mensch-oder-maschine",
            "state.items.map(item => [item.kind, item.picture.join()])",
        ):
            shown[kind].append(pixels)
    for pictures in shown.values():
        assert len(pictures) == len(set(pictures)) == 60
    stored = json.loads((FOLDER / "echte-ziffern.json").read_text(encoding="utf-8"))
    packed = [base64.b64decode(entry["pixel"]) for entry in stored["bilder"]]
    ours = [np.array(pixels.split(","), float) * 255 for pixels in shown["mensch"]]
    assert {bytes(p.round().astype("uint8")) for p in ours} == set(packed)


def test_ohne_netz_ein_satz(oeffne: Callable[..., Page]) -> None:
    """A generator that does not load is a German sentence where the reader looks."""
    page = oeffne(fehlt="**/*.tflite*")
    figure = open_figure(page, "latente-regler")
    figure.get_by_role("button", name="Neu würfeln").click()
    alert = figure.locator("[role=alert]")
    alert.wait_for()
    assert "Das Netz dieser Seite ließ sich nicht laden" in alert.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_telefon_ohne_seitlichen_rand(oeffne: Callable[..., Page], scheme: str) -> None:
    """At 390 pixels nothing sticks out, in both modes."""
    page = oeffne(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    for name in FIGURES:
        figure = open_figure(page, name)
        assert figure.evaluate("node => node.scrollWidth <= node.clientWidth + 1"), name
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
