"""Die Kästen beim Bauen: was sie falten und umschließen, was den Bau abbricht."""

from __future__ import annotations

import re

import pytest

from hilfen import Ergebnis, baue_buch

SEITE = r"""---
title: Probe
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3}
kurz: Eine Probe.
daten: []
laufzeit: 10
lernzeit: 10
voraussetzungen: []
wege: {90: alles}
behauptungen: {}
---
# Probe

:::{raten} raten-summe
:optionen: unter $5$ | genau `7` | mehr
:richtig: 2
Was kommt *heraus*?
:::

```{code-cell} ipython3
print("Summe", 3 + 4)
```

Die Auflösung.

:::{raten-ende} raten-summe
:::

Nicht mehr verdeckt.

```{exercise-start} Rechnen ★ (5 min)
:label: ueb-rechnen
```
Rechnen Sie.

:::{hinweis}
Zählen Sie *zweimal*.
:::
```{exercise-end}
```
```{solution-start} ueb-rechnen
:class: dropdown
```
:::{raten} raten-loesung
:optionen: ja | nein
Ging es auf?
:::

```{code-cell} ipython3
print("auf", 6 * 7)
```

:::{raten-ende}
:::
```{solution-end}
```

:::{nachgedacht} Wie viele Gewichte haben $n$ Eingänge?
Genau $n$ je *Neuron*.
:::

## Danach

Der Schluss der Seite.
"""


def raten(name: str, *lines: str, options: str = "a | b") -> str:
    more = "".join(f"{line}\n" for line in lines)
    return f":::{{raten}} {name}\n:optionen: {options}\n{more}Frage?\n:::\n\nText.\n\n"


ENDE = ":::{raten-ende}\n:::\n\n"
OFFEN = raten("raten-a")

# Each page (below its title, from line 3) with the line and the words of its one fault.
FEHLER = [
    (":::{nachgedacht}\nAntwort.\n:::\n", 3, "fehlt die Frage"),
    (":::{nachgedacht} Warum?\n:::\n", 3, "Die Antwort fehlt"),
    (":::{hinweis}\n:::\n", 3, "Der Text fehlt"),
    (":::{hinweis} Titel\nText.\n:::\n", 3, "gehört in die nächste Zeile"),
    (raten("") + ENDE, 3, "Der Name fehlt"),
    (raten("raten-größe") + ENDE, 3, "kein ASCII-Wort"),
    (raten("raten-a", options="a") + ENDE, 3, "zwei oder mehr Texte"),
    (raten("raten-a", options="a |  | b") + ENDE, 3, "zwei oder mehr Texte"),
    (raten("raten-a", options="a | a") + ENDE, 3, "denselben Text"),
    (raten("raten-a", ":richtig: 3") + ENDE, 3, "Zahl von 1 bis 2"),
    (raten("raten-a", ":richtig: 0") + ENDE, 3, "Zahl von 1 bis 2"),
    (raten("raten-a", ":richtig: zwei") + ENDE, 3, "Zahl von 1 bis 2"),
    (raten("raten-a", ":farbe: rot") + ENDE, 3, "Unbekannte Angabe „:farbe:“"),
    (":::{raten} raten-a\n:optionen: a | b\n:::\n\nText.\n\n" + ENDE, 3, "Frage fehlt"),
    (OFFEN + ENDE + OFFEN + ENDE, 13, "gibt es auf der Seite schon"),
    (OFFEN, 3, "endet nirgends"),
    (ENDE, 3, "Davor steht kein offenes"),
    (OFFEN + raten("raten-b") + ENDE + ENDE, 10, "Vorher muss „raten-a“"),
    (OFFEN + ":::{raten-ende} raten-x\n:::\n", 10, "„raten-x“ ist nicht offen"),
    (OFFEN + "## Neu\n\n" + ENDE, 12, "in einem anderen Abschnitt"),
    (OFFEN + "::::{note}\nText.\n\n" + ENDE + "::::\n", 13, "in einem anderen Abschnitt"),
    (OFFEN + ":::{raten-ende}\nText.\n:::\n", 10, "Hier darf kein Text stehen"),
    (":::{hinweis}\nText.\n\n{gibtsnicht}`x`\n:::\n", 6, "Unknown interpreted text role"),
    (OFFEN.replace("Text.\n\n", "") + ENDE, 3, "kommt nichts"),
]


@pytest.fixture(scope="module")
def fehlermeldungen(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """Build all faulty pages as one book; return the warnings of each page."""
    pages = {f"f{i:02d}": f"# Probe\n\n{page}" for i, (page, _, _) in enumerate(FEHLER)}
    result = baue_buch(tmp_path_factory.mktemp("fehler"), pages)
    assert result.rc != 0
    return [[w for w in result.warnungen() if f"{name}.md:" in w] for name in pages]


@pytest.mark.parametrize("nummer", range(len(FEHLER)))
def test_fault_breaks_the_build_with_one_line(
    nummer: int, fehlermeldungen: list[list[str]]
) -> None:
    _, line, words = FEHLER[nummer]
    (warning,) = fehlermeldungen[nummer]
    assert f".md:{line}:" in warning
    assert words in warning


@pytest.fixture(scope="module")
def buch(tmp_path_factory: pytest.TempPathFactory) -> Ergebnis:
    result = baue_buch(tmp_path_factory.mktemp("kaesten"), {"probe": SEITE})
    assert result.rc == 0, result.meldungen
    return result


def teil(html: str, name: str) -> str:
    """Return the HTML from the beginning of a hidden part to its end."""
    start = html.index(f'data-raten-teil="{name}"')
    depth, place = 1, start
    while depth:
        tag = re.compile(r"</?div\b").search(html, place)
        assert tag, "Der verdeckte Teil ist nicht geschlossen."
        depth += -1 if tag[0].startswith("</") else 1
        place = tag.end()
    return html[start:place]


def test_hidden_part_holds_text_and_executed_cell(buch: Ergebnis) -> None:
    hidden = teil(buch.seite("probe"), "raten-summe")
    assert "Summe 7" in hidden
    assert "Die Auflösung." in hidden
    assert "Nicht mehr verdeckt." not in hidden
    assert "Was kommt" not in hidden


def test_hidden_part_works_inside_a_gated_solution(buch: Ergebnis) -> None:
    assert "auf 42" in teil(buch.seite("probe"), "raten-loesung")


def test_options_are_parsed_and_the_nearest_is_kept(buch: Ergebnis) -> None:
    html = buch.seite("probe")
    options = re.search(r'<ul class="raten-optionen">(.*?)</ul>', html, re.S)[1]
    assert options.count("<li>") == 3
    assert "<code" in options
    assert "$" not in options
    assert 'data-richtig="1"' in html
    assert 'data-richtig=""' in html


def test_question_and_hint_fold(buch: Ergebnis) -> None:
    html = buch.seite("probe")
    question = re.search(r'<details class="kasten nachgedacht">.*?</details>', html, re.S)[
        0
    ]
    assert "Wie viele Gewichte" in question.split("</summary>")[0]
    assert "<em>Neuron</em>" in question.split("</summary>")[1]
    hint = re.search(r'<details class="kasten hinweis">.*?</details>', html, re.S)[0]
    assert "<em>zweimal</em>" in hint.split("</summary>")[1]


def test_script_is_only_where_a_box_is(buch: Ergebnis) -> None:
    assert "kaesten.js" in buch.seite("probe")
    assert "kaesten.js" not in buch.seite("index")
