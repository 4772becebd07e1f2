"""Gemeinsames der Tests, die eine einzelne Probeseite bauen (SEITE) und bedienen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from hilfen import baue_buch


@pytest.fixture(scope="module")
def website_ordner(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Build a book with the page that the module calls SEITE; return the site."""
    result = baue_buch(tmp_path_factory.mktemp("probe"), {"probe": request.module.SEITE})
    assert result.rc == 0, result.meldungen
    return result.ordner / "_build" / "html"


@pytest.fixture(scope="module")
def adresse(website_ordner: Path, serviere: Callable[[Path], str]) -> str:
    return serviere(website_ordner) + "probe.html"


@pytest.fixture
def oeffne(browser: Browser, adresse: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the page; a fault of a script fails the test."""
    contexts, errors = [], []

    def open_page(
        *, init: str = "", url: str = adresse, hash_: str = "", **options: object
    ) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        if init:
            context.add_init_script(init)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(error.message))
        page.goto(url + hash_)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
