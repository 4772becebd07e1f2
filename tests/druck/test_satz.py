"""Der Druck in Stücken: Code, Tabellen, Verweise, Protokoll, Bilder; ohne LuaLaTeX."""

from __future__ import annotations

import shutil

import pytest
from docutils import nodes

from buchbau import einrichten
from buchbau.druck import angaben, umschlag
from buchbau.druck.bilder import als_pdf, groesse, qr_code
from buchbau.druck.gestalt import gestalt
from buchbau.druck.protokoll import maengel
from buchbau.druck.schreiber.code import LONGEST, breaks, lines
from buchbau.druck.schreiber.grund import _index_mark
from buchbau.druck.schreiber.tabellen import LINES, Tabellen, _condensed, _shares
from buchbau.druck.schreiber.zeichen import escape, escape_code, formula, target
from buchbau.druck.werk import buch, kapitelheft, teile
from buchbau.kapitel import BuchFehler
from dlbuch.stil import gestaltung
from hilfen import PROJEKT


def test_nichts_bleibt_befehl():
    assert escape(r"50 % von \x_1 & {y} #~^$") == (
        r"50 \% von \textbackslash{}x\_1 \& \{y\} \#\textasciitilde{}\textasciicircum{}\$"
    )


def test_lange_namen_brechen_nach_dem_punkt():
    assert escape_code("keras.layers.Dense") == r"keras.\Bruch{}layers.\Bruch{}Dense"
    assert escape_code("a b") == r"a\Leer{}b"
    assert "\\Bruch" not in escape_code("(128,)")


def test_ziele_sind_ascii_und_verschieden():
    assert target("book/a", "größe") != target("book/a", "große")
    assert target("book/a", "größe").isascii()


def test_tensor_ist_fett_und_serifenlos():
    assert formula(r"\boldsymbol{\mathsf{X}} + \mathbf{W}") == r"\symbfsfup{X} + \mathbf{W}"


def test_zeilen_behalten_ihre_einrueckung():
    code = 'def f(x):\n    # warum\n\n    return {"a": x}  # b'
    made = lines(code, "ipython3")
    assert [line[:3] for line in made] == ["{0}", "{4}", "{0}", "{4}"]
    assert made[2] == "{0}{}"
    assert r"\Ts{def}" in made[0]
    assert r"\Tk{\#}\Leer{}\Tk{warum}" in made[1]
    assert r"\}\Leer{}" in made[3].replace(r"\To{\}}", r"\}")


def test_ausgabe_ohne_terminalfarben():
    assert lines("\x1b[1mFett\x1b[0m\n", "myst-ansi") == ["{0}{Fett}"]


def test_mehrzeilige_zeichenkette_behaelt_ihre_leerzeichen():
    made = lines('x = """a\n      b"""', "python")
    assert made[1].startswith("{6}")


def test_code_bricht_zwischen_anweisungen():
    """A page ends before a statement, not inside of one, not behind its head or comment."""
    code = """a = 1
# warum
b = f(a,
      2)

@dec
def g(x):  # kurz
    y = x
    return y"""
    rows = code.split("\n")
    assert [rows[place] for place in sorted(breaks(code))] == [
        "# warum",
        "@dec",
        "    return y",
    ]


def test_was_sich_nicht_teilen_laesst_bricht_ueberall():
    zeilen = [f"    {n}," for n in range(LONGEST + 5)]
    code = "\n".join(["x = [", *zeilen, "]"])
    assert breaks(code) == set(range(1, len(zeilen) + 2))
    assert breaks("x = (\ny") == {1}  # kein Python


def test_register():
    assert _index_mark("single", "Netz; tiefes") == r"\index{Netz!tiefes}"
    assert _index_mark("see", "loss; Verlust") == r"\index{loss|Siehe{Verlust}}"
    assert _index_mark("single", "wer fragt!") == r'\index{wer fragt"!}'


def test_spalten_teilen_sich_die_breite():
    shares = _shares([4, 200, 30])
    assert sum(shares) == pytest.approx(1)
    assert shares[0] < shares[2] < shares[1]


def _tabelle(*zeilen: tuple[str, ...]) -> tuple[nodes.table, nodes.tbody]:
    body = nodes.tbody(
        "",
        *[
            nodes.row("", *[nodes.entry("", nodes.paragraph(text, text)) for text in zeile])
            for zeile in zeilen
        ],
    )
    return nodes.table("", body), body


def test_schmale_tabelle_bleibt_breite_bricht():
    assert Tabellen.columns(*_tabelle(("a", "b"), ("c", "d")), None) == "ll"
    spec = Tabellen.columns(*_tabelle(("a", "wort " * 40)), None)
    assert spec.count("L{") == 2


def test_hohe_tabelle_bricht_ueber_seiten():
    """Few rows with many lines each are as high as many rows."""
    flach = _tabelle(*[("a", "b")] * 10)[1]
    hoch = _tabelle(*[("a", "wort " * 80)] * 10)[1]
    assert Tabellen.lines(flach, None) == 10
    assert Tabellen.lines(hoch, None) > LINES


def test_messwerte_sagen_nichts_doppelt():
    """What all rows share stands in the caption, a chapter's name in its first row."""
    kopf, body = (
        ("Kapitel", "Zahl", "Gerät"),
        _tabelle(
            ("Tensoren", "1", "CPU"), ("Tensoren", "2", "CPU"), ("Clustering", "3", "CPU")
        )[1],
    )
    thead = nodes.thead("", *_tabelle(kopf)[1].children)
    table = nodes.table("", nodes.title("", "Läufe"), nodes.tgroup("", thead, body))
    kurz = _condensed(table)
    rows = [
        [e.astext() for e in r.children] for r in next(kurz.findall(nodes.tbody)).children
    ]
    assert rows == [["Tensoren", "1"], ["", "2"], ["Clustering", "3"]]
    assert kurz.children[0].astext() == "Läufe. Für alle gilt: Gerät CPU."
    assert Tabellen.columns(kurz, next(kurz.findall(nodes.tbody)), None) == "lr"
    assert "CPU" in body.astext()  # die Website behält ihre Spalten


@pytest.mark.parametrize(
    ("zeile", "meldung"),
    [
        ("Overfull \\hbox (12.5pt too wide) in paragraph at lines 3--4", "ragt 12.5 pt"),
        ("Overfull \\vbox (129.6pt too high) has occurred", "läuft um 129.6 pt über"),
        ("Missing character: There is no ☃ (U+2603) in font Serif!", "Zeichen fehlt: ☃"),
        ("LaTeX Warning: Reference `abb-x' on page 3 undefined on input", "abb-x"),
        ("LaTeX Warning: Label `abb-y' multiply defined.", "Ziel doppelt: abb-y"),
    ],
)
def test_protokoll_nennt_jeden_mangel(tmp_path, zeile, meldung):
    log = tmp_path / "a.log"
    log.write_text(f"Anfang\n{zeile}\nEnde\n", "utf-8")
    assert any(meldung in found for found in maengel(log))


def test_protokoll_duldet_was_niemand_sieht(tmp_path):
    log = tmp_path / "a.log"
    log.write_text(
        "Overfull \\hbox (0.4pt too wide) in paragraph\nUnderfull \\hbox\n"
        "Overfull \\vbox (3.1pt too high) has occurred\n",
        "utf-8",
    )
    assert maengel(log) == []


def test_farben_haben_eine_quelle():
    text = gestalt()
    for name, value in gestaltung()["farben"]["hell"].items():
        assert rf"\definecolor{{{name}}}{{HTML}}{{{value[1:7].upper()}}}" in text
    for file in (PROJEKT / "code/buchbau/druck/latex").glob("*"):
        assert "HTML" not in file.read_text("utf-8"), f"{file.name} nennt eine eigene Farbe"


def test_svg_wird_vektor(tmp_path):
    if shutil.which("rsvg-convert") is None:
        pytest.skip("rsvg-convert fehlt auf diesem Rechner")
    svg = tmp_path / "a.svg"
    svg.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt" '
        'viewBox="0 0 72 36"><path d="M0 0L72 36" stroke="#000"/></svg>',
        "utf-8",
    )
    made = als_pdf([svg], tmp_path / "ablage")[svg]
    assert groesse(made) == pytest.approx(groesse(svg), abs=1)
    assert b"/Subtype /Image" not in made.read_bytes()
    kaputt = tmp_path / "b.svg"
    kaputt.write_text("kein SVG", "utf-8")
    with pytest.raises(BuchFehler, match=r"b\.svg wird kein PDF"):
        als_pdf([kaputt], tmp_path / "ablage")


def test_qr_code_je_adresse(tmp_path):
    first = qr_code("https://a.example/x.html", tmp_path)
    assert first == qr_code("https://a.example/x.html", tmp_path)
    assert first != qr_code("https://a.example/y.html", tmp_path)
    assert groesse(tmp_path / first)


def test_umschlag_zeigt_eine_ziffer(tmp_path):
    assert umschlag.pixel(umschlag.GROSS).max() > 0.9
    umschlag.zeichne(tmp_path / "umschlag.pdf")
    assert (tmp_path / "umschlag.pdf").read_bytes().startswith(b"%PDF")


def test_impressum_kennt_fassung_und_tag():
    facts = angaben.lies(PROJEKT)
    assert facts.fassung.count(".") == 2
    assert str(facts.tag.year) in facts.datum


def test_ohne_git_gilt_das_datum_der_fassung(tmp_path):
    shutil.copy(PROJEKT / "CITATION.cff", tmp_path)
    facts = angaben.lies(tmp_path)
    assert (facts.stand, facts.datum[-4:]) == ("", "2026")


def test_werke():
    whole = buch(PROJEKT)
    names = [page.docname for page in whole.seiten]
    assert "index" not in names
    assert "book/anhang/index" not in names  # sagt nur etwas über die Website
    assert [caption for caption, _ in teile(whole.seiten)][-1] == "Anhang"
    assert kapitelheft(PROJEKT, "clustering").name == "clustering-loesungen"
    with pytest.raises(BuchFehler, match="gibtesnicht"):
        kapitelheft(PROJEKT, "gibtesnicht")


@pytest.mark.parametrize(
    ("plattform", "befehl"),
    [("linux", "sudo apt-get install texlive-luatex"), ("darwin", "brew install")],
)
def test_ohne_latex_eine_zeile(monkeypatch, capsys, plattform, befehl):
    """Without LaTeX and without the right to install it, one line names the command."""
    monkeypatch.setattr(einrichten.shutil, "which", lambda name: None)
    monkeypatch.setattr(einrichten.sys, "platform", plattform)
    with pytest.raises(SystemExit) as stopped:
        einrichten.richte_latex_ein()
    message = str(stopped.value)
    assert befehl in message
    assert "\n" not in message
