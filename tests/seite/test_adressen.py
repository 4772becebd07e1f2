"""Was veröffentlicht ist, bleibt erreichbar: Seiten, Umleitungen, Suchmaschinen."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from PIL import Image

from buchbau import adressen
from hilfen import PROJEKT

SITE = PROJEKT / "_build" / "html"
BASIS = yaml.safe_load((PROJEKT / "_config.yml").read_text("utf-8"))["html"]["baseurl"]
SEITEN = adressen.seiten(SITE)
# Werkzeuge und Pflichten der Website: keine Seiten des Buchs
NEBEN = {"search.html", "genindex.html", "impressum.html", "datenschutz.html"}


def test_keine_veroeffentlichte_adresse_ist_verschwunden() -> None:
    """Moved a page? Its old address gets a line in book/umleitungen.yml."""
    assert len(adressen.lies(PROJEKT / adressen.LISTE)) >= 9
    assert adressen.verschwundene(PROJEKT / adressen.LISTE, SITE) == []


def test_verschwundene_faellt_auf_umgeleitete_nicht(tmp_path: Path) -> None:
    listed = tmp_path / "adressen.txt"
    listed.write_text("# Kopf\nda.html\numgezogen.html\nfort.html\n", "utf-8")
    (tmp_path / "da.html").write_text("Seite", "utf-8")
    (tmp_path / "neu.html").write_text("Seite", "utf-8")
    (tmp_path / "umgezogen.html").write_text('<meta http-equiv="refresh">', "utf-8")
    assert adressen.verschwundene(listed, tmp_path) == ["fort.html"]
    assert adressen.neue(listed, tmp_path) == ["neu.html"]


def test_liste_wird_ergaenzt_und_nie_gekuerzt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert adressen.main() == 1
    assert "make html" in capsys.readouterr().err
    adressen.SITE.mkdir(parents=True)
    (adressen.SITE / "index.html").write_text("Seite", "utf-8")
    adressen.LISTE.parent.mkdir()
    adressen.LISTE.write_text("alt.html\n", "utf-8")
    assert adressen.main() == 0
    assert adressen.lies(adressen.LISTE) == ["alt.html", "index.html"]


@pytest.mark.parametrize("seite", SEITEN)
def test_kanonische_adresse(seite: str) -> None:
    html = (SITE / seite).read_text("utf-8")
    expected = BASIS if seite == "index.html" else BASIS + seite
    assert re.findall(r'<link rel="canonical" href="([^"]+)">', html) == [expected]
    assert re.findall(r'<meta property="og:url" content="([^"]+)">', html) == [expected]


def test_sitemap_nennt_jede_seite_des_buchs_einmal() -> None:
    tree = ElementTree.parse(SITE / "sitemap.xml")
    places = [e.text for e in tree.iter() if e.tag.endswith("}loc")]
    wanted = {
        BASIS if name == "index.html" else BASIS + name
        for name in SEITEN
        if name not in NEBEN
    }
    assert len(places) == len(set(places))
    assert set(places) == wanted
    robots = (SITE / "robots.txt").read_text("utf-8")
    assert f"Sitemap: {BASIS}sitemap.xml" in robots
    assert "Disallow" not in robots


def test_jede_seite_des_buchs_hat_ihr_eigenes_vorschaubild() -> None:
    found: dict[bytes, str] = {}
    for seite in SEITEN:
        html = (SITE / seite).read_text("utf-8")
        addresses = re.findall(r'<meta property="og:image" content="([^"]+)">', html)
        if seite in NEBEN:
            assert addresses == []
            continue
        (address,) = addresses
        picture = SITE / address.removeprefix(BASIS)
        with Image.open(picture) as opened:
            assert opened.size == (1200, 630)
        raw = picture.read_bytes()
        assert len(raw) < 100_000
        assert raw not in found, f"{seite} und {found[raw]} teilen ein Bild"
        found[raw] = seite


@pytest.mark.parametrize("seite", ["impressum.html", "datenschutz.html"])
def test_pflichtseiten_sind_von_jeder_seite_zu_erreichen(seite: str) -> None:
    for name in SEITEN:
        foot = (SITE / name).read_text("utf-8").split('<footer class="fuss">')[1]
        assert re.search(rf'href="[./]*{seite}"|href="#"', foot), name


def test_datenschutz_sagt_was_die_seite_im_browser_behaelt() -> None:
    """Whatever script keeps something in the browser, the page must name it."""
    named = (SITE / "datenschutz.html").read_text("utf-8")
    scripts = [
        *PROJEKT.glob("code/buchbau/thema/**/*.js"),
        *PROJEKT.glob("code/live/**/*.js"),
    ]
    words = {"modus": "Farbschema", "seite": "Farbschema", "quiz": "Quiz"}
    words["kaesten"] = "Erst raten"
    store = re.compile(r"localStorage|sessionStorage|indexedDB|caches\.open")
    keeping = {p.stem for p in scripts if store.search(p.read_text("utf-8"))}
    assert keeping == set(words), "Die Seite Datenschutz muss dazu passen."
    assert all(word in named for word in words.values())
    assert not [p for p in scripts if "document.cookie" in p.read_text("utf-8")]
