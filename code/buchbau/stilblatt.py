"""The one style sheet ``buch.css``: fonts, variables, code colours, then ``thema/css``.

Called by ``buchbau.sphinx.seite`` once a build. Nothing of the theme's own style sheets
is used.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from fontTools.ttLib import TTFont

from buchbau.gestaltung import css_code, css_variablen
from buchbau.schriften import (
    SANS,
    WURZEL,
    Schnitt,
    woff2_auswahl,
    woff2_fuer_formel,
    woff2_fuer_seite,
)

THEMA = Path(__file__).parent / "thema"
FRUEH = ("Source Serif 4", "Source Sans 3")
KATEX = WURZEL / "node_modules" / "katex" / "dist"


def verkleinere(css: str) -> str:
    """Drop comments and white space that mean nothing."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r":\s+", ":", css)
    return css.replace(";}", "}").strip()


def _schriftregeln(ordner: Path) -> str:
    """Copy the subset fonts beside the style sheet and return their rules."""
    ziel = ordner / "schriften"
    ziel.mkdir(parents=True, exist_ok=True)
    regeln = []
    for schnitt, datei in woff2_fuer_seite().items():
        shutil.copyfile(datei, ziel / datei.name)
        regeln.append(
            f'@font-face{{font-family:"{schnitt.familie}";'
            f"font-weight:{schnitt.gewicht};"
            f"font-style:{'italic' if schnitt.kursiv else 'normal'};font-display:swap;"
            f"src:url(schriften/{datei.name}) format('woff2')}}"
        )
    return "\n".join([*regeln, *_griechisch(ziel)])


def _griechisch(ziel: Path) -> list[str]:
    """Rules for Greek letters and ∂ in the sans serif, loaded where a figure uses them.

    The packages of the font have no ∂; it comes from the font of the formulas.
    """
    regeln = []
    for gewicht, name in ((400, "Regular"), (600, "Bold")):
        schnitt = Schnitt(SANS, "source-sans-3", gewicht)
        for quelle, zeichen in (
            (schnitt.quelle("greek"), "U+3B1-3C9"),
            (KATEX / "fonts" / f"KaTeX_Main-{name}.woff2", "U+2202"),
        ):
            datei = woff2_auswahl(quelle, zeichen)
            shutil.copyfile(datei, ziel / datei.name)
            regeln.append(
                f'@font-face{{font-family:"{SANS}";font-weight:{gewicht};'
                f"font-display:swap;src:url(schriften/{datei.name}) format('woff2');"
                f"unicode-range:{zeichen}}}"
            )
    return regeln


def fruehe_schriften() -> list[str]:
    """Font files that every page shows at once; named in its head, they load early."""
    return [
        f"schriften/{datei.name}"
        for schnitt, datei in woff2_fuer_seite().items()
        if not schnitt.kursiv and schnitt.familie in FRUEH
    ]


def schreibe_stilblatt(ordner: Path) -> None:
    """Write ``buch.css`` and its fonts into ``ordner`` (a static folder)."""
    ordner.mkdir(parents=True, exist_ok=True)
    teile = [_schriftregeln(ordner), css_variablen(), css_code()]
    teile += [datei.read_text("utf-8") for datei in sorted((THEMA / "css").glob("*.css"))]
    (ordner / "buch.css").write_text(verkleinere("\n".join(teile)) + "\n", "utf-8")


_SCHRIFTREGEL = re.compile(r"@font-face\{([^}]*?)src:url\(fonts/([\w-]+)\.woff2\)[^}]*\}")


def schreibe_formelstil(ordner: Path) -> None:
    """Write KaTeX's style sheet and its fonts, made smaller, into ``ordner``."""
    ziel = ordner / "katex"
    ziel.mkdir(parents=True, exist_ok=True)

    def regel(treffer: re.Match[str]) -> str:
        angaben, name = treffer.groups()
        regeln = ""
        for datei in woff2_fuer_formel(KATEX / "fonts" / f"{name}.woff2"):
            shutil.copyfile(datei, ziel / datei.name)
            bereich = _bereich(datei)
            regeln += (
                f"@font-face{{{angaben}src:url({datei.name}) format('woff2');"
                f"unicode-range:{bereich}}}"
            )
        return regeln

    css = (KATEX / "katex.min.css").read_text("utf-8")
    (ziel / "katex.css").write_text(_SCHRIFTREGEL.sub(regel, css), "utf-8")


def _bereich(datei: Path) -> str:
    """Characters of a font file as CSS ranges."""
    zeichen = sorted(TTFont(datei, lazy=True).getBestCmap())
    bereiche: list[list[int]] = []
    for nummer in zeichen:
        if bereiche and nummer == bereiche[-1][1] + 1:
            bereiche[-1][1] = nummer
        else:
            bereiche.append([nummer, nummer])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in bereiche)
