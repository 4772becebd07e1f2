"""Die Handouts: Lösungen nur, wo sie hingehören, Platz für Notizen, alles für sich lesbar.

`make test` setzt die Handouts der zwei kürzesten Kapitel, `make test-alles` die aller.
"""

from __future__ import annotations

import os
import re
from functools import cache

import pytest
from bs4 import BeautifulSoup

from buchbau.druck.handout.__main__ import TEX, main
from buchbau.druck.handout.heft import MIT, ZIEL, hefte, kapitel, probe, waehle
from buchbau.druck.protokoll import maengel
from buchbau.kapitel import BuchFehler, Kapitel, lies_buch
from druck.gedruckt import Gedruckt
from hilfen import PROJEKT

ALLES = bool(os.environ.get("DLBUCH_ALLES"))
KAPITEL = kapitel(PROJEKT) if ALLES else probe(PROJEKT)


@cache
def heft(name: str) -> Gedruckt:
    """Return a handout that ``make handouts`` has set before."""
    pdf = PROJEKT / ZIEL / f"{name}.pdf"
    if not pdf.exists():
        pytest.fail(f"Das Handout {pdf.name} ist nicht gesetzt: erst `make handouts`.")
    return Gedruckt(pdf, PROJEKT / TEX / f"{name}.tex")


@pytest.fixture(params=["", MIT], ids=["ohne", "mit"])
def art(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=KAPITEL, ids=lambda seite: seite.name)
def seite(request: pytest.FixtureRequest) -> Kapitel:
    return request.param


@cache
def website(docname: str) -> BeautifulSoup:
    datei = PROJEKT / "_build" / "html" / f"{docname}.html"
    if not datei.is_file():
        pytest.fail("Die Website ist nicht gebaut: erst `make html`.")
    netz = BeautifulSoup(datei.read_text("utf-8"), "lxml").select_one("article")
    for anderes in netz.select(".headerlink, .glossar-erklaerungen, .nur-dunkel"):
        anderes.decompose()
    return netz


def buchstaben(text: str) -> str:
    """Return letters and digits alone: lines, hyphens and columns do not count."""
    return "".join(c for c in text if c.isalnum())


def saetze(element) -> list[str]:
    """Return sentences of a solution that hold no formula and are long enough to tell."""
    gefunden = []
    for absatz in element.find_all("p"):
        # Formeln sehen anders aus; hinter einem Verweis steht die Nummer des Kapitels.
        if absatz.select(".katex, a[href*='.html']") or absatz.find_parent(class_="cell"):
            continue
        text = " ".join(absatz.get_text().split())
        gefunden += [s for s in re.split(r"(?<=[.:?!;]) ", text) if len(buchstaben(s)) > 40]
    return gefunden


def zeilen(loesung) -> list[str]:
    """Return lines of the code of a solution that do not stand in the chapter before."""
    code = [
        zeile.strip()
        for pre in loesung.select(".tag_loesung .cell_input pre")
        for zeile in pre.get_text().splitlines()
    ]
    return [zeile for zeile in code if len(buchstaben(zeile)) > 25]


def ohne_rand(pdf: Gedruckt) -> str:
    """Return the text without what stands around it on each page."""
    rand = re.compile(r"^(Notizen|Handout.*|Deep Learning .* CC BY-SA.*|\d+ von \d+)$")
    kopf = pdf.seiten[1].strip().splitlines()[0].split("   ")[0].strip()
    return "\n".join(
        zeile
        for zeile in pdf.text.replace("\f", "\n").splitlines()
        if not rand.match(zeile.strip()) and buchstaben(zeile) != buchstaben(kopf)
    )


def loesungen(docname: str) -> list[tuple[list[str], list[str]]]:
    """Return sentences and lines of code of each solution."""
    return [
        (saetze(loesung), zeilen(loesung))
        for loesung in website(docname).select("details.klappe.solution")
    ]


def test_jede_loesung_im_heft_mit_loesungen(seite: Kapitel) -> None:
    text = buchstaben(ohne_rand(heft(f"{seite.name}{MIT}")))
    gefunden = loesungen(seite.docname)
    assert len(gefunden) >= 5
    for worte, code in gefunden:
        assert worte or code, "Eine Lösung ohne Text, an dem sie zu erkennen ist"
        for stueck in (*worte, *code):
            assert buchstaben(stueck) in text, stueck


def test_keine_loesung_im_heft_ohne_loesungen(seite: Kapitel) -> None:
    """Neither solutions nor answers: what the chapter itself says before may stay."""
    netz = BeautifulSoup(str(website(seite.docname)), "lxml")
    for loesung in netz.select("details.klappe.solution, .nachgedacht, .quiz-loesung"):
        loesung.decompose()
    vorher = buchstaben(netz.get_text())
    text = buchstaben(ohne_rand(heft(seite.name)))
    verboten = [s for worte, code in loesungen(seite.docname) for s in (*worte, *code)]
    for antwort in website(seite.docname).select(".nachgedacht, .quiz-rueckmeldung"):
        verboten += saetze(antwort)
    fremd = [s for s in verboten if buchstaben(s) not in vorher]
    assert len(fremd) > 20
    for stueck in fremd:
        assert buchstaben(stueck) not in text, stueck
    assert "Antworten und Lösungen" not in heft(seite.name).fliesstext
    assert "Lösung: S." not in heft(seite.name).fliesstext


def test_beide_hefte_haben_dieselben_seiten(seite: Kapitel) -> None:
    """Page 7 is the same page for everyone in the room."""

    def inhalt(text: str) -> str:
        ohne = re.sub(r"(Lösung|Antwort|Antworten): S\.\s*\d+|von \d+", "", text)
        return buchstaben(ohne.replace("Handout mit Lösungen", "Handout"))

    ohne, mit = heft(seite.name).seiten, heft(f"{seite.name}{MIT}").seiten
    assert len(mit) > len(ohne) > 10
    for nummer, (eine, andere) in enumerate(zip(ohne, mit, strict=False), 1):
        assert inhalt(eine) == inhalt(andere), f"Seite {nummer}"
    assert "Antworten und Lösungen" in mit[len(ohne)]


def test_protokoll_ohne_mangel(seite: Kapitel, art: str) -> None:
    assert maengel(heft(f"{seite.name}{art}").tex.with_suffix(".log")) == []


def test_nichts_rohes(seite: Kapitel, art: str) -> None:
    text = heft(f"{seite.name}{art}").text
    for muster in (r"\?\?", r":::", r"```", r"\{[a-z:]+\}`", r"</?(div|span|p|a)\b[^>]*>"):
        assert not re.search(muster, text), muster


def test_kopf_nennt_kapitel_zeit_und_ziele(seite: Kapitel, art: str) -> None:
    erste = heft(f"{seite.name}{art}").seiten[0]
    glatt = buchstaben(erste)
    assert buchstaben(f"{seite.nummer}{seite.titel}") in glatt
    assert seite.teil in " ".join(erste.split())
    assert f"etwa {seite.kopf['lernzeit']} Minuten" in erste
    for feld in ("Kurs", "Name", "Datum", "Notizen", "Lernziele"):
        assert feld in erste
    ziele = website(seite.docname).select("section#lernziele > ul > li")
    assert len(ziele) >= 3
    fliesst = buchstaben(ohne_rand(heft(f"{seite.name}{art}")))
    for ziel in ziele:
        if not ziel.select(".katex"):
            assert buchstaben(ziel.get_text()) in fliesst
    # Der Platz zum Schreiben: neben dem Text auf jeder Seite.
    assert all("Notizen" in s for s in heft(f"{seite.name}{art}").seiten)


def test_angaben_und_schriften(seite: Kapitel, art: str) -> None:
    pdf = heft(f"{seite.name}{art}")
    assert pdf.angaben["Title"] == seite.titel
    assert pdf.angaben["Page size"].endswith("(A4)")
    for zeile in pdf.schriften:
        assert zeile[-5] == "yes", zeile


def test_struktur_fuer_vorleseprogramme(seite: Kapitel, art: str) -> None:
    """Tagged: one title, its sections, code as code, each picture with its alternative."""
    pdf = heft(f"{seite.name}{art}")
    assert pdf.angaben["Tagged"] == "yes"
    assert pdf.struktur[0] == "Document"
    assert pdf.struktur.count("Code") > 20
    titel = [kind for kind in pdf.struktur if re.fullmatch(r"H\d", kind)]
    assert titel[0] == "H1"
    abschnitte = website(seite.docname).select("article section > section:has(> h2)")
    assert titel.count("H2") >= len(abschnitte) - 1  # die Lernziele sind ein Kasten
    bilder = len(re.findall(r"\\Bild[\[{]", pdf.quelle))
    assert pdf.struktur.count("Figure") == bilder > 5
    roh = pdf.pdf.read_bytes() + pdf.objekte
    assert len(re.findall(rb"/Alt ?[<(]", roh)) == bilder


def test_nummern_der_abbildungen_sind_die_der_website(seite: Kapitel, art: str) -> None:
    text = heft(f"{seite.name}{art}").fliesstext
    nummern = [
        " ".join(nummer.get_text().split())
        for nummer in website(seite.docname).select("figure .caption-number")
    ]
    assert len(nummern) >= 5
    for nummer in nummern:
        assert re.search(re.escape(nummer) + r"(?!\d)", text), nummer
    uebungen = website(seite.docname).select(".uebung-nummer")
    assert len(uebungen) >= 5
    for uebung in uebungen:
        assert " ".join(uebung.get_text().split()) in text


def test_eigene_literatur(seite: Kapitel, art: str) -> None:
    """Exactly the works that the chapter cites, in the order of the bibliography."""
    zitiert = {
        verweis["href"].partition("#")[2]
        for verweis in website(seite.docname).select("a[href*='literatur.html#lit-']")
    }
    werke = {}
    for werk in website("book/anhang/literatur").select("[id^='lit-']"):
        adresse = werk.find("a")  # die Website kürzt Adressen
        text = werk.get_text()
        werke[werk["id"]] = buchstaben(
            text.partition(adresse.get_text())[0] if adresse else text
        )
    text = ohne_rand(heft(f"{seite.name}{art}"))
    liste = buchstaben(text[text.rindex("\nLiteratur\n") :])
    assert len(zitiert) >= 3
    assert [n for n in werke if werke[n] in liste] == [n for n in werke if n in zitiert]
    orte = [liste.index(werke[n]) for n in werke if n in zitiert]
    assert orte == sorted(orte)


def test_verweise_auf_andere_kapitel(seite: Kapitel, art: str) -> None:
    """A link to another page is named at the end, with its address."""
    pdf = heft(f"{seite.name}{art}")
    verwiesen = set()
    for verweis in website(seite.docname).select("a.reference.internal[href*='.html']"):
        datei = (PROJEKT / "_build/html" / f"{seite.docname}.html").parent
        ziel = (datei / verweis["href"].partition("#")[0]).resolve()
        verwiesen.add(ziel.relative_to(PROJEKT / "_build" / "html").as_posix())
    andere = [
        s
        for s in lies_buch(PROJEKT)
        if f"{s.docname}.html" in verwiesen
        and s.docname not in (seite.docname, "book/anhang/literatur", "book/anhang/glossar")
    ]
    text = re.sub(r"\s", "", pdf.text)
    for kapitel_ in andere:
        assert f"/{kapitel_.docname}.html" in text, kapitel_.docname
        if kapitel_.nummer:
            assert f"Kapitel {kapitel_.nummer}" in pdf.fliesstext


def test_qr_codes_fuehren_auf_die_seiten(seite: Kapitel, art: str) -> None:
    pdf = heft(f"{seite.name}{art}")
    eigene = f"/{seite.docname}.html"
    live = [s for s, text in enumerate(pdf.seiten, 1) if "Zum Ausprobieren" in text]
    gelesen = pdf.qr_codes([1, *live])
    assert any(adresse.endswith(eigene) for adresse in gelesen)
    figuren = website(seite.docname).select("figure.live")
    ziele = {adresse.partition("#")[2] for adresse in gelesen if "#" in adresse}
    assert ziele >= {figur["id"] for figur in figuren}
    bekannt = {f"/{s.docname}.html" for s in lies_buch(PROJEKT)}
    for adresse in gelesen:
        assert any(adresse.partition("#")[0].endswith(ende) for ende in bekannt), adresse


def test_platz_zum_schreiben_waechst_mit_den_minuten() -> None:
    """A field below each exercise, higher where there is more to write by hand."""
    for seite in KAPITEL:
        quelle = heft(seite.name).quelle
        felder = [int(h) for h in re.findall(r"\\Schreibfeld\{(\d+)mm\}", quelle)]
        assert len(felder) == len(website(seite.docname).select(".exercise"))
        assert min(felder) >= 20
        assert max(felder) <= 75
        assert felder == [
            int(h)
            for h in re.findall(
                r"\\Schreibfeld\{(\d+)mm\}", heft(f"{seite.name}{MIT}").quelle
            )
        ]


def test_jedes_kapitel_hat_zwei_hefte() -> None:
    alle = kapitel(PROJEKT)
    assert {s.docname for s in alle} >= {s.docname for s in lies_buch(PROJEKT) if s.nummer}
    namen = [werk.name for werk in hefte(alle)]
    assert len(namen) == len(set(namen)) == 2 * len(alle)
    assert set(probe(PROJEKT)) <= set(alle)
    assert len(probe(PROJEKT)) == 2


@pytest.mark.parametrize(
    ("name", "meldung"), [("cluster", "bekannt sind"), ("glossar", "kein Kapitel")]
)
def test_unbekanntes_kapitel_in_einer_zeile(
    capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch, name: str, meldung: str
) -> None:
    with pytest.raises(BuchFehler, match=meldung):
        waehle(PROJEKT, name)
    monkeypatch.chdir(PROJEKT)
    assert main([name]) == 1
    fehler = capsys.readouterr().err
    assert fehler.startswith("✘ ")
    assert fehler.count("\n") == 1
