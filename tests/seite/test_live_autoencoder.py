"""The figures latente-ebene and wiederaufbau in Chromium, asked against Keras."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page

from figuren import directive, keras_file, open_figure, run_keras, state_of, wait_for
from hilfen import Ergebnis

SEITE = f"""# Probe

{directive("latente-ebene", "ebene")}
{directive("wiederaufbau", "wiederaufbau")}
"""

#: Networks with random weights and the outputs of the chapter's own.
EXPORT = """
import keras, numpy as np, dlbuch
from keras import layers
keras.utils.set_random_seed(1)
place = keras.Input((2,))
draw = [layers.Reshape((1, 784))(layers.Dense(784, activation="sigmoid")(
    layers.Dense(16, activation="tanh")(layers.Rescaling(6, -3)(place))))
    for _ in range(2)]
rng = np.random.default_rng(0)
digits = rng.integers(0, 10, 400)
outputs = [layers.Concatenate(axis=1)(draw)]
for values in (rng.random((2, 400, 2)), np.array([-3, 3, -3, 3, -9, 9, -7, 11]), digits):
    fixed = layers.Dense(values.size)
    outputs.append(fixed(place))
    fixed.set_weights([np.zeros((2, values.size)), values.ravel()])
dlbuch.exportiere(keras.Model(place, outputs), "ebene")

picture = keras.Input((28, 28, 1))
code = layers.Dense(16)(layers.Reshape((784,))(picture))
fixed = layers.Dense(3)
rebuilt = layers.Dense(784, activation="sigmoid")(code)
model = keras.Model(picture, [rebuilt, fixed(code)])
fixed.set_weights([np.zeros((16, 3)), np.array([0.1, 0.2, 0.3])])
dlbuch.exportiere(model, "wiederaufbau")
"""

ANSWER = """
import sys
import keras, numpy as np
model = keras.models.load_model(sys.argv[1])
np.save(sys.argv[3], model.predict_on_batch(np.load(sys.argv[2]))[0])
"""


NAME = "latente-ebene"
EBENE = "document.querySelector('live-latente-ebene').state"
SETTLED = f"{EBENE}.answered === {EBENE}.place"


def test_ebene_beginnt_mit_einer_antwort(page: Page) -> None:
    """Before anything is loaded: digits, a picture, a sentence, from this very network."""
    figure = open_figure(page, NAME)
    assert figure.locator(".live-ebene-ziffer").count() == 400
    assert state_of(page, NAME, "state.answered") is None
    stored = np.array(state_of(page, NAME, "state.answer.planes.map(p => [...p.picture])"))
    figure.get_by_role("button", name="Netz laden").click()
    wait_for(page, f"{EBENE}.answered !== null")
    answer = np.array(state_of(page, NAME, "state.answer.planes.map(p => [...p.picture])"))
    np.testing.assert_allclose(answer, stored, atol=5e-3)  # stored in one byte each


def test_ebene_wie_keras(page: Page, buch: Ergebnis, tmp_path: Path) -> None:
    """At places moved to by keyboard and pointer both pictures equal those of Keras."""
    figure = open_figure(page, NAME)
    field = figure.get_by_role("application", name="Ebene der Codes")
    field.focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    wait_for(page, SETTLED)
    assert state_of(page, NAME, "state.place") == pytest.approx([0.85, 0.27])
    asked = [state_of(page, NAME, "state.place")]
    found = [state_of(page, NAME, "state.answer.planes.map(p => [...p.picture])")]
    box = field.bounding_box()
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.1 * box["height"])
    wait_for(page, SETTLED)
    asked.append(state_of(page, NAME, "state.place"))
    assert asked[-1] == pytest.approx([0.2, 0.9], abs=0.01)
    found.append(state_of(page, NAME, "state.answer.planes.map(p => [...p.picture])"))
    np.save(tmp_path / "orte.npy", np.array(asked, "float32"))
    model = keras_file(buch, "ebene")
    run_keras(ANSWER, model, tmp_path / "orte.npy", tmp_path / "keras.npy")
    np.testing.assert_allclose(found, np.load(tmp_path / "keras.npy"), atol=1e-5)


def test_ebene_netz_waehlen(page: Page) -> None:
    """The other network has other places and axes; reset returns to the first."""
    figure = open_figure(page, NAME)
    first = figure.locator(".live-ebene-ziffer").first.get_attribute("x")
    figure.get_by_label("Netz").select_option("einfach")
    figure.locator(".live-ebene-achse").get_by_text("−9,0 bis 9,0").wait_for()
    assert figure.locator(".live-ebene-ziffer").first.get_attribute("x") != first
    assert figure.locator(".live-wert").inner_text() == "Code: 4,50 und −2,50"
    figure.get_by_role("button", name="Zurücksetzen").click()
    figure.locator(".live-ebene-achse").get_by_text("−3,0 bis 3,0").first.wait_for()
    assert figure.locator(".live-ebene-ziffer").first.get_attribute("x") == first


def test_ebene_maus_laedt_nichts(oeffne: Callable[..., Page]) -> None:
    """A mouse that only passes asks for no network, a press does."""
    asked: list[str] = []
    page = oeffne(abrufe=asked)
    field = open_figure(page, NAME).get_by_role("application")
    field.hover()
    page.wait_for_timeout(300)
    assert not [url for url in asked if ".tflite" in url or url.endswith(".wasm")]
    field.click()
    wait_for(page, SETTLED)
    assert [url for url in asked if "ebene.tflite" in url]


def test_ebene_fehlschlag(oeffne: Callable[..., Page]) -> None:
    """A network that does not load is a German sentence in the figure."""
    page = oeffne(fehlt="**/*.tflite*")
    figure = open_figure(page, NAME)
    figure.get_by_role("button", name="Netz laden").click()
    figure.get_by_role("alert").get_by_text("ließ sich nicht laden").wait_for()


def test_wiederaufbau(page: Page, buch: Ergebnis, tmp_path: Path) -> None:
    """An example and a drawn stroke are rebuilt as by Keras; the words fit the error."""
    name = "wiederaufbau"
    figure = open_figure(page, name)
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("Fehler").wait_for()
    figure.get_by_role("button", name="Beispiel 3").click()
    state = "document.querySelector('live-wiederaufbau').state"
    settled = f"{state}.answered === {state}.picture"
    wait_for(page, settled)
    picture = np.array(page.evaluate(f"[...{state}.picture]"))
    rebuilt = page.evaluate(f"[...{state}.probabilities]")
    np.save(tmp_path / "bild.npy", picture.astype("float32").reshape(1, 28, 28, 1))
    model = keras_file(buch, "wiederaufbau")
    run_keras(ANSWER, model, tmp_path / "bild.npy", tmp_path / "keras.npy")
    np.testing.assert_allclose([rebuilt], np.load(tmp_path / "keras.npy"), atol=1e-5)
    error = np.mean((picture - rebuilt) ** 2)
    shown = f"{error:.4f}".replace(".", ",")
    sentence.get_by_text(f"Fehler {shown}: auffällig").wait_for()
    pad = figure.get_by_role("application", name="Zeichenfläche für eine Ziffer")
    pad.focus()
    page.keyboard.press("Space")
    for _ in range(12):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    wait_for(page, settled)
    assert "Von der Tinte" in sentence.inner_text()
    page.keyboard.press("Delete")
    sentence.get_by_text("Zeichnen Sie").wait_for()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_schmal(oeffne: Callable[..., Page], mode: str) -> None:
    """At 360 pixels nothing sticks out, in either mode."""
    page = oeffne(
        viewport={"width": 360, "height": 740}, color_scheme=mode, reduced_motion="reduce"
    )
    for figure in page.locator("[data-figur]").all():
        figure.scroll_into_view_if_needed()
        figure.locator(".live-inhalt").wait_for()
        assert figure.evaluate("node => node.scrollWidth <= node.clientWidth")
        assert figure.bounding_box()["width"] <= 360
