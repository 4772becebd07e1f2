"""Der Export der Notebooks: Umsetzung, Schnitt, Übungen, Mitgift, Knöpfe."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import nbformat
import pytest
import yaml

from bau.kleines_projekt import Projekt
from buchbau.kapitel import BuchFehler, Kapitel, lies_buch, lies_kopf
from buchbau.notizbuch import __main__ as export
from buchbau.notizbuch import (
    direktiven,
    hefte,
    mitgift,
    myst,
    rollen,
    schnitt,
    startzelle,
    stuecke,
    uebungen,
)
from buchbau.notizbuch.altes_keras import readable
from buchbau.notizbuch.umsetzer import Context, Converter
from buchbau.notizbuch.verweise import References, Site, Target
from buchbau.sphinx.startknoepfe import buttons
from hilfen import PROJEKT, baue_buch

PROBE = Path(__file__).with_name("probe_kapitel.md")
SITE = Site("https://buch.example/", "https://github.com/a/b", "main")


def verweise(text: str) -> References:
    """Return a site that knows every label, work and image in the text."""
    labels = re.findall(r"\b(?:abb|tab|gl|sec|ueb|kap)-[a-z0-9-]+", text)
    targets = {
        label: Target(f"Nr. {i}", f"Titel {i}", f"probe.html#{label}", f"1.{i}")
        for i, label in enumerate(dict.fromkeys(labels), start=1)
    }
    images = {label: f"_images/{label}.svg" for label in targets}
    images["book/probe/bild.png"] = "_images/bild.png"
    works = {"probe2000werk": {"kurz": "Probe (2000)", "url": "lit.html#p"}}
    return References(SITE, targets, {"book/probe/zweite": "Zweite"}, works, images)


@pytest.fixture
def probe(tmp_path) -> hefte.Chapter:
    """The sample chapter with the outputs that its cells would have."""
    text = PROBE.read_text("utf-8")
    notebook = stuecke.read_source(text)
    for cell in notebook.cells:
        if "merke(" in cell.source:
            kept = {"name": "probe_wert", "wert": 0.95, "text": "95,0 %"}
            cell.outputs = [
                ausgabe({"application/papermill.record/text/plain": "95,0 %"}, dlbuch=kept),
                nbformat.v4.new_output("stream", name="stderr", text="Zeit 12:00"),
                nbformat.v4.new_output("stream", name="stdout", text="95,0 %\n"),
            ]
        if "plt.plot" in cell.source:
            cell.outputs = [ausgabe({"image/svg+xml": "<svg/>", "application/pdf": "JVBE"})]
    kapitel = Kapitel(tmp_path, "book/probe/probe", "Teil", 1, lies_kopf(PROBE))
    archive = mitgift.Archive(b"zip")
    return hefte.Chapter(kapitel, notebook, verweise(text), archive)


def ausgabe(data: dict, **metadata) -> nbformat.NotebookNode:
    return nbformat.v4.new_output("display_data", data, metadata=metadata)


def setze_um(text: str) -> str:
    """Convert a text that stands alone."""
    context = Context("book/probe/probe", verweise(text), {"zahl_a": "98,1 %"})
    converter = Converter(context)
    converter.collect_footnotes([text])
    return converter.convert(text)


def prosa(notebook: nbformat.NotebookNode) -> str:
    """Return all Markdown of a notebook without code in it."""
    text = "\n\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    text = re.sub(r"^([ >]*)```.*?^\1```", "", text, flags=re.S | re.M)
    return re.sub(r"(?<![`}])`[^`\n]+`", "", text)


ROH = [r"^[ >]*:::", r"\{[a-z][a-z:-]*\}", r"^\([a-z0-9-]+\)=", r"^%", r"\[\^", r"^:\w+:"]


# --- keine rohe Syntax


@pytest.mark.parametrize("art", export.KINDS)
@pytest.mark.parametrize("muster", ROH)
def test_keine_rohe_syntax(probe, art, muster):
    text = prosa(export.KINDS[art](probe))
    # LaTeX hat geschweifte Klammern; nach ihnen stünde bei einer Rolle ein Backtick.
    text = re.sub(r"\\(begin|end|tag)\{[^}]*\}", "", text)
    assert not re.search(muster, text, re.M), re.search(f".*{muster}.*", text, re.M)[0]


@pytest.mark.parametrize("kapitel", lies_buch(PROJEKT), ids=lambda k: k.name)
def test_jede_direktive_und_rolle_des_buchs_ist_bekannt(kapitel):
    if not kapitel.hat_notebook:
        pytest.skip("wird nicht als Notebook angeboten")
    text = kapitel.quelle.read_text("utf-8")
    used = set(re.findall(r"^\s*(?::{3,}|`{3,})\{([a-z0-9:-]+)\}", text, re.M))
    gates = {"code-cell", *stuecke.GATES}
    assert used <= set(direktiven.DIRECTIVES) | gates
    assert set(re.findall(r"\{([a-z:]+)\}`", text)) <= set(rollen.ROLES)


def test_probe_benutzt_alles_aus_dem_auftrag():
    text = PROBE.read_text("utf-8")
    for name in ("nachgedacht", "raten", "hinweis", "quiz", "live", "diagramm", "index"):
        assert f"{{{name}}}" in text


def test_erweiterungen_wie_in_config():
    config = yaml.safe_load((PROJEKT / "_config.yml").read_text("utf-8"))
    assert set(config["parse"]["myst_enable_extensions"]) == myst.EXTENSIONS


# --- einzelne Umsetzungen


@pytest.mark.parametrize(
    ("quelle", "ergebnis"),
    [
        ("(sec-a)=\n## Titel\n\nText.", "## Titel\n\nText."),
        ("% Notiz\nText.", "Text."),
        ("Ein {term}`Gewicht <Gewichte>`.", "Ein Gewicht."),
        ("Es sind {glue:text}`zahl_a`.", "Es sind 98,1 %."),
        ("{index}`single: Netz`Netz", "Netz"),
        (
            "Siehe {numref}`abb-a`, {eq}`gl-b`.",
            "Siehe [Nr. 1](https://buch.example/probe.html#abb-a), "
            "[(1.2)](https://buch.example/probe.html#gl-b).",
        ),
        ("{numref}`Bild %s <abb-a>`", "[Bild 1.1](https://buch.example/probe.html#abb-a)"),
        ("{cite}`probe2000werk`", "[Probe (2000)](https://buch.example/lit.html#p)"),
        ("[Text](zweite.md)", "[Text](https://buch.example/book/probe/zweite.html)"),
        ("[Text](https://a.example/x)", "[Text](https://a.example/x)"),
        (
            "Code `{term}` und `` {a}`b` `` bleibt.",
            "Code `{term}` und `` {a}`b` `` bleibt.",
        ),
        ("$$\na = b\n$$ (gl-b)", "$$\na = b \\tag{1.1}\n$$"),
        (
            "\\begin{align}\na &= b\n\\end{align}\n\nText",
            "$$\n\\begin{align}\na &= b\n\\end{align}\n$$\n\nText",
        ),
        ("- a\n\n  :::{tip}\n  b\n  :::", "- a\n\n  > **Tipp**\n  >\n  > b"),
        ("> :::{tip}\n> b\n> :::", "> > **Tipp**\n> >\n> > b"),
        ("Satz\n:::{tip}\na\n:::\nSatz", "Satz\n\n> **Tipp**\n>\n> a\n\nSatz"),
        ("Wort[^f].\n\n[^f]: Mehr.", "Wort¹.\n\n<small>¹ Mehr.</small>"),
        ("| a |\n|---|\n| {term}`x` \\| $y$ |", "| a |\n|---|\n| x \\| $y$ |"),
        ("```python\n{term}`x`\n```", "```python\n{term}`x`\n```"),
        (
            ":::{hinweis}\nZählen.\n:::",
            "<details>\n<summary><b>Hinweis</b></summary>\n\nZählen.\n\n</details>",
        ),
        (
            ":::{nachgedacht} Wie *viele*?\nDrei.\n:::",
            "<details>\n<summary><b>Kurz nachgedacht: Wie <em>viele</em>?</b></summary>"
            "\n\nDrei.\n\n</details>",
        ),
        (
            ":::{figure} bild.png\n:alt: Quadrat\n:name: abb-a\nEs ist grau.\n:::",
            "![Quadrat](https://buch.example/_images/bild.png)\n\n**Nr. 1:** Es ist grau.",
        ),
        (
            ":::{diagramm} a.b\n:alt: Kreise\n:name: abb-a\nDas Netz.\n:::",
            "![Kreise](https://buch.example/_images/abb-a.svg)\n\n**Nr. 1:** Das Netz.",
        ),
        (
            ":::{live} x\n:alt: Feld\n:name: abb-a\nMalen.\n:::",
            "[![Feld](https://buch.example/_images/abb-a.svg)]"
            "(https://buch.example/probe.html#abb-a)\n\n**Nr. 1:** Malen.\n\n"
            "[Diese Figur auf der Website bedienen]"
            "(https://buch.example/probe.html#abb-a)",
        ),
    ],
)
def test_umsetzung(quelle, ergebnis):
    assert setze_um(quelle) == ergebnis


@pytest.mark.parametrize(
    ("quelle", "meldung"),
    [
        (":::{unbekannt}\nx\n:::", "Direktive {unbekannt}"),
        ("{unbekannt}`x`", "Rolle {unbekannt}"),
        ("{ref}`nirgends`", "nirgends"),
        ("{glue:text}`zahl_b`", "zahl_b"),
        ("{cite}`keiner1999`", "keiner1999"),
        ("[x](fehlt.md)", "fehlt.md"),
        ("![x](fehlt.png)", "fehlt.png"),
        (":::{tip}\nx\n:::\n:::\n", "ohne Direktive"),
        (":::{quiz}\n- frage: a\n:::", "Quiz"),
    ],
)
def test_unbekanntes_ist_ein_fehler(quelle, meldung):
    with pytest.raises(BuchFehler, match=re.escape(meldung)):
        setze_um(quelle)


# --- Schnitt und Übungen


def test_schnitt():
    source = (
        "def f(x):\n    a = 1\n    # LÖSUNG ANFANG\n    b = 2\n    return a + b\n"
        "    # LÖSUNG ENDE\n# LÖSUNG ANFANG\n# SKELETT: wert = ...\nwert = f(1)\n"
        "# LÖSUNG ENDE\nprint(wert)"
    )
    assert schnitt.skeleton(source) == (
        "def f(x):\n    a = 1\n    ...  # Ihre Lösung\nwert = ...\nprint(wert)"
    )
    assert schnitt.solution(source) == (
        "def f(x):\n    a = 1\n    b = 2\n    return a + b\nwert = f(1)\nprint(wert)"
    )


@pytest.mark.parametrize(
    "source",
    [
        "# LÖSUNG ANFANG\nx = 1",
        "x = 1\n# LÖSUNG ENDE",
        "# LÖSUNG ANFANG\n# LÖSUNG ANFANG\n# LÖSUNG ENDE",
    ],
)
def test_schnitt_ohne_partner(source):
    with pytest.raises(BuchFehler, match="LÖSUNG"):
        schnitt.skeleton(source)


UEBUNG = "```{exercise-start} Titel\n:label: ueb-a\n```\nText.\n```{exercise-end}\n```\n"
LOESUNG = "```{solution-start} ueb-a\n```\nDarum.\nINNEN```{solution-end}\n```\n"
CODE = (
    "```{code-cell} ipython3\n:tags: [loesung]\n"
    "# LÖSUNG ANFANG\nx = 1\n# LÖSUNG ENDE\n```\n"
)
PRUEFUNG = "```{code-cell} ipython3\n:tags: [pruefung]\nassert x\n```\n"


def mit(innen: str) -> str:
    return UEBUNG + LOESUNG.replace("INNEN", innen)


@pytest.mark.parametrize(
    ("quelle", "meldung"),
    [
        (UEBUNG, "Übung ueb-a hat keine Lösung."),
        (mit(CODE), "Übung ueb-a verlangt Code, hat aber keine Prüfzelle"),
        (mit(PRUEFUNG), "keine Zelle mit :tags: [loesung]"),
        (mit(CODE.replace("# LÖSUNG ENDE\n", "") + PRUEFUNG), "ohne # LÖSUNG ENDE"),
        (mit(re.sub("# LÖSUNG .*\n", "", CODE) + PRUEFUNG), "keine Zeilen zwischen"),
        (LOESUNG.replace("INNEN", ""), "Davor fehlt die Übung"),
        (UEBUNG + mit(""), "ueb-a ist für zwei Übungen vergeben"),
        (mit("") + LOESUNG.replace("INNEN", ""), "zwei Lösungen"),
        (UEBUNG.replace(":label: ueb-a\n", ""), "kein :label:"),
        (UEBUNG.replace("```{exercise-end}\n```\n", ""), "kein Ende"),
        ("```{solution-end}\n```\n", "ohne Anfang"),
    ],
)
def test_maengel_der_uebungen(quelle, meldung):
    kopf = "---\nfile_format: mystnb\nkernelspec: {name: python3}\n---\n# Titel\n\n"
    _, problems = uebungen.read(stuecke.read_source(kopf + quelle))
    assert any(meldung in problem.message for problem in problems), problems


def test_uebung_ohne_loesung_haelt_den_bau_auf(tmp_path):
    kopf = "---\nfile_format: mystnb\nkernelspec: {name: python3}\n---\n# Titel\n\n"
    built = baue_buch(tmp_path, {"seite": kopf + UEBUNG})
    assert built.rc != 0
    lines = [line for line in built.warnungen() if "ueb-a hat keine Lösung" in line]
    assert len(lines) == 1
    assert "seite.md:7" in lines[0]


# --- Notebooks


def test_zellen_des_kapitels(probe):
    notebook = hefte.chapter_notebook(probe)
    nbformat.validate(notebook)
    first, fetch = notebook.cells[:2]
    assert first.source.startswith("# Probe *aller* Dinge")
    assert "https://buch.example/book/probe/probe.html" in first.source
    assert probe.archive.checksum in fetch.source
    assert "pip" not in fetch.source
    assert notebook.metadata["accelerator"] == "GPU"
    assert notebook.metadata["colab"]["name"] == "probe.ipynb"


def test_ausgaben_ohne_das_was_nur_der_bau_braucht(probe):
    outputs = [
        output
        for cell in hefte.chapter_notebook(probe).cells
        for output in cell.get("outputs", [])
    ]
    kinds = {mime for output in outputs for mime in output.get("data", {})}
    assert kinds == {"image/svg+xml"}
    assert [o.text for o in outputs if o.output_type == "stream"] == ["95,0 %\n"]


def test_alternativtext_bleibt(probe):
    notebook = hefte.chapter_notebook(probe)
    alts = [c.metadata["mystnb"] for c in notebook.cells if "mystnb" in c.metadata]
    assert alts == [{"image": {"alt": "Eine Linie steigt von links nach rechts."}}]


def test_uebungsblatt(probe):
    notebook = hefte.exercise_notebook(probe)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) == 4  # holen, vorbereiten, Gerüst, Prüfung
    assert "...  # Ihre Lösung" in code[2].source
    assert not any(cell.outputs for cell in code)
    text = "\n".join(cell.source for cell in notebook.cells)
    assert "np.sum(x)" not in text
    assert "NumPy kann das" not in text
    assert text.index("pruefe_nahe") < text.index("<b>Hinweis</b>")
    assert hefte.TEXT_ANSWER in text


def test_loesungsblatt(probe):
    text = "\n".join(cell.source for cell in hefte.solution_notebook(probe).cells)
    assert "np.sum(x)" in text
    assert "LÖSUNG ANFANG" not in text
    assert "NumPy kann das" in text


def test_zweimal_exportiert_ist_gleich(probe):
    once = nbformat.writes(hefte.chapter_notebook(probe))
    assert nbformat.writes(hefte.chapter_notebook(probe)) == once
    ids = [cell.id for cell in hefte.chapter_notebook(probe).cells]
    assert len(ids) == len(set(ids))


def test_andere_zellen_behalten_ihre_kennung(probe):
    before = [cell.id for cell in hefte.chapter_notebook(probe).cells]
    for cell in probe.notebook.cells:
        if cell.source == "werte.sum()":
            cell.source = "werte.max()"
    after = [cell.id for cell in hefte.chapter_notebook(probe).cells]
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_startzelle_tut_nichts_wenn_dlbuch_da_ist():
    archive = mitgift.Archive(b"zip")
    names: dict = {}
    exec(startzelle.source(archive, SITE, "probe"), names)
    assert "keras" not in names
    assert "archiv" not in names


# --- was die Website mitgibt


def test_archiv_ist_immer_dasselbe():
    assert mitgift.archive(PROJEKT).content == mitgift.archive(PROJEKT).content


def test_archiv_nennt_jede_datei_mit_pruefsumme():
    content = mitgift.archive(PROJEKT).content
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        addresses = json.loads(zipped.read("dlbuch/adresse.json"))
        assert "dlbuch/__init__.py" in zipped.namelist()
    assert addresses["basis"].endswith("/")
    files = mitgift.files(PROJEKT)
    assert set(addresses["dateien"]) == set(files)
    for key, entry in addresses["dateien"].items():
        digest = hashlib.sha256(mitgift.content(files[key])).hexdigest()
        assert entry == {"url": f"_static/{key}", "sha256": digest}


def test_modell_ohne_angaben_die_colab_nicht_kennt():
    stream = io.BytesIO()
    config = {"kernel": [{"seed": None, "input_axes": None, "output_axes": [0]}]}
    with zipfile.ZipFile(stream, "w") as zipped:
        zipped.writestr("config.json", json.dumps(config))
        zipped.writestr("model.weights.h5", b"123")
    with zipfile.ZipFile(io.BytesIO(readable(stream.getvalue()))) as zipped:
        assert json.loads(zipped.read("config.json")) == {
            "kernel": [{"seed": None, "output_axes": [0]}]
        }
        assert zipped.read("model.weights.h5") == b"123"


def test_knoepfe_colab_zuerst():
    found = buttons(SITE, "cnn", "../../notebooks/kapitel/cnn.ipynb", exercises=True)
    assert [b["text"] for b in found] == [
        "Colab",
        "Binder",
        "Notebook herunterladen",
        "Übungsblatt",
    ]
    assert found[0]["url"] == (
        "https://colab.research.google.com/github/a/b/blob/notebooks/kapitel/cnn.ipynb"
    )
    assert found[1]["url"] == (
        "https://mybinder.org/v2/gh/a/b/notebooks?urlpath=lab/tree/kapitel/cnn.ipynb"
    )
    assert len(buttons(SITE, "cnn", "x", exercises=False)) == 3


# --- im Ganzen


@pytest.fixture(scope="module")
def gebaut(tmp_path_factory) -> Path:
    """A small book with the sample chapter: executed, built and exported."""
    folder = tmp_path_factory.mktemp("buch")
    text = PROBE.read_text("utf-8")
    # Diagramme und Live-Figuren gehören einem Kapitel; sie prüft die Umsetzung oben.
    text = re.sub(r"^:::\{(diagramm|live)\}.*?^:::\n", "", text, flags=re.S | re.M)
    text = text.replace("{cite:t}`probe2000werk`", "uns")
    text = text.replace("{cite}`probe2000werk`", "uns").replace("bild.png", "bild.svg")
    terms = "# Zweite\n\n:::{glossary}\nGewicht\n  Eine Zahl.\n:::\n"
    projekt = Projekt(folder, {"probe": text, "zweite": terms})
    (folder / "bild.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8"
    )
    for step in (projekt.fuehre_aus(), projekt.uebernimm(), projekt.baue()):
        assert step.rc == 0, step.meldungen
    export.export(folder, folder / "_build" / "notebooks")
    return folder


def test_links_fuehren_auf_die_gebaute_website(gebaut):
    site = gebaut / "_build" / "html"
    base = re.escape("https://deep-learning-zum-anfassen.example/")
    for path in gebaut.glob("_build/notebooks/*/probe.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
        links = re.findall(rf"\]\({base}([^)#]*)(?:#([^)]+))?\)", text)
        assert links
        for page, anchor in links:
            target = site / (page or "index.html")
            assert target.exists(), page
            if anchor:
                assert f'id="{anchor}"' in target.read_text("utf-8"), anchor


def test_website_bietet_notebook_und_archiv(gebaut):
    site = gebaut / "_build" / "html"
    assert (site / "notebooks" / "kapitel" / "probe.ipynb").exists()
    assert (site / "_static" / mitgift.archive(gebaut).name).exists()


def test_seite_hat_startknoepfe_und_zeigt_keine_schnittmarken(gebaut):
    page = (gebaut / "_build" / "html" / "probe.html").read_text("utf-8")
    colab = page.index("colab.research.google.com")
    assert colab < page.index("mybinder.org")
    assert 'href="notebooks/kapitel/probe.ipynb"' in page
    assert "LÖSUNG ANFANG" not in page


def test_veraltete_website_wird_bemerkt(gebaut):
    archive = gebaut / "_build" / "html" / "_static" / mitgift.archive(gebaut).name
    content = archive.read_bytes()
    archive.unlink()
    try:
        with pytest.raises(BuchFehler, match="make html"):
            export.export(gebaut, gebaut / "_build" / "notebooks")
    finally:
        archive.write_bytes(content)
