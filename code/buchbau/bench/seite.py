"""Misst die gebaute Website: Gewicht, Lighthouse, Antwortzeit des Live-Modells.

Bedient `_build/html` auf dem eigenen Rechner, gepackt wie ein gewöhnlicher Webserver.
Aufgerufen von `buchbau.bench`.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from buchbau.bench.tabelle import Zeile
from buchbau.browser import bediene, chromium, starte_chromium
from buchbau.kapitel import ausgefuehrte
from buchbau.node import umgebung, werkzeug

HTML = Path("_build/html")


def gewicht(address: str) -> int:
    """Return the bytes that a first visit of a page transfers, pictures left out."""
    with starte_chromium() as browser:
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
    with bediene(HTML, gepackt=True) as base:
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
