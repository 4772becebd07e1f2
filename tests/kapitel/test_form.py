"""Die Form der Seiten, wie CONTRIBUTING sie beschreibt.

Two kinds: a chapter carries a number and has all parts (`kapitel`); an executed page
without a number, before the first chapter or in the appendix, teaches nothing of its own
and needs only what holds for every page (`seite`).
"""

import re
from itertools import pairwise

import pytest
import yaml

from buchbau.kapitel import Kapitel, ausgefuehrte
from buchbau.schluessel import lies_notizbuch
from hilfen import PROJEKT

SEITEN = ausgefuehrte(PROJEKT)
KAPITEL = [seite for seite in SEITEN if seite.nummer is not None]
# Feste Abschnitte in dieser Reihenfolge; dazwischen stehen die Abschnitte des Kapitels.
ABSCHNITTE = [
    "Lernziele",
    "Typische Fehler",
    "Zusammenfassung",
    "Quiz",
    "Übungen",
    "Zum Weiterlesen",
]
GRADE = ("★", "★★", "★★★")
# So viele absichtliche Fehler zeigt ein Kapitel höchstens; das über Tensoren ist das
# Nachschlagewerk der zehn häufigsten Formfehler, samt Gegenstücken aus TensorFlow.
HOECHSTENS_FEHLER = {"tensoren": 13}


@pytest.fixture(params=KAPITEL, ids=lambda k: k.name)
def kapitel(request) -> Kapitel:
    return request.param


@pytest.fixture(params=SEITEN, ids=lambda k: k.name)
def seite(request) -> Kapitel:
    return request.param


def text(kapitel: Kapitel) -> str:
    """Return the chapter's source without its front matter."""
    return kapitel.quelle.read_text("utf-8").split("\n---\n", 1)[1]


def ohne_code(kapitel: Kapitel) -> str:
    """Return the Markdown of the chapter without its code cells."""
    cells = lies_notizbuch(kapitel.quelle).cells
    return "\n\n".join(c.source for c in cells if c.cell_type == "markdown")


def prosa(kapitel: Kapitel) -> list[str]:
    """Return the German words of the chapter: no code, formulas, options or labels."""
    body = ohne_code(kapitel)
    body = re.sub(r"\$\$.*?\$\$|\$[^$]*\$|```\{math\}.*?```", " ", body, flags=re.S)
    body = re.sub(r"^:::.*$|^```.*$|^\([a-z-]+\)=$|^:[a-z-]+:.*$", " ", body, flags=re.M)
    body = re.sub(r"\{[a-z:-]+\}`([^`]*)`", r"\1", body)
    return re.findall(r"[A-Za-zÄÖÜäöüß][A-Za-zÄÖÜäöüß-]+", body)


def ueberschriften(kapitel: Kapitel) -> list[str]:
    return re.findall(r"^## (.+)$", ohne_code(kapitel), re.M)


def test_abschnitte_stehen_da_und_in_ordnung(kapitel):
    found = ueberschriften(kapitel)
    positions = [found.index(title) if title in found else None for title in ABSCHNITTE]
    assert None not in positions, f"es fehlt {ABSCHNITTE[positions.index(None)]}"
    assert all(a < b for a, b in pairwise(positions))
    assert 3 <= positions[1] - positions[0] - 1 <= 9, (
        "Abschnitte zwischen Lernzielen und Fehlern"
    )


def test_leitsatz_folgt_dem_titel(seite):
    assert re.search(r"^# .+\n\n(?!#|\(|```|:::)\S", text(seite), re.M)


def test_lernziele(kapitel):
    part = re.split(r"^## ", text(kapitel).split("## Lernziele", 1)[1], flags=re.M)[0]
    assert 3 <= len(re.findall(r"^[-*] |^\d+\. ", part, re.M)) <= 5


def test_umfang(kapitel):
    assert 2500 <= len(prosa(kapitel)) <= 6000


def test_zellen(kapitel):
    cells = [c for c in lies_notizbuch(kapitel.quelle).cells if c.cell_type == "code"]
    own = [
        c for c in cells if not {"loesung", "pruefung"} & set(c.metadata.get("tags", []))
    ]
    assert 15 <= len(own) <= 45


def test_codezeilen_passen_aufs_telefon(seite):
    cells = [c for c in lies_notizbuch(seite.quelle).cells if c.cell_type == "code"]
    too_long = [line for c in cells for line in c.source.splitlines() if len(line) > 79]
    assert too_long == []


def test_abbildungen(kapitel):
    source = text(kapitel)
    figures = re.findall(r"^    name: abb-|^:name: abb-", source, re.M)
    assert 6 <= len(figures) <= 20


def test_uebungen_in_drei_graden_mit_zeit(kapitel):
    titles = re.findall(r"^```+\{exercise-start\} (.+)$", text(kapitel), re.M)
    assert 6 <= len(titles) <= 10
    grades = set()
    for title in titles:
        match = re.search(r" (★{1,3}) \((\d+) min\)$", title)
        assert match, f"Übung ohne Grad oder Zeit: {title}"
        grades.add(match[1])
    assert grades == set(GRADE)


def test_jede_uebung_hat_einen_hinweis(kapitel):
    bodies = re.findall(r"\{exercise-start\}(.*?)\{exercise-end\}", text(kapitel), re.S)
    assert all("{hinweis}" in body for body in bodies)


def fragen(kapitel: Kapitel) -> list[dict]:
    """Return the questions of the chapter's quiz."""
    blocks = re.findall(r"^:::+\{quiz\}\n(.*?)^:::+$", text(kapitel), re.S | re.M)
    return [question for block in blocks for question in yaml.safe_load(block)]


def test_quiz(kapitel):
    assert 5 <= len(fragen(kapitel)) <= 8


def test_quiz_verraet_die_antwort_nicht_durch_ihren_platz(kapitel):
    """No place holds the right answer in much more than half of the questions."""
    places = [
        next(k for k, answer in enumerate(question["antworten"]) if answer.get("richtig"))
        for question in fragen(kapitel)
    ]
    assert max(map(places.count, places)) <= 0.6 * len(places), places


def test_nachdenken_raten_und_fehler_sind_da(kapitel):
    source = text(kapitel)
    assert len(re.findall(r"^:::+\{nachgedacht\}", source, re.M)) >= 3
    assert len(re.findall(r"^:::+\{raten\}", source, re.M)) >= 1
    most = HOECHSTENS_FEHLER.get(kapitel.name, 6)
    assert 2 <= source.count("with dlbuch.zeige_fehler(") <= most
    assert len(re.findall(r"^:::+\{live\}", source, re.M)) >= 1


def test_weiterlesen(kapitel):
    part = text(kapitel).split("## Zum Weiterlesen", 1)[1]
    assert 3 <= len(re.findall(r"\{cite(?::[a-z]+)?\}`", part)) <= 8


def test_kapitel_haben_alle_wege(kapitel):
    assert set(kapitel.kopf["wege"]) == {15, 45, 90}


def test_wege_nennen_abschnitte_der_seite(seite):
    source = text(seite)
    routes = seite.kopf["wege"]
    for labels in routes.values():
        for label in labels if labels != "alles" else []:
            assert f"({label})=\n## " in source, label


def test_gemerkte_zahlen_stehen_im_text(seite):
    """A number that is kept and held to a range must be read by somebody."""
    used = set(re.findall(r"\{glue:text\}`([a-z0-9_]+)`", text(seite)))
    assert used == set(seite.kopf["behauptungen"])


def test_voraussetzungen_gibt_es(seite):
    labels = {
        label
        for page in (PROJEKT / "book").rglob("*.md")
        for label in re.findall(r"^\(([a-z0-9-]+)\)=$", page.read_text("utf-8"), re.M)
    }
    assert set(seite.kopf["voraussetzungen"]) <= labels


def test_ein_satz_je_zeile(seite):
    """Two sentences in a line hide changes in the history of the text."""
    body = re.sub(r"^:::+\{quiz\}.*?^:::+$", "", ohne_code(seite), flags=re.S | re.M)
    lines = [
        line
        for line in body.splitlines()
        if re.search(r"[a-zäöüß]{3}[.!?] [A-ZÄÖÜ][a-zäöüß]+ [a-zäöüß]+", line)
        and not re.match(r"\s*([-|*>:]|\d+\.)", line)
    ]
    assert len(lines) <= 5, lines[:5]
