"""Chromium und ein Webserver auf dem eigenen Rechner.

Benutzt von den Browsertests, von `make standbilder` und von `make bench`.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

GEPACKT = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".wasm"}


class Antwort(http.server.SimpleHTTPRequestHandler):
    """Answers with the types that modules and WebAssembly need, without a log."""

    extensions_map = {  # noqa: RUF012 (so verlangt es die Basisklasse)
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_: object) -> None:
        """Keep the log of requests out of tests and tables."""


class GepackteAntwort(Antwort):
    """Answers text and WebAssembly compressed, as the servers of static sites do."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path = path / "index.html"
        if path.suffix not in GEPACKT or not path.exists():
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def bediene(ordner: Path, *, gepackt: bool = False) -> Iterator[str]:
    """Serve a folder on a free port while the block runs; yield its address."""
    handler = functools.partial(
        GepackteAntwort if gepackt else Antwort, directory=str(ordner)
    )
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def chromium() -> str:
    """Return the path of Chromium or Chrome; stop with one line where there is none."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit(
            "✘ Chromium fehlt: make browser richtet es ein oder nennt den Befehl."
        )
    return path


@contextmanager
def starte_chromium() -> Iterator[Browser]:
    """Start the system's Chromium, driven by Playwright, while the block runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic"],
        )
        try:
            yield browser
        finally:
            browser.close()
