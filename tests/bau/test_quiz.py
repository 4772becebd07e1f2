"""Das Quiz beim Bauen: was gelesen wird, was den Bau abbricht, was der Druck zeigt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from buchbau.quizdaten import read_quiz, repeated
from hilfen import Ergebnis, baue_buch

GUT = "antworten: [{text: a, richtig: true, rueckmeldung: b}, {text: c, rueckmeldung: d}]"

SEITE = r"""# Probe

:::{quiz}
- frage: 'Was ist $\sum_i p_i$ bei `softmax`?'
  antworten:
    - text: 'Genau $1$'
      richtig: true
      rueckmeldung: 'Darum liest man *Wahrscheinlichkeiten*.'
    - text: Die größte Zahl
      rueckmeldung: Das wäre das Maximum.
- frage: |
    Was ändert dieser Code?

    ```python
    modell.fit(x, y)
    ```
  antworten:
    - {text: Gewichte, richtig: true, rueckmeldung: Dafür ist es da.}
    - {text: Optimierer, richtig: true, rueckmeldung: Auch er hat einen Zustand.}
    - {text: Daten, rueckmeldung: Die bleiben.}
:::

## Danach

Der Schluss der Seite.
"""

# Each block with the lines (from 1) and the words of the faults that it must give.
FEHLER = [
    ("", [(1, "muss eine Liste")]),
    ("frage: keine Liste", [(1, "muss eine Liste")]),
    ("- nur ein Text", [(1, "muss aus „antworten“, „frage“ bestehen")]),
    (f"- {GUT}", [(1, "„frage“ fehlt")]),
    (f"- frage:\n  {GUT}", [(1, "„frage“ fehlt")]),
    (f"- frage: '  '\n  {GUT}", [(1, "„frage“ fehlt")]),
    ("- frage: A?", [(1, "„antworten“ fehlt")]),
    ("- frage: A?\n  antworten: nein", [(2, "muss eine Liste sein")]),
    (f"- frage: A?\n  bild: x\n  {GUT}", [(2, "unbekannter Schlüssel „bild“")]),
    (f"- frage: A?\n  frage: B?\n  {GUT}", [(2, "„frage“ steht zweimal da")]),
    (
        "- frage: A?\n  antworten:\n  - {richtig: true, rueckmeldung: b}\n"
        "  - {text: c, rueckmeldung: d}",
        [(3, "Antwort A: „text“ fehlt")],
    ),
    (
        "- frage: A?\n  antworten:\n  - {text: a, richtig: true, rueckmeldung: b}\n"
        "  - {text: c}",
        [(4, "Antwort B: „rueckmeldung“ fehlt")],
    ),
    (
        "- frage: A?\n  antworten:\n  - {text: a, richtig: ja, rueckmeldung: b}\n"
        "  - {text: c, rueckmeldung: d}",
        [(3, "„richtig“ ist true oder false")],
    ),
    (
        "- frage: A?\n  antworten: [{text: a, rueckmeldung: b}, "
        "{text: c, rueckmeldung: d}]",
        [(1, "Keine Antwort ist richtig")],
    ),
    (
        "- frage: A?\n  antworten: [{text: a, richtig: true, rueckmeldung: b}]",
        [(2, "zwei bis 26 Antworten, hier gibt es 1")],
    ),
    (
        "- frage: A?\n  antworten: [{text: a, richtig: true, rueckmeldung: b}, "
        "{text: a, rueckmeldung: d}]",
        [(2, "Zwei Antworten haben denselben Text")],
    ),
    (f"- frage: Eins: zwei\n  {GUT}", [(1, "Doppelpunkt mitten im Text")]),
    (f'- frage: "$\\sigma$?"\n  {GUT}', [(1, "einzelner Backslash")]),
    (f'- frage: "$\\theta$?"\n  {GUT}', [(1, "einzelner Backslash")]),
    ('- frage: "offen\n  antworten: []', [(1, "Anführungszeichen wird nicht geschlossen")]),
    ("- frage: A?\n antworten: []", [(2, "Einrückung")]),
    ("- frage: A?\n  antworten: [{text: a]", [(2, "schließende Klammer fehlt")]),
    (f"- frage: A\x07?\n  {GUT}", [(1, "Steuerzeichen")]),
]


@pytest.mark.parametrize(("block", "erwartet"), FEHLER)
def test_fault_is_named_with_its_line(block: str, erwartet: list) -> None:
    _, faults = read_quiz(block)
    assert [fault.line for fault in faults] == [line for line, _ in erwartet]
    for fault, (_, words) in zip(faults, erwartet, strict=True):
        assert words in fault.message
        assert "\n" not in fault.message


def test_two_faults_are_both_named() -> None:
    _, faults = read_quiz(f"- frage: A?\n- {GUT}\n- frage: B?\n  {GUT}", first_line=10)
    assert [fault.line for fault in faults] == [10, 11]


def test_whole_quiz_is_read_as_written() -> None:
    questions, faults = read_quiz(
        "- frage: 'Kosten $\\theta$?'\n  antworten:\n"
        "    - {text: 0.10, richtig: true, rueckmeldung: ja}\n"
        "    - {text: no, richtig: true, rueckmeldung: 'x: y'}\n"
        "    - {text: 2024-01-01, richtig: false, rueckmeldung: z}\n",
        first_line=7,
    )
    assert faults == []
    (question,) = questions
    assert question.text.markdown == r"Kosten $\theta$?"
    # YAML would make a number, a truth value and a date of them.
    assert [a.text.markdown for a in question.answers] == ["0.10", "no", "2024-01-01"]
    assert [a.right for a in question.answers] == [True, True, False]
    assert [a.text.line for a in question.answers] == [9, 10, 11]
    assert question.multiple


def test_key_follows_question_and_answers_but_not_feedback() -> None:
    def key(frage: str = "A?", text: str = "c", feedback: str = "d") -> str:
        answers = (
            f"[{{text: a, richtig: true, rueckmeldung: b}}, "
            f"{{text: {text}, rueckmeldung: {feedback}}}]"
        )
        return read_quiz(f"- frage: {frage}\n  antworten: {answers}")[0][0].key

    assert key() == key(feedback="besser erklärt")
    assert len({key(), key(frage="B?"), key(text="anders")}) == 3


def test_repeated_question_is_found_despite_case_and_spaces() -> None:
    questions, _ = read_quiz(f"- frage: Wie  viele?\n  {GUT}\n- frage: wie viele?\n  {GUT}")
    assert [fault.line for fault in repeated(questions)] == [3]


@pytest.fixture(scope="module")
def buch(tmp_path_factory: pytest.TempPathFactory) -> Ergebnis:
    result = baue_buch(tmp_path_factory.mktemp("quiz"), {"probe": SEITE})
    assert result.rc == 0, result.meldungen
    return result


def test_page_holds_a_real_form(buch: Ergebnis) -> None:
    html = buch.seite("probe")
    assert html.count("<fieldset>") == html.count("<legend>") == 2
    assert html.count('<input type="radio"') == 2
    assert html.count('<input type="checkbox"') == 3
    assert html.count('class="quiz-rueckmeldung"') == 5
    assert html.count("Eine Antwort ist richtig.") == 1
    assert html.count("Mehrere Antworten sind richtig.") == 1
    # Markdown and formulas went through the parser of the page.
    assert "<em>Wahrscheinlichkeiten</em>" in html
    assert "$" not in re.search(r"<legend>.*?</legend>", html, re.S)[0]
    assert 'class="math' in html


def test_script_is_only_where_a_quiz_is(buch: Ergebnis) -> None:
    assert "quiz.js" in buch.seite("probe")
    assert "quiz.js" not in buch.seite("index")


def test_faulty_quiz_breaks_the_build_with_one_line(tmp_path: Path) -> None:
    one = "antworten: [{text: a, richtig: true, rueckmeldung: b}]"
    page = f"# Probe\n\nText.\n\n:::{{quiz}}\n- frage: Wer?\n  {one}\n:::\n"
    result = baue_buch(tmp_path / "buch", {"probe": page})
    assert result.rc != 0
    (line,) = result.warnungen()
    assert "probe.md:7:" in line
    assert "zwei bis 26 Antworten" in line


@pytest.mark.parametrize(
    ("frage", "antwort", "zeile", "meldung"),
    [
        ("'- eins'", "a", 4, "Eine Frage beginnt mit einem Satz"),
        ("Wer?", "'- a'", 6, "Eine Antwort ist ein einziger Absatz"),
        ("'{gibtsnicht}`x`?'", "a", 4, "Unknown interpreted text role"),
        ("Wer?", "'{gibtsnicht}`x`'", 6, "Unknown interpreted text role"),
    ],
)
def test_fault_inside_a_text_is_named_with_its_line(
    tmp_path: Path, frage: str, antwort: str, zeile: int, meldung: str
) -> None:
    page = (
        f"# Probe\n\n:::{{quiz}}\n- frage: {frage}\n  antworten:\n"
        f"    - {{text: {antwort}, richtig: true, rueckmeldung: b}}\n"
        "    - {text: c, rueckmeldung: d}\n:::\n"
    )
    (line,) = baue_buch(tmp_path / "buch", {"probe": page}).warnungen()
    assert f"probe.md:{zeile}:" in line
    assert meldung in line


def test_question_asked_twice_on_a_page_breaks_the_build(tmp_path: Path) -> None:
    quiz = f":::{{quiz}}\n- frage: Wer?\n  {GUT}\n:::\n\n"
    result = baue_buch(tmp_path / "buch", {"probe": f"# Probe\n\n{quiz}{quiz}"})
    assert result.rc != 0
    (line,) = result.warnungen()
    assert "probe.md:9:" in line
    assert "steht schon auf der Seite" in line


def test_same_question_on_two_pages_is_allowed(tmp_path: Path) -> None:
    page = f"# Probe\n\n:::{{quiz}}\n- frage: Wer?\n  {GUT}\n:::\n"
    result = baue_buch(tmp_path / "buch", {"eins": page, "zwei": page})
    assert result.rc == 0, result.meldungen
