"""Die Kästen im Browser: erst raten, dann lesen; Ziele, Suche, Druck, ohne Skript."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hilfen import PROJEKT

SEITE = r"""# Probe

[Zum Ziel](#ziel-verdeckt)

:::{raten} raten-rauschen
:optionen: unter 0,2 | um $\frac{1}{2}$ | über 0,9
:richtig: 3
Wie sicher ist das Netz?
:::

Quallenfisch heißt die Auflösung.

(ziel-verdeckt)=
Der Absatz mit dem Ziel.

:::{raten-ende}
:::

:::{raten} raten-offen
:optionen: ja | nein
Lernt es weiter?
:::

Zweite Auflösung.

:::{raten-ende}
:::

:::{nachgedacht} Wie viele Gewichte?
Sechs Gewichte.

(ziel-gefaltet)=
Und zwei Bias-Werte.
:::

:::{hinweis}
Zählen Sie die Zeilen.
:::
"""
AXE = PROJEKT / "node_modules" / "axe-core" / "axe.min.js"


def verdeckt(page: Page):
    return page.get_by_text("Quallenfisch heißt die Auflösung.")


def verdict(page: Page):
    return page.locator(".raten").first.get_by_role("status")


def marked(page: Page):
    """The options that are marked as right."""
    return page.locator(".raten-richtig")


def test_hidden_until_the_reader_has_guessed(oeffne: Callable[..., Page]) -> None:
    page = oeffne()
    expect(verdeckt(page)).to_be_hidden()
    page.get_by_role("button", name="unter 0,2").click()
    expect(verdeckt(page)).to_be_visible()
    expect(page.get_by_text("Zweite Auflösung.")).to_be_hidden()
    expect(verdict(page)).to_have_text(
        "Ihr Tipp stimmt nicht: Richtig ist „über 0,9“. Warum, steht darunter."
    )
    expect(marked(page)).to_have_text(["über 0,9richtig"])
    expect(marked(page).locator("svg")).to_have_count(1)
    expect(page.get_by_role("button", name="unter 0,2")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_right_guess_is_confirmed_and_can_be_changed(oeffne: Callable[..., Page]) -> None:
    page = oeffne()
    page.get_by_role("button", name="unter 0,2").click()
    page.get_by_role("button", name="über 0,9").click()
    expect(verdict(page)).to_have_text("Ihr Tipp stimmt. Warum, steht darunter.")
    expect(marked(page)).to_have_count(1)
    assert page.locator('.raten-knopf[aria-pressed="true"]').count() == 1


def test_without_a_nearest_option_there_is_no_judgement(
    oeffne: Callable[..., Page],
) -> None:
    page = oeffne()
    page.get_by_role("button", name="nein").click()
    expect(page.locator(".raten").last.get_by_role("status")).to_have_text(
        "Aufgedeckt. Vergleichen Sie mit Ihrem Tipp."
    )
    expect(marked(page)).to_have_count(0)


def test_guess_with_the_keyboard(oeffne: Callable[..., Page]) -> None:
    page = oeffne()
    page.get_by_role("button", name="unter 0,2").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(verdict(page)).to_contain_text("Ihr Tipp stimmt.")


def test_guess_is_kept_for_the_session(oeffne: Callable[..., Page]) -> None:
    page = oeffne()
    page.get_by_role("button", name="unter 0,2").click()
    page.reload()
    expect(verdeckt(page)).to_be_visible()
    expect(verdict(page)).to_contain_text("Ihr Tipp stimmt nicht")
    expect(page.get_by_text("Zweite Auflösung.")).to_be_hidden()


@pytest.mark.parametrize("inhalt", ["7", "-1", "<img src=x>", "0.5", "", "null", "1e0"])
def test_foreign_content_of_the_store_is_ignored(
    oeffne: Callable[..., Page], inhalt: str
) -> None:
    page = oeffne()
    page.get_by_role("button", name="unter 0,2").click()
    (key,) = page.evaluate("Object.keys(sessionStorage).filter(k => k.includes('raten'))")
    page.evaluate("([k, v]) => sessionStorage.setItem(k, v)", [key, inhalt])
    page.reload()
    expect(page.locator(".raten-bereit")).to_have_count(2)
    expect(verdeckt(page)).to_be_hidden()
    expect(verdict(page)).to_be_empty()
    expect(marked(page)).to_have_count(0)


def test_without_a_store_guessing_still_works(oeffne: Callable[..., Page]) -> None:
    page = oeffne(
        init="Storage.prototype.getItem = Storage.prototype.setItem = "
        "() => { throw new DOMException('gesperrt'); };"
    )
    page.get_by_role("button", name="unter 0,2").click()
    expect(verdeckt(page)).to_be_visible()


def test_shown_without_a_guess(oeffne: Callable[..., Page]) -> None:
    page = oeffne()
    page.get_by_role("button", name="ohne zu raten zeigen").first.click()
    expect(verdeckt(page)).to_be_visible()
    expect(verdict(page)).to_have_text("Aufgedeckt.")
    expect(marked(page)).to_have_text(["über 0,9richtig"])
    expect(page.locator('[data-raten-teil="raten-rauschen"]')).to_be_focused()


def test_address_of_a_hidden_target_opens_it(oeffne: Callable[..., Page]) -> None:
    page = oeffne(hash_="#ziel-verdeckt")
    expect(page.get_by_text("Der Absatz mit dem Ziel.")).to_be_in_viewport()
    expect(page.get_by_text("Zweite Auflösung.")).to_be_hidden()


def test_link_to_a_hidden_target_opens_it(oeffne: Callable[..., Page]) -> None:
    page = oeffne(viewport={"width": 1000, "height": 300})
    page.get_by_role("link", name="Zum Ziel").click()
    expect(page.get_by_text("Der Absatz mit dem Ziel.")).to_be_in_viewport()


def test_address_of_a_folded_target_opens_it(oeffne: Callable[..., Page]) -> None:
    page = oeffne(hash_="#ziel-gefaltet")
    expect(page.get_by_text("Und zwei Bias-Werte.")).to_be_in_viewport()


@pytest.mark.parametrize("ziel", ["#gibt-es-nicht", "#%E0%A4%A", "#"])
def test_addresses_without_a_target_do_no_harm(
    oeffne: Callable[..., Page], ziel: str
) -> None:
    page = oeffne(hash_=ziel)
    expect(page.locator(".raten-bereit")).to_have_count(2)
    expect(verdeckt(page)).to_be_hidden()


def test_search_of_the_browser_opens_the_hidden_part(oeffne: Callable[..., Page]) -> None:
    page = oeffne(hash_="#:~:text=Quallenfisch")
    expect(verdeckt(page)).to_be_visible()
    expect(page.get_by_text("Zweite Auflösung.")).to_be_hidden()


def test_without_scripts_all_is_visible(oeffne: Callable[..., Page]) -> None:
    page = oeffne(java_script_enabled=False)
    expect(verdeckt(page)).to_be_visible()
    assert page.locator('[data-raten-teil="raten-rauschen"]').bounding_box()["height"] > 20
    expect(page.locator(".raten button")).to_have_count(0)
    page.get_by_text("Wie viele Gewichte?").click()
    expect(page.get_by_text("Sechs Gewichte.")).to_be_visible()


def test_all_becomes_visible_if_the_script_is_missing(
    browser: Browser, adresse: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/kaesten.js*", lambda route: route.abort())
    page.goto(adresse)
    part = page.locator('[data-raten-teil="raten-rauschen"]')
    assert part.bounding_box()["height"] == 0
    page.wait_for_timeout(3500)
    assert part.bounding_box()["height"] > 20
    context.close()


def test_print_shows_everything(oeffne: Callable[..., Page]) -> None:
    page = oeffne()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for text in ("Quallenfisch", "Zweite Auflösung", "Sechs Gewichte", "Zählen Sie"):
        expect(page.get_by_text(text)).to_be_visible()
        assert page.get_by_text(text).bounding_box()["height"] > 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(verdeckt(page)).to_be_hidden()
    expect(page.get_by_text("Zählen Sie")).to_be_hidden()


def test_works_from_the_file_system(
    oeffne: Callable[..., Page], website_ordner: Path
) -> None:
    page = oeffne(url=(website_ordner / "probe.html").as_uri())
    page.get_by_role("button", name="unter 0,2").click()
    expect(verdeckt(page)).to_be_visible()


def test_fits_a_phone_with_targets_for_fingers(oeffne: Callable[..., Page]) -> None:
    page = oeffne(viewport={"width": 360, "height": 740}, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    targets = page.locator(".raten button, .kasten > summary")
    assert targets.count() == 9
    for box in (target.bounding_box() for target in targets.all()):
        assert box["height"] >= 44
        assert box["width"] >= 44


@pytest.mark.parametrize("schema", ["light", "dark"])
def test_axe_finds_nothing(oeffne: Callable[..., Page], schema: str) -> None:
    page = oeffne(color_scheme=schema)
    page.get_by_role("button", name="unter 0,2").click()
    page.get_by_text("Wie viele Gewichte?").click()
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "axe.run({include: ['.kasten', '.raten-verdeckt']}).then(r => r.violations)"
    )
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
