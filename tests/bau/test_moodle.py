"""Der Export der Quizfragen nach Moodle: eine gültige Datei je Kapitel mit Quiz."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from buchbau.messwerte import ANGABEN, DAZU
from buchbau.moodle import fractions, main
from buchbau.quizdaten import read_quiz

KAPITEL = r"""---
title: Größen/Maße
---
# Größen

:::{quiz}
- frage: 'Was heißt "Übergröße" für $a < b$ & `x<y>`?'
  antworten:
    - text: 'Die {term}`Lernraten <Lernrate>` ist {glue:text}`rate`'
      richtig: true
      rueckmeldung: 'Ja, **genau**: $\alpha$.'
    - text: Nichts
      rueckmeldung: Doch.
:::

Text dazwischen.

```{quiz}
- frage: |
    Welche sind gerade?

    $$
    x \bmod 2
    $$
  antworten:
    - {text: zwei, richtig: true, rueckmeldung: ja}
    - {text: vier, richtig: true, rueckmeldung: auch}
    - {text: sechs, richtig: true, rueckmeldung: ebenso}
    - {text: sieben, rueckmeldung: nein}
    - {text: neun, rueckmeldung: auch nicht}
```
"""


@pytest.fixture
def wurzel(tmp_path: Path) -> Path:
    """A book of two chapters, of which one has a quiz, with the record of its run."""
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nparts:\n  - caption: Teil\n    numbered: 1\n"
        "    chapters:\n      - file: ohne\n      - file: teil/mit\n"
    )
    (tmp_path / "index.md").write_text("# Buch\n")
    (tmp_path / "ohne.md").write_text("# Ohne\n\nKein Quiz.\n")
    (tmp_path / "teil").mkdir()
    (tmp_path / "teil" / "mit.md").write_text(KAPITEL, "utf-8")
    record = tmp_path / "_build" / "messwerte" / "mit.json"
    record.parent.mkdir(parents=True)
    numbers = {"rate": {"wert": 0.1, "text": "0,1"}}
    record.write_text(
        json.dumps(dict.fromkeys((*ANGABEN, *DAZU), 1) | {"zahlen": numbers}), "utf-8"
    )
    return tmp_path


def exportiere(wurzel: Path) -> int:
    return main([str(wurzel / "aus"), "--wurzel", str(wurzel)])


@pytest.fixture
def fragen(wurzel: Path) -> list[ET.Element]:
    assert exportiere(wurzel) == 0
    return list(ET.parse(wurzel / "aus" / "mit.xml").getroot())


def test_one_file_for_each_chapter_with_a_quiz(wurzel: Path) -> None:
    assert exportiere(wurzel) == 0
    assert [path.name for path in (wurzel / "aus").iterdir()] == ["mit.xml"]


def test_category_names_book_and_chapter(fragen: list[ET.Element]) -> None:
    assert fragen[0].get("type") == "category"
    path = fragen[0].findtext("category/text")
    assert path == "$course$/top/Deep Learning zum Anfassen/02 Größen//Maße"


def test_kinds_and_fractions(fragen: list[ET.Element]) -> None:
    one, several = fragen[1:]
    assert one.get("type") == several.get("type") == "multichoice"
    assert one.findtext("single") == "true"
    assert several.findtext("single") == "false"
    assert [a.get("fraction") for a in one.findall("answer")] == ["100", "0"]
    shares = [float(a.get("fraction")) for a in several.findall("answer")]
    assert sum(s for s in shares if s > 0) == pytest.approx(100, abs=1e-4)
    assert sum(shares) == pytest.approx(0, abs=1e-4)


def test_fractions_are_ones_that_moodle_knows() -> None:
    known = {100, 50, 33.33333, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 0}
    for right in range(1, 11):
        for wrong in range(13):
            if right + wrong < 2:
                continue
            answers = [
                f"{{text: r{i}, richtig: true, rueckmeldung: x}}" for i in range(right)
            ]
            answers += [f"{{text: f{i}, rueckmeldung: x}}" for i in range(wrong)]
            (question,), faults = read_quiz(
                f"- frage: A?\n  antworten: [{', '.join(answers)}]"
            )
            assert not faults
            assert {abs(float(share)) for share in fractions(question)} <= known


def test_every_answer_has_its_feedback(fragen: list[ET.Element]) -> None:
    for question in fragen[1:]:
        for answer in question.findall("answer"):
            assert answer.findtext("feedback/text")
            assert answer.find("feedback").get("format") == "html"


def test_texts_are_html_with_formulas_for_mathjax(fragen: list[ET.Element]) -> None:
    one, several = fragen[1:]
    assert one.findtext("questiontext/text") == (
        r"<p>Was heißt „Übergröße“ für \(a &lt; b\) &amp; <code>x&lt;y&gt;</code>?</p>"
    )
    first = one.find("answer")
    assert first.findtext("text") == "<p>Die Lernraten ist 0,1</p>"
    assert (
        first.findtext("feedback/text") == r"<p>Ja, <strong>genau</strong>: \(\alpha\).</p>"
    )
    assert r"\[x \bmod 2\]" in several.findtext("questiontext/text")


def test_html_is_cdata_and_the_file_says_that_it_is_generated(wurzel: Path) -> None:
    exportiere(wurzel)
    text = (wurzel / "aus" / "mit.xml").read_text("utf-8")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<!-- Erzeugt')
    assert "<![CDATA[<p>Nichts</p>]]>" in text


def test_names_and_ids_are_unique(fragen: list[ET.Element]) -> None:
    assert len({q.findtext("name/text") for q in fragen[1:]}) == 2
    assert len({q.findtext("idnumber") for q in fragen[1:]}) == 2


def test_fault_stops_the_export_with_its_line(
    wurzel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = wurzel / "teil" / "mit.md"
    page.write_text(page.read_text("utf-8").replace("      richtig: true\n", ""), "utf-8")
    assert exportiere(wurzel) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("teil/mit.md:7: Quiz: ")
    assert "Keine Antwort ist richtig" in line
    assert not (wurzel / "aus").exists()


@pytest.mark.parametrize(
    ("statt", "meldung"),
    [
        ("{numref}`abb-x`", "teil/mit.md:13: Die Rolle {numref}"),
        ("'![x](x.png)'", "teil/mit.md:13: Ein Bild"),
        ("'{glue:text}`fehlt`'", "teil/mit.md:13: Die Zahl „fehlt“ liegt nicht vor"),
    ],
)
def test_what_moodle_cannot_show_is_named(
    wurzel: Path, capsys: pytest.CaptureFixture[str], statt: str, meldung: str
) -> None:
    page = wurzel / "teil" / "mit.md"
    answer = statt if statt.startswith("'") else f"'{statt}'"
    page.write_text(page.read_text("utf-8").replace("Doch.", answer), "utf-8")
    assert exportiere(wurzel) == 1
    assert capsys.readouterr().err.startswith(meldung)


def test_old_files_go_but_foreign_ones_stay(wurzel: Path) -> None:
    assert exportiere(wurzel) == 0
    (wurzel / "aus" / "eigene.xml").write_text("<quiz/>")
    (wurzel / "teil" / "mit.md").write_text("# Mit\n\nJetzt ohne Quiz.\n")
    assert exportiere(wurzel) == 0
    assert [path.name for path in (wurzel / "aus").iterdir()] == ["eigene.xml"]
