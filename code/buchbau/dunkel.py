"""Dark variant of a figure drawn in the book's style.

Called by ``buchbau.sphinx.inhalt`` for every SVG that ``dlbuch.stil`` or
``buchbau.zeichnen`` made. A colour with a meaning becomes its dark counterpart of
``gestaltung.toml``; any other keeps its hue and swaps light for dark.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from buchbau.gestaltung import dunkle_farben
from dlbuch.stil import gestaltung

_FARBWERT = re.compile(r"#[0-9a-fA-F]{6}\b")
_KENNZEICHEN = "<dc:title>dlbuch</dc:title>"

Oklab = tuple[float, float, float]


def ist_vom_buch(svg: str) -> bool:
    """Whether ``dlbuch.stil.als_svg`` wrote this SVG (its creator stands in it)."""
    return _KENNZEICHEN in svg[:4000]


def _zu_oklab(farbe: str) -> Oklab:
    """Hex colour to Oklab (Ottosson 2020): equal steps look equally large."""
    kanaele = [int(farbe[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in kanaele)
    lang = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    mittel = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    kurz = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * lang + 0.7936177850 * mittel - 0.0040720468 * kurz,
        1.9779984951 * lang - 2.4285922050 * mittel + 0.4505937099 * kurz,
        0.0259040371 * lang + 0.7827717662 * mittel - 0.8086757660 * kurz,
    )


def _zu_hex(farbe: Oklab) -> str:
    hell, a, b = farbe
    lang = (hell + 0.3963377774 * a + 0.2158037573 * b) ** 3
    mittel = (hell - 0.1055613458 * a - 0.0638541728 * b) ** 3
    kurz = (hell - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * lang - 3.3077115913 * mittel + 0.2309699292 * kurz,
        -1.2684380046 * lang + 2.6097574011 * mittel - 0.3413193965 * kurz,
        -0.0041960863 * lang - 0.7034186147 * mittel + 1.7076147010 * kurz,
    )
    werte = []
    for kanal in linear:
        kanal = min(max(kanal, 0.0), 1.0)
        kanal = kanal * 12.92 if kanal <= 0.0031308 else 1.055 * kanal ** (1 / 2.4) - 0.055
        werte.append(round(kanal * 255))
    return "#{:02x}{:02x}{:02x}".format(*werte)


@lru_cache(maxsize=4096)
def dunkle_farbe(farbe: str) -> str:
    """Counterpart of one hex colour on dark paper."""
    bekannt = dunkle_farben()
    if farbe.lower() in bekannt:
        return bekannt[farbe.lower()]
    dunkel = gestaltung()["farben"]["dunkel"]
    grund, schrift = (_zu_oklab(dunkel[name])[0] for name in ("papier", "text"))
    hell, a, b = _zu_oklab(farbe)
    return _zu_hex((schrift + (grund - schrift) * hell, a, b))


def dunkles_svg(svg: str) -> str:
    """The same picture in the colours of the dark page."""
    schrift = gestaltung()["farben"]["dunkel"]["text"]
    svg = _FARBWERT.sub(lambda treffer: dunkle_farbe(treffer[0]), svg)
    # Matplotlib leaves black fills out; then the fill of the root counts
    return svg.replace("<svg ", f'<svg fill="{schrift}" ', 1)


def schreibe_dunkel(hell: Path, ziel: Path) -> bool:
    """Write the dark variant of ``hell`` to ``ziel``; False if it is not one of ours."""
    svg = hell.read_text("utf-8")
    if not ist_vom_buch(svg):
        return False
    ziel.parent.mkdir(parents=True, exist_ok=True)
    ziel.write_text(dunkles_svg(svg), "utf-8")
    return True
