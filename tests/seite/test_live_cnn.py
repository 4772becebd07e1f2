"""The two live figures of the chapter CNN in Chromium: window and feature maps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page
from scipy.signal import correlate2d

from figuren import (
    directive,
    draw_one,
    draw_seven,
    keras_file,
    open_figure,
    run_keras,
    state_of,
    wait_for,
)
from hilfen import Ergebnis

KARTEN, FENSTER = "merkmalskarten", "faltung-fenster"
SEITE = f"# Probe\n\n{directive(KARTEN, 'karten')}\n{directive(FENSTER)}"

#: The chapter's network with random weights: agreement with Keras needs no training.
EXPORT = """
import keras, dlbuch
from keras import layers
keras.utils.set_random_seed(1)
model = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 3, activation="relu", bias_initializer="random_normal"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, activation="relu", bias_initializer="random_normal"),
    layers.MaxPooling2D(2), layers.Flatten(),
    layers.Dense(26, activation="relu"), layers.Dense(10, activation="softmax"),
])
inner = keras.Model(
    model.inputs, [model.layers[0].output, model.layers[2].output, model.outputs[0]]
)
dlbuch.exportiere(inner, "karten")
"""

ANSWER = """
import sys
import keras, numpy as np
model = keras.models.load_model(sys.argv[1])
first, second, answer = model.predict_on_batch(np.load(sys.argv[2]))
np.savez(sys.argv[3], first=first, second=second, answer=answer)
"""

KANTE = [[-1, 0, 1]] * 3


def _ask(page: Page, action: Callable[[], Any]) -> dict[str, np.ndarray]:
    """Do something; return the picture and what the network answered to it."""
    state = f"document.querySelector('live-{KARTEN}').state"
    page.evaluate(f"{state}.answered = null")
    action()
    wait_for(page, f"{state}.answered === {state}.picture")
    found = page.evaluate(
        f"(({{ picture, probabilities, maps }}) => "
        f"[picture, probabilities, ...maps].map((values) => [...values]))({state})"
    )
    picture, answer, first, second = (np.array(values, "float32") for values in found)
    return {
        "picture": picture.reshape(28, 28, 1),
        "answer": answer,
        "first": first.reshape(26, 26, 16),
        "second": second.reshape(11, 11, 32),
    }


#: Colour of one pixel of a canvas, read from a copy: the figure's own stays as it is.
PIXEL = """(node, [x, y]) => {
  const { width, height } = node;
  const context = Object.assign(document.createElement("canvas"), { width, height })
    .getContext("2d", { willReadFrequently: true });
  context.drawImage(node, 0, 0);
  return [...context.getImageData(x, y, 1, 1).data];
}"""


def _pad(page: Page) -> Locator:
    open_figure(page, KARTEN)
    pad = page.get_by_role("application", name="Zeichenfläche für eine Ziffer")
    pad.wait_for()
    page.get_by_role("button", name="Beispiel 9").wait_for()
    return pad


def _digit(page: Page, digit: int) -> dict[str, np.ndarray]:
    return _ask(page, page.get_by_role("button", name=f"Beispiel {digit}").click)


# ------------------------------------------------------------------- the feature maps


def test_karten_wie_keras(page: Page, buch: Ergebnis, tmp_path: Path) -> None:
    """Both layers and the answer equal Keras, on examples and on a drawn stroke."""
    pad = _pad(page)
    asked = [_digit(page, digit) for digit in range(10)]
    asked.append(_ask(page, lambda: draw_seven(page, pad)))
    np.save(tmp_path / "bilder.npy", np.stack([one["picture"] for one in asked]))
    model = keras_file(buch, "karten")
    run_keras(ANSWER, model, tmp_path / "bilder.npy", tmp_path / "keras.npz")
    with np.load(tmp_path / "keras.npz") as keras:
        for name in ("first", "second", "answer"):
            found = np.stack([one[name] for one in asked])
            np.testing.assert_allclose(found, keras[name], atol=1e-5)


def test_karten_vor_dem_klick(oeffne: Callable[..., Page]) -> None:
    """Before any click the maps are there, from the build; then the runtime comes once."""
    asked: list[str] = []
    page = oeffne(abrufe=asked)
    _pad(page)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "litert" in url or ".tflite" in url]
    values = "[...document.querySelector('live-merkmalskarten').state.maps[{}]]"
    stored = [np.array(page.evaluate(values.format(k))) for k in (0, 1)]
    live = _ask(page, page.get_by_role("button", name="Netz laden").click)
    # The page carries them with one byte a number, as shares of the largest.
    for shown, name in zip(stored, ("first", "second"), strict=True):
        exact = live[name].ravel()
        assert exact.max() > 0
        np.testing.assert_allclose(shown, exact, atol=exact.max() / 254)
    assert len([url for url in asked if url.endswith(".wasm")]) == 1


def test_karte_zeigt_wo_sie_anspricht(page: Page) -> None:
    """The strongest place of a layer is the darkest of its card and full on the digit."""
    _pad(page)
    live = _digit(page, 4)
    figure = open_figure(page, KARTEN)
    accent = np.array([0x5B, 0x3A, 0xA8])
    for name, layer, step, middle in (
        ("Erste Faltung", "first", 1, 1),
        ("Zweite Faltung", "second", 2, 3),
    ):
        row, column, index = np.unravel_index(live[layer].argmax(), live[layer].shape)
        card = figure.get_by_role("button", name=f"{name}, Karte {index + 1}", exact=True)
        place = [int(column), int(row)]
        assert card.locator("canvas").evaluate(PIXEL, place)[3] == 255
        card.click()
        page.wait_for_timeout(50)
        overlay = figure.get_by_role("img", name="Wo die gewählte Karte anspricht")
        # The answer at (row, column) lies over the middle of the window that it saw.
        on = overlay.evaluate(
            PIXEL, [step * int(column) + middle, step * int(row) + middle]
        )
        assert np.abs(np.array(on[:3]) - accent).max() <= 3
        sentence = figure.locator(".live-aussage").inner_text()
        share = live[layer][..., index] / live[layer].max()
        assert f"{name}, Karte {index + 1}: Sie spricht an " in sentence
        assert f" {np.sum(share > 0.5)} von {share.size} Stellen deutlich an" in sentence


def test_karten_mit_der_tastatur(page: Page) -> None:
    """A one drawn by keys, a card chosen and let go by keys, then everything reset."""
    pad = _pad(page)
    rows, columns = np.nonzero(
        _ask(page, lambda: draw_one(page, pad))["picture"][..., 0] > 0.5
    )
    assert np.ptp(rows) >= 16
    assert np.ptp(columns) <= 3
    figure = open_figure(page, KARTEN)
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("Wählen Sie eine Karte, um zu sehen, wo sie anspricht.").wait_for()
    card = figure.get_by_role("button", name="Zweite Faltung, Karte 3", exact=True)
    card.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    sentence.get_by_text("Zweite Faltung, Karte 3: ").wait_for()
    assert card.get_attribute("aria-pressed") == "true"
    assert card.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    assert figure.locator(".live-merkmalskarte[aria-pressed=true]").count() == 1
    page.keyboard.press("Space")
    sentence.get_by_text("Wählen Sie eine Karte").wait_for()
    assert card.get_attribute("aria-pressed") == "false"
    card.click()
    figure.get_by_role("button", name="Zurücksetzen").click()
    sentence.get_by_text("Wählen Sie eine Karte").wait_for()
    assert state_of(page, KARTEN, "state.chosen") is None
    assert state_of(page, KARTEN, "state.example") == 7
    assert figure.locator(".live-merkmalskarte[aria-pressed=true]").count() == 0


def test_leere_flaeche_hat_keine_karten(page: Page) -> None:
    """Nothing drawn, nothing claimed: no map of an earlier digit stays."""
    _pad(page)
    _digit(page, 0)
    figure = open_figure(page, KARTEN)
    figure.get_by_role("button", name="Zweite Faltung, Karte 1", exact=True).click()
    figure.get_by_role("button", name="Leeren").click()
    figure.locator(".live-aussage").get_by_text("Zeichnen Sie eine Ziffer.").wait_for()
    blank = (
        "node => node.getContext('2d').getImageData(0, 0, 26, 26).data.every(v => v === 0)"
    )
    for canvas in figure.locator(".live-merkmalskarte canvas, .live-sicht canvas").all():
        assert canvas.evaluate(blank)


# ------------------------------------------------------------------ the moving window


def _map(page: Page) -> np.ndarray:
    return np.array(state_of(page, FENSTER, "map"))


def _square() -> np.ndarray:
    picture = np.zeros((10, 10))
    picture[2:8, 2:8] = 9
    return picture


def test_fenster_rechnet_vor(page: Page) -> None:
    """Start, steps by key, hovering and pressing; the sum is written out each time."""
    figure = open_figure(page, FENSTER)
    sentence, products = figure.locator(".live-aussage"), figure.locator(".live-summe")
    assert np.array_equal(_map(page), correlate2d(_square(), KANTE, "valid"))
    sentence.get_by_text("Fenster 3 von oben, 2 von links: Die Summe ist 27.").wait_for()
    assert products.inner_text() == "1 · 9 + 1 · 9 + 1 · 9 = 27"
    for _ in range(2):
        figure.get_by_role("button", name="Weiter").press("Enter")
    sentence.get_by_text("Fenster 3 von oben, 4 von links: Die Summe ist 0.").wait_for()
    assert products.inner_text().startswith("(−1) · 9 + 1 · 9 + (−1) · 9")
    figure.locator(".live-schritte input").press("Home")
    sentence.get_by_text("Fenster 1 von oben, 1 von links: Die Summe ist 9.").wait_for()
    back = figure.get_by_role("button", name="Zurück", exact=True)
    assert back.get_attribute("aria-disabled") == "true"
    picture = figure.get_by_role("img", name="Bild mit Fenster")
    picture.locator("[data-zeile='5'][data-spalte='8']").hover()
    sentence.get_by_text("Fenster 5 von oben, 8 von links: Die Summe ist −27.").wait_for()
    picture.locator("[data-zeile='0'][data-spalte='0']").hover()
    sentence.get_by_text("Fenster 1 von oben, 1 von links").wait_for()
    result = figure.get_by_role("img", name="Feature Map")
    result.locator("[data-zeile='7'][data-spalte='6']").click()
    sentence.get_by_text("Fenster 8 von oben, 7 von links: Die Summe ist −9.").wait_for()
    assert products.inner_text() == "(−1) · 9 = −9"


def test_eigener_kernel_rand_und_schrittweite(page: Page) -> None:
    """Typed weights, border and stride give SciPy's numbers; reset brings all back."""
    figure = open_figure(page, FENSTER)
    fields = [
        [figure.get_by_label(f"Zeile {u}, Spalte {v}", exact=True) for v in (1, 2, 3)]
        for u in (1, 2, 3)
    ]
    fields[0][0].fill("2,5")
    fields[1][1].fill("-3")
    kernel = [[2.5, 0, 1], [-1, -3, 1], [-1, 0, 1]]
    assert np.allclose(_map(page), correlate2d(_square(), kernel, "valid"))
    assert figure.locator("select").nth(1).input_value() == "eigener"
    fields[2][2].fill("viel")  # no number: the last one stays
    assert state_of(page, FENSTER, "state.kernel[2][2]") == 1
    figure.get_by_label("Rand").select_option("1")
    figure.get_by_label("Schrittweite").press("End")
    padded = correlate2d(np.pad(_square(), 1), kernel, "valid")
    assert np.allclose(_map(page), padded[::3, ::3])
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("(10 + 2 · 1 − 3) / 3 + 1, abgerundet 4.").wait_for()
    figure.get_by_role("img", name="Bild mit Fenster").locator(
        "[data-zeile='11'][data-spalte='11']"
    ).hover()
    sentence.get_by_text("Fenster 4 von oben, 4 von links").wait_for()
    figure.get_by_label("Bild", exact=True).select_option("punkte")
    sentence.get_by_text("Fenster 1 von oben, 1 von links").wait_for()
    figure.get_by_role("button", name="Zurücksetzen").click()
    sentence.get_by_text("Fenster 3 von oben, 2 von links: Die Summe ist 27.").wait_for()
    assert np.array_equal(_map(page), correlate2d(_square(), KANTE, "valid"))
    assert fields[0][0].input_value() == "−1"


def test_die_frage_hat_eine_antwort(page: Page) -> None:
    """Two ones and two minus ones leave only the corners of the square."""
    figure = open_figure(page, FENSTER)
    assert "nur die vier Ecken" in figure.locator(".live-frage").inner_text()
    kernel = [[1, 0, -1], [0, 0, 0], [-1, 0, 1]]
    for u, row in enumerate(kernel, 1):
        for v, weight in enumerate(row, 1):
            figure.get_by_label(f"Zeile {u}, Spalte {v}", exact=True).fill(str(weight))
    corners = np.zeros((8, 8), bool)
    for rows in (slice(0, 2), slice(6, 8)):
        for columns in (slice(0, 2), slice(6, 8)):
            corners[rows, columns] = True
    assert np.array_equal(_map(page) != 0, corners)


def test_abspielen_haelt_am_ende(page: Page) -> None:
    figure = open_figure(page, FENSTER)
    figure.locator(".live-schritte input").press("End")
    figure.get_by_role("button", name="Zurück", exact=True).press("Enter")
    figure.get_by_role("button", name="Abspielen").press("Enter")
    figure.locator(".live-aussage").get_by_text("Fenster 8 von oben, 8 von").wait_for()
    figure.get_by_role("button", name="Abspielen").wait_for()
    assert state_of(page, FENSTER, "state.step") == 63


#: Smallest contrast of the numbers with their cells; SVG text is unknown to axe.
CONTRAST = """figure => {
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 })
    .getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((v) => v / 255)
      .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  return Math.min(...[...figure.querySelectorAll(".live-zelle")].map((cell) => {
    const fills = [cell, cell.nextElementSibling].map((n) => getComputedStyle(n).fill);
    const pair = fills.map(light);
    return Math.max(...pair) / Math.min(...pair);
  }));
}"""


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_zahlen_heben_sich_ab(oeffne: Callable[..., Page], mode: str) -> None:
    """Every number on every shade has 4.5 to 1, in all pictures with all kernels."""
    page = oeffne(color_scheme=mode)
    figure = open_figure(page, FENSTER)
    pictures = figure.get_by_label("Bild", exact=True).locator("option").all()
    kernels = figure.locator("select").nth(1).locator("option").all()
    choices = [
        (picture.get_attribute("value"), kernel.get_attribute("value"))
        for picture in pictures
        for kernel in kernels[:-1]
    ]
    assert len(choices) == 30
    for picture, kernel in choices:
        figure.get_by_label("Bild", exact=True).select_option(picture)
        figure.locator("select").nth(1).select_option(kernel)
        page.wait_for_timeout(40)
        assert figure.evaluate(CONTRAST) >= 4.5, (picture, kernel)


# ------------------------------------------------------------------------- both of them


@pytest.mark.parametrize("width", [360, 390])
def test_am_telefon(oeffne: Callable[..., Page], width: int) -> None:
    """One column, nothing sticks out, cards and fields are wide enough for a finger."""
    page = oeffne(viewport={"width": width, "height": 800}, has_touch=True, is_mobile=True)
    for name in (KARTEN, FENSTER):
        figure = open_figure(page, name)
        assert figure.evaluate("node => node.scrollWidth <= node.clientWidth")
        assert figure.bounding_box()["width"] <= width
        columns = "node => getComputedStyle(node).gridTemplateColumns.split(' ').length"
        assert figure.locator(".live-karten, .live-faltung").evaluate(columns) == 1
        for target in figure.locator("button, input, select").all():
            if target.is_visible():
                box = target.bounding_box()
                assert min(box["width"], box["height"]) >= 24
    figure = open_figure(page, FENSTER)
    result = figure.get_by_role("img", name="Feature Map")
    result.locator("[data-zeile='7'][data-spalte='6']").tap()
    figure.locator(".live-aussage").get_by_text("Fenster 8 von oben, 7 von").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", [KARTEN, FENSTER])
def test_antwort_unter_100_ms(page: Page, name: str) -> None:
    """Drawing anew, with all maps or the largest grids, takes under 100 ms."""
    if name == KARTEN:
        _pad(page)
        _digit(page, 8)
    else:
        open_figure(page, FENSTER).get_by_label("Rand").select_option("1")
    milliseconds = page.evaluate(
        """name => {
          const figure = document.querySelector(`live-${name}`);
          const times = Array.from({ length: 9 }, () => {
            const start = performance.now();
            figure.render();
            figure.getBoundingClientRect();
            return performance.now() - start;
          });
          return times.sort((a, b) => a - b)[4];
        }""",
        name,
    )
    assert milliseconds < 100
