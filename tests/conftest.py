"""Gemeinsames der Tests: ein Browser, ein Webserver auf dem eigenen Rechner."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright


class _StillerServer(http.server.SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012 (so verlangt es die Basisklasse)
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *args: object) -> None:
        """Keep the log of requests out of the output of the tests."""


@pytest.fixture(scope="session")
def serviere() -> Iterator[Callable[[Path], str]]:
    """Return a function that serves a folder on a free port and returns its address."""
    servers = []

    def start(folder: Path) -> str:
        handler = functools.partial(_StillerServer, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium, driven by Playwright."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("Chromium fehlt. `make test` richtet es ein oder nennt den Befehl.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic"],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def website(serviere: Callable[[Path], str]) -> str:
    """Return the address of the built site, served from `_build/html`."""
    site = Path(__file__).resolve().parents[1] / "_build" / "html"
    if not (site / "index.html").exists():
        pytest.fail("Die Website ist nicht gebaut: erst `make html`.")
    return serviere(site)
