"""Das Quiz im Browser: mit Maus, Tastatur, ohne Skript, ohne Speicher, auf dem Telefon."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hilfen import PROJEKT

SEITE = r"""# Probe

:::{quiz}
- frage: 'Was ist $\sum_i p_i$ bei `softmax`?'
  antworten:
    - text: 'Genau $1$'
      richtig: true
      rueckmeldung: 'Darum liest man Wahrscheinlichkeiten.'
    - text: Die größte Zahl, und zwar in einer Antwort, die über mehrere Zeilen läuft
      rueckmeldung: Das wäre das Maximum.
    - text: Nichts davon
      rueckmeldung: Doch, eines davon.
- frage: |
    Was ändert `fit`?

    ```python
    modell.fit(x, y)
    ```
  antworten:
    - {text: Gewichte, richtig: true, rueckmeldung: Dafür ist es da.}
    - {text: Optimierer, richtig: true, rueckmeldung: Auch er hat einen Zustand.}
    - {text: Daten, rueckmeldung: Die bleiben.}
:::
"""
AXE = PROJEKT / "node_modules" / "axe-core" / "axe.min.js"


def frage(page: Page, nummer: int):
    return page.locator(".quiz-frage").nth(nummer)


def test_feedback_on_the_chosen_and_the_right_answer_others_folded(
    oeffne: Callable[..., Page],
) -> None:
    page = oeffne()
    first = frage(page, 0)
    for feedback in first.locator(".quiz-rueckmeldung").all():
        expect(feedback).to_be_hidden()
    first.get_by_label("Die größte Zahl").check()
    first.get_by_role("button", name="Prüfen").click()
    for text in ("Darum liest man", "Das wäre das Maximum"):
        expect(first.get_by_text(text)).to_be_visible()
    words = first.locator(".quiz-antwort .quiz-wort").all_inner_texts()
    assert words == ["Richtige Antwort", "Ihre Antwort: falsch"]
    assert first.locator(".quiz-antwort .quiz-wort svg").count() == 2
    expect(first.get_by_text("Doch, eines davon")).to_be_hidden()
    first.get_by_text("Rückmeldung zu den übrigen Antworten").click()
    expect(first.get_by_text("Doch, eines davon")).to_be_visible()
    expect(first.get_by_text("Zu Antwort C")).to_be_visible()
    expect(first.get_by_role("status")).to_have_text(
        "Nicht richtig beantwortet. Richtig ist A."
    )
    expect(page.locator(".quiz-ergebnis")).to_have_text("0 von 2 richtig, 1 noch offen")


def test_several_right_answers_must_all_be_chosen(oeffne: Callable[..., Page]) -> None:
    page = oeffne()
    second = frage(page, 1)
    second.get_by_label("Gewichte").check()
    second.get_by_role("button", name="Prüfen").click()
    expect(second.get_by_role("status")).to_contain_text("Richtig sind A und B.")
    second.get_by_role("button", name="Noch einmal versuchen").click()
    expect(second.locator("input:checked")).to_have_count(0)
    expect(second.get_by_text("Rückmeldung zu den übrigen")).to_be_hidden()
    expect(second.get_by_text("Dafür ist es da.")).to_be_hidden()
    second.get_by_label("Gewichte").check()
    second.get_by_label("Optimierer").check()
    second.get_by_role("button", name="Prüfen").click()
    expect(second.get_by_role("status")).to_have_text("Richtig beantwortet.")
    expect(page.locator(".quiz-ergebnis")).to_have_text("1 von 2 richtig, 1 noch offen")


def test_checking_without_a_choice_says_what_to_do(oeffne: Callable[..., Page]) -> None:
    first = frage(oeffne(), 0)
    first.get_by_role("button", name="Prüfen").click()
    expect(first.get_by_role("status")).to_have_text("Wählen Sie zuerst eine Antwort.")
    expect(first.locator("input").first).to_be_focused()
    expect(first.get_by_text("Darum liest man")).to_be_hidden()


def test_whole_quiz_with_the_keyboard(oeffne: Callable[..., Page]) -> None:
    page = oeffne()
    frage(page, 0).locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # sends the form
    expect(frage(page, 0).get_by_role("status")).to_have_text("Richtig beantwortet.")
    frage(page, 0).get_by_role("button", name="Noch einmal").focus()
    page.keyboard.press("Tab")  # to the button that copies the code
    page.keyboard.press("Tab")
    expect(frage(page, 1).locator("input").first).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(frage(page, 1).get_by_role("button", name="Prüfen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".quiz-ergebnis")).to_have_text("2 von 2 richtig")


def test_copying_code_in_a_question_does_not_check_it(
    oeffne: Callable[..., Page],
) -> None:
    page = oeffne()
    second = frage(page, 1)
    second.get_by_label("Gewichte").check()
    second.locator("button", has_text="Kopieren").click()
    expect(second.get_by_role("button", name="Prüfen")).to_be_visible()
    expect(second.get_by_role("status")).to_be_empty()


def test_names_and_descriptions_for_screen_readers(oeffne: Callable[..., Page]) -> None:
    page = oeffne()
    group = page.get_by_role("group", name="Was ändert fit?")
    expect(group).to_have_count(1)
    expect(group).to_have_accessible_name(
        "Frage 2 Was ändert fit? Mehrere Antworten sind richtig."
    )
    group.get_by_label("Daten").check()
    group.get_by_role("button", name="Prüfen").click()
    expect(group.get_by_label("Daten")).to_have_accessible_description(
        "Ihre Antwort: falsch Die bleiben."
    )


def test_answers_are_kept_and_reset(oeffne: Callable[..., Page]) -> None:
    page = oeffne()
    frage(page, 0).get_by_label("Genau").check()
    frage(page, 0).get_by_role("button", name="Prüfen").click()
    frage(page, 1).get_by_label("Daten").check()
    page.reload()
    expect(frage(page, 0).get_by_role("status")).to_have_text("Richtig beantwortet.")
    expect(frage(page, 1).get_by_label("Daten")).to_be_checked()
    expect(frage(page, 1).get_by_text("Die bleiben.")).to_be_hidden()
    page.get_by_role("button", name="Quiz zurücksetzen").click()
    expect(page.locator(".quiz-ergebnis")).to_have_text("0 von 2 richtig, 2 noch offen")
    assert page.evaluate("Object.keys(localStorage).filter(k => k.includes('quiz'))") == []
    page.reload()
    expect(page.locator(".quiz input:checked")).to_have_count(0)


@pytest.mark.parametrize(
    "inhalt",
    [
        "kein JSON",
        "null",
        "[]",
        '"<img src=x onerror=alert(1)>"',
        '{"wahl": ["<b>0</b>"], "geprueft": true}',
        '{"wahl": [7], "geprueft": true}',
        '{"wahl": [-1], "geprueft": true}',
        '{"wahl": [0.5], "geprueft": true}',
        '{"wahl": [0, 1], "geprueft": true}',  # two of a question that allows one
        '{"wahl": [], "geprueft": true}',
        '{"wahl": {"length": 1}, "geprueft": true}',
        '{"wahl": [0], "geprueft": "ja"}',
    ],
)
def test_foreign_content_of_the_store_is_ignored(
    oeffne: Callable[..., Page], inhalt: str
) -> None:
    page = oeffne()
    frage(page, 0).get_by_label("Genau").check()
    (key,) = page.evaluate("Object.keys(localStorage).filter(k => k.includes('quiz'))")
    page.evaluate("([k, v]) => localStorage.setItem(k, v)", [key, inhalt])
    page.reload()
    expect(page.locator(".quiz.quiz-bereit")).to_have_count(1)
    expect(page.locator(".quiz input:checked")).to_have_count(0)
    expect(page.locator(".quiz img")).to_have_count(0)
    expect(page.locator(".quiz-geprueft")).to_have_count(0)


def test_store_is_read_where_it_is_valid(oeffne: Callable[..., Page]) -> None:
    page = oeffne()
    frage(page, 0).get_by_label("Genau").check()
    (key,) = page.evaluate("Object.keys(localStorage).filter(k => k.includes('quiz'))")
    valid = json.dumps({"wahl": [2], "geprueft": True})
    page.evaluate("([k, v]) => localStorage.setItem(k, v)", [key, valid])
    page.reload()
    expect(frage(page, 0).get_by_label("Nichts davon")).to_be_checked()
    expect(frage(page, 0).get_by_text("Doch, eines davon.")).to_be_visible()


def test_without_a_store_the_quiz_still_answers(oeffne: Callable[..., Page]) -> None:
    page = oeffne(
        init="Storage.prototype.getItem = Storage.prototype.setItem = "
        "() => { throw new DOMException('gesperrt'); };"
    )
    frage(page, 0).get_by_label("Genau").check()
    frage(page, 0).get_by_role("button", name="Prüfen").click()
    expect(frage(page, 0).get_by_role("status")).to_have_text("Richtig beantwortet.")


def test_without_scripts_questions_and_answers_can_be_read(
    oeffne: Callable[..., Page],
) -> None:
    page = oeffne(java_script_enabled=False)
    expect(frage(page, 0).get_by_text("Nichts davon")).to_be_visible()
    expect(frage(page, 0).locator("input").first).to_be_hidden()
    expect(page.locator(".quiz button")).to_have_count(0)
    expect(frage(page, 0).get_by_text("Das wäre das Maximum.")).to_be_hidden()
    frage(page, 0).get_by_text("Antworten zeigen").click()
    expect(frage(page, 0).get_by_text("Das wäre das Maximum.")).to_be_visible()
    expect(frage(page, 0).get_by_text("A: richtig.")).to_be_visible()


def test_works_from_the_file_system(
    oeffne: Callable[..., Page], website_ordner: Path
) -> None:
    page = oeffne(url=(website_ordner / "probe.html").as_uri())
    frage(page, 0).get_by_label("Genau").check()
    frage(page, 0).get_by_role("button", name="Prüfen").click()
    expect(frage(page, 0).get_by_role("status")).to_have_text("Richtig beantwortet.")


def test_fits_a_phone_with_targets_for_fingers(oeffne: Callable[..., Page]) -> None:
    page = oeffne(viewport={"width": 360, "height": 740}, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    targets = page.locator(".quiz label, .quiz button:visible")
    assert targets.count() == 8
    for box in (target.bounding_box() for target in targets.all()):
        assert box["height"] >= 44
        assert box["width"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360


@pytest.mark.parametrize("schema", ["light", "dark"])
def test_axe_finds_nothing(oeffne: Callable[..., Page], schema: str) -> None:
    page = oeffne(color_scheme=schema)
    for number, label in enumerate(("Die größte Zahl", "Gewichte")):
        frage(page, number).get_by_label(label).check()
    frage(page, 0).get_by_role("button", name="Prüfen").click()
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run('.quiz').then(r => r.violations)")
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
