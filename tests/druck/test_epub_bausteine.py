"""Was das EPUB im Kleinen tut: Formeln, Bilder, Code, Stilblatt, und was es ablehnt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from lxml import etree

from buchbau.druck.epub import bilder, stilblatt
from buchbau.druck.epub.__main__ import baue_epub
from buchbau.druck.epub.seite import haengende_zeilen
from buchbau.druck.epub.zeichen import ist_breit, mathml
from buchbau.kapitel import BuchFehler
from buchbau.sphinx.formeln import richte_katex_ein
from hilfen import schreibe_buch


@pytest.fixture(scope="module", autouse=True)
def _katex() -> None:
    richte_katex_ein()


@pytest.mark.parametrize(
    ("latex", "enthalten"),
    [
        (r"\mathbb{R}", "ℝ"),
        (r"\mathbb{E}", "𝔼"),
        (r"\mathcal{N}", "𝒩"),
        (r"\mathcal{L}", "ℒ"),
        (r"L = -\log p", '<mo form="prefix">−</mo>'),
        (r"L = -\log p", '<mo rspace="0.1667em">\u2061</mo>'),
        (r"a - b", "<mo>−</mo>"),
        (r"\log(p)", "<mo>\u2061</mo>"),
    ],
)
def test_mathml(latex: str, enthalten: str) -> None:
    formel = mathml(latex, abgesetzt=False)
    assert enthalten in formel
    etree.fromstring(formel)


def test_mathml_nennt_die_quelle_und_verliert_die_fassung_fuer_browser() -> None:
    formel = mathml(r"a < b", abgesetzt=True)
    assert etree.fromstring(formel).get("alttext") == "a < b"
    assert etree.fromstring(formel).get("display") == "block"
    assert "katex" not in formel
    assert "annotation" not in formel


def test_breite_formeln() -> None:
    assert not ist_breit(r"\mathbf{z} = \mathbf{X}\mathbf{W} + \mathbf{b}")
    assert ist_breit(" + ".join(f"a_{n} b_{n}" for n in range(12)))
    # Auf die längste Zeile kommt es an, nicht auf alle zusammen.
    assert not ist_breit(r"\begin{aligned} " + r"a &= b + c \\ " * 9 + r"\end{aligned}")


def test_zeichnung_ohne_fremde_angaben(tmp_path: Path) -> None:
    quelle = tmp_path / "quelle.svg"
    quelle.write_text(
        '<?xml version="1.0"?>\n'
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">\n'
        '<svg xmlns="http://www.w3.org/2000/svg"><metadata>x</metadata>'
        '<path id="leer"/><path d="M 0 1"/><title fill="red">T</title></svg>',
        "utf-8",
    )
    bilder.kopiere(quelle, tmp_path / "ziel.svg")
    text = (tmp_path / "ziel.svg").read_text("utf-8")
    assert "DOCTYPE" not in text
    assert "metadata" not in text
    assert '<path id="leer" d="M0 0"/>' in text
    assert '<path d="M 0 1"/>' in text
    assert "<title>T</title>" in text


def test_pixelbild_bleibt_wie_es_ist(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG irgendwas")
    bilder.kopiere(tmp_path / "a.png", tmp_path / "b.png")
    assert (tmp_path / "b.png").read_bytes() == b"\x89PNG irgendwas"


def test_codezeilen_haengen_und_bleiben_dieselben() -> None:
    code = '<pre><span></span><span class="k">if</span> x:\n    y\n\n        z\n</pre>'
    html = haengende_zeilen(code)
    klassen = re.findall(r'class="(z e\d+)"', html)
    assert klassen == ["z e0", "z e4", "z e0", "z e8"]
    text = "".join(etree.fromstring(html).itertext())
    assert text == "if x:\n    y\n\n        z\n"


def test_stilblatt_nennt_nur_bekannte_farben(monkeypatch, tmp_path: Path) -> None:
    css = stilblatt.stilblatt()
    assert "var(" not in css
    assert "@font-face" not in css
    falsch = tmp_path / "epub.css"
    falsch.write_text("p { color: var(--lila); }", "utf-8")
    monkeypatch.setattr(stilblatt, "QUELLE", falsch)
    with pytest.raises(KeyError, match="lila"):
        stilblatt.stilblatt()


ZITAT = {"version": "0.1.0", "date-released": "2026-11-21", "keywords": ["Probe"]}
ZITAT["authors"] = [{"name": "Das Team"}]
KOPF = "---\ntitle: Probe\nkurz: Ein Satz.\n---\n"


def kleines_buch(ordner: Path, text: str) -> None:
    """Write a book of one page in one part."""
    schreibe_buch(ordner, {"index": f"{KOPF}# Probe\n", "book/teil/seite": text})
    (ordner / "CITATION.cff").write_text(yaml.safe_dump(ZITAT), "utf-8")
    toc = {
        "format": "jb-book",
        "root": "index",
        "parts": [{"caption": "Teil", "chapters": [{"file": "book/teil/seite"}]}],
    }
    (ordner / "_toc.yml").write_text(yaml.safe_dump(toc, allow_unicode=True), "utf-8")


def test_kleines_buch(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    kleines_buch(tmp_path, "# Seite\n\nText mit $x$.\n")
    assert baue_epub(tmp_path) == 0
    assert "✔ EPUB" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "meldung"),
    [
        ("# Seite\n\n```{raw} html\n<script>alert(1)</script>\n```\n", "Skript"),
        ("# Seite\n\n```{raw} html\n<p>offen\n```\n", "kein XHTML"),
        ("# Seite\n\n$\\gibtesnicht$\n", "kann KaTeX nicht setzen"),
        ("# Seite\n\n{ref}`kap-fehlt`\n", "kap-fehlt"),
    ],
)
def test_was_das_epub_ablehnt(
    tmp_path: Path, capsys: pytest.CaptureFixture, text: str, meldung: str
) -> None:
    kleines_buch(tmp_path, text)
    assert baue_epub(tmp_path) == 1
    fehler = capsys.readouterr().err
    assert meldung in fehler
    assert "seite" in fehler
    assert not list(tmp_path.glob("_build/epub/*.epub"))


def test_nicht_ausgefuehrtes_kapitel(tmp_path: Path) -> None:
    """Nothing is executed here: the message names what to do."""
    kopf = {
        "title": "Seite",
        "file_format": "mystnb",
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "kurz": "Ein Satz.",
        "daten": [],
        "laufzeit": 20,
        "lernzeit": 5,
        "voraussetzungen": [],
        "wege": {},
        "behauptungen": {},
    }
    zelle = "```{code-cell} ipython3\nprint(1)\n```\n"
    kleines_buch(tmp_path, f"---\n{yaml.safe_dump(kopf)}---\n# Seite\n\n{zelle}")
    (tmp_path / "requirements.txt").write_text("", "utf-8")
    with pytest.raises(BuchFehler, match="nicht ausgeführt: make html KAPITEL=seite"):
        baue_epub(tmp_path)
