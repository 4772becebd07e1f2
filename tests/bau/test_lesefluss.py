"""Was am Telefon zusammenbleibt und was brechen darf: Formeln, Tabellen, Code, Ausgaben."""

from __future__ import annotations

import re

import pytest
from docutils import nodes

from buchbau.sphinx import inhalt
from hilfen import Ergebnis, baue_buch

SEITE = """\
# Seite

Sei ($x = 1$), dann $w$, und $a + b + c + d + e + f + g + h + i + j$.

Siehe `sparse_categorical_crossentropy` und `kurz_da`.

| Schritt | Rechnung dieses Schritts | Form des Ergebnisses |
|---|---|---|
| der erste von beiden | was dabei herauskommt | $(n, m)$ |
| der zweite von beiden | | keine |
"""


@pytest.fixture(scope="module")
def seite(tmp_path_factory: pytest.TempPathFactory) -> str:
    buch: Ergebnis = baue_buch(tmp_path_factory.mktemp("buch"), {"seite": SEITE})
    assert buch.rc == 0, buch.meldungen
    return buch.seite("seite")


def test_kurze_formel_behaelt_ihre_satzzeichen(seite: str) -> None:
    """Short ones stay whole; a single sign needs no class, a long one must break."""
    formeln = re.findall(r'<span class="math[^"]*">.{0,6}', seite)
    assert formeln[0] == '<span class="math fest">(<span'
    assert re.search(r"</span>\),</span> dann", seite)
    assert re.search(r"</span>,</span> und", seite)
    assert formeln[2].startswith('<span class="math"><span')


def test_gestapelte_zeile_ohne_leere_zelle(seite: str) -> None:
    assert seite.count('<span class="spalte">') == 3
    assert len(re.findall(r'<td class="leer">', seite)) == 1


def test_code_bricht_nur_an_fugen(seite: str) -> None:
    assert "sparse_<wbr>categorical_<wbr>crossentropy" in seite
    assert ">kurz_da<" in seite


@pytest.mark.parametrize(
    ("text", "spaltig"),
    [
        ("Nr. Knoten   Wert\n 1  Summe    2,5\n", True),
        ("Genauigkeit: 97 %\nVerlust:     0,1\n", False),
        ("ein Satz\nnoch einer", False),
    ],
)
def test_tabellen_in_ausgaben(text: str, spaltig: bool) -> None:
    """Two lines with gaps make columns; one may only be aligned."""
    block = nodes.literal_block(text, text, classes=["output", "stream"])
    other = nodes.literal_block(text, text)
    doctree = nodes.section("", block, other)
    inhalt._markiere_spalten(None, doctree, "seite")
    assert ("spaltig" in block["classes"]) is spaltig
    assert other["classes"] == []
