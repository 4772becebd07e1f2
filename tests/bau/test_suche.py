"""Index der Suche: Zusammensetzungen, Stämme, Synonyme, Größe (buchbau.sphinx.suche)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from buchbau.sphinx.suche import OWN_WORDS, compound_stems, stem, words_of
from buchbau.sprache.zusammensetzung import splitter
from hilfen import Ergebnis, baue_buch

SEITEN = {
    "netze": "# Faltungsnetze\n\nEin Faltungsnetz lernt.\n\n## Gewichte\n\n"
    "Die Gewichtsmatrix $W$ und `train_on_batch`.\n\n"
    "```python\nmodel.fit(x)\n```\n\n% geheim\n",
    "schichten": "# Schichten eines Netzes\n\nDas Netz hat {term}`Gewichte <Gewicht>`.\n",
    "glossar": "# Glossar\n\n```{glossary}\nGewicht (*weight*)\n  Eine Zahl.\n\n"
    "Overfitting\nÜberanpassung\n  Auswendig lernen.\n```\n",
}


@pytest.fixture(scope="module")
def buch(tmp_path_factory: pytest.TempPathFactory) -> Ergebnis:
    """Return a small book, built."""
    result = baue_buch(tmp_path_factory.mktemp("suche") / "buch", SEITEN)
    assert result.rc == 0, result.meldungen
    return result


def called_with(script: Path, function: str) -> list[Any]:
    """Return the arguments with which a generated script calls `Buchsuche`."""
    call = re.search(rf"^Buchsuche\.{function}\((.*)\);$", script.read_text("utf-8"), re.M)
    return json.loads(f"[{call[1]}]")


@pytest.fixture(scope="module")
def index(buch: Ergebnis) -> dict[str, Any]:
    """Return the index of the book."""
    static = buch.ordner / "_build" / "html" / "_static"
    return called_with(static / "suche" / "index.js", "setzeIndex")[0]


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("Faltungsnetz", ("faltung", "netz")),
        ("Gewichtsmatrix", ("gewicht", "matrix")),
        ("Lernrate", ("lern", "rate")),
        ("Batchgröße", ("batch", "größe")),
        ("Bilderkennung", ("bild", "erkennung")),
        ("Aktivierungsfunktionen", ("aktivierung", "funktionen")),
        ("Rückwärtsrechnung", ("rückwärts", "rechnung")),
        ("Parameter", ()),
        ("Gewichte", ()),
        ("Genauigkeit", ()),
        ("Gradientenabstig", ()),
    ],
)
def test_zusammensetzungen_werden_zerlegt(compound: str, parts: tuple[str, ...]) -> None:
    """Compounds fall into their words, other words stay whole."""
    assert splitter(OWN_WORDS).parts(compound) == parts


def test_auch_nachbarn_im_dreiteiligen_wort() -> None:
    """Lernrate finds Lernratenplan."""
    assert stem("Lernrate") in compound_stems("Lernratenplan")


def test_stoppwoerter_auch_gross_und_teile_von_namen() -> None:
    """Capitalised stop words and single letters stay out, parts of names come in."""
    found = set(words_of("Die Eine x 12 2015 train_on_batch"))
    assert found == {"2015", "train_on_batch", "train", "on", "batch"}


def sections_with(index: dict[str, Any], word: str) -> list[str]:
    """Return "page#anchor" of the sections with `word`, the heaviest first."""
    postings = index["woerter"].get(stem(word), [])
    pairs = sorted(zip(postings[::2], postings[1::2], strict=True), key=lambda p: -p[1])
    sections = [index["abschnitte"][number] for number, _ in pairs]
    return [f"{index['seiten'][page][0]}#{anchor}" for page, _, anchor, _ in sections]


@pytest.mark.parametrize(
    ("word", "first", "also"),
    [
        ("Netz", "schichten#", "netze#"),
        ("Gewicht", "netze#gewichte", "schichten#"),
        ("Überanpassung", "glossar#term-Overfitting", "glossar#term-Overfitting"),
        ("train_on_batch", "netze#gewichte", "netze#gewichte"),
        ("fit", "netze#gewichte", "netze#gewichte"),
        ("weight", "glossar#term-Gewicht", "glossar#term-Gewicht"),
    ],
)
def test_wort_fuehrt_zum_abschnitt(
    index: dict[str, Any], word: str, first: str, also: str
) -> None:
    """Titles weigh more than text, whole words more than parts of compounds."""
    found = sections_with(index, word)
    assert found[0] == first
    assert also in found


def test_kommentare_und_stoppwoerter_fehlen(index: dict[str, Any]) -> None:
    """What no reader sees is not found."""
    assert not {"geheim", "die", "ein", "w"} & set(index["woerter"])


def test_synonyme_aus_glossar_und_liste(index: dict[str, Any]) -> None:
    """English names, second names and the list lead to each other."""
    synonyms = index["synonyme"]
    assert stem("weight") in synonyms[stem("Gewicht")]
    assert stem("Overfitting") in synonyms[stem("Überanpassung")]
    assert stem("Faltungsnetz") in synonyms["cnn"]


def test_texte_fuer_auszuege(buch: Ergebnis) -> None:
    """Each section's text stands under its number; formulas are left out."""
    static = buch.ordner / "_build" / "html" / "_static"
    page, texts = called_with(static / "suche" / "seiten" / "netze.js", "setzeTexte")
    assert page == "netze"
    assert texts == ["Ein Faltungsnetz lernt.", "Die Gewichtsmatrix W und train_on_batch."]


def test_seite_der_suche_statt_sphinx_index(buch: Ergebnis) -> None:
    """No searchindex.js on any page; the search page has field and place for results."""
    html = buch.ordner / "_build" / "html"
    assert not (html / "searchindex.js").exists()
    for page in html.glob("*.html"):
        assert "searchindex.js" not in page.read_text("utf-8"), page.name
    page = buch.seite("search")
    assert 'name="q"' in page
    assert "data-suche-ergebnis" in page
