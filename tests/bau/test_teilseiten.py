"""Die Seite eines Teils: Karten, Wege dorthin, Nummern, Druck; an einem kleinen Buch."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from buchbau.kapitel import lies_buch, lies_teile
from buchbau.sphinx.teilseiten import roemisch
from hilfen import PROJEKT, Ergebnis, baue, schreibe_buch

KAPITEL = """---
title: {titel}
file_format: mystnb
kernelspec: {{name: python3, display_name: Python 3}}
kurz: Worum es in {titel} geht.
daten: []
laufzeit: 20
lernzeit: 35
voraussetzungen: [{voraus}]
wege: {{15: [sec-{name}], 90: alles}}
behauptungen: {{}}
---
(kap-{name})=
# {titel}

Ein erster Satz.

(sec-{name})=
## Abschnitt von {titel}

Text.
"""
TEIL = """---
kurz: Kurz.
---
# {titel}

Text.

## Kapitel

```{{kapitelkarten}}
```
"""
TEILE = {"vorne": "Vorne", "mitte": "Die Mitte & mehr", "hinten": "Hinten"}
SEITEN = {
    "vorne/gruss": "---\nkurz: Ein Gruß.\n---\n# Gruß\n\nText.\n",
    "mitte/eins": KAPITEL.format(titel="Eins", name="eins", voraus=""),
    "mitte/zwei": KAPITEL.format(titel="Zwei", name="zwei", voraus="kap-eins"),
    "hinten/drei": KAPITEL.format(titel="Drei", name="drei", voraus="kap-zwei"),
}


def schreibe(ordner: Path, teilseiten: dict[str, str]) -> None:
    """Write a book of three parts, the first unnumbered; teilseiten: {folder: text}."""
    schreibe_buch(ordner, SEITEN)
    parts = [
        {
            "caption": titel,
            **({} if teil == "vorne" else {"numbered": 1}),
            "chapters": [{"file": name} for name in SEITEN if name.startswith(teil)],
        }
        for teil, titel in TEILE.items()
    ]
    toc = {"format": "jb-book", "root": "index", "parts": parts}
    (ordner / "_toc.yml").write_text(yaml.safe_dump(toc, allow_unicode=True), "utf-8")
    for teil, text in teilseiten.items():
        (ordner / teil / "index.md").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def buch(tmp_path_factory: pytest.TempPathFactory) -> Ergebnis:
    ordner = tmp_path_factory.mktemp("teile")
    schreibe(ordner, {teil: TEIL.format(titel=titel) for teil, titel in TEILE.items()})
    ergebnis = baue(ordner)
    assert ergebnis.rc == 0, ergebnis.meldungen
    return ergebnis


def suppe(buch: Ergebnis, seite: str) -> BeautifulSoup:
    return BeautifulSoup(buch.seite(seite), "html.parser")


def text(knoten: object) -> str:
    return " ".join(knoten.get_text().split())


def test_reihenfolge_und_nummern(buch: Ergebnis) -> None:
    """Pages of parts stand before their chapters and take no number from them."""
    assert [(seite.name, seite.nummer) for seite in lies_buch(buch.ordner)] == [
        ("index", None),
        ("vorne", None),
        ("gruss", None),
        ("mitte", None),
        ("eins", 1),
        ("zwei", 2),
        ("hinten", None),
        ("drei", 3),
    ]
    assert [teil.nummer for teil in lies_teile(buch.ordner)] == [None, 1, 2]
    kopf = suppe(buch, "hinten/drei").select_one(".kapitelnummer")
    assert text(kopf) == "Kapitel 3"


def test_karten_sagen_was_die_kapitel_bieten(buch: Ergebnis) -> None:
    seite = suppe(buch, "mitte/index")
    assert text(seite.select_one(".kapitelnummer")) == "Teil I"
    eins, zwei = seite.select(".kapitelkarte")
    assert text(eins.select_one(".nummer")) == "Kapitel 1"
    assert zwei.select_one("h3 a")["href"] == "zwei.html"
    assert "Worum es in Zwei geht." in text(zwei)
    assert "35 min" in text(zwei)
    assert "setzt voraus" not in text(eins)
    assert zwei.select_one(".angaben-karte a")["href"] == "eins.html#kap-eins"
    wege = zwei.select("details li")
    assert [text(weg) for weg in wege] == [
        "15 min Abschnitt von Zwei",
        "90 min das ganze Kapitel, die Übungen zusätzlich",
    ]
    assert wege[0].a["href"] == "zwei.html#sec-zwei"


def test_karten_ohne_kapitelkopf(buch: Ergebnis) -> None:
    """Pages that are no chapters have only what their head says."""
    (karte,) = suppe(buch, "vorne/index").select(".kapitelkarte")
    assert text(karte) == "Gruß Ein Gruß."
    assert suppe(buch, "vorne/index").select_one(".kapitelnummer") is None


def test_wege_zur_teilseite(buch: Ergebnis) -> None:
    """From the list at the left, the head of a chapter, the neighbours, the start page."""
    zwei = suppe(buch, "mitte/zwei")
    titel = zwei.select("a.teil-titel")
    assert [link["href"] for link in titel] == [
        "../vorne/index.html",
        "index.html",
        "../hinten/index.html",
    ]
    assert zwei.select_one("a.teilname")["href"] == "index.html"
    assert zwei.select_one(".nachbarn .weiter")["href"] == "../hinten/index.html"
    mitte = suppe(buch, "mitte/index")
    assert text(mitte.select_one("a.teil-titel[aria-current]")) == TEILE["mitte"]
    assert mitte.select_one(".nachbarn .weiter")["href"] == "eins.html"
    assert mitte.select_one(".nachbarn .zurueck")["href"] == "../vorne/gruss.html"


def test_die_suche_kennt_die_teile(buch: Ergebnis) -> None:
    index = buch.ordner / "_build" / "html" / "_static" / "suche" / "index.js"
    assert '["mitte/index","Die Mitte & mehr","Teil des Buchs"]' in index.read_text("utf-8")


def test_der_druck_laesst_die_seiten_aus(tmp_path: Path) -> None:
    schreibe(tmp_path, {teil: TEIL.format(titel=t) for teil, t in TEILE.items()})
    ergebnis = baue(tmp_path, builder="latex")
    assert ergebnis.rc == 0, ergebnis.meldungen
    (tex,) = (tmp_path / "_build" / "latex").glob("*.tex")
    assert r"\chapter{Zwei}" in tex.read_text("utf-8")
    assert "kapitelkarten" not in tex.read_text("utf-8")


def test_fehlende_seite_und_falsche_ueberschrift(tmp_path: Path) -> None:
    karten_fremd = "# Falsch\n\nText.\n"
    schreibe(tmp_path, {"vorne": TEIL.format(titel="Vorne"), "mitte": karten_fremd})
    meldungen = " ".join(baue(tmp_path, streng=False).warnungen())
    assert "Dem Teil »Hinten« fehlt seine Seite hinten/index.md" in meldungen
    assert "Der Teil heißt in _toc.yml »Die Mitte & mehr«" in meldungen


def test_roemische_zahlen() -> None:
    zahlen = {1: "I", 4: "IV", 8: "VIII", 9: "IX", 14: "XIV", 39: "XXXIX"}
    assert {n: roemisch(n) for n in zahlen} == zahlen


@pytest.mark.parametrize("teil", lies_teile(PROJEKT), ids=lambda teil: teil.ordner)
def test_jeder_teil_des_buchs_stellt_sich_vor(teil: object) -> None:
    quelle = (PROJEKT / f"{teil.seite}.md").read_text("utf-8")
    assert quelle.startswith("---\nkurz: ")
    assert f"# {teil.titel}\n" in quelle
    assert "```{kapitelkarten}" in quelle
    assert len(quelle.split()) >= 90
