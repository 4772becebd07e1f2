"""Literaturverzeichnis und Zitate auf Deutsch (buchbau.sphinx.literatur)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pybtex.database import parse_file

from buchbau.sphinx.literatur import GermanLabels
from hilfen import PROJEKT, Ergebnis, baue, schreibe_buch

BIB = r"""
@article{aufsatz1998titel, author={M{\"u}ller, Anna and Meier, Bert and Özil, Cem},
  title={Über {LSTM} und Netze}, journal={Zeitschrift}, volume=8, number=2, pages={5--9},
  year=1998, doi={10.1000/abc}}
@book{buch2001titel, author={Zander, Eva and Adam, Kim}, title={Das Buch},
  publisher={Verlag}, address={Berlin}, edition=2, year=2001}
@book{hrsg2005titel, editor={Öhm, Otto and Ohm, Pia}, title={Sammelband},
  publisher={Verlag}, year=2005}
@inproceedings{tagung2010titel, author={Alt, Ida}, editor={Neu, Jo}, title={Vortrag},
  booktitle={Tagung}, series={Reihe}, volume=7, pages={1--2}, publisher={Verlag},
  year=2010, url={https://tagung.example/vortrag}}
@incollection{kapitel2011titel, author={Bach, Ida}, title={Kapitel},
  booktitle={Handbuch}, publisher={Verlag}, year=2011}
@phdthesis{diss1974titel, author={Werb, P.}, title={Arbeit}, school={Uni}, year=1974}
@mastersthesis{master1970titel, author={Linn, S.}, title={Arbeit}, school={Uni},
  year=1970, note={Auf Finnisch}}
@techreport{bericht1960titel, author={Widd, B.}, title={Bericht}, institution={Labor},
  number=15, year=1960}
@misc{arxiv2014titel, author={King, D.}, title={Verfahren}, eprint={1412.6980},
  year=2014, month=dec}
@online{netz2026titel, author={{Team Keras}}, title={Anleitung},
  url={https://keras.example}, urldate={2026-03-01}, year=2026}
@misc{viele2020titel, author={Aal, Ida and Beer, Bo and others}, title={Zu viele?},
  year=2020}
"""
TEXT = (
    "# Start\n\n{cite:t}`aufsatz1998titel`, {cite:t}`buch2001titel`,\n"
    "{cite}`tagung2010titel,diss1974titel`, {cite:p}`{S. 12}buch2001titel`.\n"
    "{cite}`" + ",".join(re.findall(r"@\w+\{(\w+),", BIB)) + "`\n"
)
ENGLISH = re.compile(
    r"\b(and|others|editors?|edition|volume|pages|pp|chapter|accessed|visited|[Ii]n press"
    r"|thesis|December|March|Technical Report)\b"
)


def build(folder: Path, bib: str, text: str = TEXT) -> Ergebnis:
    """Build a book with a bibliography."""
    pages = {"index": text, "literatur": "# Literatur\n\n```{bibliography}\n```\n"}
    schreibe_buch(folder, pages, {"bibtex_bibfiles": ["literatur.bib"]})
    (folder / "literatur.bib").write_text(bib, "utf-8")
    return baue(folder)


@pytest.fixture(scope="module")
def buch(tmp_path_factory: pytest.TempPathFactory) -> Ergebnis:
    """Return a book with a work of every kind."""
    result = build(tmp_path_factory.mktemp("literatur") / "buch", BIB)
    assert result.rc == 0, result.meldungen
    return result


@pytest.fixture(scope="module")
def werke(buch: Ergebnis) -> dict[str, str]:
    """Return the works of the list by their key, in their order."""
    page = BeautifulSoup(buch.seite("literatur"), "lxml")
    return {
        work["id"].removeprefix("lit-"): " ".join(work.text.replace("\xa0", " ").split())
        for work in page.select("div.citation")
    }


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "aufsatz1998titel",
            "Müller, Anna; Meier, Bert und Özil, Cem (1998): Über LSTM und Netze. "
            "Zeitschrift 8 (2), S. 5–9. doi:10.1000/abc.",
        ),
        (
            "buch2001titel",
            "Zander, Eva und Adam, Kim (2001): Das Buch. 2. Aufl., Berlin: Verlag.",
        ),
        (
            "hrsg2005titel",
            "Öhm, Otto und Ohm, Pia (Hrsg.) (2005): Sammelband. Verlag.",
        ),
        (
            "tagung2010titel",
            "Alt, Ida (2010): Vortrag. In: Neu, Jo (Hrsg.): Tagung, Reihe, Bd. 7, S. 1–2. "
            "Verlag. https://tagung.example/vortrag.",
        ),
        ("kapitel2011titel", "Bach, Ida (2011): Kapitel. In: Handbuch. Verlag."),
        ("diss1974titel", "Werb, P. (1974): Arbeit. Dissertation, Uni."),
        ("master1970titel", "Linn, S. (1970): Arbeit. Masterarbeit, Uni. Auf Finnisch."),
        ("bericht1960titel", "Widd, B. (1960): Bericht. Technischer Bericht 15, Labor."),
        ("arxiv2014titel", "King, D. (Dezember 2014): Verfahren. arXiv:1412.6980."),
        (
            "netz2026titel",
            "Team Keras (2026): Anleitung. https://keras.example "
            "(abgerufen am 1. März 2026).",
        ),
        ("viele2020titel", "Aal, Ida; Beer, Bo et al. (2020): Zu viele?"),
    ],
)
def test_eintrag(werke: dict[str, str], key: str, expected: str) -> None:
    """Each kind of work is set in German."""
    assert werke[key] == expected


def test_reihenfolge_ist_deutsch(werke: dict[str, str]) -> None:
    """Ö sorts as O: Öhm stands between Müller and Team."""
    keys = list(werke)
    order = [
        "viele2020titel",
        "tagung2010titel",
        "kapitel2011titel",
        "arxiv2014titel",
        "master1970titel",
    ]
    order += ["aufsatz1998titel", "hrsg2005titel", "netz2026titel", "diss1974titel"]
    assert keys == [*order, "bericht1960titel", "buch2001titel"]


def test_nichts_englisches(werke: dict[str, str]) -> None:
    """No English word of the bibliography styles is left."""
    assert not [work for work in werke.values() if ENGLISH.search(work)]


def test_zitate_im_text(buch: Ergebnis) -> None:
    """Narrative and in brackets, with "und", "et al." and the page."""
    text = BeautifulSoup(buch.seite("index"), "lxml").article.text.replace("\xa0", " ")
    assert "Müller et al. (1998)" in text
    assert "Zander und Adam (2001)" in text
    assert "(Alt, 2010; Werb, 1974)" in text
    assert (
        "(S. 12 Zander und Adam, 2001)" in text or "(Zander und Adam, 2001, S. 12)" in text
    )


def test_unbekannter_schluessel_bricht_den_bau_ab(tmp_path: Path) -> None:
    """A key that is in no list fails the build and is named."""
    result = build(tmp_path / "buch", BIB, TEXT + "\n{cite}`niemand1900nichts`\n")
    assert result.rc != 0
    assert [line for line in result.warnungen() if "niemand1900nichts" in line]


def test_literatur_des_buchs() -> None:
    """The book's works: keys nameYEARword, sorted, no two cited alike, a year each."""
    bib = parse_file(PROJEKT / "book" / "anhang" / "literatur.bib", "bibtex")
    keys = list(bib.entries)
    assert [key for key in keys if not re.fullmatch(r"[a-z]+\d{4}[a-z]\w*", key)] == []
    labels = list(GermanLabels().format_labels(bib.entries.values()))
    assert len(labels) == len(set(labels)), sorted(labels)
    wrong = [key for key, entry in bib.entries.items() if entry.fields["year"] not in key]
    assert wrong == []
