"""Was den Bau scheitern lassen muss, an kleinen Büchern; je eine klare Zeile."""

import pytest

from bau.kleines_projekt import ABBILDUNG, Projekt, kapitel, zelle
from hilfen import baue_buch

BILD = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def test_gutes_buch_wird_gebaut(tmp_path):
    (tmp_path / "bild.svg").write_text(BILD, "utf-8")
    built = baue_buch(tmp_path, {"seite": "# Seite\n\n![Ein leeres Feld](bild.svg)\n"})
    assert built.rc == 0, built.warnungen()


@pytest.mark.parametrize(
    ("text", "meldung"),
    [
        ("![](bild.svg)", "Bild ohne Alternativtext"),
        ("![bild.svg](bild.svg)", "Bild ohne Alternativtext"),
        ("```{figure} bild.svg\nUnterschrift\n```", "Bild ohne Alternativtext"),
        ("![Ein Feld](fehlt.svg)", "fehlt.svg"),
        ("Siehe {ref}`sec-fehlt`.", "sec-fehlt"),
        ("Siehe {numref}`abb-fehlt`.", "abb-fehlt"),
        ("Siehe [dort](fehlt.md).", "fehlt.md"),
        ("Siehe {eq}`gl-fehlt`.", "gl-fehlt"),
        ("Wert {glue:text}`zahl_fehlt`.", "zahl_fehlt"),
        ("(sec-a)=\n## A\n\nText.\n\n(sec-a)=\n## B\n\nText.", "sec-a"),
    ],
)
def test_fehler_im_text(tmp_path, text, meldung):
    (tmp_path / "bild.svg").write_text(BILD, "utf-8")
    built = baue_buch(tmp_path, {"seite": f"# Seite\n\n{text}\n"})
    assert built.rc != 0
    assert any(meldung in line for line in built.warnungen()), built.meldungen


def test_ausgabe_ohne_alternativtext(tmp_path):
    bare = ABBILDUNG.replace("  image:\n    alt: Eine steigende Gerade\n", "")
    projekt = Projekt(tmp_path, {"probe": kapitel(bare)})
    assert projekt.fuehre_aus().rc == 0
    assert projekt.uebernimm().rc == 0
    built = projekt.baue()
    assert built.rc != 0
    assert any("Bild ohne Alternativtext" in line for line in built.warnungen())


def test_ausgabe_auf_stderr_faellt_auf(tmp_path):
    code = "import sys\nprint('Warnung', file=sys.stderr)"
    projekt = Projekt(tmp_path, {"probe": kapitel(zelle(code))})
    projekt.fuehre_aus()
    projekt.uebernimm()
    built = projekt.baue()
    assert built.rc != 0
    assert any("stderr" in line for line in built.warnungen())


def test_kapitel_ohne_ausfuehrung_laeuft_nicht_still_mit(tmp_path):
    """A failing cell fails the build, too, where jupyter-book runs it itself."""
    projekt = Projekt(tmp_path, {"probe": kapitel(zelle("1 / 0"))})
    assert projekt.baue().rc != 0


def test_unbekanntes_kapitel(tmp_path):
    projekt = Projekt(tmp_path, {"probe": kapitel(zelle("1"))})
    done = projekt._python("-m", "buchbau.bauen", "gibtesnicht")
    assert done.rc == 1
    assert "Das Kapitel gibtesnicht steht nicht in _toc.yml" in done.meldungen
    assert "Traceback" not in done.meldungen


def test_seite_die_es_nicht_gibt(tmp_path):
    projekt = Projekt(tmp_path, {"probe": kapitel(zelle("1"))})
    projekt.quelle("probe").unlink()
    done = projekt.fuehre_aus()
    assert done.rc != 0
    assert "_toc.yml nennt probe.md" in done.meldungen
    assert "Traceback" not in done.meldungen


def test_einzelnes_kapitel_bauen(tmp_path):
    """`make html KAPITEL=a` shows the page of a, also while b has never been executed."""
    pages = {
        "a": kapitel(zelle("print('Ausgabe von a')"), titel="A"),
        "b": kapitel(zelle("print('Ausgabe von b')"), titel="B"),
    }
    projekt = Projekt(tmp_path, pages)
    run = projekt._python(
        *("-m", "snakemake", "--cores", "1", "--quiet", "all", "--nolock"),
        *("--rerun-triggers", "mtime", "--config", "kapitel=a"),
    )
    assert run.gestartet == ["a"], run.meldungen
    assert projekt._python("-m", "buchbau.uebernehmen", "a").rc == 0
    done = projekt._python("-m", "buchbau.bauen", "a")
    assert done.rc == 0, done.meldungen
    html = projekt.ordner / "_build" / "html"
    assert "Ausgabe von a" in (html / "a.html").read_text("utf-8")
    assert not (html / "b.html").exists()
    # Die Figuren der Seite finden ihre Module, obwohl der Bau nicht zu Ende ging.
    assert (html / "_static" / "live" / "lader.js").exists()
