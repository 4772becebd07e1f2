"""Die Seite im Browser: Farbschema, Breiten, Gewicht, Sicherheitsregel, ohne Skript."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from hilfen import PROJEKT, baue_buch

SITE = PROJEKT / "_build" / "html"
# Höchstens so viel beim ersten Besuch, ohne Abbildungen (Architektur, Abschnitt Speed)
BUDGET = 250_000
# Name, height and estimated height of all sections that the browser may skip
HOEHEN = """() => [...document.querySelectorAll("section[style*='--zeilen']")]
  .filter(s => s.matches(".text > section > section, .text > section > section > section"))
  .map(s => {
    const probe = document.createElement("div");
    probe.style.height = "calc(var(--zeilen) * var(--zeile))";
    const hoehe = s.getBoundingClientRect().height;
    s.append(probe);
    const platz = probe.getBoundingClientRect().height;
    probe.remove();
    return [s.id, hoehe, platz];
  })"""
SCHON_DICHT = (".woff2", ".png", ".zip", ".tflite")


def seiten() -> list[str]:
    """All pages of the built site but those that only redirect."""
    return sorted(
        str(datei.relative_to(SITE))
        for datei in SITE.rglob("*.html")
        if "_static" not in datei.parts and 'http-equiv="refresh"' not in datei.read_text()
    )


@pytest.fixture
def oeffne(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address in a fresh context."""
    kontexte = []

    def auf(adresse: str, **wahl: object) -> Page:
        kontexte.append(browser.new_context(**wahl))
        page = kontexte[-1].new_page()
        page.goto(adresse)
        return page

    yield auf
    for kontext in kontexte:
        kontext.close()


def thema(page: Page) -> str | None:
    return page.evaluate("document.documentElement.dataset.theme ?? null")


def grund(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def test_farbschema_wird_gewaehlt_und_gemerkt(
    oeffne: Callable[..., Page], website: str
) -> None:
    page = oeffne(website, color_scheme="light")
    hell = grund(page)
    knopf = page.get_by_role("button", name="Farbschema: automatisch")
    knopf.click()
    assert thema(page) == "light"
    page.get_by_role("button", name="Farbschema: hell").click()
    assert thema(page) == "dark"
    assert grund(page) != hell
    page.reload(wait_until="commit")
    # gleich nach dem Kopf der Seite, vor dem ersten Bild: kein Aufblitzen
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    page.get_by_role("button", name="Farbschema: dunkel").click()
    assert thema(page) is None
    assert grund(page) == hell


def test_ohne_wahl_gilt_das_system(oeffne: Callable[..., Page], website: str) -> None:
    hell = oeffne(website, color_scheme="light")
    dunkel = oeffne(website, color_scheme="dark")
    assert grund(hell) != grund(dunkel)
    ohne_skript = oeffne(website, color_scheme="dark", java_script_enabled=False)
    expect(ohne_skript.locator("[data-farbschema]")).to_be_hidden()


def test_eine_strichzeichnung_zeigt_nur_ihre_fassung(
    oeffne: Callable[..., Page], website: str
) -> None:
    for schema, da, weg in (
        ("light", "nur-hell", "nur-dunkel"),
        ("dark", "nur-dunkel", "nur-hell"),
    ):
        page = oeffne(website + "book/grundlagen/backpropagation.html", color_scheme=schema)
        expect(page.locator(f"img.{da}").first).to_be_visible()
        expect(page.locator(f"img.{weg}").first).to_be_hidden()


@pytest.mark.parametrize("breite", [360, 390, 820, 1280])
def test_nichts_rollt_waagrecht(browser: Browser, website: str, breite: int) -> None:
    kontext = browser.new_context(viewport={"width": breite, "height": 800})
    page = kontext.new_page()
    zu_breit = []
    for name in seiten():
        page.goto(website + name)
        page.evaluate("document.documentElement.classList.remove('sparsam')")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        weite = page.evaluate("document.documentElement.scrollWidth")
        if weite > breite:
            zu_breit.append(f"{name}: {weite}")
    kontext.close()
    assert zu_breit == []


@pytest.mark.parametrize("breite", [390, 820, 1280])
def test_geschaetzte_hoehen_reichen(browser: Browser, website: str, breite: int) -> None:
    """Too low an estimate lays skipped sections on top of each other (hoehe.py)."""
    kontext = browser.new_context(viewport={"width": breite, "height": 800})
    page = kontext.new_page()
    zu_niedrig, geschaetzt = [], 0
    for name in seiten():
        page.goto(website + name)
        page.evaluate("document.documentElement.classList.remove('sparsam')")
        page.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
        page.wait_for_load_state("networkidle")
        for anker, hoehe, platz in page.evaluate(HOEHEN):
            geschaetzt += 1
            if hoehe > platz:
                zu_niedrig.append(f"{name}#{anker}: {hoehe:.0f} statt {platz:.0f} px")
    kontext.close()
    assert geschaetzt > 20
    assert zu_niedrig == []


def test_breites_am_telefon_ist_ganz_zu_sehen(
    oeffne: Callable[..., Page], website: str
) -> None:
    """Wide tables stack their rows, the number of a wide formula stays in sight."""
    page = oeffne(
        website + "book/keras/erstes-netz.html", viewport={"width": 390, "height": 800}
    )
    tabelle = page.locator("table.stapelbar").first
    tabelle.scroll_into_view_if_needed()
    assert tabelle.evaluate("t => t.scrollWidth <= t.parentElement.clientWidth")
    expect(tabelle.locator("td .spalte").first).to_be_visible()
    page.goto(website + "book/grundlagen/backpropagation.html")
    page.evaluate("document.documentElement.classList.remove('sparsam')")
    breit = page.locator("div.math:has(.eqno):has(.formel.mehr-rechts)").first
    breit.scroll_into_view_if_needed()
    rollt = page.locator(f'[id="{breit.get_attribute("id")}"]')
    nummer = rollt.locator(".eqno").bounding_box()
    assert nummer["x"] + nummer["width"] <= 390
    rollt.locator(".formel").evaluate("f => f.scrollTo(f.scrollWidth, 0)")
    expect(rollt.locator(".formel.mehr-links:not(.mehr-rechts)")).to_have_count(1)


def test_verzeichnisse_am_telefon(oeffne: Callable[..., Page], website: str) -> None:
    """Both lists open and close by button and keyboard, also without JavaScript."""
    adresse = website + "book/keras/erstes-netz.html"
    for skript in (True, False):
        page = oeffne(
            adresse, viewport={"width": 390, "height": 800}, java_script_enabled=skript
        )
        for knopf, bereich in (
            ("Kapitel", "Kapitel des Buchs"),
            ("Auf dieser Seite", "Auf dieser Seite"),
        ):
            liste = page.get_by_role("navigation", name=bereich, exact=True)
            expect(liste).to_be_hidden()
            page.get_by_role("button", name=knopf, exact=True).click()
            expect(liste).to_be_visible()
            page.keyboard.press("Escape")
            expect(liste).to_be_hidden()


def test_verzeichnisse_am_grossen_bildschirm(
    oeffne: Callable[..., Page], website: str
) -> None:
    page = oeffne(
        website + "book/keras/erstes-netz.html", viewport={"width": 1280, "height": 800}
    )
    kapitel = page.get_by_role("navigation", name="Kapitel des Buchs")
    expect(kapitel.locator("[aria-current=page]")).to_have_count(1)
    inhalt = page.get_by_role("navigation", name="Auf dieser Seite", exact=True)
    inhalt.get_by_role("link", name="Übungen").click()
    expect(inhalt.locator("[aria-current]")).to_have_text("Übungen")
    expect(page.get_by_role("heading", name="Übungen")).to_be_in_viewport()


def test_nur_der_inhalt_fuer_lernplattformen(
    oeffne: Callable[..., Page], website: str
) -> None:
    page = oeffne(website + "book/keras/erstes-netz.html?content_only")
    expect(page.locator("h1")).to_be_visible()
    for teil in (".kopf", ".verzeichnis", ".auf-dieser-seite", ".nachbarn", ".fuss"):
        expect(page.locator(teil)).to_be_hidden()


@pytest.mark.parametrize("name", seiten())
def test_gewicht_herkunft_und_fehlerfreiheit(
    browser: Browser, website: str, name: str
) -> None:
    """One visit: the budget, no foreign request, no console error, the policy holds."""
    kontext = browser.new_context(viewport={"width": 390, "height": 800})
    page = kontext.new_page()
    antworten: list[Response] = []
    meldungen: list[str] = []
    page.on("response", lambda antwort: antworten.append(antwort))
    page.on(
        "console",
        lambda m: meldungen.append(m.text) if m.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda fehler: meldungen.append(fehler.message))
    page.goto(website + name)
    page.wait_for_load_state("networkidle")
    fremd = [a.url for a in antworten if not a.url.startswith((website, "data:", "blob:"))]
    gewicht = 0
    for antwort in antworten:
        if antwort.request.resource_type == "image":
            continue
        inhalt = antwort.body()
        dicht = antwort.url.split("?")[0].endswith(SCHON_DICHT)
        gewicht += len(inhalt) if dicht else len(gzip.compress(inhalt, 6))
    kontext.close()
    assert fremd == []
    assert meldungen == []
    assert gewicht <= BUDGET, f"{gewicht / 1000:.0f} kB"


@pytest.mark.parametrize("name", seiten())
def test_sicherheitsregel_und_kein_fremdes_im_html(name: str) -> None:
    html = (SITE / name).read_text("utf-8")
    regel = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]
    assert "default-src 'none'" in regel
    assert "'unsafe-inline'" not in regel.replace("style-src-attr 'unsafe-inline'", "")
    geladen = re.findall(r'<(?:script|img|iframe|source)[^>]+src="([^"]+)"', html)
    geladen += re.findall(r'<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"', html)
    assert [a for a in geladen if a.startswith(("http:", "https:", "//"))] == []
    doppelt = re.findall(r'\bid="([^"]+)"', html)
    assert len(doppelt) == len(set(doppelt)), "Kennungen doppelt"


def test_ohne_skript_bleibt_alles_lesbar(oeffne: Callable[..., Page], website: str) -> None:
    page = oeffne(
        website + "book/grundlagen/backpropagation.html", java_script_enabled=False
    )
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".katex").first).to_be_visible()
    expect(page.locator("figure img").first).to_be_visible()
    loesung = page.locator("details.solution").first
    loesung.locator("summary").click()
    expect(loesung.locator("p").first).to_be_visible()


def test_formeln_haben_mathml_und_kein_skript(website: str) -> None:
    html = (SITE / "book/grundlagen/backpropagation.html").read_text("utf-8")
    assert "<math" in html
    assert not re.search(r"<script[^>]*mathjax", html, re.IGNORECASE)
    assert "katex.css" in html
    assert "katex.css" not in (SITE / "index.html").read_text("utf-8")


def test_umleitung_und_start_im_kleinen_buch(
    tmp_path: Path, browser: Browser, serviere: Callable[[Path], str]
) -> None:
    """A moved page keeps its address; a target that is missing fails the build."""
    ordner = tmp_path / "buch"
    umleitungen = ordner / "book" / "umleitungen.yml"
    umleitungen.parent.mkdir(parents=True)
    umleitungen.write_text("alt/seite: teil/neu#stelle\nalt/qr: teil/neu\n", "utf-8")
    ergebnis = baue_buch(
        ordner,
        {
            "index": "# Start\n\n```{inhaltsuebersicht}\n```\n\n```{downloads}\n```\n",
            "teil/neu": "---\nkurz: Ein Satz dazu.\n---\n# Neu\n\nText.\n",
        },
    )
    assert ergebnis.rc == 0, ergebnis.meldungen
    alt = ergebnis.seite("alt/seite")
    assert 'url=../teil/neu.html#stelle"' in alt
    site = serviere(ordner / "_build" / "html")
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        faults: list[str] = []
        # Chromium may still ask for the icon of the page that it comes from.
        page.on(
            "console",
            lambda m, faults=faults: "marke.svg" in m.text or faults.append(m.text),
        )
        for old, place in (("seite", "#stelle"), ("qr", "#abb-live" if script else "")):
            page.goto(f"{site}alt/{old}.html#abb-live")
            page.wait_for_url(f"{site}teil/neu.html{place}")
        assert faults == []
        context.close()
    start = ergebnis.seite("index")
    assert "Ein Satz dazu." in start
    assert "downloads/" not in start
    umleitungen.write_text("alt/seite: gibt/es/nicht\n", "utf-8")
    os.utime(ordner / "index.md")
    zweites = baue_buch(ordner, {"index": "# Start\n\nNeu.\n", "teil/neu": "# Neu\n"})
    assert any("gibt/es/nicht" in zeile for zeile in zweites.warnungen())
