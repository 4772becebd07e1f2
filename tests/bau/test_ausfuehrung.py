"""Die Ausführung der Kapitel: was läuft, was nicht, und was ein Fehler sagt."""

import json
import shutil

import nbformat
import pytest
from nbclient.exceptions import CellTimeoutError

from bau.kleines_projekt import ABBILDUNG, Projekt, kapitel, zelle
from buchbau.ausfuehren import ursache
from buchbau.kapitel import finde
from buchbau.schluessel import inhaltsschluessel

LIEST = (
    "import os\nfrom pathlib import Path\n"
    "print(Path(os.environ['DLBUCH_DATEN'], 'punkte.csv').read_text())"
)


PROBE = kapitel(ABBILDUNG + "\nEin Absatz.\n\n" + zelle(LIEST), daten="punkte")


@pytest.fixture
def projekt(tmp_path):
    """A project with one chapter that draws a figure and reads a data file."""
    return Projekt(tmp_path, {"probe": PROBE})


@pytest.fixture(scope="module")
def einmal_ausgefuehrt(tmp_path_factory):
    """The same project, executed: once for all tests that begin after that."""
    project = Projekt(tmp_path_factory.mktemp("ausgefuehrt"), {"probe": PROBE})
    done = project.fuehre_aus()
    assert done.gestartet == ["probe"], done.meldungen
    return project


@pytest.fixture
def fertig(einmal_ausgefuehrt, tmp_path):
    """A copy of the executed project, to be damaged."""
    return einmal_ausgefuehrt.kopie(tmp_path)


def schluessel(projekt):
    return inhaltsschluessel(finde("probe", projekt.ordner))


@pytest.mark.parametrize(
    ("alt", "neu"),
    [
        ("Ein Absatz.", "Ein anderer Absatz mit mehr Text."),
        ("caption: Eine Gerade.", "caption: Eine steigende Gerade."),
        ("alt: Eine steigende Gerade", "alt: Die Winkelhalbierende"),
        ("kurz: Ein Satz.", "kurz: Ein anderer Satz."),
    ],
)
def test_text_aendert_den_schluessel_nicht(projekt, alt, neu):
    before = schluessel(projekt)
    projekt.aendere("probe", alt, neu)
    assert schluessel(projekt) == before


def test_code_aendert_den_schluessel(projekt):
    before = schluessel(projekt)
    projekt.aendere("probe", "plt.plot([0, 1])", "plt.plot([0, 2])")
    assert schluessel(projekt) != before


def test_ausfuehrungsmarke_aendert_den_schluessel(projekt):
    before = schluessel(projekt)
    projekt.aendere("probe", "import os\n", ":tags: [raises-exception]\nimport os\n")
    assert schluessel(projekt) != before


def test_aussehensmarke_aendert_den_schluessel_nicht(projekt):
    before = schluessel(projekt)
    projekt.aendere("probe", "import os\n", ":tags: [hide-input]\nimport os\n")
    assert schluessel(projekt) == before


def test_helfer_aendert_den_schluessel(projekt):
    before = schluessel(projekt)
    helper = projekt.ordner / "code" / "dlbuch" / "zahlen.py"
    helper.write_text(helper.read_text("utf-8") + "\nNEU = 1\n", "utf-8")
    assert schluessel(projekt) != before


def test_daten_aendern_den_schluessel(projekt):
    before = schluessel(projekt)
    projekt.daten("punkte.csv", "1,3\n")
    assert schluessel(projekt) != before


def test_nicht_genannte_daten_aendern_den_schluessel_nicht(projekt):
    before = schluessel(projekt)
    (projekt.ordner / "data" / "anderes.csv").write_text("5\n", "utf-8")
    assert schluessel(projekt) == before


def test_lock_aendert_den_schluessel(projekt):
    before = schluessel(projekt)
    lock = projekt.ordner / "requirements.txt"
    lock.write_text(lock.read_text("utf-8") + "# neu\n", "utf-8")
    assert schluessel(projekt) != before


def test_backend_aendert_den_schluessel(projekt, monkeypatch):
    before = schluessel(projekt)
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    assert schluessel(projekt) != before


def test_geraet_aendert_den_schluessel_nur_wo_eins_gewuenscht_ist(projekt, monkeypatch):
    before = schluessel(projekt)
    monkeypatch.setenv("DLBUCH_GERAET", "gpu")
    assert schluessel(projekt) == before
    projekt.aendere("probe", "kurz: Ein Satz.", "kurz: Ein Satz.\ngpu: true")
    assert schluessel(projekt) != before


def test_vom_text_bis_zur_seite(projekt):
    """One chapter through the whole way; then changes of text alone run nothing."""
    first = projekt.fuehre_aus()
    assert first.gestartet == ["probe"], first.meldungen
    executed = projekt.notizbuecher()
    assert projekt.uebernimm().rc == 0
    built = projekt.baue()
    assert built.rc == 0, built.warnungen()
    assert "Using cached notebook" in built.meldungen
    assert "Ausgeführt am" in built.seite("probe")

    projekt.aendere("probe", "caption: Eine Gerade.", "caption: Neue Unterschrift.")
    projekt.aendere("probe", "alt: Eine steigende Gerade", "alt: Neuer Alternativtext")
    projekt.aendere("probe", "Ein Absatz.", "Ein neuer Absatz.")
    second = projekt.fuehre_aus()
    assert second.rc == 0
    assert second.gestartet == []
    assert projekt.notizbuecher() == executed
    assert projekt.uebernimm().rc == 0
    rebuilt = projekt.baue()
    assert rebuilt.rc == 0, rebuilt.warnungen()
    page = rebuilt.seite("probe")
    for text in ("Neue Unterschrift.", "Neuer Alternativtext", "Ein neuer Absatz."):
        assert text in page
    assert "Executing" not in rebuilt.meldungen

    projekt.aendere("probe", "plt.plot([0, 1])", "plt.plot([0, 2])")
    assert projekt.fuehre_aus().gestartet == ["probe"]


def test_cache_wandert_in_einen_frischen_klon(einmal_ausgefuehrt, tmp_path):
    clone = Projekt(tmp_path, {"probe": PROBE})
    shutil.copytree(
        einmal_ausgefuehrt.ordner / "_build" / "ausgefuehrt",
        clone.ordner / "_build" / "ausgefuehrt",
        copy_function=shutil.copyfile,  # frische Zeiten, keine Aufzeichnungen
    )
    again = clone.fuehre_aus()
    assert again.rc == 0, again.meldungen
    assert again.gestartet == []
    assert clone.uebernimm().rc == 0


def test_ausgefuehrtes_wandert_als_anhang_eines_laufs(einmal_ausgefuehrt, tmp_path):
    """GitHub's artifacts carry neither empty folders nor hidden files."""
    clone = Projekt(tmp_path, {"probe": PROBE})
    source = einmal_ausgefuehrt.ordner / "_build" / "ausgefuehrt"
    for path in source.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            target = clone.ordner / "_build" / "ausgefuehrt" / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    again = clone.fuehre_aus()
    assert again.rc == 0, again.meldungen
    assert again.gestartet == []
    assert clone.uebernimm().rc == 0


@pytest.mark.parametrize("schaden", ["anders", "fort"])
def test_beschaedigtes_netz_wird_in_einer_zeile_gemeldet(tmp_path, schaden):
    code = (
        "import os, pathlib\n"
        "pathlib.Path(os.environ['DLBUCH_MODELLE'], 'netz.keras').write_bytes(b'abc')"
    )
    projekt = Projekt(tmp_path, {"probe": kapitel(zelle(code))})
    assert projekt.fuehre_aus().rc == 0
    assert projekt.uebernimm().rc == 0
    shown = projekt.ordner / "_build" / "modelle" / "probe"
    assert [path.name for path in shown.iterdir()] == ["netz.keras"]
    (net,) = (projekt.ordner / "_build" / "ausgefuehrt").glob("*.modelle/netz.keras")
    if schaden == "fort":
        net.unlink()
    else:
        net.write_bytes(b"abd")
    taken = projekt.uebernimm()
    assert taken.rc == 1
    (line,) = [x for x in taken.meldungen.splitlines() if x.startswith("✘")]
    assert "fehlt ein Netz oder ist beschädigt" in line
    assert shown.exists(), "Was schon da war, bleibt."
    for name in projekt.notizbuecher():
        (projekt.ordner / "_build" / "ausgefuehrt" / name).unlink()
    assert projekt.fuehre_aus().gestartet == ["probe"], "So heilt, was die Zeile rät."
    assert projekt.uebernimm().rc == 0


def test_jedes_beschaedigte_kapitel_bekommt_seine_zeile(tmp_path):
    pages = {name: kapitel(zelle("1"), titel=name) for name in ("eins", "zwei", "drei")}
    projekt = Projekt(tmp_path, pages)
    assert projekt.fuehre_aus().rc == 0
    for name in projekt.notizbuecher():
        if not name.startswith("zwei"):
            (projekt.ordner / "_build" / "ausgefuehrt" / name).write_text("{", "utf-8")
    taken = projekt.uebernimm()
    assert taken.rc == 1
    lines = [x for x in taken.meldungen.splitlines() if x.startswith("✘")]
    assert [x.split()[1].split("-")[0] for x in lines] == ["eins", "drei"]
    assert (projekt.ordner / "_build" / "messwerte" / "zwei.json").exists()


def test_beschaedigtes_notebook_wird_in_einer_zeile_gemeldet(fertig):
    for name in fertig.notizbuecher():
        (fertig.ordner / "_build" / "ausgefuehrt" / name).write_text("{", "utf-8")
    taken = fertig.uebernimm()
    assert taken.rc == 1
    assert "beschädigt" in taken.meldungen
    assert "Traceback" not in taken.meldungen


@pytest.mark.parametrize("inhalt", ["{", '{"kapitel": "probe", "sekunden": 3}', "[]", None])
def test_beschaedigtes_oder_altes_protokoll_wird_in_einer_zeile_gemeldet(fertig, inhalt):
    (record,) = (fertig.ordner / "_build" / "ausgefuehrt").glob("*.json")
    if inhalt is None:
        record.unlink()
    else:
        record.write_text(inhalt, "utf-8")
    taken = fertig.uebernimm()
    assert taken.rc == 1
    (line,) = [x for x in taken.meldungen.splitlines() if x.startswith("✘")]
    assert "fehlt, ist beschädigt oder stammt von einer älteren Fassung" in line
    assert str(fertig.ordner) not in line
    assert "Traceback" not in taken.meldungen


def test_kaputte_messwerte_halten_nichts_auf(fertig):
    """What `uebernehmen` writes itself is written anew: no reason to stop."""
    for text in ("{", '{"sekunden": 3}'):
        record = fertig.ordner / "_build" / "messwerte" / "probe.json"
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(text, "utf-8")
        assert fertig.fuehre_aus().rc == 0
        assert fertig.uebernimm().rc == 0
        assert json.loads(record.read_text("utf-8"))["kapitel"] == "probe"
    (memory,) = (fertig.ordner / "_build" / "ausgefuehrt").glob("*.tsv")
    memory.write_bytes(b"max_rss\n\xff\n")
    assert fertig.uebernimm().rc == 0
    assert json.loads(record.read_text("utf-8"))["speicher_mb"] is None


def test_beschaedigter_jupyter_cache_wird_neu_angelegt(fertig):
    assert fertig.uebernimm().rc == 0
    (fertig.ordner / "_build" / ".jupyter_cache" / "global.db").write_bytes(b"kaputt" * 99)
    taken = fertig.uebernimm()
    assert taken.rc == 0, taken.meldungen
    assert "war beschädigt und wird neu angelegt" in taken.meldungen
    assert "Traceback" not in taken.meldungen
    assert "Using cached notebook" in fertig.baue().meldungen


def test_fehlende_gpu_wird_in_einer_zeile_gemeldet(projekt):
    projekt.aendere("probe", "kurz: Ein Satz.", "kurz: Ein Satz.\ngpu: true")
    done = projekt.fuehre_aus(DLBUCH_GERAET="gpu")
    assert done.rc != 0
    assert "✘ Das Kapitel soll auf einer GPU laufen" in done.meldungen
    assert "DLBUCH_GERAET=cpu" in done.meldungen
    assert "Traceback" not in done.meldungen


def test_aufraeumen_loescht_nur_was_zu_keinem_kapitel_mehr_gehoert(fertig):
    folder = fertig.ordner / "_build" / "ausgefuehrt"
    kept = sorted(path.name for path in folder.iterdir())
    (folder / "probe-0123456789ab.ipynb").write_text("{}", "utf-8")
    (folder / "fort-0123456789ab.modelle").mkdir()
    (folder / f"{kept[0]}.teil").write_text("", "utf-8")
    done = fertig._python("-m", "buchbau.aufraeumen")
    assert done.rc == 0, done.meldungen
    assert "3 veraltete" in done.meldungen
    assert sorted(path.name for path in folder.iterdir()) == kept
    fertig.aendere("probe", "plt.plot([0, 1])", "plt.plot([0, 2])")
    assert fertig._python("-m", "buchbau.aufraeumen").rc == 0
    assert list(folder.iterdir()) == []
    fertig.aendere("probe", "lernzeit: 5\n", "")
    failed = fertig._python("-m", "buchbau.aufraeumen")
    assert failed.rc == 1
    assert "✘ probe.md: Im Kopf fehlt lernzeit" in failed.meldungen
    assert "Traceback" not in failed.meldungen


def test_leerer_ordner_und_eigene_umgebung(tmp_path):
    code = (
        "import os\nassert os.listdir() == [], os.listdir()\n"
        "assert not [k for k in os.environ if k == 'DLBUCH_FREMD']\n"
        "assert os.path.dirname(os.getcwd()) in os.environ['KERAS_HOME']\n"
        "assert os.environ['TF_NUM_INTRAOP_THREADS'] == os.environ['OMP_NUM_THREADS']\n"
        "import dlbuch\nassert os.path.dirname(os.getcwd()) in dlbuch.__file__"
    )
    projekt = Projekt(tmp_path, {"probe": kapitel(zelle(code))})
    done = projekt.fuehre_aus(DLBUCH_FREMD="1")
    assert done.rc == 0, done.meldungen


def test_text_einer_zelle_bleibt_ein_stueck(tmp_path):
    """Flushes and kept numbers do not tear the text of a cell apart."""
    code = (
        "import sys, dlbuch\n"
        "for i in range(3):\n    print('Zeile', end=' ')\n    sys.stdout.flush()\n"
        "    print(dlbuch.merke(f'zahl_{i}', i, 'd'))"
    )
    claims = ", ".join(f"zahl_{i}: {{cpu: [0, 2]}}" for i in range(3))
    projekt = Projekt(tmp_path, {"probe": kapitel(zelle(code), behauptungen=claims)})
    assert projekt.fuehre_aus().rc == 0
    (name,) = projekt.notizbuecher()
    notebook = nbformat.read(projekt.ordner / "_build" / "ausgefuehrt" / name, 4)
    first, *rest = notebook.cells[-1].outputs
    assert first.text == "Zeile 0\nZeile 1\nZeile 2\n"
    assert [out.metadata["dlbuch"]["wert"] for out in rest] == [0, 1, 2]


def test_nicht_genannte_daten_fehlen(tmp_path):
    projekt = Projekt(tmp_path, {"probe": kapitel(zelle(LIEST))})
    done = projekt.fuehre_aus()
    assert done.rc != 0
    assert "FileNotFoundError" in done.meldungen


def test_fehlerhafte_zelle_nennt_kapitel_zelle_und_fehler(tmp_path):
    good = kapitel(zelle("print(1)"), titel="Gut")
    bad = kapitel(zelle("a = 1") + zelle("b = 2\nb / 0"), titel="Schlecht")
    projekt = Projekt(tmp_path, {"schlecht": bad, "gut": good})
    done = projekt.fuehre_aus()
    assert done.rc != 0
    assert "schlecht.md, Codezelle 2 von 2" in done.meldungen
    assert "b / 0" in done.meldungen
    assert "ZeroDivisionError: division by zero" in done.meldungen
    assert "Traceback" not in done.meldungen
    # Das andere Kapitel ist trotzdem fertig geworden.
    assert [n for n in projekt.notizbuecher() if n.startswith("gut-")]


def test_zeitgrenze(tmp_path):
    code = zelle("a = 1") + zelle("import time\ntime.sleep(60)") + zelle("b = 2")
    projekt = Projekt(tmp_path, {"probe": kapitel(code, laufzeit=1)})
    done = projekt.fuehre_aus()
    assert done.rc != 0
    assert "länger als 3 s" in done.meldungen
    assert "Codezelle 2 von 3" in done.meldungen


def test_zweiter_fehler_beim_aufraeumen_verdeckt_den_ersten_nicht():
    """As nbclient does when a kernel that takes too long cannot be stopped cleanly."""
    with pytest.raises(AttributeError) as stopped:  # noqa: PT012 (zwei Fehler auf einmal)
        try:
            raise CellTimeoutError("zu lang")
        finally:
            raise AttributeError("cleanup_resources")
    assert isinstance(ursache(stopped.value), CellTimeoutError)
    assert ursache(ValueError("etwas anderes")) is None


def test_laengstes_zuerst(tmp_path):
    pages = {
        name: kapitel(zelle(f"'{name}'"), titel=name, laufzeit=budget)
        for name, budget in (("kurz", 10), ("lang", 90), ("mittel", 40))
    }
    projekt = Projekt(tmp_path, pages)
    assert projekt.fuehre_aus(kerne=1).gestartet == ["lang", "mittel", "kurz"]


ZAHL = zelle("import dlbuch\ndlbuch.merke('quote', 0.5, '.0%')")
EINS = zelle("1")


@pytest.fixture(scope="module")
def zahlen(tmp_path_factory):
    """An executed project whose chapters keep a number once, never and twice."""
    bodies = {"eine": ZAHL, "keine": EINS, "zwei": ZAHL + ZAHL}
    pages = {name: kapitel(body) for name, body in bodies.items()}
    project = Projekt(tmp_path_factory.mktemp("zahlen"), pages)
    assert project.fuehre_aus().rc == 0
    return project


@pytest.mark.parametrize(
    ("behauptungen", "rumpf", "meldung"),
    [
        ("quote: {cpu: [0.4, 0.6]}", ZAHL, None),
        ("quote: {cpu: [0.6, 0.9]}", ZAHL, "quote = 0.5 liegt auf CPU nicht im Bereich"),
        ("", ZAHL, "Die Zahl quote hat keinen Bereich"),
        ("quote: {cpu: [0, 1]}", EINS, "keine Zelle merkt diese Zahl"),
        ("quote: {cpu: [0, 1]}", ZAHL + ZAHL, "kommt zweimal vor"),
    ],
)
def test_behauptungen(zahlen, tmp_path, behauptungen, rumpf, meldung):
    """Claims are no part of the content key: one run for all of them."""
    projekt = zahlen.kopie(tmp_path)
    names = {ZAHL: "eine", EINS: "keine", ZAHL + ZAHL: "zwei"}
    text = kapitel(rumpf, behauptungen=behauptungen)
    projekt.quelle(names[rumpf]).write_text(text, "utf-8")
    taken = projekt._python("-m", "buchbau.uebernehmen", names[rumpf])
    if meldung is None:
        assert taken.rc == 0, taken.meldungen
    else:
        assert taken.rc == 1
        assert meldung in taken.meldungen
        assert "Traceback" not in taken.meldungen


@pytest.mark.parametrize(
    ("alt", "neu", "meldung"),
    [
        ("lernzeit: 5\n", "", "Im Kopf fehlt lernzeit"),
        ("lernzeit: 5\n", "lernzeit: lang\n", "lernzeit im Kopf hat die falsche Art"),
        ("kurz: Ein Satz.", "kurtz: Ein Satz.", "Im Kopf fehlt kurz"),
        ("wege: {}", "wege: {}\nschluesselzahl: q", "schluesselzahl im Kopf steht nicht"),
        ("wege: {}", "wege: {20: alles}", "wege im Kopf kennt nur 15, 45, 90"),
        ("behauptungen: {}", "behauptungen: {q: {cpu: [2, 1]}}", "muss [von, bis] sein"),
        ("daten: [punkte]", "daten: [punkte", "Der Kopf ist kein gültiges YAML"),
    ],
)
def test_kopf_mit_fehlern(projekt, alt, neu, meldung):
    projekt.aendere("probe", alt, neu)
    done = projekt.fuehre_aus()
    assert done.rc != 0
    assert meldung in done.meldungen
    assert "Traceback" not in done.meldungen
