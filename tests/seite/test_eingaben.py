"""Was jemand eintippt, einfügt oder im Speicher ablegt, bleibt Text.

The security policy is switched off here: it must not be what saves a careless script.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from buchbau import adressen
from hilfen import PROJEKT

SITE = PROJEKT / "_build" / "html"
SEITEN = adressen.seiten(SITE)
BOESE = '"><img src=x onerror="window.getroffen=1"><b class=eingeschleust>'
ZEICHENFELDER = (
    "input:not([type]), input[type=text], input[type=search], input[type=number], "
    "textarea, [contenteditable]:not([contenteditable=false])"
)


@pytest.fixture
def seite(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(bypass_csp=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def getroffen(page: Page) -> bool:
    """Whether the input has become part of the page instead of text on it."""
    page.wait_for_timeout(200)
    return page.evaluate(
        "window.getroffen === 1 || !!document.querySelector('.eingeschleust, img[onerror]')"
    )


def alles_gesetzt(page: Page, adresse: str) -> None:
    """Open a page with all of it laid out and unfolded, and its live figures started."""
    page.goto(adresse)
    page.evaluate("document.documentElement.classList.remove('sparsam')")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for figure in page.locator("[data-figur], .live").all():
        figure.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")


def mit_textfeld() -> list[str]:
    """Return the pages that have a live figure or a search: there one can type."""
    return [
        name
        for name in SEITEN
        if name == "search.html" or "live-" in (SITE / name).read_text("utf-8")
    ]


def test_eingefuegtes_bleibt_text(seite: Page, website: str) -> None:
    """Into each field of each page, pasted as from the clipboard and confirmed."""
    tried = 0
    for name in mit_textfeld():
        alles_gesetzt(seite, website + name)
        for field in seite.locator(ZEICHENFELDER).all():
            if not field.is_visible() or not field.is_editable():
                continue
            field.focus()
            field.press("ControlOrMeta+a")
            seite.evaluate("text => navigator.clipboard.writeText(text)", BOESE)
            field.press("ControlOrMeta+v")
            field.press("Tab")
            tried += 1
        assert not getroffen(seite), name
    assert tried >= 3, "Auf keiner Seite war etwas einzugeben: Der Test prüft nichts."


@pytest.mark.parametrize("anhang", ["?q={}", "#{}", "?content_only={}"])
def test_die_adresse_bleibt_text(seite: Page, website: str, anhang: str) -> None:
    for name in ("search.html", "book/grundlagen/backpropagation.html"):
        seite.goto(website + name + anhang.format(BOESE))
        seite.wait_for_load_state("networkidle")
        assert not getroffen(seite), name


def test_suche_zeigt_die_frage_als_text(seite: Page, website: str) -> None:
    seite.goto(website + "search.html")
    field = seite.get_by_role("searchbox").first
    field.fill(f"Netz {BOESE}")
    field.press("Enter")
    expect(seite.locator(".suche-status").first).not_to_be_empty()
    assert not getroffen(seite)


@pytest.mark.parametrize(
    "name", [n for n in SEITEN if 'class="quiz' in (SITE / n).read_text("utf-8")]
)
def test_gespeichertes_bleibt_text(seite: Page, website: str, name: str) -> None:
    """Every key that the page keeps is replaced by markup, bare and inside valid JSON."""
    alles_gesetzt(seite, website + name)
    for question in seite.locator(".quiz-frage").all():
        question.locator("input").first.check()
    seite.evaluate("localStorage.setItem('farbschema', 'dark')")
    keys = seite.evaluate("Object.keys(localStorage)")
    assert len(keys) > 1
    for wrap in ("{}", '{{"wahl": ["{}"], "geprueft": "{}"}}', '["{}"]'):
        value = wrap.replace("{}", BOESE.replace('"', '\\"') if "[" in wrap else BOESE)
        value = value.replace("{{", "{").replace("}}", "}")
        for key in keys:
            seite.evaluate("([k, v]) => localStorage.setItem(k, v)", [key, value])
        seite.reload()
        seite.wait_for_load_state("networkidle")
        assert not getroffen(seite), wrap
        expect(seite.locator(".quiz input:checked")).to_have_count(0)


def test_die_pruefung_kann_treffen(seite: Page, website: str) -> None:
    seite.goto(website)
    seite.evaluate("text => { document.body.innerHTML += text }", BOESE)
    assert getroffen(seite)
