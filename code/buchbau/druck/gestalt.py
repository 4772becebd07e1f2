"""Colours and fonts for LaTeX, from `code/dlbuch/gestaltung.toml` and the npm packages.

Called by `satz` before LuaLaTeX runs; writes `gestalt.tex`, which the class reads.
"""

from __future__ import annotations

from pathlib import Path

import matplotlib

from buchbau.schriften import ttf_ordner
from dlbuch.stil import gestaltung

# Families of the class: serif for text, sans for heads, mono for code; each with its faces.
_FAMILIEN = {
    "setmainfont": ("source-serif-4", {"": 400, "Bold": 600}, True),
    "setsansfont": ("source-sans-3", {"": 400, "Bold": 600}, True),
    "setmonofont": ("source-code-pro", {"": 400, "Bold": 700}, False),
}


def _farben() -> list[str]:
    farben = {**gestaltung()["farben"]["hell"]}
    farben |= {f"code-{name}": wert for name, wert in gestaltung()["code"]["hell"].items()}
    return [
        rf"\definecolor{{{name}}}{{HTML}}{{{wert[1:7].upper()}}}"
        for name, wert in farben.items()
    ]


def _schriften() -> list[str]:
    ordner = f"{ttf_ordner().as_posix()}/"
    zeilen = [
        # Zeichen, die den Schriften des Buchs fehlen (Sterne, Pfeile, seltene Symbole)
        r"\directlua{luaotfload.add_fallback('ersatz', {",
        f"'[{_dejavu('DejaVuSans.ttf')}]:mode=node;',",
        "})",
        "luaotfload.add_fallback('ersatzcode', {",
        f"'[{_dejavu('DejaVuSansMono.ttf')}]:mode=node;',",
        "})}",
    ]
    for befehl, (paket, gewichte, fett_kursiv) in _FAMILIEN.items():
        name = f"{paket}-400-normal"
        ersatz = "ersatzcode" if befehl == "setmonofont" else "ersatz"
        fett = gewichte["Bold"]
        angaben = [
            f"Path={ordner}",
            "Extension=.ttf",
            f"BoldFont={paket}-{fett}-normal",
            f"ItalicFont={paket}-400-italic",
            f"RawFeature={{fallback={ersatz}}}",
        ]
        if fett_kursiv:
            angaben.append(f"BoldItalicFont={paket}-{fett}-italic")
        zeilen.append(rf"\{befehl}{{{name}}}[{','.join(angaben)}]")
    titel = rf"source-sans-3-700-normal}}[Path={ordner},Extension=.ttf]"
    zeilen.append(rf"\newfontface\Titelschrift{{{titel}")
    return zeilen


def _dejavu(name: str) -> str:
    return (Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name).as_posix()


def gestalt() -> str:
    """Return the content of `gestalt.tex`."""
    return "\n".join(
        [
            "% Erzeugt von buchbau.druck.gestalt; nicht bearbeiten.",
            *_farben(),
            *_schriften(),
            "",
        ]
    )
