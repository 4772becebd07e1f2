"""Glossar: Ziele, Erklärungen, Register, Stichwörter (buchbau.sphinx.glossar)."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from hilfen import PROJEKT, Ergebnis, baue_buch

GLOSSAR = """# Glossar

```{glossary}
Lernrate (*learning rate*)
  Faktor $\\eta$ des Schritts.
  Zu groß ist schlecht.

Overfitting
Überanpassung
  Das Netz lernt auswendig, etwa bei kleiner {term}`Lernrate`.

Verlustfunktion (*loss function, loss*)
  Sie misst den Fehler.

  Mehr dazu im Text.
```

## Englisch – Deutsch

```{glossar-register}
```
"""
KAPITEL = """# Kapitel

Die {term}`Lernrate`, kleine {term}`Lernraten <Lernrate>`, {term}`learning rate`.
Gegen {term}`Überanpassung` hilft viel.
"""


@pytest.fixture(scope="module")
def buch(tmp_path_factory: pytest.TempPathFactory) -> Ergebnis:
    """Return a small book with a glossary, built."""
    pages = {"kapitel": KAPITEL, "glossar": GLOSSAR}
    result = baue_buch(tmp_path_factory.mktemp("glossar") / "buch", pages)
    assert result.rc == 0, result.meldungen
    return result


def soup(result: Ergebnis, page: str) -> BeautifulSoup:
    """Return a built page to look into."""
    return BeautifulSoup(result.seite(page), "lxml")


def test_verwendung_traegt_ihre_erklaerung(buch: Ergebnis) -> None:
    """Each use is a link with a description; one explanation for all uses of a term."""
    page = soup(buch, "kapitel")
    links = page.select("a.glossar-begriff")
    assert [link.text for link in links] == [
        "Lernrate",
        "Lernraten",
        "learning rate",
        "Überanpassung",
    ]
    assert {link["href"] for link in links[:3]} == {"glossar.html#term-Lernrate"}
    for link in links:
        note = page.find(id=link["aria-describedby"])
        assert note.parent.has_attr("hidden")
    assert len(page.select(".glossar-erklaerungen > div")) == 2


def test_erklaerung_ist_der_erste_absatz(buch: Ergebnis) -> None:
    """Names and first paragraph, without links or ids that stand elsewhere, too."""
    page = soup(buch, "kapitel")
    note = page.find(id="erklaerung-term-Overfitting")
    assert "auswendig" in note.text
    assert not note.select("a, p[id], span[id]")
    assert page.find(id="erklaerung-term-Lernrate").i["lang"] == "en"


def test_seite_des_glossars(buch: Ergebnis) -> None:
    """Every name is there, the English ones marked as English."""
    page = soup(buch, "glossar")
    term = page.find("dt", id="term-Lernrate")
    assert term.i.text == "learning rate"
    assert term.i["lang"] == "en"
    assert page.find("dt", id="term-Uberanpassung")
    assert not page.select(".glossar-erklaerungen")


def test_register_englisch_deutsch(buch: Ergebnis) -> None:
    """Sorted by the English name, each with a link to the German entry."""
    table = soup(buch, "glossar").select_one("table.glossar-register")
    rows = [[cell.text.strip() for cell in row.select("td")] for row in table.select("tr")]
    assert rows[1:] == [
        ["learning rate", "Lernrate"],
        ["loss", "Verlustfunktion"],
        ["loss function", "Verlustfunktion"],
    ]
    assert table.select_one("td a")["href"] == "#term-Lernrate"


def test_stichwortverzeichnis(buch: Ergebnis) -> None:
    """Entries and their first use on a page are indexed; English names refer to them."""
    index = soup(buch, "genindex")
    hrefs = {a["href"] for a in index.select("a")}
    assert "glossar.html#term-Lernrate" in hrefs
    assert "kapitel.html#begriff-Lernrate" in hrefs
    assert "siehe Lernrate" in index.text


def test_ids_sind_eindeutig(buch: Ergebnis) -> None:
    """No id stands twice on a page."""
    for name in ("kapitel", "glossar"):
        ids = re.findall(r'\bid="([^"]+)"', buch.seite(name))
        assert len(ids) == len(set(ids)), name


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        (
            {"kapitel": "# Kapitel\n\n{term}`Lernrte`\n", "glossar": GLOSSAR},
            "Der Begriff 'Lernrte' steht nicht im Glossar (book/anhang/glossar.md).",
        ),
        (
            {"glossar": "# Glossar\n\n```{glossary}\nLeer (*empty*)\n```\n"},
            "Glossar: 'Leer' hat keine Erklärung",
        ),
    ],
)
def test_fehler_wird_auf_deutsch_gesagt(
    tmp_path: Path, pages: dict[str, str], message: str
) -> None:
    """A wrong term and an entry without definition fail the build in one line."""
    result = baue_buch(tmp_path / "buch", pages)
    assert result.rc != 0
    assert [line for line in result.warnungen() if message in line], result.meldungen


def test_glossar_des_buchs_ist_sortiert() -> None:
    """The entries of the book are in German order, umlauts as their base letters."""

    def key(name: str) -> str:
        decomposed = unicodedata.normalize("NFD", name.lower().replace("ß", "ss"))
        return "".join(c for c in decomposed if not unicodedata.combining(c))

    text = (PROJEKT / "book" / "anhang" / "glossar.md").read_text("utf-8")
    body = text.split("```{glossary}\n")[1].split("\n```")[0]
    names = [block.split("\n")[0].split(" (")[0] for block in body.split("\n\n")]
    names = [name for name in names if name and not name.startswith(" ")]
    assert names == sorted(names, key=key)
