"""Misst die gebaute Website: Gewicht, Lighthouse, Antwortzeit des Live-Modells.

Bedient `_build/html` auf dem eigenen Rechner, gepackt wie ein gewöhnlicher Webserver.
Aufgerufen von `buchbau.bench`.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from buchbau.bench.tabelle import Zeile
from buchbau.kapitel import ausgefuehrte
from buchbau.node import umgebung, werkzeug

HTML = Path("_build/html")
GEPACKT = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".wasm"}


class GepackteAntwort(http.server.SimpleHTTPRequestHandler):
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

    def log_message(self, *_: object) -> None:
        """Keep the log of requests out of the table."""


@contextmanager
def bediene(ordner: Path) -> Iterator[str]:
    """Serve a folder while the block runs; yield its address."""
    handler = functools.partial(GepackteAntwort, directory=str(ordner))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def chromium() -> str:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit("✘ Chromium fehlt: make test richtet es ein.")
    return path


def gewicht(address: str) -> int:
    """Return the bytes that a first visit of a page transfers, pictures left out."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 390, "height": 844})
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        kinds: dict[str, str] = {}
        sizes: dict[str, int] = {}
        session.on(
            "Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]})
        )
        session.on(
            "Network.loadingFinished",
            lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}),
        )
        page.goto(address, wait_until="networkidle")
        browser.close()
    return sum(size for key, size in sizes.items() if kinds.get(key) != "Image")


def lighthouse(address: str) -> dict[str, int]:
    """Return Lighthouse's scores for a phone, {category: 0 to 100}."""
    command = [
        *werkzeug("lighthouse", Path.cwd()),
        *(address, "--quiet", "--output=json", "--form-factor=mobile"),
        "--only-categories=performance,accessibility",
        "--chrome-flags=--headless --no-sandbox --disable-gpu",
    ]
    env = {
        **umgebung(),
        "CHROME_PATH": chromium(),
        "TMPDIR": os.environ.get("TMPDIR", "/tmp"),
    }
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=True)
    categories = json.loads(done.stdout)["categories"]
    return {name: round(100 * entry["score"]) for name, entry in categories.items()}


def messe_seiten() -> list[Zeile]:
    """Measure every chapter page and the start page."""
    rows = []
    names = ["index", *(chapter.docname for chapter in ausgefuehrte())]
    with bediene(HTML) as base:
        for name in names:
            address = f"{base}{name}.html"
            kilobytes = gewicht(address) / 1000
            rows.append(
                Zeile(f"{name}: erster Besuch, gepackt", "250 KB", f"{kilobytes:.0f} KB")
            )
            scores = lighthouse(address)
            rows.append(
                Zeile(
                    f"{name}: Lighthouse Telefon, Leistung / Zugang",
                    "95 / 100",
                    f"{scores['performance']} / {scores['accessibility']}",
                )
            )
    return rows
