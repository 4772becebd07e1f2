"""Das EPUB: gültig, vollständig, ohne Reste der Website, zugänglich, gut zu lesen."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from playwright.sync_api import Browser, Page

from buchbau.druck.werk import BUCH
from buchbau.kapitel import Kapitel, lies_buch, lies_teile
from hilfen import PROJEKT

DATEI = PROJEKT / "_build" / "epub" / f"{BUCH}.epub"
OHNE_ZAHL = {teil.seite for teil in lies_teile(PROJEKT) if teil.nummer is None}
# ohne die Startseite der Website; Vorab und Anhang stellt sie auf eigenen Seiten vor
SEITEN = [s for s in lies_buch(PROJEKT)[1:] if s.docname not in OHNE_ZAHL]
KAPITEL = [seite for seite in SEITEN if seite.wird_ausgefuehrt]
N = {
    "h": "http://www.w3.org/1999/xhtml",
    "m": "http://www.w3.org/1998/Math/MathML",
    "e": "http://www.idpf.org/2007/ops",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
}
VORSPANN = ["umschlag.xhtml", "titel.xhtml", "impressum.xhtml", "inhalt.xhtml"]
AXE = (PROJEKT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
REGELN = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    # Für Seiten im Netz; ein Buch hat keine Kopf- und Fußbereiche um den Text.
    "rules": {
        regel: {"enabled": False}
        for regel in ("region", "landmark-one-main", "page-has-heading-one")
    },
}


@pytest.fixture(scope="module")
def ordner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder EPUB of the unpacked book."""
    if not DATEI.is_file():
        pytest.fail("Das EPUB ist nicht gebaut: erst `make epub`.")
    ziel = tmp_path_factory.mktemp("epub")
    with zipfile.ZipFile(DATEI) as archiv:
        archiv.extractall(ziel)
    return ziel / "EPUB"


def baum(ordner: Path, datei: str) -> etree._Element:
    return etree.parse(ordner / datei).getroot()


def seite_von(ordner: Path, kapitel: Kapitel) -> etree._Element:
    return baum(ordner, f"{kapitel.docname}.xhtml")


def website(kapitel: Kapitel) -> BeautifulSoup:
    """Return the chapter's page on the website, to hold the EPUB against."""
    datei = PROJEKT / "_build" / "html" / f"{kapitel.docname}.html"
    if not datei.is_file():
        pytest.fail("Die Website ist nicht gebaut: erst `make html`.")
    return BeautifulSoup(datei.read_text("utf-8"), "lxml")


def dateien(ordner: Path) -> list[str]:
    """Return all pages in reading order."""
    opf = baum(ordner, "buch.opf")
    nach_kennung = {i.get("id"): i.get("href") for i in opf.iterfind(".//o:item", N)}
    return [nach_kennung[r.get("idref")] for r in opf.iterfind(".//o:itemref", N)]


def genug(kapitel: Kapitel, anzahl: int) -> int:
    """Return how many of a thing a page must hold: a numbered chapter has them all."""
    return anzahl if kapitel.nummer else 0


def worte(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_epubcheck_findet_nichts() -> None:
    programm = shutil.which("epubcheck")
    if programm is None:
        pytest.fail("epubcheck fehlt: python3 code/buchbau/einrichten.py --epubcheck")
    archiv = Path(programm).resolve()
    # Debian legt das Java-Archiv selbst in den Pfad.
    befehl = ["java", "-jar", str(archiv)] if archiv.suffix == ".jar" else [programm]
    ergebnis = subprocess.run(
        [*befehl, "--failonwarnings", str(DATEI)], capture_output=True, text=True
    )
    meldungen = ergebnis.stdout + ergebnis.stderr
    assert ergebnis.returncode == 0, meldungen[-3000:]
    assert "0 errors / 0 warnings" in meldungen


def test_archiv_beginnt_mit_seiner_art() -> None:
    with zipfile.ZipFile(DATEI) as archiv:
        erste = archiv.infolist()[0]
        assert erste.filename == "mimetype"
        assert erste.compress_type == zipfile.ZIP_STORED
        assert not [n for n in archiv.namelist() if n.endswith((".js", ".html", ".md"))]


def test_alle_seiten_in_der_reihenfolge_des_buchs(ordner: Path) -> None:
    gelesen = [d for d in dateien(ordner) if d.startswith("book/")]
    assert gelesen == [f"{seite.docname}.xhtml" for seite in SEITEN]
    assert dateien(ordner)[:4] == VORSPANN
    assert dateien(ordner)[-1] == "register.xhtml"


def test_inhalt_nennt_teile_kapitel_und_abschnitte(ordner: Path) -> None:
    nav = baum(ordner, "inhalt.xhtml").find(".//h:nav[@role='doc-toc']", N)
    texte = [worte(a) for a in nav.iterfind(".//h:a", N)]
    for seite in SEITEN:
        name = f"{seite.nummer} {seite.titel}" if seite.nummer else seite.titel
        assert name in texte or any(t.endswith(f": {name}") for t in texte)  # Teil II: …
        assert any(text.endswith(seite.teil) for text in texte)
    for kapitel in KAPITEL:
        ziele = [
            a.get("href").partition("#")[2]
            for a in nav.iterfind(".//h:a", N)
            if a.get("href").startswith(f"{kapitel.docname}.xhtml#")
        ]
        abschnitte = website(kapitel).select("article section > section:has(> h2)")
        assert len(ziele) >= len(abschnitte) >= genug(kapitel, 5)
        kennungen = set(seite_von(ordner, kapitel).xpath("//@id"))
        assert set(ziele) <= kennungen


def test_titel_steht_ueber_jeder_seite(ordner: Path) -> None:
    for seite in SEITEN:
        wurzel = seite_von(ordner, seite)
        (titel,) = wurzel.iterfind(".//h:h1", N)
        assert worte(titel) == seite.titel.replace("`", "")
        if seite.nummer:
            zeile = wurzel.find(".//h:p[@class='kapitelzeile']", N)
            assert worte(zeile).startswith(f"Kapitel {seite.nummer} · {seite.teil}")


@pytest.mark.parametrize("kapitel", KAPITEL, ids=lambda k: k.name)
def test_jede_abbildung_der_website(ordner: Path, kapitel: Kapitel) -> None:
    """Number, caption and alternative text of each figure are the website's."""

    def abbildungen(seite: BeautifulSoup) -> list[tuple[str, str]]:
        for anderes in seite.select(".headerlink, .katex, math, .nur-dunkel, .live-weg"):
            anderes.decompose()
        return [
            (figur.img["alt"], " ".join(figur.figcaption.get_text().split()))
            for figur in seite.select("figure")
        ]

    im_buch = abbildungen(
        BeautifulSoup((ordner / f"{kapitel.docname}.xhtml").read_text("utf-8"), "xml")
    )
    assert len(im_buch) >= genug(kapitel, 5)
    assert im_buch == abbildungen(website(kapitel))


@pytest.mark.parametrize("kapitel", KAPITEL, ids=lambda k: k.name)
def test_jede_formel_als_mathml(ordner: Path, kapitel: Kapitel) -> None:
    netz = website(kapitel)
    for erklaerung in netz.select(".glossar-erklaerungen"):
        erklaerung.decompose()  # im Buch steht das Glossar selbst
    im_netz = len(netz.select("article .katex-mathml math"))
    wurzel = seite_von(ordner, kapitel)
    formeln = list(wurzel.iter(f"{{{N['m']}}}math"))
    # Fragen und Übungen nennt das Ende des Kapitels noch einmal.
    assert len(formeln) >= im_netz >= genug(kapitel, 1)
    assert all(formel.get("alttext") for formel in formeln)
    assert not list(wurzel.iter(f"{{{N['m']}}}annotation"))
    assert not list(wurzel.iter(f"{{{N['m']}}}merror"))
    assert not wurzel.xpath("//*[contains(@class, 'katex')]")


@pytest.mark.parametrize("kapitel", KAPITEL, ids=lambda k: k.name)
def test_ausgaben_und_code_der_website(ordner: Path, kapitel: Kapitel) -> None:
    """Every code block and every output of the website is there, to the letter."""
    im_netz = sorted(
        pre.get_text().strip() for pre in website(kapitel).select("article pre")
    )
    im_buch = sorted(
        "".join(pre.itertext()).strip()
        for pre in seite_von(ordner, kapitel).iter(f"{{{N['h']}}}pre")
    )
    assert len(im_buch) >= genug(kapitel, 20)
    assert im_buch == im_netz


@pytest.mark.parametrize("kapitel", KAPITEL, ids=lambda k: k.name)
def test_links_zu_antworten_fuehren_hin_und_zurueck(ordner: Path, kapitel: Kapitel) -> None:
    wurzel = seite_von(ordner, kapitel)
    orte = {element.get("id"): element for element in wurzel.iter() if element.get("id")}
    hin = wurzel.xpath("//h:a[contains(@class, 'hin')]", namespaces=N)
    netz = website(kapitel)
    erwartet = len(netz.select("form.quiz-frage, details.nachgedacht, details.hinweis"))
    erwartet += len(netz.select("details.klappe.solution"))
    assert len(hin) == erwartet >= genug(kapitel, 10)
    for verweis in hin:
        antwort = orte[verweis.get("href")[1:]]
        ende = antwort.getparent()
        assert ende.get("id", "").startswith("ende-"), "nicht am Ende des Kapitels"
        (zurueck,) = antwort.xpath(".//h:a[contains(@class, 'zurueck')]", namespaces=N)
        stelle = orte[zurueck.get("href")[1:]]
        # Der Rückweg endet bei der Frage, von der der Hinweg ausging.
        assert verweis in list(stelle.iter(f"{{{N['h']}}}a"))


@pytest.mark.parametrize("kapitel", KAPITEL, ids=lambda k: k.name)
def test_quiz_nennt_die_richtigen_antworten(ordner: Path, kapitel: Kapitel) -> None:
    im_netz = []
    for frage in website(kapitel).select("form.quiz-frage"):
        urteile = frage.select(".quiz-rueckmeldung")
        richtige = [
            u.strong.get_text()[0] for u in urteile if u["data-urteil"] == "richtig"
        ]
        im_netz.append(" und ".join(", ".join(richtige).rsplit(", ", 1)))
    antworten = seite_von(ordner, kapitel).xpath(
        "//h:section[@id='ende-quiz']/h:div/h:p[@class='frage']", namespaces=N
    )
    assert [worte(a).partition(": ")[2] for a in antworten] == im_netz
    assert len(im_netz) >= genug(kapitel, 5)


def test_live_figuren_fuehren_zur_website(ordner: Path) -> None:
    for kapitel in KAPITEL:
        figuren = seite_von(ordner, kapitel).xpath(
            "//h:figure[contains(@class, 'live')]", namespaces=N
        )
        assert len(figuren) >= genug(kapitel, 1)
        for figur in figuren:
            (verweis,) = figur.xpath(
                ".//h:p[contains(@class, 'live-weg')]/h:a", namespaces=N
            )
            ziel = verweis.get("href")
            assert ziel.startswith("https://")
            assert ziel.endswith(f"{kapitel.docname}.html#{figur.get('id')}")


def test_nichts_von_der_website(ordner: Path) -> None:
    """No script, no form, nothing that folds, no directive or HTML as text."""
    verboten = {
        "script",
        "form",
        "input",
        "button",
        "details",
        "iframe",
        "object",
        "canvas",
    }
    reste = re.compile(r":::|```|\{[a-z:-]+\}`|</?[a-z]+[ >]|&[a-z]+;|\[#\]_|\?\?")
    for datei in dateien(ordner):
        wurzel = baum(ordner, datei)
        namen = {etree.QName(e).localname for e in wurzel.iter() if isinstance(e.tag, str)}
        assert not namen & verboten, datei
        for code in list(wurzel.iter(f"{{{N['h']}}}pre", f"{{{N['h']}}}code")):
            code.text = ""
            for kind in list(code):
                code.remove(kind)
        gefunden = reste.search("".join(wurzel.itertext()))
        assert not gefunden, f"{datei}: {gefunden}"


def test_jedes_bild_sagt_was_es_zeigt(ordner: Path) -> None:
    gezeigt = 0
    for datei in dateien(ordner):
        for bild in baum(ordner, datei).iter(f"{{{N['h']}}}img"):
            gezeigt += 1
            alt = bild.get("alt", "").strip()
            assert len(alt) > 15, f"{datei}: {bild.get('src')}"
            assert PurePosixPath(bild.get("src")).name not in alt
            assert (ordner / PurePosixPath(datei).parent / bild.get("src")).is_file()
    assert gezeigt > 20


def test_deutsch_und_beschrieben(ordner: Path) -> None:
    for datei in dateien(ordner):
        wurzel = baum(ordner, datei)
        assert wurzel.get("lang") == "de"
        assert wurzel.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    opf = baum(ordner, "buch.opf")
    assert opf.findtext(".//d:language", namespaces=N) == "de"
    assert opf.findtext(".//d:title", namespaces=N) == "Deep Learning zum Anfassen"
    assert opf.findtext(".//d:identifier", namespaces=N).startswith("urn:uuid:")
    assert "CC BY-SA 4.0" in opf.findtext(".//d:rights", namespaces=N)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", opf.findtext(".//d:date", namespaces=N))
    meta = {}
    for eintrag in opf.iterfind(".//o:meta", N):
        meta.setdefault(eintrag.get("property"), []).append(eintrag.text)
    assert meta["schema:accessMode"] == ["textual", "visual"]
    assert "textual" in meta["schema:accessModeSufficient"]
    assert {"alternativeText", "MathML"} <= set(meta["schema:accessibilityFeature"])
    assert meta["schema:accessibilityHazard"] == ["none"]
    assert meta["schema:accessibilitySummary"]


def test_umschlag_hat_die_groesse_der_buchlaeden(ordner: Path) -> None:
    opf = baum(ordner, "buch.opf")
    (umschlag,) = opf.iterfind(".//o:item[@properties='cover-image']", N)
    kopf = (ordner / umschlag.get("href")).read_bytes()[:24]
    breite, hoehe = (int.from_bytes(kopf[i : i + 4]) for i in (16, 20))
    assert (breite, hoehe) == (1600, 2560)


def test_register_verweist_auf_glossar_und_kapitel(ordner: Path) -> None:
    wurzel = baum(ordner, "register.xhtml")
    eintraege = {
        worte(li).split(" Glossar")[0]: [a.get("href") for a in li.iterfind(".//h:a", N)]
        for li in wurzel.iterfind(".//h:li", N)
    }
    ziele = eintraege["Batch"]
    assert ziele[0].startswith("book/anhang/glossar.xhtml#")
    assert any(z.startswith("book/keras/erstes-netz.xhtml#") for z in ziele)
    assert "accuracy siehe Genauigkeit" in eintraege
    buchstaben = [worte(h) for h in wurzel.iterfind(".//h:h2", N)]
    assert buchstaben == sorted(buchstaben)


@pytest.fixture(scope="module")
def blatt(browser: Browser) -> Iterator[Page]:
    kontext = browser.new_context()
    yield kontext.new_page()
    kontext.close()


@pytest.mark.parametrize(("breite", "hoehe"), [(390, 844), (820, 1180)])
def test_passt_auf_telefon_und_tablet(
    ordner: Path, blatt: Page, breite: int, hoehe: int
) -> None:
    """Nothing sticks out: most reading devices cannot scroll sideways."""
    blatt.set_viewport_size({"width": breite, "height": hoehe})
    for datei in dateien(ordner):
        blatt.goto((ordner / datei).as_uri())
        # In Code hängen Leerzeichen am Ende einer Zeile über; zu sehen ist das nicht.
        breitestes = blatt.evaluate(
            """() => [...document.querySelectorAll("body *")]
                .filter(e => !e.closest("pre") || e.matches("pre"))
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1
                             || e.matches("pre") && e.scrollWidth > e.clientWidth + 1)
                .map(e => e.outerHTML.slice(0, 200))[0] ?? null"""
        )
        assert breitestes is None, datei


@pytest.mark.parametrize("datei", [f"{s.docname}.xhtml" for s in SEITEN] + VORSPANN)
def test_zugaenglich(ordner: Path, blatt: Page, datei: str) -> None:
    """axe-core finds nothing; contrast of code is tested with the design."""
    blatt.set_viewport_size({"width": 390, "height": 844})
    blatt.goto((ordner / datei).as_uri())
    blatt.evaluate(AXE)
    ergebnis = blatt.evaluate("regeln => axe.run({exclude: ['pre']}, regeln)", REGELN)
    verstoesse = [
        f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in ergebnis["violations"]
    ]
    assert verstoesse == []
