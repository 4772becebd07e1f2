"""Gemeinsames der Tests: ein Browser, ein Webserver auf dem eigenen Rechner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from buchbau.browser import bediene, starte_chromium
from hilfen import PROJEKT


@pytest.fixture(scope="session")
def serviere() -> Iterator[Callable[[Path], str]]:
    """Return a function that serves a folder on a free port and returns its address."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(bediene(folder))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium, driven by Playwright."""
    with starte_chromium() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def website(serviere: Callable[[Path], str]) -> str:
    """Return the address of the built site, served from `_build/html`."""
    site = PROJEKT / "_build" / "html"
    if not (site / "index.html").exists():
        pytest.fail("Die Website ist nicht gebaut: erst `make html`.")
    return serviere(site)
