"""The figures latente-ebene and wiederaufbau in Chromium, asked against Keras."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from hilfen import Ergebnis, baue_buch

PAGE = "book/unueberwacht/probe"

FIGURE = """\
:::{{live}} {name}
:name: abb-{name}
:alt: Bild der Figur {name}
:modell: {model}

Unterschrift von {name}.
:::
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


def _python(code: str, *arguments: object, **environment: str) -> None:
    """Run Keras in its own process, so that the tests' own stays small."""
    base = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**base, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def buch(tmp_path_factory: pytest.TempPathFactory) -> Ergebnis:
    """Build a small book with both figures and their networks."""
    folder = tmp_path_factory.mktemp("live")
    models = folder / "_build" / "modelle" / "probe"
    models.mkdir(parents=True)
    _python(EXPORT, DLBUCH_MODELLE=str(models))
    names = {"latente-ebene": "ebene", "wiederaufbau": "wiederaufbau"}
    figures = [FIGURE.format(name=n, model=m) for n, m in names.items()]
    built = baue_buch(folder, {PAGE: "# Probe\n\nText.\n\n" + "\n".join(figures)})
    assert built.rc == 0, built.meldungen
    return built


@pytest.fixture(scope="module")
def adresse(buch: Ergebnis, serviere: Callable[[Path], str]) -> str:
    return f"{serviere(buch.ordner / '_build' / 'html')}{PAGE}.html"


@pytest.fixture
def seite(browser: Browser, adresse: str) -> Iterator[tuple[Page, list[str]]]:
    """Open the page; the list collects errors and warnings of the scripts."""
    page = browser.new_page()
    faults: list[str] = []
    page.on(
        "console",
        lambda m: faults.append(m.text) if m.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(adresse)
    yield page, faults
    page.close()


def _figure(page: Page, name: str) -> Any:
    figure = page.locator(f"live-{name}")
    figure.scroll_into_view_if_needed()
    figure.locator(".live-inhalt").wait_for()
    return figure


def _state(page: Page, name: str, expression: str) -> Any:
    return page.evaluate(f"document.querySelector('live-{name}').{expression}")


def _wait(page: Page, name: str, expression: str) -> None:
    for _ in range(200):
        if _state(page, name, expression):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"Nach 5 s nicht erfüllt: {expression}")


NAME = "latente-ebene"
SETTLED = "state.answered === document.querySelector('live-latente-ebene').state.place"


def test_ebene_beginnt_mit_einer_antwort(seite: tuple[Page, list[str]]) -> None:
    """Before anything is loaded: digits, a picture, a sentence, from this very network."""
    page, faults = seite
    figure = _figure(page, NAME)
    assert figure.locator(".live-ebene-ziffer").count() == 400
    assert _state(page, NAME, "state.answered") is None
    stored = np.array(_state(page, NAME, "state.answer.planes.map(p => [...p.picture])"))
    figure.get_by_role("button", name="Netz laden").click()
    _wait(page, NAME, "state.answered !== null")
    answer = np.array(_state(page, NAME, "state.answer.planes.map(p => [...p.picture])"))
    np.testing.assert_allclose(answer, stored, atol=5e-3)  # stored in one byte each
    assert faults == []


def test_ebene_wie_keras(
    seite: tuple[Page, list[str]], buch: Ergebnis, tmp_path: Path
) -> None:
    """At places moved to by keyboard and pointer both pictures equal those of Keras."""
    page, faults = seite
    figure = _figure(page, NAME)
    field = figure.get_by_role("application", name="Ebene der Codes")
    field.focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    _wait(page, NAME, SETTLED)
    assert _state(page, NAME, "state.place") == pytest.approx([0.85, 0.27])
    asked = [_state(page, NAME, "state.place")]
    found = [_state(page, NAME, "state.answer.planes.map(p => [...p.picture])")]
    box = field.bounding_box()
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.1 * box["height"])
    _wait(page, NAME, SETTLED)
    asked.append(_state(page, NAME, "state.place"))
    assert asked[-1] == pytest.approx([0.2, 0.9], abs=0.01)
    found.append(_state(page, NAME, "state.answer.planes.map(p => [...p.picture])"))
    np.save(tmp_path / "orte.npy", np.array(asked, "float32"))
    model = buch.ordner / "_build" / "modelle" / "probe" / "ebene.keras"
    _python(ANSWER, model, tmp_path / "orte.npy", tmp_path / "keras.npy")
    np.testing.assert_allclose(found, np.load(tmp_path / "keras.npy"), atol=1e-5)
    assert faults == []


def test_ebene_netz_waehlen(seite: tuple[Page, list[str]]) -> None:
    """The other network has other places and axes; reset returns to the first."""
    page, faults = seite
    figure = _figure(page, NAME)
    first = figure.locator(".live-ebene-ziffer").first.get_attribute("x")
    figure.get_by_label("Netz").select_option("einfach")
    figure.locator(".live-ebene-achse").get_by_text("−9,0 bis 9,0").wait_for()
    assert figure.locator(".live-ebene-ziffer").first.get_attribute("x") != first
    assert figure.locator(".live-wert").inner_text() == "Code: 4,50 und −2,50"
    figure.get_by_role("button", name="Zurücksetzen").click()
    figure.locator(".live-ebene-achse").get_by_text("−3,0 bis 3,0").first.wait_for()
    assert figure.locator(".live-ebene-ziffer").first.get_attribute("x") == first
    assert faults == []


def test_ebene_maus_laedt_nichts(browser: Browser, adresse: str) -> None:
    """A mouse that only passes asks for no network, a press does."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(adresse)
    field = _figure(page, NAME).get_by_role("application")
    field.hover()
    page.wait_for_timeout(300)
    assert not [url for url in asked if ".tflite" in url or url.endswith(".wasm")]
    field.click()
    _wait(page, NAME, SETTLED)
    assert [url for url in asked if "ebene.tflite" in url]
    page.close()


def test_ebene_fehlschlag(browser: Browser, adresse: str) -> None:
    """A network that does not load is a German sentence in the figure."""
    page = browser.new_page()
    page.route("**/*.tflite*", lambda route: route.abort())
    page.goto(adresse)
    figure = _figure(page, NAME)
    figure.get_by_role("button", name="Netz laden").click()
    figure.get_by_role("alert").get_by_text("ließ sich nicht laden").wait_for()
    page.close()


def test_wiederaufbau(
    seite: tuple[Page, list[str]], buch: Ergebnis, tmp_path: Path
) -> None:
    """An example and a drawn stroke are rebuilt as by Keras; the words fit the error."""
    page, faults = seite
    name = "wiederaufbau"
    figure = _figure(page, name)
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("Fehler").wait_for()
    figure.get_by_role("button", name="Beispiel 3").click()
    settled = "state.answered === document.querySelector('live-wiederaufbau').state.picture"
    _wait(page, name, settled)
    picture = np.array(_state(page, name, "state.picture.reduce((a, v) => [...a, v], [])"))
    rebuilt = _state(page, name, "state.probabilities.reduce((a, v) => [...a, v], [])")
    np.save(tmp_path / "bild.npy", picture.astype("float32").reshape(1, 28, 28, 1))
    model = buch.ordner / "_build" / "modelle" / "probe" / "wiederaufbau.keras"
    _python(ANSWER, model, tmp_path / "bild.npy", tmp_path / "keras.npy")
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
    _wait(page, name, settled)
    assert "Von der Tinte" in sentence.inner_text()
    page.keyboard.press("Delete")
    sentence.get_by_text("Zeichnen Sie").wait_for()
    assert faults == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_schmal(browser: Browser, adresse: str, mode: str) -> None:
    """At 360 pixels nothing sticks out, in either mode."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, color_scheme=mode, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(adresse)
    for figure in page.locator("[data-figur]").all():
        figure.scroll_into_view_if_needed()
        figure.locator(".live-inhalt").wait_for()
        assert figure.evaluate("node => node.scrollWidth <= node.clientWidth")
        assert figure.bounding_box()["width"] <= 360
    context.close()
