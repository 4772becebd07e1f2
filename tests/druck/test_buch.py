"""Das gedruckte Buch, so wie `make pdf` es gesetzt hat: vollständig, sauber, kopierbar."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from buchbau.druck.protokoll import maengel
from buchbau.druck.werk import BUCH, buch
from buchbau.kapitel import Kapitel, ausgefuehrte
from buchbau.notizbuch import schnitt, stuecke, uebungen
from druck.gedruckt import Gedruckt
from hilfen import PROJEKT

BAU = PROJEKT / "_build"


@pytest.fixture(scope="module")
def pdf() -> Gedruckt:
    """Return the book, which `make test` has set before."""
    found = BAU / "pdf" / f"{BUCH}.pdf"
    if not found.exists():
        pytest.fail("Das Buch ist nicht gesetzt: erst `make pdf`.")
    return Gedruckt(found, BAU / "druck" / BUCH / f"{BUCH}.tex")


KAPITEL = ausgefuehrte(PROJEKT)
# Was der Druck nicht zeigt: Prüfzellen stehen in den Notebooks.
HIDDEN = {"remove-cell", "remove-input", uebungen.CHECK}


def test_protokoll_ohne_mangel(pdf):
    """No missing character, no undefined reference, no line that sticks out over 1 pt."""
    assert maengel(pdf.tex.with_suffix(".log")) == []


@pytest.mark.parametrize(
    "muster",
    [
        r"\?\?",
        r":::",
        r"```",
        r"\{(ref|numref|term|cite|cite:t|cite:p|eq|glue:text|index|live|quiz|diagramm)\}",
        r"</?(div|span|p|a|img|br|em|strong|table)\b[^>]*>",
        r"&(nbsp|amp|lt|gt|quot);",
        r"\\(begin|end|textbf|emph|Ziel|Leer)\b",
        r"LÖSUNG (ANFANG|ENDE)",
    ],
)
def test_nichts_rohes_im_text(pdf, muster):
    found = re.search(muster, pdf.text)
    assert found is None, pdf.text[found.start() - 80 : found.end() + 80]


def test_schriften_eingebettet(pdf):
    """Every font is in the file and knows its characters; ours set text, heads and code."""
    names = set()
    for row in pdf.schriften:
        embedded, _, unicode_map = row[-5:-2]
        assert embedded == "yes", row
        if "Type" in row and "3" not in row[:3]:
            assert unicode_map == "yes", row
        names.add(re.sub(r"^[A-Z]{6}\+", "", row[0]))
    for family in ("SourceSerif4", "SourceSans3", "SourceCodePro"):
        assert any(name.startswith(family) for name in names), names


def test_angaben_und_lesezeichen(pdf):
    """Title, language, page size; each chapter has its bookmark."""
    assert pdf.angaben["Title"] == "Deep Learning zum Anfassen"
    assert pdf.angaben["Page size"].endswith("(A4)")
    assert re.search(rb"/Lang ?\(de", pdf.objekte)
    marks = pdf.tex.with_suffix(".toc").read_text("utf-8")
    for page in buch(PROJEKT).seiten:
        if page.nummer:
            assert rf"\numberline {{{page.nummer}}}" in marks


def test_impressum_und_verzeichnisse(pdf):
    """Version and date stand on page 2; contents, register and the lists are there."""
    assert re.search(r"Fassung \d+\.\d+\.\d+ .*Stand \d+\. \w+ \d{4}", pdf.seiten[1])
    assert "Inhalt" in pdf.seiten[2]
    for head in ("Antworten und Lösungen", "Verzeichnis der Live-Figuren", "Register"):
        assert head in pdf.text


def _figures(kapitel: Kapitel) -> dict[str, str]:
    """Return the figures of a page of the website: anchor and number."""
    page = BAU / "html" / f"{kapitel.docname}.html"
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    found = {}
    for figure in soup.find_all("figure", id=True):
        number = figure.find(class_="caption-number")
        found[figure["id"]] = number.get_text().strip() if number else ""
    return found


@pytest.mark.parametrize("kapitel", KAPITEL, ids=lambda k: k.name)
def test_jede_abbildung_der_website(pdf, kapitel):
    """Each figure is printed under the same number, live figures by their still."""
    figures = _figures(kapitel)
    assert figures
    for anchor, number in figures.items():
        goal = rf"\Ziel{{{kapitel.docname}:{anchor}}}"
        assert goal in pdf.quelle, f"{anchor} fehlt im Druck"
        after = pdf.quelle[pdf.quelle.index(goal) :][:3000]
        assert re.search(r"\\Bild[\[{]", after)
        assert number in pdf.fliesstext, f"{number} ({anchor}) fehlt im Text"


def test_bilder_sind_dateien(pdf):
    """Line art is vector (PDF), pixels stay pixels; no animation, no SVG."""
    names = set(re.findall(r"\\Bild(?:\[[^]]*\])?\{[\d.]+\}\{([^}]+)\}", pdf.quelle))
    assert names
    assert {Path(name).suffix for name in names} <= {".pdf", ".png", ".jpg", ".jpeg"}
    missing = [name for name in names if not (pdf.tex.parent / name).exists()]
    assert not missing


def _cells(kapitel: Kapitel) -> list[str]:
    """Return the code of a chapter as the book shows it."""
    text = kapitel.quelle.read_text("utf-8")
    shown = []
    for cell in stuecke.read_source(text).cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or HIDDEN & set(tags):
            continue
        source = cell.source
        shown.append(schnitt.solution(source) if schnitt.is_marked(source) else source)
    return shown


@pytest.fixture(scope="module")
def zeilen(pdf) -> list[tuple[int, str]]:
    """Return (page, line) of all lines but empty ones, running heads and page numbers."""
    found = []
    for number, page in enumerate(pdf.code):
        lines = [line for line in page.splitlines() if line.strip()][1:]
        if lines and lines[-1].strip().isdigit():
            lines.pop()
        found += [(number, line) for line in lines]
    return found


@pytest.mark.parametrize("kapitel", KAPITEL, ids=lambda k: k.name)
def test_code_laesst_sich_kopieren(zeilen, kapitel):
    """What is copied from the PDF is the cell, with its indentation, and compiles."""
    where: dict[str, list[int]] = {}
    for place, (_, line) in enumerate(zeilen):
        where.setdefault(line.strip(), []).append(place)
    for source in _cells(kapitel):
        wanted = [line for line in source.splitlines() if line.strip()]
        copied = next(
            (
                found
                for start in where.get(wanted[0].strip(), [])
                if (found := _copied(zeilen, start, wanted)) is not None
            ),
            None,
        )
        assert copied is not None, f"Nicht im PDF:\n{source}"
        if not any(line.lstrip().startswith(("%", "!")) for line in wanted):
            compile(copied, kapitel.name, "exec")


def _copied(zeilen: list[tuple[int, str]], start: int, wanted: list[str]) -> str | None:
    """Return the lines from `start` on if they are the wanted ones, as they were copied.

    Each page has its own left margin; below it the shape must be the same.
    """
    found: dict[int, list[str]] = {}
    place = start
    for line in wanted:
        while place < len(zeilen) and zeilen[place][1].strip() != line.strip():
            # a page number or a figure that floats to the head of the next page
            if place - start > len(wanted) + 40 or zeilen[place][0] == zeilen[start][0]:
                return None
            place += 1
        if place == len(zeilen):
            return None
        page, text = zeilen[place]
        found.setdefault(page, []).append(text)
        place += 1
    lines, rest = [], list(wanted)
    for group in found.values():
        mine, rest = rest[: len(group)], rest[len(group) :]
        shift = (
            len(group[0]) - len(group[0].lstrip()) - (len(mine[0]) - len(mine[0].lstrip()))
        )
        lines += [line[shift:] for line in group]
        assert [line.rstrip() for line in lines[-len(group) :]] == [
            m.rstrip() for m in mine
        ]
    return textwrap.dedent("\n".join(lines))


def test_qr_codes_fuehren_auf_die_seiten(pdf):
    """Each code that is printed decodes to its page; chapters and live figures have one."""
    pages = [
        number
        for number, text in enumerate(pdf.seiten, 1)
        if "Kapitel im Netz" in text
        or "Zum Ausprobieren" in text
        or "Live-Figuren" in text
        or number == 2
    ]
    read = pdf.qr_codes(pages)
    wanted = set(re.findall(r"\\Kapitel\{.*\{(https://[^}]+)\}\\Ziel", pdf.quelle))
    wanted |= {
        re.sub(r"\\([#%])", r"\1", address)
        for address in re.findall(
            r"\\Live(?:unterschrift|eintrag).*\{(https://[^}]+)\}", pdf.quelle
        )
    }
    chapters = [page for page in KAPITEL if page.nummer]
    assert len(wanted) >= len(chapters) + pdf.quelle.count(r"\Liveeintrag{")
    assert wanted <= read, wanted - read


@pytest.mark.parametrize("kapitel", KAPITEL, ids=lambda k: k.name)
def test_antworten_stehen_im_anhang(pdf, kapitel):
    """Questions, quiz and exercises name a page; their answers stand in the appendix."""
    start = pdf.quelle.index(rf"\Ziel{{{kapitel.docname}}}")
    answers = pdf.quelle.index(r"\Antwortteil")
    own = pdf.quelle[start : pdf.quelle.index(r"\Laufzeile", start)]
    appendix = pdf.quelle[answers:]
    for command in ("AntwortAuf", "QuizAntwortAuf", "LoesungAuf"):
        goals = re.findall(rf"\\{command}\{{([^}}]+)\}}", own)
        # every chapter asks in all three ways, the pages before it need not
        assert goals or not kapitel.nummer, f"{kapitel.name}: kein \\{command}"
        for goal in goals:
            assert f"{{{goal}}}" in appendix, f"{goal} fehlt im Anhang"
    assert r"\Loesung{" not in own
    assert r"\Quizurteil" not in own


def test_erst_raten_dann_umblaettern(pdf):
    """What is to be guessed stands on a later page than the question."""
    line = "Was herauskommt, steht auf der nächsten Seite."
    guesses = [text for text in pdf.seiten if line in text]
    assert len(guesses) == pdf.quelle.count(r"\begin{Raten}")
    for text in guesses:
        assert not re.search(r"[A-Za-zäöü]{3}", text.split(line)[1]), text


def test_nichts_steht_allein_am_fuss(pdf):
    """No heading without its text at the foot of a page, no reference torn apart."""
    allein = re.compile(r"(Frage \d+|Quiz|Übungen|Kurz nachgedacht( \d+)?|Erst raten)")
    for number, text in enumerate(pdf.seiten, 1):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if lines and re.fullmatch(r"\d+|[ivxl]+", lines[-1]):
            lines.pop()
        assert not any(line.endswith("Antwort:") for line in lines), f"Seite {number}"
        assert not lines or not allein.fullmatch(lines[-1]), f"Seite {number}: {lines[-1]}"


def test_abbildungen_stehen_an_ihrem_platz(pdf):
    """A figure is printed where the text has it, or on the next page."""
    log = pdf.tex.with_suffix(".log").read_text("utf-8", errors="replace")
    places = re.findall(r"^Abbildungsplatz (\w+)", log, re.M)
    goals = re.findall(r"\\begin\{Abbildung\}\n+(?:\\Ziel\{([^}]+)\})?", pdf.quelle)
    assert len(places) == len(goals) > 50
    labels = dict(
        re.findall(
            r"\\newlabel\{([^}]+)\}\{\{[^}]*\}\{(\w+)\}",
            pdf.tex.with_suffix(".aux").read_text("utf-8"),
        )
    )
    far = []
    for number, (place, goal) in enumerate(zip(places, goals, strict=True)):
        if not goal or not place.isdigit():
            continue
        # Two that wait together need two pages.
        ahead = places[:number].count(place)
        if not 0 <= int(labels[goal]) - int(place) <= 1 + ahead:
            far.append(f"{goal}: Seite {labels[goal]} statt {place}")
    assert far == []


def test_register_ist_sortiert(pdf):
    """Umlauts count as their vowel: Überanpassung stands under U."""
    ind = pdf.tex.with_suffix(".ind").read_text("utf-8")
    heads = re.findall(r"\\Registerbuchstabe\{(.)\}", ind)
    assert heads == sorted(heads)
    assert not set("ÄÖÜ") & set(heads)
    assert "Überanpassung" in ind
