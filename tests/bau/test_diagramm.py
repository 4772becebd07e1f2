"""Die Direktive {diagramm}: zeichnet, zählt, merkt sich; Fehler in einer Zeile."""

from __future__ import annotations

from pathlib import Path

import pytest

from buchbau.sphinx.diagramm import DiagrammFehler, zeichne
from buchbau.zeichnen import Form, als_text
from hilfen import baue_buch

MODUL = """
from buchbau.zeichnen import Diagramm

def netz():
    bild = Diagramm(hoehe=40)
    links = bild.schicht(20, 20, 784, zeige=4, name="Eingabe", farbe="training")
    rechts = bild.schicht(60, 20, 3, name="Ausgabe", beschriftung=["0", "1", "2"])
    bild.verbinde(links, rechts, gewichte=[[1, -2, 0.5]] * 4)
    kasten = bild.kasten(90, 20, 12, 8, "$\\\\hat{y}$")
    bild.pfeil(rechts.rahmen, kasten, "argmax")
    bild.tensor(40, 20, 5, 5, 4, raster=(2, 2), name="Tensor")
    bild.matrix(80, 35, [[1, -0.5]], markiert=[(0, 1)])
    bild.knoten(10, 35, "x", wert=0.5, gradient=-2)
    bild.klammer(5, 30, 4, "unten")
    return bild

def bruch():
    return 1 / 0
"""


@pytest.fixture
def ordner(tmp_path: Path) -> Path:
    ordner = tmp_path / "diagramme"
    ordner.mkdir()
    (ordner / "probe.py").write_text(MODUL, "utf-8")
    return ordner


def test_zeichnet_einmal_und_erst_nach_aenderung_wieder(
    ordner: Path, tmp_path: Path
) -> None:
    ablage = tmp_path / "ablage"
    _, stamm = zeichne("probe.netz", ordner, ablage)
    svg = stamm.with_suffix(".svg")
    erste_zeit = svg.stat().st_mtime_ns
    assert svg.read_bytes().startswith(b"<?xml")
    assert stamm.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    assert zeichne("probe.netz", ordner, ablage)[1] == stamm
    assert svg.stat().st_mtime_ns == erste_zeit
    (ordner / "probe.py").write_text(MODUL + "\n# neu\n", "utf-8")
    assert zeichne("probe.netz", ordner, ablage)[1] != stamm


@pytest.mark.parametrize(
    ("ziel", "meldung"),
    [
        ("probe.fehlt", "Die Funktion »fehlt« gibt es in diagramme/probe.py nicht."),
        (
            "andere.netz",
            "Das Modul »andere« gibt es in diagramme/ nicht (vorhanden: probe).",
        ),
        ("netz", "»netz« nennt kein Diagramm: Erwartet wird modul.funktion."),
        ("probe.bruch", "Das Diagramm »probe.bruch« bricht ab: ZeroDivisionError"),
    ],
)
def test_fehler_sind_eine_deutsche_zeile(
    ordner: Path, tmp_path: Path, ziel: str, meldung: str
) -> None:
    with pytest.raises(DiagrammFehler) as fehler:
        zeichne(ziel, ordner, tmp_path)
    assert str(fehler.value).startswith(meldung)
    assert "\n" not in str(fehler.value)


def test_auf_der_seite(ordner: Path, tmp_path: Path) -> None:
    seite = """# Probe

Siehe {numref}`abb-netz`.

:::{diagramm} probe.netz
:name: abb-netz
:alt: Zwei Spalten von Kreisen.
Ein kleines Netz mit $n$ Neuronen.
:::

:::{diagramm} probe.netz
Ohne Alternativtext.
:::

:::{diagramm} probe.fehlt
:alt: Nichts.
Gibt es nicht.
:::
"""
    ergebnis = baue_buch(
        tmp_path / "buch",
        {"probe": seite},
        {"sphinx": {"config": {"diagramm_ordner": str(ordner), "numfig": True}}},
        streng=False,
    )
    html = ergebnis.seite("probe")
    assert 'alt="Zwei Spalten von Kreisen."' in html
    assert html.count('class="nur-hell') == html.count('class="nur-dunkel') == 2
    assert 'id="abb-netz"' in html
    bilder = ergebnis.ordner / "_build" / "html" / "_images"
    assert list(bilder.glob("probe-netz-*-dunkel.svg"))
    warnungen = "\n".join(ergebnis.warnungen())
    assert "Dem Diagramm »probe.netz« fehlt der Alternativtext" in warnungen
    assert "Die Funktion »fehlt« gibt es" in warnungen


KARTE = """
from buchbau.zeichnen import Diagramm

def karte():
    bild = Diagramm(hoehe=20, breite=40)
    bild.verweis(bild.kasten(10, 15, 20, 10, "A"), "kap-da", "Zum Kapitel A")
    bild.verweis(bild.kasten(30, 5, 20, 10, "B"), "kap-folgt", "Zum Kapitel B")
    return bild
"""


def test_bild_mit_verweisen(tmp_path: Path) -> None:
    """Areas become links, or the bare name where the page is yet to come."""
    ordner = tmp_path / "diagramme"
    ordner.mkdir()
    (ordner / "wege.py").write_text(KARTE, "utf-8")
    seiten = {
        "probe": "# Probe\n\n:::{diagramm} wege.karte\n:alt: Zwei.\nKarte.\n:::\n",
        "da": "(kap-da)=\n# Schon da\n\nText.\n",
    }
    ergebnis = baue_buch(
        tmp_path / "buch",
        seiten,
        {"sphinx": {"config": {"diagramm_ordner": str(ordner), "nitpicky": True}}},
    )
    assert ergebnis.rc == 0, ergebnis.meldungen
    html = ergebnis.seite("probe")
    assert 'style="left: 0.00%; top: 0.00%; width: 50.00%; height: 50.00%"' in html
    assert html.count('class="verweise"') == 1
    a, b = html.split('class="verweise"')[1].split("</ul>")[0].split("</li>")[:2]
    assert 'href="da.html#kap-da"' in a
    assert "Zum Kapitel A" in a
    assert "<a " not in b
    assert "Zum Kapitel B" in b


def test_pfeile_docken_am_rand() -> None:
    kreis = Form(0, 0, 2, 2, rund=True)
    assert kreis.rand((10, 0)) == (2, 0)
    kasten = Form(0, 0, 4, 1)
    assert kasten.rand((8, 4)) == (2, 1)
    assert kasten.rand((0, 0)) == (0, 0)


def test_zahlen_stehen_deutsch() -> None:
    assert als_text(-0.5) == "\N{MINUS SIGN}0,5"
    assert als_text(3) == "3"
    assert als_text("a.b") == "a.b"
