"""Misst die gebauten Seiten: Gewicht beim ersten Besuch und Lighthouse für ein Telefon.

Bedient die Website auf dem eigenen Rechner, gepackt wie ein gewöhnlicher Webserver.
Aufgerufen von `buchbau.bench`.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from buchbau.adressen import seiten
from buchbau.bench.projekt import Messfehler
from buchbau.bench.tabelle import Zeile
from buchbau.browser import bediene, chromium, starte_chromium
from buchbau.node import umgebung, werkzeug

KILOBYTE, LEISTUNG, ZUGANG = 250, 95, 100
# Auf vollem Rechner reißt Lighthouse die Verbindung zum Browser ab.
VERSUCHE = 3


def gewicht(browser: Browser, address: str) -> int:
    """Return the bytes that a first visit of a page transfers, pictures left out."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
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
    context.close()
    return sum(size for key, size in sizes.items() if kinds.get(key) != "Image")


def lighthouse(address: str) -> dict[str, int]:
    """Return Lighthouse's scores for a phone, {category: 0 to 100}."""
    command = [
        *werkzeug("lighthouse", Path.cwd()),
        *(address, "--quiet", "--output=json", "--form-factor=mobile"),
        "--only-categories=performance,accessibility",
        "--chrome-flags=--headless --no-sandbox --disable-gpu",
    ]
    env = {**umgebung(), "CHROME_PATH": chromium(), "TMPDIR": tempfile.gettempdir()}
    for _ in range(VERSUCHE):
        done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
        if done.returncode == 0:
            categories = json.loads(done.stdout)["categories"]
            return {name: round(100 * entry["score"]) for name, entry in categories.items()}
    raise Messfehler(f"Lighthouse: {done.stderr.strip()[-300:]}")


def auswahl(html: Path, anzahl: int | None) -> list[str]:
    """Return the pages to measure: all, or the start page and the heaviest."""
    names = [name for name in seiten(html) if name != "index.html"]
    if anzahl is not None:
        names.sort(key=lambda name: -(html / name).stat().st_size)
    return ["index.html", *names[:anzahl]]


def _noten(address: str, wiederholungen: int) -> tuple[int, int]:
    """Return Lighthouse's scores for performance and accessibility."""
    runs: list[dict[str, int]] = []
    for _ in range(wiederholungen):
        runs.append(lighthouse(address))
        if runs[0]["performance"] >= LEISTUNG and runs[0]["accessibility"] >= ZUGANG:
            break
    speed, access = (
        round(statistics.median(run[category] for run in runs))
        for category in ("performance", "accessibility")
    )
    return speed, access


def messe_seiten(html: Path, wiederholungen: int, anzahl: int | None) -> list[Zeile]:
    """Measure pages: weight once; Lighthouse once where that reaches the goals.

    Else repeatedly, and the median of each score: what else the machine does can only
    make a page slower.
    """
    rows = []
    with bediene(html, gepackt=True) as base, starte_chromium() as browser:
        for name in auswahl(html, anzahl):
            kilobytes = gewicht(browser, base + name) / 1000
            speed, access = _noten(base + name, wiederholungen)
            rows.append(
                Zeile(
                    name,
                    f"{KILOBYTE} KB   {LEISTUNG}   {ZUGANG}",
                    f"{kilobytes:3.0f} KB  {speed:3}   {access:3}",
                    kilobytes <= KILOBYTE and speed >= LEISTUNG and access >= ZUGANG,
                )
            )
    return rows
