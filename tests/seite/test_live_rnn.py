"""The live figure ``rnn-entrollt`` in Chromium: it adds, and can be used by all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SEITE = """\
# Probe

:::{live} rnn-entrollt
:name: abb-rnn-entrollt
:alt: Bild der Figur
Unterschrift.
:::
"""


@pytest.fixture
def seite(oeffne: Callable[..., Page]) -> Page:
    page = oeffne(viewport={"width": 1280, "height": 900})
    page.locator("live-rnn-entrollt[bereit]").wait_for()
    return page


def _statement(page: Page) -> str:
    page.wait_for_timeout(80)
    return page.locator("live-rnn-entrollt .live-aussage").inner_text()


def test_zeigt_von_anfang_an_etwas(seite: Page) -> None:
    assert "Schritt 3, Stelle 4: Ziffern 1 und 1" in _statement(seite)
    assert seite.locator(".live-rnn-summe").count() == 3
    assert "tanh(" in seite.locator(".live-rnn-zeile").nth(1).inner_text()


def test_rechnet_mit_der_tastatur_zu_ende(seite: Page) -> None:
    slider = seite.get_by_role("slider", name="Schritt")
    slider.focus()
    slider.press("End")
    assert "Ergebnis: 13 + 7 = 20, und das stimmt." in _statement(seite)
    field = seite.get_by_role("spinbutton", name="Zweite Zahl")
    field.fill("50")
    assert "Ergebnis: 13 + 50 = 63, und das stimmt." in _statement(seite)


def test_ohne_rueckkopplung_falsch(seite: Page) -> None:
    seite.get_by_role("slider", name="Schritt").press("End")
    seite.get_by_role("slider", name="Rückkopplung").press("Home")
    assert "13 + 7 = 10; richtig wäre 20" in _statement(seite)
    seite.get_by_role("button", name="Zurücksetzen").click()
    assert "Schritt 3" in _statement(seite)


def test_ziffer_antippen_aendert_die_zahl(seite: Page) -> None:
    seite.locator('[data-zahl="first"][data-stelle="1"]').click()
    expect(seite.get_by_role("spinbutton", name="Erste Zahl")).to_have_value("15")


def test_passt_aufs_telefon(oeffne: Callable[..., Page]) -> None:
    page = oeffne(viewport={"width": 390, "height": 800})
    page.locator("live-rnn-entrollt[bereit]").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sizes = page.evaluate(
        "[...document.querySelectorAll('.live-rnn-feld text')].map(t => {"
        " const b = t.getBBox(), r = t.parentNode.querySelector('rect').getBBox();"
        " return b.width - r.width; })"
    )
    assert max(sizes) <= 0, "eine Zahl ragt aus ihrem Feld"


def test_ohne_bewegung_kein_abspielen(oeffne: Callable[..., Page]) -> None:
    page = oeffne(reduced_motion="reduce")
    page.locator("live-rnn-entrollt[bereit]").wait_for()
    assert page.get_by_role("button", name="Abspielen").count() == 0
