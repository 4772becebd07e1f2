"""Erklärung der Begriffe im Browser: Maus, Tastatur, Finger (thema/js/glossar.js)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from hilfen import baue_buch

SEITEN = {
    "kapitel": "# Kapitel\n\nEine {term}`Lernrate` und eine {term}`Schicht`.\n",
    "glossar": "# Glossar\n\n```{glossary}\n"
    "Lernrate (*learning rate*)\n  Faktor $\\eta$.\n\n"
    "Schicht (*layer*)\n  Viele Neuronen.\n```\n",
}


@pytest.fixture(scope="module")
def adresse(tmp_path_factory: pytest.TempPathFactory, serviere) -> str:
    """Return the address of a small built site."""
    folder = tmp_path_factory.mktemp("glossar") / "buch"
    result = baue_buch(folder, SEITEN)
    assert result.rc == 0, result.meldungen
    return serviere(Path(folder, "_build", "html"))


def test_maus(browser: Browser, adresse: str) -> None:
    """Pointing shows the explanation, which can be pointed at; leaving hides it."""
    page = browser.new_page()
    page.goto(f"{adresse}kapitel.html")
    tip = page.locator(".glossar-tipp")
    expect(tip).to_be_hidden()
    page.get_by_role("link", name="Lernrate").first.hover()
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("learning rate")
    expect(tip).to_contain_text("Faktor")
    tip.hover()
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()
    page.close()


def test_tastatur(browser: Browser, adresse: str) -> None:
    """Focus shows, Escape hides, Enter follows the link; the link has a description."""
    page = browser.new_page()
    page.goto(f"{adresse}kapitel.html")
    link = page.locator("a.glossar-begriff").first
    expect(link).to_have_accessible_description(re.compile("^Lernrate learning rate Fak"))
    link.focus()
    tip = page.locator(".glossar-tipp")
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossar.html#term-Lernrate")
    page.close()


def test_finger(browser: Browser, adresse: str) -> None:
    """The first tap explains, a tap elsewhere closes, the explanation leads on."""
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{adresse}kapitel.html")
    tip = page.locator(".glossar-tipp")
    page.locator("a.glossar-begriff").nth(1).tap()
    expect(tip).to_be_visible()
    box = tip.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.touchscreen.tap(200, 780)
    expect(tip).to_be_hidden()
    page.locator("a.glossar-begriff").nth(1).tap()
    page.locator(".glossar-mehr").tap()
    page.wait_for_url("**/glossar.html#term-Schicht")
    context.close()


def test_ohne_javascript(browser: Browser, adresse: str) -> None:
    """Without scripts a term is a link and the explanations stay hidden."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{adresse}kapitel.html")
    expect(page.locator(".glossar-erklaerungen")).to_be_hidden()
    page.locator("a.glossar-begriff").first.click()
    page.wait_for_url("**/glossar.html#term-Lernrate")
    context.close()
