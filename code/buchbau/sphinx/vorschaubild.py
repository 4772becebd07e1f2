"""The picture of each page for links in messengers and social networks (Open Graph).

Set up by ``buchbau.sphinx.seite``. Title, part and number of the page beside a small
network whose weights follow from the page's name: each page has its own. Drawn with the
book's colours and fonts; a cache beside the project makes the second build free.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import textwrap
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from sphinx.application import Sphinx

from buchbau.schriften import WURZEL, ttf_ordner
from dlbuch.stil import FARBEN, gestaltung

BREITE, HOEHE = 1200, 630  # the size that all services show whole
ORDNER = "_static/vorschau"
CACHE = WURZEL / "_build" / ".vorschaubilder"
RAND = 72
TITEL_BIS = 690  # the title ends here; the network begins at its right
SCHICHTEN = (3, 5, 5, 2)


def zeichne(ziel: Path, titel: str, ort: str, buch: str, keim: str) -> None:
    """Draw one picture as PNG.

    ort: the small line above the title; buch: the line at the foot; keim: what the
    network's weights follow from.
    """
    os.environ.setdefault("DLBUCH_SCHRIFTEN", str(ttf_ordner()))
    # Matplotlib takes half a second to load: only where something is to be drawn
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from PIL import Image

    import dlbuch

    dlbuch.stil()
    bild = Figure(figsize=(BREITE / 96, HOEHE / 96), dpi=96, layout="none")
    flaeche = bild.add_axes((0, 0, 1, 1))
    flaeche.set(xlim=(0, BREITE), ylim=(HOEHE, 0))
    flaeche.axis("off")
    _netz(flaeche, Random(keim))
    schriften = gestaltung()["schriften"]
    flaeche.add_artist(_rechteck(0, 0, 14, HOEHE))
    leise = {"family": schriften["serifenlos"], "color": FARBEN["text-leise"], "size": 21}
    flaeche.text(RAND, 96, ort, va="top", **leise)
    leinwand = FigureCanvasAgg(bild)
    _titel(flaeche, leinwand, titel, schriften["text"])
    flaeche.text(RAND, HOEHE - 64, buch, va="bottom", **leise)
    leinwand.draw()
    farbig = Image.frombuffer("RGBA", leinwand.get_width_height(), leinwand.buffer_rgba())
    ziel.parent.mkdir(parents=True, exist_ok=True)
    # Few colours: a quarter of the bytes, and nobody sees it
    farbig.convert("RGB").quantize(64).save(ziel, "PNG", optimize=True)


def _rechteck(x: float, y: float, breite: float, hoehe: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x, y), breite, hoehe, color=FARBEN["akzent"], lw=0)


def _titel(flaeche: Any, leinwand: Any, titel: str, familie: str) -> None:
    """Set the title as large as three lines allow."""
    for groesse in (54, 48, 42, 36, 30):
        text = flaeche.text(
            RAND, 150, "", va="top", family=familie, weight=600, size=groesse * 0.95
        )
        text.set(color=FARBEN["text"], linespacing=1.18)
        zeilen = _umbruch(text, leinwand, titel.replace("\N{SOFT HYPHEN}", "").split())
        if zeilen is not None:
            text.set_text("\n".join(zeilen))
            return
        text.remove()
    # Nothing fits: cut at a word rather than draw over the network
    kurz = textwrap.shorten(titel, 60, placeholder=" …")
    flaeche.text(RAND, 150, kurz, va="top", family=familie, weight=600, size=18)


def _umbruch(text: Any, leinwand: Any, woerter: list[str]) -> list[str] | None:
    """Break a title into at most three lines that fit; None where it does not."""
    renderer = leinwand.get_renderer()

    def breite(zeile: str) -> float:
        text.set_text(zeile)
        return text.get_window_extent(renderer).width

    zeilen: list[str] = []
    for wort in woerter:
        if breite(wort) > TITEL_BIS - RAND:
            return None
        if zeilen and breite(f"{zeilen[-1]} {wort}") <= TITEL_BIS - RAND:
            zeilen[-1] += f" {wort}"
        else:
            zeilen.append(wort)
    return zeilen if len(zeilen) <= 3 else None


def _netz(flaeche: Any, zufall: Random) -> None:
    """A network from left to right, its weights as colour and width of the lines."""
    links, rechts = 760, BREITE - 96
    orte = [
        [
            (
                links + (rechts - links) * nummer / (len(SCHICHTEN) - 1),
                HOEHE / 2 + (k - (anzahl - 1) / 2) * 92,
            )
            for k in range(anzahl)
        ]
        for nummer, anzahl in enumerate(SCHICHTEN)
    ]
    for vorn, hinten in pairwise(orte):
        for x0, y0 in vorn:
            for x1, y1 in hinten:
                gewicht = zufall.gauss(0, 1)
                farbe = FARBEN["positiv" if gewicht > 0 else "negativ"]
                staerke = min(abs(gewicht), 2.2)
                flaeche.plot(
                    (x0, x1), (y0, y1), color=farbe, lw=0.4 + 2.6 * staerke, alpha=0.75
                )
    for nummer, schicht in enumerate(orte):
        fuellung = FARBEN["akzent"] if nummer == len(orte) - 1 else FARBEN["papier"]
        for x, y in schicht:
            flaeche.plot(
                x, y, "o", ms=29, mfc=fuellung, mec=FARBEN["text"], mew=2.2, zorder=3
            )


def _stand(*teile: str) -> str:
    quelle = Path(__file__).read_text("utf-8")
    return hashlib.sha256("\0".join([quelle, *teile]).encode()).hexdigest()[:12]


def _kontext(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Draw the page's picture where it is new, and tell the template its address."""
    if app.builder.name != "html" or doctree is None or not app.config.html_baseurl:
        return
    titel = context["seitentitel"]
    kopf = context.get("kapitelkopf") or {}
    start = pagename == app.config.root_doc
    ort = kopf.get("teil") or kopf.get("teilnummer") or ""
    if kopf.get("nummer"):
        ort = f"Kapitel {kopf['nummer']}  ·  {ort}"
    if start:
        ort = context["untertitel"]
    buch = "" if start else context["buchtitel"]
    name = f"{pagename.rsplit('/', 1)[-1]}-{_stand(titel, ort, buch, pagename)}.png"
    if not (CACHE / name).is_file():
        zeichne(CACHE / name, titel, ort, buch, pagename)
    # Without the hash: the address of a picture that others link stays the same
    ziel = Path(app.outdir) / ORDNER / f"{pagename}.png"
    ziel.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(CACHE / name, ziel)
    basis = app.config.html_baseurl.rstrip("/")
    context["vorschaubild"] = {
        "url": f"{basis}/{ORDNER}/{pagename}.png",
        "breite": BREITE,
        "hoehe": HOEHE,
        "alt": f"{titel}; daneben ein kleines neuronales Netz mit farbigen Gewichten",
    }


def setup(app: Sphinx) -> dict[str, Any]:
    # After ``seite`` and ``kapitelkopf``, which say what stands on the picture
    app.connect("html-page-context", _kontext, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
