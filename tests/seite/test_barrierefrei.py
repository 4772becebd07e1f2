"""Jede Seite der Website ohne Verstoß gegen WCAG 2.2 AA, hell und dunkel (axe-core)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from hilfen import PROJEKT

AXE = (PROJEKT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
REGELN = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SITE = PROJEKT / "_build" / "html"
SEITEN = sorted(
    str(datei.relative_to(SITE))
    for datei in SITE.rglob("*.html")
    if "_static" not in datei.parts and 'http-equiv="refresh"' not in datei.read_text()
)


@pytest.fixture(scope="module", params=["light", "dark"])
def seite(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    kontext = browser.new_context(
        color_scheme=request.param, reduced_motion="reduce", bypass_csp=True
    )
    yield kontext.new_page()
    kontext.close()


def verstoesse(page: Page) -> list[str]:
    """Violations that axe-core finds, each in a line with its first element."""
    # axe measures where things lie; what has not been laid out yet lies nowhere
    page.evaluate("document.documentElement.classList.remove('sparsam')")
    page.wait_for_timeout(300)
    page.evaluate(AXE)
    ergebnis = page.evaluate(
        "regeln => axe.run(document, {runOnly: regeln, resultTypes: ['violations']})",
        REGELN,
    )
    return [
        f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:160]} "
        f"({len(v['nodes'])}-mal; {v['nodes'][0]['failureSummary'][:200]})"
        for v in ergebnis["violations"]
    ]


@pytest.mark.parametrize("name", SEITEN)
def test_seite_ist_zugaenglich(seite: Page, website: str, name: str) -> None:
    seite.goto(website + name)
    seite.wait_for_load_state("networkidle")
    assert verstoesse(seite) == []


@pytest.mark.parametrize("name", SEITEN)
def test_auch_aufgeklappt_zugaenglich(seite: Page, website: str, name: str) -> None:
    """Folded answers and solutions are content as well."""
    seite.goto(website + name)
    seite.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert verstoesse(seite) == []


def test_es_gibt_seiten(website: str) -> None:
    """Without pages the tests above would pass by testing nothing."""
    assert Path(SITE / "index.html").is_file()
    assert len(SEITEN) >= 5
