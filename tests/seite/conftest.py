"""Gemeinsames der Tests, die eine einzelne Probeseite bauen (SEITE) und bedienen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from figuren import model_folder, run_keras
from hilfen import Ergebnis, baue_buch


@pytest.fixture(scope="module")
def buch(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Ergebnis:
    """Build a book with the page that the module calls SEITE.

    EXPORT, where the module has it, is code that exports the networks of live figures.
    """
    folder = tmp_path_factory.mktemp("probe")
    if export := getattr(request.module, "EXPORT", ""):
        model_folder(folder).mkdir(parents=True)
        run_keras(export, DLBUCH_MODELLE=str(model_folder(folder)))
    result = baue_buch(folder, {"probe": request.module.SEITE})
    assert result.rc == 0, result.meldungen
    return result


@pytest.fixture(scope="module")
def website_ordner(buch: Ergebnis) -> Path:
    return buch.ordner / "_build" / "html"


@pytest.fixture(scope="module")
def adresse(website_ordner: Path, serviere: Callable[[Path], str]) -> str:
    return serviere(website_ordner) + "probe.html"


@pytest.fixture
def oeffne(browser: Browser, adresse: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the page.

    A fault of a script, a line on the console and a request to another host fail the
    test. `fehlt` is a pattern of addresses that are not answered; the console, which then
    says so, is left alone. `abrufe` is a list that takes the addresses asked for.
    """
    contexts, faults = [], []
    host = urlsplit(adresse).netloc

    def open_page(
        *,
        init: str = "",
        url: str = adresse,
        hash_: str = "",
        fehlt: str = "",
        abrufe: list[str] | None = None,
        **options: object,
    ) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        if init:
            context.add_init_script(init)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(error.message))
        page.on("request", lambda r: _foreign(r.url, host) and faults.append(r.url))
        if fehlt:
            page.route(fehlt, lambda route: route.abort())
        else:
            page.on("console", lambda line: _loud(line.type) and faults.append(line.text))
        if abrufe is not None:
            page.on("request", lambda r: abrufe.append(r.url))
        page.goto(url + hash_)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(oeffne: Callable[..., Page]) -> Page:
    """Open the page in a wide window."""
    return oeffne(viewport={"width": 1280, "height": 900})


def _loud(kind: str) -> bool:
    return kind in ("error", "warning")


def _foreign(url: str, host: str) -> bool:
    """Whether an address leads to another host; files and data have none."""
    return urlsplit(url).netloc not in ("", host)
