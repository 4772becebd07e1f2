"""The one style sheet ``buch.css``: fonts, variables, code colours, then ``thema/css``.

Called by ``buchbau.sphinx.seite`` once a build. Nothing of the theme's own style sheets
is used.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from buchbau.gestaltung import css_code, css_variablen
from buchbau.schriften import WURZEL, woff2_fuer_seite

THEMA = Path(__file__).parent / "thema"
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
    return "\n".join(regeln)


def schreibe_stilblatt(ordner: Path) -> None:
    """Write ``buch.css`` and its fonts into ``ordner`` (a static folder)."""
    ordner.mkdir(parents=True, exist_ok=True)
    teile = [_schriftregeln(ordner), css_variablen(), css_code()]
    teile += [datei.read_text("utf-8") for datei in sorted((THEMA / "css").glob("*.css"))]
    (ordner / "buch.css").write_text(verkleinere("\n".join(teile)) + "\n", "utf-8")


def schreibe_formelstil(ordner: Path) -> None:
    """Write KaTeX's style sheet with WOFF2 only, and the fonts it names."""
    ziel = ordner / "katex"
    ziel.mkdir(parents=True, exist_ok=True)
    css = (KATEX / "katex.min.css").read_text("utf-8")
    css = re.sub(r",url\([^)]*\.(?:woff|ttf)\) format\(\"\w+\"\)", "", css)
    css = css.replace("url(fonts/", "url(")
    (ziel / "katex.css").write_text(css, "utf-8")
    for datei in (KATEX / "fonts").glob("*.woff2"):
        shutil.copyfile(datei, ziel / datei.name)
