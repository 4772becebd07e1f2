"""Jeder Verweis innerhalb der Website führt auf eine Seite und eine Stelle, die es gibt."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from hilfen import PROJEKT

SITE = PROJEKT / "_build" / "html"
SEITEN = sorted(p.relative_to(SITE).as_posix() for p in SITE.rglob("*.html"))


@cache
def baum(seite: Path) -> BeautifulSoup:
    return BeautifulSoup(seite.read_text("utf-8"), "lxml")


@cache
def marken(seite: Path) -> set[str]:
    """Return all ids of a page."""
    return {element["id"] for element in baum(seite).find_all(id=True)}


def fehlende(seite: Path) -> list[str]:
    """Return the links and sources of a page that lead nowhere on the site."""
    found = []
    for element in baum(seite).find_all(["a", "img", "script", "link", "source"]):
        link = element.get("href") or element.get("src")
        if not link or urlsplit(link).scheme or link.startswith("//"):
            continue
        parts = urlsplit(link)
        target = (seite.parent / unquote(parts.path)).resolve() if parts.path else seite
        if target.is_dir():
            target = target / "index.html"
        if not target.exists():
            found.append(f"{link}: keine solche Datei")
        elif (
            parts.fragment
            and target.suffix == ".html"
            and unquote(parts.fragment) not in marken(target)
        ):
            found.append(f"{link}: keine solche Stelle")
    return found


def test_es_gibt_seiten():
    assert len(SEITEN) > 5


@pytest.mark.parametrize("seite", SEITEN)
def test_verweise_fuehren_zum_ziel(seite):
    assert fehlende(SITE / seite) == []


def test_ein_toter_verweis_faellt_auf(tmp_path):
    page = tmp_path / "a.html"
    page.write_text('<p id="da"><a href="#da">1</a><a href="#fort">2</a><a href="b.html">3')
    assert fehlende(page) == ["#fort: keine solche Stelle", "b.html: keine solche Datei"]
