"""Rechtschreibung aller deutschen Texte; prüft buchbau.sprache.rechtschreibung mit."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from buchbau.sprache.prosa import prose
from buchbau.sprache.rechtschreibung import WORDS, misspelled, texts
from buchbau.sprache.zusammensetzung import own_words


def test_alle_texte_sind_richtig_geschrieben() -> None:
    """No unknown word; a right one that is unknown goes into woerter.txt."""
    findings = misspelled(texts())
    assert not findings, (
        "Unbekannte Wörter (richtige gehören in code/buchbau/sprache/woerter.txt):\n"
        + "\n".join(findings)
    )


def test_wortliste_ist_sortiert_und_ohne_doppelte() -> None:
    """Umlauts sort as their base letters."""

    def key(word: str) -> str:
        decomposed = unicodedata.normalize("NFD", word.lower().replace("ß", "ss"))
        return "".join(c for c in decomposed if not unicodedata.combining(c))

    words = own_words(WORDS)
    # dict statt set: behält bei gleichem Schlüssel („Adelie“, „Adélie“) die Reihenfolge
    assert words == sorted(dict.fromkeys(words), key=key)


def test_fehler_werden_mit_datei_und_zeile_genannt(tmp_path: Path) -> None:
    """Misspelled words are found in prose, and only there."""
    page = tmp_path / "book" / "probe.md"
    page.parent.mkdir()
    page.write_text(
        "---\ntitle: Der Titl\nfile_format: mystnb\n---\n\n(sec-abcxyz)=\n# Netze\n\n"
        "Ein Faltungsnetz hat eine Lernrate und Gewichte, siehe {cite}`xyzzy2000abc`.\n"
        "Die Funktoin `xyzfunc` und $\\mathbf{xyzq}$ auf https://xyzzy.example/qwrtz.\n\n"
        "```{code-cell} ipython3\n---\nmystnb:\n  figure:\n    caption: Ein Bildd.\n---\n"
        "xyzwert = qwertzwert\n```\n\n"
        ":::{nachgedacht} Was ist ein Gewichtt?\nNichts.\n:::\n",
        "utf-8",
    )
    assert misspelled([page], tmp_path) == [
        "book/probe.md:2: Titl",
        "book/probe.md:10: Funktoin",
        "book/probe.md:16: Bildd",
        "book/probe.md:21: Gewichtt",
    ]


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("Mit {term}`Lernraten <Lernrate>` lernen", ["Mit", "Lernraten", "lernen"]),
        ("Text [Link](ziel.md) und {ref}`sec-a`", ["Text", "[Link]", "und"]),
        ("$$\n\\alpha\n$$ (gl-a)\nDanach", ["Danach"]),
        ("```python\nx = 1\n```\nDanach", ["Danach"]),
        ("````\n```{quiz}\n````\nDanach", ["Danach"]),
        (":::{live} ziffer\n:name: abb-a\n:alt: Feld\nBild\n:::", ["Feld", "Bild"]),
        ("- frage: Was?\n  richtig: true", ["Was?"]),
        ("```{glossary}\nNetz\n  Viele\n```", ["Netz", "Viele"]),
    ],
)
def test_nur_prosa_bleibt(source: str, kept: list[str]) -> None:
    """Code, formulas, labels, roles and keys become blanks of the same length."""
    cut = prose(source)
    assert cut.split() == kept
    assert cut.count("\n") == source.count("\n")
