"""Keine englischen Reste in der Oberfläche (buchbau.sphinx.deutsch).

A small page with one of everything is built; what readers see, hear or get as a hint is
held against the English phrases of Sphinx, the themes and the extensions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from hilfen import PROJEKT, Ergebnis, baue_buch

BOXES = ["note", "tip", "hint", "warning", "important", "seealso", "caution", "danger"]
BOXES += ["attention", "error"]
ALLES = (
    """---
title: Alles
---
# Alles

## Kästen

"""
    + "\n".join(f":::{{{box}}}\nEin Kasten.\n:::\n" for box in BOXES)
    + """
:::{admonition} Eigener Titel
:class: dropdown
Zugeklappt.
:::

## Verzeichnisse

{index}`Stichwort`, {index}`Zwei <single: Wort; Zwei>`, {index}`A <see: Alt; Neu>`.

$$
a = b
$$ (gl-a)

Siehe {eq}`gl-a` und {numref}`tab-a`.[^fuss]

[^fuss]: Eine Fußnote.

```{list-table} Eine Tabelle
:name: tab-a
:header-rows: 1
* - Kopf
* - Wert
```

```{code-block} python
:name: code-a
:caption: Ein Programm
x = 1
```

```{glossary}
Begriff (*term*)
  Erklärung.
```

## Übungen

```{exercise} Titel
:label: ueb-a
Aufgabe.
```

```{solution} ueb-a
:class: dropdown
Lösung.
```
"""
)
ZELLEN = """---
title: Zellen
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3}
kurz: Ein Satz.
daten: []
laufzeit: 10
lernzeit: 10
voraussetzungen: []
wege: {15: alles, 45: alles, 90: alles}
behauptungen: {}
---
(kap-zellen)=
# Zellen

```{code-cell} ipython3
:tags: [hide-input]
1 + 1
```

```{code-cell} ipython3
:tags: [hide-output]
print("Hallo")
```

```{code-cell} ipython3
:tags: [hide-cell]
print("Hallo")
```
"""
# Phrases that these tools write in English, as a reader would meet them. Whole phrases
# and words that German does not have, so that terms of the field do not count.
ENGLISH = re.compile(
    r"\b(Search|Skip to|Back to top|Toggle|Show|Hide|Click|Contents|On this page|Link to"
    r"|Permalink|Copy|Copied|Note|Hint|Warning|Caution|Danger|Error|Attention!|Important"
    r"|See also|Exercise|Solution|Figure|Fig\.|Table|Listing|Equation|Chapter|Section"
    r"|next|previous|Next|Previous|By the|By|Built with|Created using|Last updated"
    r"|Download|Launch|Open|Suggest|Edit|Source|Repository|Fullscreen|Print to"
    r"|Light|Dark|System Settings|Color mode|Theme|light/dark|Home|Index pages|see"
    r"|Collapse|Expand|Site|Navigation bar|Table of|Binary|Symbols|Other|Hidden|hidden"
    r"|code cell|content|Close|Menu|Logo of|Main|Page|Please|activate|the)\b"
)
# Why these are no leftovers:
ALLOWED = (
    r"Deep Learning|sphinx-book-theme|PyData Sphinx Theme",  # names
    r"Notebook|Notebooks|Colab|Binder|Code",  # loan words of the book
)
SEEN_ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "data-tooltip", "value")


@pytest.fixture(scope="module")
def buch(tmp_path_factory: pytest.TempPathFactory) -> Ergebnis:
    """Return the small book, built."""
    pages = {"alles": ALLES, "zellen": ZELLEN, "letzte": "# Letzte\n\nText.\n"}
    result = baue_buch(tmp_path_factory.mktemp("deutsch") / "buch", pages)
    assert result.rc == 0, result.meldungen
    return result


def phrases(html: str) -> Iterator[str]:
    """Yield what a reader sees or hears: texts, and attributes that are shown or read."""
    page = BeautifulSoup(html, "lxml")
    for hidden in page(["script", "style", "pre", "code", "math", "annotation"]):
        hidden.decompose()
    for foreign in page.select("[lang=en]"):
        foreign.decompose()
    yield from page.stripped_strings
    for attribute in SEEN_ATTRIBUTES:
        for element in page.select(f"[{attribute}]"):
            yield str(element[attribute])


@pytest.mark.parametrize(
    "page", ["index", "alles", "zellen", "letzte", "genindex", "search"]
)
def test_keine_englischen_reste(buch: Ergebnis, page: str) -> None:
    """Text, titles, labels and placeholders are German."""
    found = [
        phrase
        for phrase in phrases(buch.seite(page))
        if ENGLISH.search(re.sub("|".join(ALLOWED), "", phrase))
    ]
    assert not found


def test_sprache_der_seite(buch: Ergebnis) -> None:
    """Screen readers and hyphenation rely on it."""
    assert BeautifulSoup(buch.seite("alles"), "lxml").html["lang"] == "de"


def test_titel_der_kaesten(buch: Ergebnis) -> None:
    """Note is "Hinweis", not Sphinx's "Bemerkung"."""
    page = BeautifulSoup(buch.seite("alles"), "lxml")
    titles = [title.text.strip() for title in page.select(".admonition-title")]
    expected = ["Hinweis", "Tipp", "Denkanstoß", "Warnung", "Wichtig", "Siehe auch"]
    expected += ["Vorsicht", "Gefahr", "Achtung", "Fehler"]
    assert titles[: len(expected)] == expected


def test_gefaltete_zellen(buch: Ergebnis) -> None:
    """The head of a folded cell says what is folded and has no other label."""
    page = BeautifulSoup(buch.seite("zellen"), "lxml")
    heads = [" ".join(head.text.split()) for head in page.select("details.hide > summary")]
    assert "Code anzeigen Code ausblenden" in heads
    assert "Ausgabe anzeigen Ausgabe ausblenden" in heads
    assert not page.select("summary[aria-label]")


def test_skripte_zeigen_nichts_englisches() -> None:
    """Strings that our scripts put on the page are German."""
    for script in (PROJEKT / "code" / "buchbau" / "thema" / "js").glob("*.js"):
        source = re.sub(r"/\*.*?\*/|//.*", "", script.read_text("utf-8"), flags=re.S)
        shown = re.findall(
            r'(?:textContent|title|label"?,|placeholder) ?=? ?"([^"]+)"', source
        )
        assert not [text for text in shown if ENGLISH.search(text)], script.name
