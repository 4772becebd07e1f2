"""Links in eine Seite hinein treffen genau: beim Laden, mit Maus und Tastatur."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from hilfen import PROJEKT

SITE = PROJEKT / "_build" / "html"
BREITEN = [(1280, 800), (390, 844)]

# Where the target lies below the edge under which it should come to rest: that is 80 px
# from the top (scroll-padding), unless the page ends before.
ABSTAND = """name => {
  const wurzel = document.documentElement;
  const soll = parseFloat(getComputedStyle(wurzel).scrollPaddingTop);
  const ende = wurzel.scrollHeight - innerHeight - scrollY < 2;
  const ist = document.getElementById(name).getBoundingClientRect().top;
  return ende && ist > soll ? 0 : ist - soll;
}"""


def groesste_seite() -> str:
    """The page with the most HTML: formulas, pictures and exercises without end."""
    seiten = (SITE / "book").rglob("*.html")
    return str(max(seiten, key=lambda p: p.stat().st_size).relative_to(SITE))


def ziele(page: Page, anzahl: int) -> list[str]:
    """Targets of links on the page itself, spread from its beginning to its end."""
    namen = page.evaluate(
        """() => [...document.querySelectorAll("main [id]")]
          .filter(e => /^(sec|ueb|abb|tab|gl)-/.test(e.id) && e.getClientRects().length)
          .map(e => e.id)"""
    )
    schritt = max(1, len(namen) // anzahl)
    return [*namen[schritt::schritt], namen[-1]]


def ruhe(page: Page) -> None:
    """Wait until nothing loads any more: pictures and figures near the target."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)


def daneben(page: Page, name: str) -> str | None:
    abstand = page.evaluate(ABSTAND, name)
    return f"{name}: {abstand:+.0f} px" if abs(abstand) > 4 else None


@pytest.fixture(scope="module")
def seite(website: str) -> str:
    return website + groesste_seite()


@pytest.fixture(params=BREITEN, ids=lambda b: str(b[0]))
def oeffne(request: pytest.FixtureRequest, browser: Browser):
    """Return a function that opens an address in a window of this width."""
    kontexte = []

    def auf(adresse: str) -> Page:
        breite, hoehe = request.param
        kontexte.append(browser.new_context(viewport={"width": breite, "height": hoehe}))
        page = kontexte[-1].new_page()
        page.goto(adresse)
        return page

    yield auf
    for kontext in kontexte:
        kontext.close()


def test_adresse_mit_ziel(oeffne: Callable[[str], Page], seite: str) -> None:
    namen = ziele(oeffne(seite), 6)
    fehler = []
    for name in namen:
        page = oeffne(f"{seite}#{name}")
        ruhe(page)
        fehler.append(daneben(page, name))
    assert [f for f in fehler if f] == []


def test_link_sofort_nach_dem_laden(oeffne: Callable[[str], Page], seite: str) -> None:
    """The reader clicks before the browser has had time to lay out the rest."""
    namen = ziele(oeffne(seite), 6)
    fehler = []
    for name in namen:
        page = oeffne(seite)
        _lege_link(page, name)
        page.locator("#probelink").click()
        ruhe(page)
        fehler.append(daneben(page, name))
    assert [f for f in fehler if f] == []


def test_link_mit_der_tastatur_und_zurueck(
    oeffne: Callable[[str], Page], seite: str
) -> None:
    page = oeffne(seite)
    name = ziele(page, 3)[1]
    _lege_link(page, name)
    page.locator("#probelink").focus()
    page.keyboard.press("Enter")
    ruhe(page)
    assert daneben(page, name) is None
    page.go_back()
    ruhe(page)
    assert page.evaluate("scrollY") < 5
    page.go_forward()
    ruhe(page)
    assert daneben(page, name) is None


def test_jedes_bild_nennt_seine_groesse(website: str) -> None:
    """A picture whose height is unknown until it has loaded moves all below it."""
    ohne = [
        f"{datei.name}: {bild}"
        for datei in SITE.rglob("*.html")
        for bild in _bilder(datei)
        if " width=" not in bild or " height=" not in bild
    ]
    assert ohne == []


def _lege_link(page: Page, name: str) -> None:
    page.evaluate(
        """name => {
          const link = document.createElement("a");
          link.id = "probelink";
          link.href = "#" + name;
          link.textContent = "Probe";
          document.querySelector("h1").after(link);
        }""",
        name,
    )


def _bilder(datei: Path) -> list[str]:
    return re.findall(r"<img [^>]*>", datei.read_text("utf-8"))


@pytest.mark.parametrize("name", ["abb-live-kmeans", "abb-live-dbscan"])
def test_adresse_einer_live_figur(
    oeffne: Callable[[str], Page], website: str, name: str
) -> None:
    """A live figure grows while it is set up; its top stays where the link led."""
    page = oeffne(f"{website}book/unueberwacht/clustering.html#{name}")
    page.wait_for_selector(f"#{name} [bereit]")
    ruhe(page)
    assert daneben(page, name) is None
