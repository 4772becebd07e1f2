"""Die Offline-Kopie: ganz von einem eigenen Server, zum Lesen auch vom Dateisystem."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from buchbau.kapitel import BuchFehler, ausgefuehrte
from buchbau.offline import __main__ as offline
from hilfen import PROJEKT

KAPITEL = "book/grundlagen/backpropagation.html"


@pytest.fixture(scope="module")
def archiv() -> Path:
    """Pack the archive once for all tests."""
    return offline.packe(PROJEKT)


@pytest.fixture(scope="module")
def kopie(archiv: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the archive; return its one folder."""
    folder = tmp_path_factory.mktemp("offline kopie")  # auch mit Leerzeichen im Namen
    with zipfile.ZipFile(archiv) as zipped:
        assert zipped.testzip() is None
        zipped.extractall(folder)
    (only,) = folder.iterdir()
    return only


@pytest.fixture(scope="module")
def gestartet(kopie: Path) -> Iterator[str]:
    """Run the one command of the README; return the address that it prints."""
    readme = (kopie / "LIESMICH.txt").read_text("utf-8")
    command = re.search(r"^ +python (start\.py)$", readme, re.M)
    with subprocess.Popen(
        [sys.executable, "-I", command[1], "0", "--ohne-browser"],
        cwd=kopie,
        stdout=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
        text=True,
    ) as process:
        yield re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())[0]
        process.kill()


@pytest.fixture
def seite(browser: Browser) -> Iterator[Page]:
    """Return a page; a script's fault or a request to elsewhere fails the test."""
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(error.message))
    page.on(
        "request",
        lambda r: (
            None
            if r.url.startswith(("http://127.0.0.1", "file:", "data:", "blob:"))
            else faults.append(r.url)
        ),
    )
    yield page
    page.close()
    assert faults == []


def test_summe_stimmt_und_das_archiv_ist_jedes_mal_dasselbe(archiv: Path) -> None:
    first = archiv.read_bytes()
    line = (PROJEKT / f"{offline.ZIEL}.sha256").read_text("utf-8")
    assert line == f"{hashlib.sha256(first).hexdigest()}  {offline.ZIEL.name}\n"
    assert offline.packe(PROJEKT).read_bytes() == first


def test_alles_ist_darin(kopie: Path) -> None:
    for name in ("LIESMICH.txt", "start.py", "LICENSE", "LICENSE-TEXT.md", "DATEN.md"):
        assert (kopie / name).is_file(), name
    site = kopie / "website"
    for chapter in ausgefuehrte(PROJEKT):
        assert (site / f"{chapter.docname}.html").is_file()
        notebook = site / "notebooks" / "kapitel" / f"{chapter.name}.ipynb"
        assert notebook.is_file() == chapter.hat_notebook
        for name in chapter.kopf["daten"]:
            assert list((site / "_static" / "daten").glob(f"{name}.*")), name
    for book in offline.BUECHER:  # PDF und EPUB, sobald die Website sie anbietet
        offered = PROJEKT / "_build" / "html" / "downloads" / book.name
        assert (site / "downloads" / book.name).is_file() == offered.is_file()


def test_live_figur_antwortet_vom_eigenen_server(gestartet: str, seite: Page) -> None:
    seite.goto(gestartet)
    seite.get_by_role("button", name="Netz laden").click()
    seite.get_by_role("button", name="Netz laden").wait_for(state="hidden")
    expect(seite.locator("h1")).to_be_visible()


def test_notebooks_finden_ihren_helfer_am_eigenen_server(
    kopie: Path, gestartet: str
) -> None:
    (archive,) = (kopie / "website" / "_static").glob("dlbuch-*.zip")
    with urlopen(f"{gestartet}_static/{archive.name}") as answer:
        assert answer.read() == archive.read_bytes()


@pytest.mark.parametrize("javascript", [True, False])
def test_lesen_vom_dateisystem(kopie: Path, browser: Browser, javascript: bool) -> None:
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    page.goto((kopie / "website" / KAPITEL).as_uri())
    expect(page.locator("h1")).to_contain_text("Backpropagation")
    formula = page.locator(".katex-html").first
    expect(formula).to_be_visible()
    picture = page.locator("figure img:visible").first
    picture.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    if javascript:
        assert picture.evaluate("b => b.complete && b.naturalWidth > 0")
        assert "KaTeX" in formula.evaluate("f => getComputedStyle(f).fontFamily")
        fonts = "[...document.fonts].filter(f => f.status === 'loaded').length"
        assert page.evaluate(fonts) > 0
    # im selben Teil: Die anderen sind im Verzeichnis links zugeklappt
    page.get_by_role("link", name="Tensoren").first.click()
    expect(page.locator("h1")).to_contain_text("Tensoren")
    context.close()


def test_suche_vom_dateisystem(kopie: Path, seite: Page) -> None:
    seite.goto((kopie / "website" / "search.html").as_uri() + "?q=Gewicht")
    expect(seite.locator(".suche-status")).not_to_be_empty()
    titles = seite.locator(".suche-titel").all_inner_texts()
    assert "Backpropagation" in titles


def test_start_sagt_was_falsch_ist(kopie: Path, tmp_path: Path) -> None:
    def start(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "start.py", *arguments, "--ohne-browser"],
            cwd=folder,
            env={**os.environ, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = start(kopie, str(port))
    assert done.returncode == 1
    assert f"Port {port} ist nicht frei" in done.stdout
    for word in ("achttausend", "-1", "70000"):
        assert f"{word} ist keine Portnummer" in start(kopie, word).stdout
    (tmp_path / "start.py").write_bytes((kopie / "start.py").read_bytes())
    lonely = start(tmp_path)
    assert lonely.returncode == 1
    assert "fehlt der Ordner website" in lonely.stdout
    assert "Traceback" not in done.stderr + lonely.stderr


def test_ohne_gebaute_website_eine_klare_zeile(tmp_path: Path) -> None:
    with pytest.raises(BuchFehler, match="make html"):
        offline.packe(tmp_path)
