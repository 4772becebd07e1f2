"""The live figure ``rnn-entrollt`` in Chromium: it adds, and can be used by all."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from figuren import directive, open_figure

SEITE = f"# Probe\n\n{directive('rnn-entrollt')}"


def _statement(page: Page) -> str:
    figure = open_figure(page, "rnn-entrollt")
    page.wait_for_timeout(80)
    return figure.locator(".live-aussage").inner_text()


def test_zeigt_von_anfang_an_etwas(page: Page) -> None:
    assert "Schritt 3, Stelle 4: Ziffern 1 und 1" in _statement(page)
    assert page.locator(".live-rnn-summe").count() == 3
    assert "tanh(" in page.locator(".live-rnn-zeile").nth(1).inner_text()


def test_rechnet_mit_der_tastatur_zu_ende(page: Page) -> None:
    open_figure(page, "rnn-entrollt")
    slider = page.get_by_role("slider", name="Schritt")
    slider.focus()
    slider.press("End")
    assert "Ergebnis: 13 + 7 = 20, und das stimmt." in _statement(page)
    field = page.get_by_role("spinbutton", name="Zweite Zahl")
    field.fill("50")
    assert "Ergebnis: 13 + 50 = 63, und das stimmt." in _statement(page)


def test_ohne_rueckkopplung_falsch(page: Page) -> None:
    open_figure(page, "rnn-entrollt")
    page.get_by_role("slider", name="Schritt").press("End")
    page.get_by_role("slider", name="Rückkopplung").press("Home")
    assert "13 + 7 = 10; richtig wäre 20" in _statement(page)
    page.get_by_role("button", name="Zurücksetzen").click()
    assert "Schritt 3" in _statement(page)


def test_ziffer_antippen_aendert_die_zahl(page: Page) -> None:
    open_figure(page, "rnn-entrollt")
    page.locator('[data-zahl="first"][data-stelle="1"]').click()
    expect(page.get_by_role("spinbutton", name="Erste Zahl")).to_have_value("15")


def test_passt_aufs_telefon(oeffne: Callable[..., Page]) -> None:
    page = oeffne(viewport={"width": 390, "height": 800})
    open_figure(page, "rnn-entrollt")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sizes = page.evaluate(
        "[...document.querySelectorAll('.live-rnn-feld text')].map(t => {"
        " const b = t.getBBox(), r = t.parentNode.querySelector('rect').getBBox();"
        " return b.width - r.width; })"
    )
    assert max(sizes) <= 0, "eine Zahl ragt aus ihrem Feld"


def test_ohne_bewegung_kein_abspielen(oeffne: Callable[..., Page]) -> None:
    page = oeffne(reduced_motion="reduce")
    open_figure(page, "rnn-entrollt")
    assert page.get_by_role("button", name="Abspielen").count() == 0
