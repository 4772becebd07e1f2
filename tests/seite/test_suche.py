"""Suche im Browser: Treffer, Auszüge, Tastatur, ohne Server (thema/js/suche.js)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hilfen import baue_buch

SEITEN = {
    "book/netze": "# Faltungsnetze\n\n"
    "Ein Faltungsnetz lernt mit einer {term}`Lernrate`.\n\n"
    "## Gewichte\n\nDie Gewichtsmatrix und die Ähnlichkeit.\n",
    "book/schichten": "# Schichten eines Netzes\n\nDas Netz hat eine Größe.\n",
    "book/training": "# Overfitting\n\nEin Lernratenplan hilft.\n",
    "glossar": "# Glossar\n\n```{glossary}\nLernrate (*learning rate*)\n  Faktor.\n```\n",
}


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small built site."""
    folder = tmp_path_factory.mktemp("suche") / "buch"
    result = baue_buch(folder, SEITEN)
    assert result.rc == 0, result.meldungen
    return folder / "_build" / "html"


@pytest.fixture
def seite(browser: Browser) -> Iterator[Page]:
    """Return a page that fails the test on an error in the console."""
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert not errors


def results(page: Page) -> list[str]:
    """Wait for the search to finish and return the titles that it found."""
    expect(page.locator(".suche-status")).not_to_be_empty()
    return page.locator(".suche-titel").all_inner_texts()


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("Netz", ["Schichten eines Netzes", "Faltungsnetze"]),
        ("Gewichte", ["Faltungsnetze"]),
        ("Überanpassung", ["Overfitting"]),
        ("Ueberanpassung", ["Overfitting"]),
        ("Aehnlichkeit", ["Faltungsnetze"]),
        ("groesse", ["Schichten eines Netzes"]),
        ("learning rate", ["Glossar", "Faltungsnetze", "Overfitting"]),
        ("Lernrat", ["Glossar", "Faltungsnetze", "Overfitting"]),
        ("Faltungsnetzgewichte", ["Faltungsnetze"]),
        ("Gewihcte", ["Faltungsnetze"]),
        ("das Netz und die Größe", ["Schichten eines Netzes"]),
        ("xyzzy", []),
    ],
)
def test_treffer_ohne_server(
    html: Path, seite: Page, query: str, titles: list[str]
) -> None:
    """Compounds, spellings, synonyms and typing mistakes, straight from the disk."""
    seite.goto(f"{(html / 'search.html').as_uri()}?q={query}")
    assert results(seite) == titles


def test_auszug_und_abschnitt(html: Path, seite: Page) -> None:
    """A result shows its section, links to it, and marks what was found."""
    seite.goto(f"{(html / 'search.html').as_uri()}?q=Gewichte")
    results(seite)
    place = seite.locator(".suche-abschnitt").first
    assert place.inner_text() == "Gewichte"
    assert place.get_attribute("href").endswith("book/netze.html#gewichte")
    assert "Gewichtsmatrix" in seite.locator(".suche-auszug mark").all_inner_texts()


def test_index_kommt_erst_mit_der_suche(html: Path, seite: Page, serviere) -> None:
    """A page loads no index until the reader searches."""
    asked: list[str] = []
    seite.on("request", lambda request: asked.append(request.url))
    address = serviere(html)
    seite.goto(f"{address}book/netze.html")
    assert not [url for url in asked if "_static/suche/" in url]
    seite.keyboard.press("/")
    expect(seite.locator("dialog.suche-dialog input")).to_be_focused()
    seite.keyboard.type("Netz")
    results(seite)
    assert [url for url in asked if url.endswith("suche/index.js")]
    assert all(url.startswith(address) for url in asked)


def test_dialog_mit_der_tastatur(html: Path, seite: Page, serviere) -> None:
    """Strg+K opens, arrows walk through the results, Escape closes, Enter goes there."""
    seite.goto(f"{serviere(html)}book/netze.html")
    seite.keyboard.press("Control+k")
    dialog = seite.locator("dialog.suche-dialog")
    expect(dialog).to_be_visible()
    seite.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    seite.keyboard.press("Control+k")
    seite.keyboard.type("Größe")
    assert results(seite) == ["Schichten eines Netzes"]
    seite.keyboard.press("ArrowDown")
    expect(seite.locator(".suche-titel")).to_be_focused()
    seite.keyboard.press("Enter")
    seite.wait_for_url("**/book/schichten.html")


def test_eingabe_bleibt_text(html: Path, seite: Page) -> None:
    """A query is shown as text, never as markup."""
    query = "<img src=x onerror=document.title='hacked'>"
    seite.goto(f"{(html / 'search.html').as_uri()}?q={query}")
    results(seite)
    assert seite.locator(".suche-ergebnis img").count() == 0
    assert seite.title() != "hacked"
