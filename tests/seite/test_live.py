"""The directive ``{live}`` on the page, and its figures in Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from buchbau.sphinx import live_dateien
from buchbau.sphinx.live import LiveDirective
from buchbau.sphinx.live_dateien import figure_names, needs_model
from figuren import (
    directive,
    draw_one,
    draw_seven,
    keras_file,
    model_folder,
    open_figure,
    run_keras,
    state_of,
    wait_for,
)
from hilfen import Ergebnis, baue_buch

PAGE = "book/keras/probe"

#: A network with random weights: agreement with Keras needs no training.
EXPORT = """
import os, sys
import keras, numpy as np, dlbuch
keras.utils.set_random_seed(1)
model = keras.Sequential([
    keras.Input((28, 28)), keras.layers.Flatten(),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])
dlbuch.exportiere(model, "ziffern")
"""

ANSWER = """
import sys
import keras, numpy as np
model = keras.models.load_model(sys.argv[1])
np.save(sys.argv[3], model.predict_on_batch(np.load(sys.argv[2])))
"""

#: Time for a figure to draw, to find its size changed, and to draw again.
THREE_FRAMES = """() => new Promise(done => {
    const wait = n => n ? requestAnimationFrame(() => wait(n - 1)) : done();
    wait(3);
})"""


@pytest.fixture(scope="module")
def buch(tmp_path_factory: pytest.TempPathFactory) -> Ergebnis:
    """Build a small book with a network and all figures that need none.

    The others want networks of their own shapes; test_live_<chapter>.py brings those.
    """
    folder = tmp_path_factory.mktemp("live")
    model_folder(folder).mkdir(parents=True)
    run_keras(EXPORT, DLBUCH_MODELLE=str(model_folder(folder)))
    figures = [directive("ziffer-zeichnen", "ziffern")]
    figures += [directive(name) for name in figure_names() if not needs_model(name)]
    text = "# Probe\n\nSiehe {numref}`abb-ziffer-zeichnen`.\n\n" + "\n".join(figures)
    pages = {PAGE: text, "book/ohne": "# Ohne Figur\n\nText.\n"}
    built = baue_buch(folder, pages)
    assert built.rc == 0, built.meldungen
    return built


@pytest.fixture(scope="module")
def adresse(buch: Ergebnis, serviere: Callable[[Path], str]) -> str:
    """Serve the book in a subfolder, as many hosts do; return the page's address."""
    site = buch.ordner / "_build" / "html"
    top = buch.ordner / "server"
    top.mkdir()
    (top / "unterordner").symlink_to(site)
    return f"{serviere(top)}unterordner/{PAGE}.html"


def _ask(page: Page, action: Callable[[], Any]) -> tuple[np.ndarray, np.ndarray]:
    """Do something and return the picture and the network's answer to it."""
    state = "document.querySelector('live-ziffer-zeichnen').state"
    page.evaluate(f"{state}.answered = null")
    action()
    wait_for(page, f"{state}.answered === {state}.picture")
    picture = page.evaluate(f"[...{state}.picture]")
    answer = page.evaluate(f"[...{state}.probabilities]")
    return np.array(picture, "float32").reshape(28, 28), np.array(answer)


def _open_pad(page: Page) -> Any:
    figure = page.locator("live-ziffer-zeichnen")
    figure.scroll_into_view_if_needed()
    pad = figure.get_by_role("application", name="Zeichenfläche für eine Ziffer")
    pad.wait_for()
    return pad


def test_aufbau_der_seite(buch: Ergebnis) -> None:
    """Number, caption, still picture and loader are in the page."""
    page = buch.seite(PAGE)
    assert re.search(r'<span class="std std-numref">Abb\. \d', page)
    assert "Unterschrift von <em>ziffer-zeichnen</em>" in page
    assert re.search(r'<live-ziffer-zeichnen[^>]*>\s*<img [^>]*alt="Bild der Figur', page)
    assert page.count("_static/live/lader.js") == 1
    assert "lader.js" not in buch.seite("book/ohne")
    assert "importmap" not in page


def test_antworten_wie_keras(page: Page, buch: Ergebnis, tmp_path: Path) -> None:
    """On example digits and drawn ones the answers equal those of Keras to 1e-5."""
    pad = _open_pad(page)
    figure = page.locator("live-ziffer-zeichnen")
    asked = [
        _ask(page, figure.get_by_role("button", name=f"Beispiel {digit}").click)
        for digit in range(10)
    ]
    asked.append(_ask(page, lambda: draw_seven(page, pad)))
    np.save(tmp_path / "bilder.npy", np.stack([picture for picture, _ in asked]))
    model = keras_file(buch, "ziffern")
    run_keras(ANSWER, model, tmp_path / "bilder.npy", tmp_path / "keras.npy")
    answers = np.stack([answer for _, answer in asked])
    np.testing.assert_allclose(answers, np.load(tmp_path / "keras.npy"), atol=1e-5)


def test_tastatur(page: Page) -> None:
    """A one drawn with the keyboard is a vertical line, and can be taken back."""
    pad = _open_pad(page)
    picture, _ = _ask(page, lambda: draw_one(page, pad))
    rows, columns = np.nonzero(picture > 0.5)
    assert np.ptp(rows) >= 16
    assert np.ptp(columns) <= 3
    status = "document.querySelector('live-ziffer-zeichnen [role=status]').textContent"
    wait_for(page, f"{status}.startsWith('Das Netz sagt')")
    pen = page.locator("live-ziffer-zeichnen .live-stift")
    assert pen.get_attribute("cy") != "70"
    page.keyboard.press("Delete")
    lifted = "document.querySelector('live-ziffer-zeichnen .live-stift')"
    wait_for(page, f"{lifted}.getAttribute('cy') === '70'")
    _ask(page, lambda: draw_one(page, pad))
    page.keyboard.press("Backspace")
    sentence = page.locator("live-ziffer-zeichnen .live-aussage")
    sentence.get_by_text("Zeichnen Sie eine Ziffer.").wait_for()
    figure = page.locator("live-ziffer-zeichnen")
    figure.get_by_role("button", name="Zurücksetzen").click()
    sentence.get_by_text("Das Netz sagt").wait_for()


def test_kein_abruf_vor_dem_klick(oeffne: Callable[..., Page]) -> None:
    """The runtime comes only after the reader has acted."""
    asked: list[str] = []
    page = oeffne(abrufe=asked)
    _open_pad(page)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "litert" in url or ".tflite" in url]
    # What it shows until then is what this very network answered during the build.
    figure = "document.querySelector('live-ziffer-zeichnen')"
    stored = page.evaluate(f"[...{figure}.state.probabilities]")
    choices = page.locator("live-ziffer-zeichnen .live-beispiele")
    top = choices.bounding_box()["y"]
    page.locator("live-ziffer-zeichnen").get_by_role("button", name="Netz laden").click()
    wait_for(page, f"{figure}.state.answered !== null")
    answer = page.evaluate(f"[...{figure}.state.probabilities]")
    np.testing.assert_allclose(answer, stored, atol=2e-5)
    assert choices.bounding_box()["y"] == top  # the button has gone, nothing jumped
    assert len([url for url in asked if url.endswith(".wasm")]) == 1


def test_fehlschlag_steht_in_der_figur(oeffne: Callable[..., Page]) -> None:
    """A network that does not load is a German sentence where the reader looks."""
    page = oeffne(fehlt="**/*.tflite*")
    _open_pad(page)
    page.locator("live-ziffer-zeichnen").get_by_role("button", name="Netz laden").click()
    alert = page.locator("live-ziffer-zeichnen [role=alert]")
    alert.wait_for()
    assert "Das Netz dieser Seite ließ sich nicht laden" in alert.inner_text()
    page.unroute("**/*.tflite*")
    page.locator("live-ziffer-zeichnen").get_by_role("button", name="Netz laden").click()
    wait_for(page, "document.querySelector('live-ziffer-zeichnen').state.answered !== null")
    assert alert.is_hidden()


def test_ohne_server_bleibt_das_standbild(browser: Browser, buch: Ergebnis) -> None:
    """Straight from a folder: the picture and one German sentence."""
    page = browser.new_page()
    page.goto((buch.ordner / "_build" / "html" / f"{PAGE}.html").as_uri())
    figure = page.locator("live-ziffer-zeichnen")
    assert figure.locator("img").is_visible()
    assert figure.locator("img").evaluate("image => image.naturalWidth > 0")
    assert "Direkt aus einem Ordner geöffnet" in figure.inner_text()
    page.close()


def test_rechengraph(page: Page) -> None:
    """Values and operations can be changed, steps taken, all by keyboard; reset."""
    figure = open_figure(page, "rechengraph")
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("Jetzt geht es rückwärts").wait_for()
    figure.get_by_role("button", name="Weiter").press("Enter")
    sentence.get_by_text("Rückwärts durch L = d²").wait_for()
    # w·x + b = 2,5 und y = 1: ∂L/∂d = 2 · (2,5 − 1)
    assert "∂L/∂d = " in figure.locator(".live-kette").inner_text()
    assert "= 3, denn" in figure.locator(".live-kette").inner_text()
    figure.get_by_label("Schritt").press("End")
    figure.get_by_label("b", exact=True).fill("-3")
    figure.get_by_label("Schritt").press("ArrowLeft")
    page.wait_for_timeout(50)
    assert state_of(page, "rechengraph", "recorded.gradients.w") == 0
    figure.get_by_label("in a").select_option("identity")
    page.wait_for_timeout(50)
    assert state_of(page, "rechengraph", "recorded.gradients.w") == pytest.approx(-15)
    figure.get_by_role("button", name="Zurücksetzen").click()
    sentence.get_by_text("Jetzt geht es rückwärts").wait_for()
    b, w = figure.get_by_label("b", exact=True), figure.get_by_label("w", exact=True)
    assert b.input_value() == "1"
    assert w.input_value() == "0,5"
    for typed, value in (("0,25", 0.25), ("-1.5", -1.5), ("−2", -2), ("zwei", -2)):
        w.fill(typed)
        page.wait_for_timeout(50)
        assert state_of(page, "rechengraph", "state.inputs.w") == value
    b.focus()
    assert w.input_value() == "−2"
    b.press("ArrowDown")
    assert b.input_value() == "0,9"
    figure.get_by_label("Rechengraph", exact=True).select_option("logistisch")
    figure.get_by_label("in u").select_option("add")
    page.wait_for_timeout(50)


def test_kmeans_schritt(page: Page) -> None:
    """Steps, own points by keyboard, a centre moved by pointer; all end well."""
    figure = open_figure(page, "kmeans-schritt")
    sentence = figure.locator(".live-aussage")
    figure.get_by_label("Schritt").press("End")
    sentence.get_by_text("Kein Punkt wechselt mehr").wait_for()
    figure.get_by_role("button", name="Zentren ziehen").click()
    start = state_of(page, "kmeans-schritt", "centres")
    plot = figure.get_by_role("application")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    x, y = (
        box["x"] + start[0][0] * box["width"],
        box["y"] + (1 - start[0][1]) * box["height"],
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + 0.9 * box["height"], steps=4)
    page.mouse.up()
    page.wait_for_timeout(50)
    assert state_of(page, "kmeans-schritt", "centres[0]") == pytest.approx(
        [0.9, 0.1], abs=0.02
    )
    assert figure.get_by_label("Start").input_value() == "eigene"
    # what is seen can be taken: a centre that has wandered, and not one that was there
    figure.get_by_label("Schritt").press("End")
    shown = state_of(page, "kmeans-schritt", "recorded.at(-1).centres")
    page.mouse.move(
        box["x"] + shown[1][0] * box["width"], box["y"] + (1 - shown[1][1]) * box["height"]
    )
    page.mouse.down()
    page.mouse.move(box["x"] + 0.1 * box["width"], box["y"] + 0.1 * box["height"], steps=4)
    page.mouse.up()
    moved = state_of(page, "kmeans-schritt", "centres")
    assert moved[1] == pytest.approx([0.1, 0.9], abs=0.02)
    assert moved[0] == pytest.approx(shown[0], abs=1e-9)
    page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.02 * box["height"])
    status = "document.querySelector('live-kmeans-schritt [role=status]').textContent"
    wait_for(page, f"{status} === 'Hier liegt kein Zentrum.'")
    figure.get_by_role("button", name="Alle Punkte löschen").click()
    sentence.get_by_text("Noch keine Punkte").wait_for()
    figure.get_by_role("button", name="Punkte setzen").click()
    plot.focus()
    for _ in range(4):
        page.keyboard.press("Space")
        for _ in range(3):
            page.keyboard.press("ArrowRight")
    page.wait_for_timeout(50)
    assert len(state_of(page, "kmeans-schritt", "state.points")) == 4
    figure.get_by_label("Schritt").press("End")
    sentence.get_by_text("Fertig nach").wait_for()
    figure.get_by_role("button", name="Zurücksetzen").click()
    sentence.get_by_text("Durchgang 1, zuordnen").wait_for()
    assert len(state_of(page, "kmeans-schritt", "state.points")) == 105


def test_formen(page: Page) -> None:
    """Examples, own shapes, cells by pointer and slider; mistakes are sentences; reset."""
    figure = open_figure(page, "formen")
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("(3, 1) und (4,) ergeben (3, 4).").wait_for()
    sentence.get_by_text("C[1, 2] = A[1, 0] + B[2] = 20 + 3 = 23.").wait_for()
    figure.get_by_label("Zelle des Ergebnisses").press("ArrowRight")
    sentence.get_by_text("C[1, 3] = A[1, 0] + B[3] = 20 + 4 = 24.").wait_for()
    figure.locator("[data-zelle='0']").last.hover()
    sentence.get_by_text("C[0, 0] = A[0, 0] + B[0] = 10 + 1 = 11.").wait_for()
    figure.get_by_label("Beispiel").select_option(label="(n,) und (n, 1)")
    sentence.get_by_text("aus zweimal 4 Zahlen werden 16").wait_for()
    first, second = figure.get_by_label("Form von A"), figure.get_by_label("Form von B")
    first.fill("60000, 28, 28")
    second.fill("(60000,)")
    sentence.get_by_text("together with shapes (60000,28,28) (60000,).").wait_for()
    assert figure.get_by_label("Zelle des Ergebnisses").is_disabled()
    assert figure.get_by_label("Beispiel").input_value() == ""
    second.fill("(28, 1)")
    sentence.get_by_text("also 47.040.000 Zahlen").wait_for()
    second.fill("(28, b)")
    sentence.get_by_text("„b“ ist keine Länge einer Achse.").wait_for()
    assert second.get_attribute("aria-invalid") == "true"
    figure.get_by_role("button", name="reshape und transpose").click()
    sentence.get_by_text("10 von 12 Zahlen stehen anderswo").wait_for()
    figure.get_by_label("Platz im Speicher").press("Home")
    sentence.get_by_text("Die Zahl 0 liegt auf Platz 0").wait_for()
    figure.get_by_label("reshape zu").fill("(5, -1)")
    sentence.get_by_text("12 ist nicht durch 5 teilbar").wait_for()
    figure.get_by_role("button", name="Zurücksetzen").click()
    sentence.get_by_text("C[1, 2] = A[1, 0] + B[2] = 20 + 3 = 23.").wait_for()
    assert first.input_value() == "(3, 1)"


def test_mail_pruefen(page: Page) -> None:
    """A spam is caught, harmless words carry it through, text stays text; reset."""
    figure = open_figure(page, "mail-pruefen")
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("Der Filter sagt: Spam.").wait_for()
    field = figure.get_by_label("Mail", exact=True)
    field.press("End")
    field.press("Control+End")
    field.press_sequentially(" Uhr Montag Uhr Montag Dank")
    sentence.get_by_text("lässt die Mail durch").wait_for()
    assert figure.get_by_label("Beispiel").input_value() == "eigene"
    field.fill("<em>Yeti</em>")
    sentence.get_by_text("Unbekannt sind ihm 2 von 2 Wörtern").wait_for()
    assert figure.locator(".live-mailtext em").count() == 0
    field.fill("")
    sentence.get_by_text("Noch kein Wort").wait_for()
    figure.get_by_label("Beispiel").select_option("sieg")
    sentence.get_by_text("lässt die Mail durch").wait_for()
    assert figure.locator(".live-wortbalken > li").count() == 8
    figure.get_by_role("button", name="Zurücksetzen").click()
    sentence.get_by_text("Der Filter sagt: Spam.").wait_for()


def test_mail_pruefen_ohne_gewichte(oeffne: Callable[..., Page]) -> None:
    """If the weights do not arrive, the figure says so in German."""
    page = oeffne(fehlt="**/mails.json")
    figure = open_figure(page, "mail-pruefen")
    figure.get_by_role("alert").get_by_text("ließen sich nicht laden").wait_for()


def test_einordnen(page: Page) -> None:
    """Sorting by keyboard: a wrong answer gets its reason, a right one counts; reset."""
    figure = open_figure(page, "einordnen")
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("Wählen Sie ein Verfahren für Karte 2. 1 von 12").wait_for()
    figure.get_by_role("button", name="Klassifikation").press("Enter")
    sentence.get_by_text("Noch nicht: Klassifikation. Klassen wären etwa").wait_for()
    figure.get_by_role("button", name="Regression").press("Space")
    sentence.get_by_text("Richtig: Regression.").wait_for()
    assert "2 von 12" in sentence.inner_text()
    assert figure.get_by_role("button", name="Karte 2, richtig").count() == 1
    figure.get_by_role("button", name="Nächste Karte").press("Enter")
    sentence.get_by_text("für Karte 3").wait_for()
    figure.get_by_role("button", name="Karte 12, offen").click()
    figure.get_by_role("button", name="Nächste Karte").click()
    sentence.get_by_text("für Karte 3").wait_for()
    figure.get_by_role("button", name="Zurücksetzen").click()
    sentence.get_by_text("für Karte 2. 1 von 12").wait_for()


def test_finger(oeffne: Callable[..., Page]) -> None:
    """A tap sets a point; the page still scrolls over the plot, not over the pad."""
    page = oeffne(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    figure = open_figure(page, "kmeans-schritt")
    figure.get_by_role("button", name="Punkte setzen").tap()
    figure.get_by_role("application").tap(position={"x": 40, "y": 40})
    page.wait_for_timeout(50)
    assert len(state_of(page, "kmeans-schritt", "state.points")) == 106
    touch = "node => getComputedStyle(node).touchAction"
    assert figure.get_by_role("application").evaluate(touch) == "auto"
    assert _open_pad(page).evaluate(touch) == "none"


def test_dbscan_schritt(page: Page) -> None:
    """Parameters answer at once, playing stops, a point can be looked at."""
    figure = open_figure(page, "dbscan-schritt")
    sentence = figure.locator(".live-aussage")
    figure.get_by_label("Radius ε").fill("0.2")
    sentence.get_by_text("Fertig: 1 Gruppe,").wait_for()
    figure.get_by_label("Radius ε").fill("0.07")
    sentence.get_by_text("Fertig: 2 Gruppen").wait_for()
    figure.get_by_role("button", name="Abspielen").click()
    page.wait_for_timeout(500)
    figure.get_by_role("button", name="Anhalten").click()
    assert 0 < state_of(page, "dbscan-schritt", "state.step") < 100
    figure.get_by_role("application").focus()
    point = state_of(page, "dbscan-schritt", "state.points[0]")
    box = figure.get_by_role("application").bounding_box()
    page.mouse.move(
        box["x"] + point[0] * box["width"], box["y"] + (1 - point[1]) * box["height"]
    )
    sentence.get_by_text("Am Ende ist er").wait_for()
    assert figure.locator(".live-umgebung").is_visible()


def test_zeitstrahl(page: Page) -> None:
    """Keyboard, filters, list and reset of the timeline; every event has its source."""
    figure = open_figure(page, "zeitstrahl")
    sentence = figure.locator(".live-aussage")
    sentence.get_by_text("1958: Perzeptron (Frank Rosenblatt).").wait_for()
    axis = figure.get_by_role("listbox")
    events = axis.get_by_role("option")
    every = events.count()
    chosen = axis.get_by_role("option", selected=True)
    assert chosen.count() == 1
    chosen.focus()
    page.keyboard.press("ArrowRight")
    sentence.get_by_text("1959: Ein Programm lernt Dame").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(
        "1959"
    )
    page.keyboard.press("Home")
    for _ in range(every - 1):  # sentences of all lengths: the figure changes its size
        page.keyboard.press("ArrowRight")
        page.evaluate(THREE_FRAMES)
        selected = "document.activeElement.getAttribute('aria-selected')"
        assert page.evaluate(selected) == "true"
    sentence.get_by_text("2025").wait_for()
    later = figure.get_by_role("button", name="Später")
    assert later.get_attribute("aria-disabled") == "true"
    figure.get_by_label("Kategorie").select_option("Rückschläge")
    sentence.get_by_text("1966: ALPAC-Bericht").wait_for()
    assert 0 < events.count() < every
    figure.get_by_label("Name oder Wort").fill("Minsky papert")
    sentence.get_by_text("1969: Das Buch Perceptrons").wait_for()
    assert events.count() == 1
    source = figure.get_by_role("link", name="Minsky und Papert (1969)")
    assert source.get_attribute("href").endswith(
        "/book/anhang/literatur.html#lit-minsky1969perceptrons"
    )
    figure.get_by_label("Name oder Wort").fill("<b>nichts</b>")
    sentence.get_by_text("Kein Ereignis passt").wait_for()
    figure.get_by_role("button", name="Zurücksetzen").click()
    sentence.get_by_text("1958: Perzeptron").wait_for()
    assert events.count() == every
    figure.get_by_role("button", name="Als Liste").click()
    listed = figure.locator(".live-ereignisse")
    listed.wait_for()
    assert listed.get_by_role("listitem").count() == every
    assert figure.locator(".live-zeitstrahl").is_hidden()


def test_zeitstrahl_am_telefon(oeffne: Callable[..., Page]) -> None:
    """A phone shows the list, and the filters shorten it."""
    page = oeffne(viewport={"width": 390, "height": 800})
    figure = open_figure(page, "zeitstrahl")
    items = figure.locator(".live-ereignisse").get_by_role("listitem")
    items.first.wait_for()
    every = items.count()
    assert figure.locator(".live-zeitstrahl").is_hidden()
    figure.get_by_label("Zeit", exact=True).select_option("tief")
    figure.locator(".live-anzahl").get_by_text(f"von {every} Ereignissen").wait_for()
    assert 0 < items.count() < every


def test_ruhig(oeffne: Callable[..., Page]) -> None:
    """Readers who asked for less motion are not offered any."""
    page = oeffne(reduced_motion="reduce")
    figure = open_figure(page, "dbscan-schritt")
    assert figure.get_by_role("button", name="Abspielen").count() == 0
    pad = open_figure(page, "ziffer-zeichnen").locator(".live-balken-strich").first
    assert pad.evaluate("bar => getComputedStyle(bar).transitionDuration") == "0s"


def test_antwort_unter_100_ms(page: Page) -> None:
    """A change is drawn within 100 ms, also with the most points (median of nine)."""
    open_figure(page, "dbscan-schritt")
    milliseconds = page.evaluate(
        """() => {
          const figure = document.querySelector("live-dbscan-schritt");
          const points = Array.from({ length: 300 }, (_, i) => [
            ((i * 0.618) % 1), ((i * 0.414) % 1),
          ]);
          const times = [];
          for (let i = 0; i < 9; i += 1) {
            figure.state.points = points;
            figure.state.eps = 0.05 + 0.01 * i;
            const start = performance.now();
            figure.render();
            figure.getBoundingClientRect();
            times.push(performance.now() - start);
          }
          return times.sort((a, b) => a - b)[4];
        }"""
    )
    assert milliseconds < 100


def test_schmal(oeffne: Callable[..., Page]) -> None:
    """At 360 pixels nothing sticks out, and the pad leaves room to scroll past."""
    page = oeffne(viewport={"width": 360, "height": 740})
    for figure in page.locator("[data-figur]").all():
        figure.scroll_into_view_if_needed()
        figure.locator(".live-inhalt").wait_for()
        assert figure.evaluate("node => node.scrollWidth <= node.clientWidth")
        assert figure.bounding_box()["width"] <= 360


MISTAKES = {
    "unbekannt": ("gibt-es-nicht", ":name: abb-a\n:alt: Bild", "gibt es nicht"),
    "alt": ("ziffer-zeichnen", ":name: abb-b\n:modell: ziffern", "ohne :alt:"),
    "name": ("ziffer-zeichnen", ":alt: Bild\n:modell: ziffern", "ohne :name:"),
    "option": ("ziffer-zeichnen", ":name: abb-c\n:alt: Bild", "braucht :modell:"),
    "modell": (
        "ziffer-zeichnen",
        ":name: abb-d\n:alt: Bild\n:modell: fort",
        "Netz „fort“ fehlt",
    ),
}


@pytest.fixture(scope="module")
def fehlerhaft(tmp_path_factory: pytest.TempPathFactory) -> Ergebnis:
    """Build a book with one mistake a page."""
    pages = {
        f"book/{key}": f"# Seite\n\n:::{{live}} {figure}\n{options}\n\nText.\n:::\n"
        for key, (figure, options, _) in MISTAKES.items()
    }
    return baue_buch(tmp_path_factory.mktemp("fehler"), pages)


@pytest.mark.parametrize("key", MISTAKES)
def test_ein_fehler_eine_zeile(fehlerhaft: Ergebnis, key: str) -> None:
    """Each mistake fails the build with one line that says page and mistake."""
    assert fehlerhaft.rc != 0
    lines = [line for line in fehlerhaft.warnungen() if f"{key}.md" in line]
    assert len(lines) == 1
    assert MISTAKES[key][2] in lines[0]


def test_fehlendes_standbild(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A figure without a still picture is named, with the command that makes it."""
    monkeypatch.setattr(live_dateien, "STILLS", tmp_path)
    directive = object.__new__(LiveDirective)
    directive.options = {"alt": "Bild", "name": "abb-x", "modell": "ziffern"}
    message = directive._problem("ziffer-zeichnen")
    assert "kein Standbild" in message
    assert "python -m buchbau.standbilder" in message
