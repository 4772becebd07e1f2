"""Look of the book's figures: ``dlbuch.stil()`` and the colours ``dlbuch.FARBEN``.

Called in the first cell of every chapter and by ``buchbau.zeichnen`` for diagrams.
Everything comes from ``gestaltung.toml`` beside this file. Works in the build, in
JupyterLab, in Colab (IPython 7) and in a plain Python process.

A figure is drawn at its final size: one inch holds 96 CSS pixels, a figure of default
width is as wide as the text, and its labels are as large as the caption.
"""

from __future__ import annotations

import io
import os
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PIXEL_JE_ZOLL = 96
_PUNKT_JE_ZOLL = 72
# A scatter of many thousand marks weighs megabytes as SVG; then PNG is the lighter one.
_HOECHSTENS_BYTES_SVG = 400_000


@lru_cache(maxsize=1)
def gestaltung() -> dict[str, Any]:
    """Content of ``gestaltung.toml``."""
    with Path(__file__).with_name("gestaltung.toml").open("rb") as datei:
        return tomllib.load(datei)


FARBEN: Mapping[str, str] = MappingProxyType(gestaltung()["farben"]["hell"])
"""Colours by meaning, the same names as the CSS variables: ``FARBEN["training"]``."""

LINIEN: Mapping[str, str] = MappingProxyType(gestaltung()["linien"])
"""Line styles of ``training``, ``validierung``, ``test``: also read in grey."""

MARKEN: Mapping[str, Any] = MappingProxyType(gestaltung()["marken"])
"""Markers of the three sets, and ``MARKEN["klassen"][k]`` for class or cluster k."""


def _punkt(pixel: float) -> float:
    return pixel / _PIXEL_JE_ZOLL * _PUNKT_JE_ZOLL


def textbreite() -> float:
    """Width of the text in inches, as Matplotlib's ``figsize`` wants it."""
    return gestaltung()["masse"]["satzbreite"] / _PIXEL_JE_ZOLL


def _schriften() -> tuple[list[str], list[str], list[str]]:
    """Sans, serif and mono families; the book's fonts come first where they are found.

    The build names their folder in ``DLBUCH_SCHRIFTEN``. Readers' machines have none,
    and Matplotlib's own fonts take over without a warning.
    """
    from matplotlib import font_manager

    namen = gestaltung()["schriften"]
    ordner = os.environ.get("DLBUCH_SCHRIFTEN", "")
    da: set[str] = {eintrag.name for eintrag in font_manager.fontManager.ttflist}
    if ordner and Path(ordner).is_dir() and namen["serifenlos"] not in da:
        for datei in sorted(Path(ordner).glob("*.ttf")):
            font_manager.fontManager.addfont(datei)
        da = {eintrag.name for eintrag in font_manager.fontManager.ttflist}

    def familie(schluessel: str, ersatz: str) -> list[str]:
        return [name for name in (namen[schluessel], ersatz) if name in da]

    return (
        familie("serifenlos", "DejaVu Sans"),
        familie("text", "DejaVu Serif"),
        familie("code", "DejaVu Sans Mono"),
    )


def _rc() -> dict[str, Any]:
    """The style as Matplotlib's rcParams."""
    from cycler import cycler

    masse, farben = gestaltung()["masse"], FARBEN
    gross, klein = _punkt(masse["bildunterschrift"]), _punkt(masse["klein"])
    sans, serif, mono = _schriften()
    klassen = [farben[f"klasse-{k}"] for k in range(10)]
    rc: dict[str, Any] = {
        "figure.figsize": (textbreite(), textbreite() * 0.56),
        "figure.dpi": _PIXEL_JE_ZOLL,
        "savefig.dpi": 2 * _PIXEL_JE_ZOLL,
        "figure.facecolor": farben["papier"],
        "savefig.facecolor": farben["papier"],
        "figure.constrained_layout.use": True,
        "figure.constrained_layout.h_pad": 0.04,
        "figure.constrained_layout.w_pad": 0.04,
        "font.family": sans,
        "font.sans-serif": sans,
        "font.serif": serif,
        "font.monospace": mono,
        "font.size": gross,
        "axes.titlesize": gross,
        "axes.titleweight": "normal",
        "axes.titlelocation": "left",
        "axes.titlepad": 7,
        "axes.labelsize": gross,
        "xtick.labelsize": klein,
        "ytick.labelsize": klein,
        "legend.fontsize": klein,
        "figure.labelsize": gross,
        "figure.labelweight": "normal",
        "figure.titlesize": gross,
        "text.color": farben["text"],
        "axes.labelcolor": farben["text"],
        "axes.titlecolor": farben["text"],
        "axes.edgecolor": farben["rahmen"],
        "xtick.color": farben["rahmen"],
        "ytick.color": farben["rahmen"],
        "xtick.labelcolor": farben["text-leise"],
        "ytick.labelcolor": farben["text-leise"],
        "axes.facecolor": farben["papier"],
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.linewidth": 0.8,
        "axes.grid": True,
        "axes.axisbelow": True,
        "grid.color": farben["gitter"],
        "grid.linewidth": 0.8,
        "xtick.direction": "out",
        "xtick.major.size": 3,
        "ytick.major.size": 0,
        "xtick.major.width": 0.8,
        "axes.prop_cycle": cycler(color=klassen),
        "axes.formatter.use_mathtext": True,
        "axes.unicode_minus": True,
        "lines.linewidth": 1.9,
        "lines.markersize": 5.5,
        "lines.solid_capstyle": "round",
        "patch.linewidth": 0.8,
        "hatch.color": farben["papier"],
        "legend.frameon": False,
        "image.cmap": "dlbuch-dichte",
        "image.interpolation": "nearest",
        "mathtext.fontset": "dejavuserif",
        "svg.hashsalt": "dlbuch",
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
    }
    if serif and serif[0] == gestaltung()["schriften"]["text"]:
        rc |= {
            "mathtext.fontset": "custom",
            "mathtext.rm": serif[0],
            "mathtext.it": f"{serif[0]}:italic",
            "mathtext.bf": f"{serif[0]}:bold",
            "mathtext.bfit": f"{serif[0]}:italic:bold",
            "mathtext.sf": sans[0],
            "mathtext.tt": mono[0],
            "mathtext.cal": f"{serif[0]}:italic",
            "mathtext.fallback": "stix",
        }
    return rc


def _melde_verlaeufe_an() -> None:
    """Register the colormaps ``dlbuch-vorzeichen`` and ``dlbuch-dichte`` (and _r)."""
    import matplotlib
    from matplotlib.colors import LinearSegmentedColormap

    for name, stufen in gestaltung()["verlaeufe"].items():
        verlauf = LinearSegmentedColormap.from_list(f"dlbuch-{name}", stufen)
        for art in (verlauf, verlauf.reversed()):
            if art.name not in matplotlib.colormaps:
                matplotlib.colormaps.register(art)


def _deutsche_zahl(text: str) -> str:
    """Tick label with minus sign and decimal comma (braces keep mathtext from spacing)."""
    return text.replace("-", "\N{MINUS SIGN}").replace(".", "{,}" if "$" in text else ",")


def _beschrifte_achsen_deutsch() -> None:
    """Decimal commas at the ticks of all linear axes.

    Matplotlib offers this only through the system's locale, which Colab and most build
    machines do not have; ``fix_minus`` is the one place every tick label passes.
    """
    from matplotlib.ticker import ScalarFormatter

    ScalarFormatter.fix_minus = staticmethod(_deutsche_zahl)


def _zeigt_pixel(figur: Figure) -> bool:
    """Whether a figure holds pixels (pictures, grids of values) and so must be PNG."""
    from matplotlib.collections import QuadMesh
    from matplotlib.image import AxesImage, FigureImage

    # The gradient of a colour bar alone does not make a line plot a picture.
    leisten = {
        id(achse) for achse in figur.axes if getattr(achse, "_colorbar", None) is not None
    }
    if figur.findobj(FigureImage):
        return True
    return any(
        id(stueck.axes) not in leisten
        for stueck in figur.findobj(lambda s: isinstance(s, AxesImage | QuadMesh))
    )


def als_svg(figur: Figure) -> str:
    """SVG text of a figure; the same figure always gives the same bytes."""
    puffer = io.StringIO()
    angaben = {"Date": None, "Creator": "dlbuch"}
    figur.savefig(puffer, format="svg", metadata=angaben)
    return puffer.getvalue()


def als_pdf(figur: Figure) -> bytes:
    """PDF of a figure without date, for the printed book."""
    puffer = io.BytesIO()
    angaben = {"CreationDate": None, "Creator": "dlbuch", "Producer": "dlbuch"}
    figur.savefig(puffer, format="pdf", metadata=angaben)
    return puffer.getvalue()


def als_png(figur: Figure) -> bytes:
    """PNG of a figure at twice the screen's density."""
    puffer = io.BytesIO()
    figur.savefig(
        puffer, format="png", dpi=2 * _PIXEL_JE_ZOLL, metadata={"Software": "dlbuch"}
    )
    return puffer.getvalue()


def _ausgabe(
    figur: Figure, include: object = None, exclude: object = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """MIME bundle of a figure: vector for line art, PNG where it shows pixels."""
    if not _zeigt_pixel(figur):
        svg = als_svg(figur)
        if len(svg) <= _HOECHSTENS_BYTES_SVG:
            buendel: dict[str, Any] = {"image/svg+xml": svg}
            if os.environ.get("DLBUCH_PDF") == "1":
                buendel["application/pdf"] = _base64(als_pdf(figur))
            return buendel, {}
    breite, hoehe = (int(zoll * _PIXEL_JE_ZOLL) for zoll in figur.get_size_inches())
    masse = {"image/png": {"width": breite, "height": hoehe}}
    return {"image/png": _base64(als_png(figur))}, masse


def _base64(daten: bytes) -> str:
    import base64

    return base64.b64encode(daten).decode("ascii")


def _melde_ausgabe_an() -> None:
    """Make the notebook show figures as ``_ausgabe`` says (outside: do nothing)."""
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is None:
        return
    import matplotlib
    from matplotlib.figure import Figure

    # Loading the inline backend now: it would register PNG for all figures later.
    matplotlib.get_backend()
    import matplotlib.pyplot as plt

    if "inline" in matplotlib.get_backend():
        plt.switch_backend(matplotlib.get_backend())
    anzeige = shell.display_formatter
    for einzeln in anzeige.formatters.values():
        einzeln.type_printers.pop(Figure, None)
    anzeige.mimebundle_formatter.for_type(Figure, _ausgabe)


def stil() -> None:
    """Switch Matplotlib to the look of the book, for this notebook or process."""
    import matplotlib

    _melde_verlaeufe_an()
    _melde_ausgabe_an()
    _beschrifte_achsen_deutsch()
    matplotlib.rcParams.update(_rc())
