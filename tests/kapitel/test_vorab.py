"""Die Seiten ohne Nummer sagen, was ist: Versionen, Meldungen, Kurse, Daten, Zitat."""

from __future__ import annotations

import itertools
import re

import pytest
import yaml

import dlbuch
from buchbau import datensatz, lernpfade
from buchbau.kapitel import BuchFehler, finde, lies_buch
from buchbau.messwerte import lies as lies_protokoll
from buchbau.pannen import PANNEN, ZIEL
from buchbau.schluessel import lies_notizbuch
from buchbau.uebernehmen import ausgefuehrtes_notizbuch
from buchbau.versionen import gelockt, pip_zeile
from hilfen import PROJEKT


def quelle(name: str) -> str:
    return finde(name, PROJEKT).quelle.read_text("utf-8")


def bloecke(name: str, sprache: str) -> list[str]:
    """Return the code blocks of a page in one language, continued lines joined."""
    found = re.findall(rf"^```{sprache}\n(.*?)^```", quelle(name), re.M | re.S)
    return [block.replace(" \\\n    ", " ") for block in found]


def ausgaben(name: str) -> str:
    """Return all that the cells of an executed page have printed."""
    cells = ausgefuehrtes_notizbuch(finde(name, PROJEKT)).cells
    outputs = [out for cell in cells for out in cell.get("outputs", [])]
    return "".join(out.text for out in outputs if out.output_type == "stream")


# --- Einrichtung


def test_befehle_nennen_die_versionen_des_locks():
    """Linux and macOS, Windows, Miniconda: the same line, the lock's versions."""
    commands = bloecke("einrichtung", "bash") + bloecke("einrichtung", "powershell")
    lines = [line for block in commands for line in block.splitlines() if "keras==" in line]
    whole = [line for line in lines if "numpy<2" not in line]
    assert len(whole) == 3
    assert {line.removeprefix("python -m pip install ") for line in whole} == {
        f"{pip_zeile()} jupyterlab"
    }
    old_mac = next(line for line in lines if "numpy<2" in line)
    assert f"keras=={gelockt()['keras']}" in old_mac


def test_jede_genannte_version_steht_im_lock():
    """Also in the prose below: nothing pinned that the lock does not pin."""
    known = {f"{name}=={version}" for name, version in gelockt().items()}
    named = set(re.findall(r"\b[a-z-]+(?:\[[a-z-]+\])?==[\d.]+\d", quelle("einrichtung")))
    named = {re.sub(r"\[.*?\]", "", name) for name in named}
    assert named - known == {"tensorflow==2.16.2"}  # das letzte für Macs mit Intel


def test_jede_panne_steht_mit_ihrer_meldung_auf_der_seite():
    shown = re.findall(r"\{literalinclude\} meldungen/(.+)\.txt", quelle("einrichtung"))
    assert sorted(shown) == sorted(PANNEN)
    files = {path.stem for path in (PROJEKT / ZIEL).glob("*.txt")}
    assert files == set(PANNEN)


@pytest.mark.parametrize(
    ("name", "kern"),
    [
        ("verwaltet", "externally-managed-environment"),
        ("ohne-venv", "ensurepip is not"),
        ("altes-python", "No matching distribution found"),
        ("neues-python", "No matching distribution found for tensorflow"),
        ("falscher-kernel", "No module named 'keras'"),
        ("numpy", "compiled using NumPy 1.x"),
        ("keine-gpu", "Could not find cuda drivers"),
        ("platte-voll", "No space left on device"),
    ],
)
def test_meldungen_sind_echt_und_sagen_das_wesentliche(name, kern):
    """As captured: the heart is there, nothing of the machine that made them."""
    text = (PROJEKT / ZIEL / f"{name}.txt").read_text("utf-8")
    assert kern in re.sub(r"\s+", " ", text)
    assert not re.search(r"/tmp|/root|/home|/work|/opt|https?://", text)
    assert max(map(len, text.splitlines())) <= 84


def test_was_nicht_lief_ist_gekennzeichnet():
    """Each way that cannot be run here says so in the source and cites a page with date."""
    source = quelle("einrichtung")
    for label in ("sec-colab", "sec-binder", "sec-conda", "sec-vscode", "sec-panne-gpu"):
        part = re.split(rf"^\({label}\)=$", source, flags=re.M)[1]
        part = re.split(r"^\([a-z-]+\)=$", part, flags=re.M)[0]
        assert "% nicht ausgeführt:" in part, label
        assert re.search(r"\]\(https://[^)]+\)[^\n]*gelesen am \d+\. \w+ \d{4}", part), (
            label
        )
    for part in re.split(r"^### ", source, flags=re.M):
        if part.startswith(("Windows", "Macs mit Intel")):
            assert "% nicht ausgeführt:" in part


def test_die_probe_geht_gut_aus():
    assert ausgaben("einrichtung").endswith("Alles bereit.\n")
    record = lies_protokoll(finde("einrichtung", PROJEKT))
    for name in ("tensorflow", "keras", "numpy"):
        assert record["versionen"][name] == gelockt()[name]
        assert re.search(rf"^{name} +{gelockt()[name]}$", ausgaben("einrichtung"), re.M)


# --- Python-Auffrischung


def test_wuerfel_schlagen_sich_im_kreis():
    """The page's claim by exact counting: equal sums, five ninths around the circle."""
    space: dict[str, list[int]] = {}
    (source,) = [
        c.source
        for c in lies_notizbuch(finde("python-auffrischung", PROJEKT).quelle).cells
        if c.cell_type == "code" and c.source.startswith("A = [")
    ]
    exec(source, space)
    dice = [space[name] for name in "ABC"]
    assert len({sum(die) for die in dice}) == 1
    for first, second in itertools.pairwise([*dice, dice[0]]):
        assert sum(a > b for a in first for b in second) == 20


# --- Über dieses Buch


def test_lernpfade_kennen_jedes_kapitel():
    paths = lernpfade.lies_lernpfade(PROJEKT)
    written = {page.docname for page in lies_buch(PROJEKT) if page.nummer is not None}
    linked = {stop.docname for c in paths.kurse for day in c.tage for stop in day}
    assert paths.geschrieben == len(written)
    assert paths.geplant == 24
    assert linked - {None} <= written
    assert [len(course.tage) for course in paths.kurse] == [4, 3, 1, 1]


def test_titel_im_verzeichnis_sind_die_der_seiten():
    """So that a course reads the same before and after a chapter is written."""
    planned = yaml.safe_load((PROJEKT / lernpfade.DATEI).read_text("utf-8"))["kapitel"]
    pages = {p.name: p.titel for p in lies_buch(PROJEKT) if p.nummer is not None}
    assert pages == {name: planned[name] for name in pages}


@pytest.mark.parametrize(
    ("halt", "meldung"), [("cnnn", "steht nicht unter kapitel"), ("cnn 30", "erlaubt sind")]
)
def test_falscher_lernpfad_wird_genannt(halt, meldung):
    with pytest.raises(BuchFehler, match=meldung):
        lernpfade._halt(halt, {"cnn": "CNN"}, {})


@pytest.mark.parametrize(
    ("minuten", "text"), [(0, "0 min"), (45, "45 min"), (180, "3 h"), (375, "6 h 15 min")]
)
def test_dauer(minuten, text):
    assert lernpfade.dauer(minuten).replace("\N{NO-BREAK SPACE}", " ") == text


def test_zitat_ist_das_der_citation_cff():
    cff = yaml.safe_load((PROJEKT / "CITATION.cff").read_text("utf-8"))
    entry = bloecke("ueber-dieses-buch", "bibtex")[0]
    found = dict(re.findall(r"^\s+(\w+)\s+= \{+(.*?)\}+,$", entry, re.M | re.S))
    assert re.sub(r"\s+", " ", found["title"]) == cff["title"]
    assert found["author"] == cff["authors"][0]["name"]
    assert found["version"] == cff["version"]
    assert found["url"] == cff["url"]
    assert found["year"] == cff["date-released"][:4]


def test_jeder_baustein_wird_vorgefuehrt():
    """The page shows what it explains: each box, a figure, an exercise with its check."""
    source = quelle("ueber-dieses-buch")
    for part in ("term", "raten", "nachgedacht", "live", "quiz", "hinweis", "glue:text"):
        assert f"{{{part}}}" in source
    for part in ("exercise-start", "solution-start", "zeige_fehler(", "[pruefung]", "gl-"):
        assert part in source


# --- Datensätze


def test_jeder_datensatz_steht_auf_der_seite():
    source = quelle("datensaetze")
    shown = re.findall(r"^```\{datensatz\} (\S+)$", source, re.M)
    assert sorted(shown) == sorted(datensatz.datensaetze(PROJEKT))
    assert sorted(finde("datensaetze", PROJEKT).kopf["daten"]) == sorted(shown)
    assert source.count("**Fallstricke.**") == len(shown)


def test_jede_ladefunktion_wird_vorgefuehrt():
    """An executed look at each set; lade_modell loads no data."""
    cells = lies_notizbuch(finde("datensaetze", PROJEKT).quelle).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    loaders = {name for name in dlbuch.__all__ if name.startswith("lade_")}
    for name in loaders - {"lade_modell"}:
        assert f"dlbuch.{name}(" in code, name


def test_tabelle_und_pruefsummen_muessen_einig_sein(tmp_path):
    (tmp_path / "data").mkdir()
    head = "| " + " | ".join(datensatz.KOPF) + " |\n|---|---|---|---|---|\n"
    row = "| `a.csv` (1 KB) | A | B | CC0 | `a.py` |\n"
    (tmp_path / datensatz.LIESMICH).write_text(head + row, "utf-8")
    (tmp_path / datensatz.SUMMEN).write_text("0  a.csv\n1  b.csv\n", "utf-8")
    with pytest.raises(BuchFehler, match=r"uneins über b\.csv"):
        datensatz.datensaetze(tmp_path)
    (tmp_path / datensatz.SUMMEN).write_text("0  a.csv\n", "utf-8")
    assert datensatz.datensaetze(tmp_path)["a"].skript == "`a.py`"
    with pytest.raises(BuchFehler, match="Den Datensatz c gibt es nicht"):
        datensatz.steckbrief(tmp_path, "c")


def test_steckbrief_nennt_die_kapitel():
    lines = dict(datensatz.steckbrief(PROJEKT, "pinguine"))
    assert "{ref}`kap-clustering`" in lines["Benutzt in"]
    assert lines["Laden"] == "`dlbuch.lade_pinguine()`"
