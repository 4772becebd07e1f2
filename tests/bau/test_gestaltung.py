"""Farben, Stil der Abbildungen, Stilblatt: gut lesbar, eine Quelle, gleiche Bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from buchbau.dunkel import dunkle_farbe, dunkles_svg, ist_vom_buch
from buchbau.gestaltung import css_variablen
from buchbau.stilblatt import THEMA, verkleinere
from dlbuch.stil import FARBEN, gestaltung
from hilfen import PROJEKT

MODI = ("hell", "dunkel")
SCHRIFT = ("text", "text-leise", "akzent", "richtig", "falsch")
MARKEN = (
    *("training", "validierung", "test", "echt", "erzeugt", "negativ", "positiv"),
    *(f"klasse-{k}" for k in range(10)),
    "rahmen",
)


def leuchtdichte(farbe: str) -> float:
    """Relative luminance of WCAG 2."""
    kanaele = [int(farbe[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in kanaele)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def kontrast(a: str, b: str) -> float:
    hell, dunkel = sorted((leuchtdichte(a), leuchtdichte(b)), reverse=True)
    return (hell + 0.05) / (dunkel + 0.05)


@pytest.mark.parametrize("modus", MODI)
def test_kontrast_von_schrift_und_marken(modus: str) -> None:
    farben = gestaltung()["farben"][modus]
    for grund in ("papier", "flaeche"):
        for name in SCHRIFT:
            assert kontrast(farben[name], farben[grund]) >= 4.5, (name, grund)
    for name in MARKEN:
        assert kontrast(farben[name], farben["papier"]) >= 3, name
    for name, farbe in gestaltung()["code"][modus].items():
        assert kontrast(farbe, farben["flaeche"]) >= 4.5, name
    for art in ("akzent", "richtig", "falsch"):
        assert kontrast(farben["text"], farben[f"{art}-flaeche"]) >= 4.5, art
        assert kontrast(farben[art], farben[f"{art}-flaeche"]) >= 4.5, art


def test_beide_modi_nennen_dieselben_farben() -> None:
    farben = gestaltung()["farben"]
    assert list(farben["hell"]) == list(farben["dunkel"])
    assert dict(FARBEN) == farben["hell"]
    css = css_variablen()
    for name in farben["hell"]:
        assert css.count(f"--{name}:") == 3, name  # hell, dunkel vom System, dunkel gewählt


def test_klassen_haben_eigene_farben_und_marken() -> None:
    assert len({FARBEN[f"klasse-{k}"] for k in range(10)}) == 10
    assert len(set(gestaltung()["marken"]["klassen"])) == 10


def test_niemand_sonst_schreibt_farbwerte() -> None:
    eigene = [
        *(PROJEKT / "code/buchbau/thema/css").glob("0*.css"),
        *(PROJEKT / "code/buchbau/diagramme").glob("*.py"),
        PROJEKT / "code/buchbau/zeichnen.py",
        PROJEKT / "code/dlbuch/stil.py",
    ]
    for datei in eigene:
        werte = re.findall(
            r"#[0-9a-fA-F]{6}\b|: #[0-9a-fA-F]{3};", datei.read_text("utf-8")
        )
        assert not werte, f"{datei.name}: {werte}"


def test_stilblatt_wird_ohne_schaden_kleiner() -> None:
    css = (
        "/* weg */\n.a > .b :is(p, li) {\n  margin: 0 auto;\n  width: calc(1px + 2px);\n}\n"
    )
    assert verkleinere(css) == ".a > .b :is(p,li){margin:0 auto;width:calc(1px + 2px)}"
    for datei in (THEMA / "css").glob("*.css"):
        text = datei.read_text("utf-8")
        assert text.count("{") == text.count("}"), datei.name


def test_dunkle_farben_behalten_ihre_bedeutung() -> None:
    farben = gestaltung()["farben"]
    assert dunkle_farbe(farben["hell"]["training"]) == farben["dunkel"]["training"]
    assert dunkle_farbe("#ffffff") == farben["dunkel"]["papier"]
    mitte = dunkle_farbe("#94bedd")  # aus einem Verlauf: hell wird dunkel, blau bleibt blau
    assert leuchtdichte(mitte) < leuchtdichte("#94bedd")
    assert int(mitte[5:7], 16) > int(mitte[1:3], 16)


def laufe(code: str, ordner: Path, **umgebung: str) -> str:
    """Run Python in a process of its own, as a reader's notebook would."""
    fertig = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", textwrap.dedent(code)],
        cwd=ordner,
        env={**os.environ, "MPLBACKEND": "agg", "DLBUCH_SCHRIFTEN": "", **umgebung},
        capture_output=True,
        text=True,
        check=False,
    )
    assert fertig.returncode == 0, fertig.stderr
    return fertig.stdout


FIGUR = """
    import sys
    import matplotlib.pyplot as plt
    import dlbuch
    from dlbuch.stil import als_pdf, als_svg, _zeigt_pixel
    dlbuch.stil()
    fig, ax = plt.subplots()
    ax.plot([1, 2, 3], [0.5, 0.25, 0.125], color=dlbuch.FARBEN["training"])
    ax.set(xlabel="Epoche", ylabel="Verlust")
"""


def test_gleiche_abbildung_gleiche_bytes_ohne_datum(tmp_path: Path) -> None:
    code = FIGUR + "    print(als_svg(fig)); print(als_pdf(fig))\n"
    erste, zweite = laufe(code, tmp_path), laufe(code, tmp_path)
    assert erste == zweite
    assert ist_vom_buch(erste)
    assert "<dc:date>" not in erste
    assert "CreationDate" not in erste
    assert gestaltung()["farben"]["dunkel"]["training"] in dunkles_svg(erste)


def test_figur_ist_so_breit_wie_der_text(tmp_path: Path) -> None:
    svg = laufe(FIGUR + "    print(als_svg(fig))\n", tmp_path)
    breite = float(re.search(r'width="([\d.]+)pt"', svg)[1]) * 96 / 72
    assert breite == pytest.approx(gestaltung()["masse"]["satzbreite"])


def test_pixel_werden_png_striche_svg(tmp_path: Path) -> None:
    code = FIGUR + (
        "    from dlbuch.stil import _ausgabe\n"
        "    print(sorted(_ausgabe(fig)[0]))\n"
        "    fig, ax = plt.subplots()\n"
        "    bild = ax.imshow([[0, 1], [1, 0]])\n"
        "    print(sorted(_ausgabe(fig)[0]))\n"
        "    fig, ax = plt.subplots()\n"
        "    punkte = ax.scatter([0, 1], [0, 1], c=[0, 1])\n"
        "    fig.colorbar(punkte)\n"
        "    print(sorted(_ausgabe(fig)[0]))\n"
    )
    assert laufe(code, tmp_path).splitlines() == [
        "['image/svg+xml']",
        "['image/png']",
        "['image/svg+xml']",
    ]
    mit_pdf = laufe(code, tmp_path, DLBUCH_PDF="1").splitlines()
    assert mit_pdf[0] == "['application/pdf', 'image/svg+xml']"


def test_achsen_schreiben_das_komma(tmp_path: Path) -> None:
    code = FIGUR + (
        "    fig.canvas.draw()\n"
        "    print([t.get_text() for t in ax.get_yticklabels()])\n"
        "    ax.set_ylim(-1, 1); fig.canvas.draw()\n"
        "    print([t.get_text() for t in ax.get_yticklabels()])\n"
    )
    erste, zweite = laufe(code, tmp_path).splitlines()
    assert "0{,}2" in erste  # mathtext: die Klammern verhindern einen Abstand
    assert "." not in erste
    assert "\N{MINUS SIGN}1{,}0" in zweite


def test_im_notebook_je_figur_das_passende_format(tmp_path: Path) -> None:
    """In an IPython shell the display formatter asks the book's style, twice over."""
    code = """
        from IPython.core.interactiveshell import InteractiveShell
        shell = InteractiveShell.instance()
        lauf = shell.run_cell('''
        import matplotlib.pyplot as plt, dlbuch
        dlbuch.stil(); dlbuch.stil()
        linie, a = plt.subplots(); a.plot([1, 2])
        pixel, b = plt.subplots(); b.imshow([[0, 1]])
        ''')
        assert lauf.success
        for name in ("linie", "pixel"):
            daten, _ = shell.display_formatter.format(shell.user_ns[name])
            print(sorted(daten))
    """
    assert laufe(code, tmp_path).splitlines()[-2:] == [
        "['image/svg+xml', 'text/plain']",
        "['image/png', 'text/plain']",
    ]
