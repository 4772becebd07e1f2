"""Fonts of the book, made from the npm packages of @fontsource.

The site gets subset WOFF2 files (called by ``buchbau.sphinx.seite``), Matplotlib and
LuaLaTeX get TrueType files with Latin and Greek merged (called by the execution of
chapters, by ``buchbau.sphinx.diagramm`` and by the print build). Both land in a cache
folder whose names carry a hash of their sources, so a second call costs nothing.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WURZEL = Path(__file__).resolve().parents[2]
FONTSOURCE = WURZEL / "node_modules" / "@fontsource"
CACHE = WURZEL / "_build" / ".schriften"


class SchriftenFehler(RuntimeError):
    """A font file is missing; the message says what to do, in German."""


@dataclass(frozen=True)
class Schnitt:
    """One face: npm package, weight and slope, and the family name in CSS."""

    familie: str
    paket: str
    gewicht: int
    kursiv: bool = False

    @property
    def name(self) -> str:
        """File stem, e.g. ``source-serif-4-400-italic``."""
        return f"{self.paket}-{self.gewicht}-{'italic' if self.kursiv else 'normal'}"

    def quelle(self, schrift: str) -> Path:
        """Path of the WOFF2 that npm installed for one Unicode subset."""
        lage = "italic" if self.kursiv else "normal"
        datei = f"{self.paket}-{schrift}-{self.gewicht}-{lage}.woff2"
        return FONTSOURCE / self.paket / "files" / datei


SERIF, SANS, CODE = "Source Serif 4", "Source Sans 3", "Source Code Pro"

SCHNITTE_SEITE = (
    Schnitt(SERIF, "source-serif-4", 400),
    Schnitt(SERIF, "source-serif-4", 400, kursiv=True),
    Schnitt(SERIF, "source-serif-4", 600),
    Schnitt(SANS, "source-sans-3", 400),
    Schnitt(SANS, "source-sans-3", 600),
    Schnitt(CODE, "source-code-pro", 400),
)
SCHNITTE_TTF = (
    *SCHNITTE_SEITE,
    Schnitt(SERIF, "source-serif-4", 600, kursiv=True),
    Schnitt(SERIF, "source-serif-4", 700),
    Schnitt(SERIF, "source-serif-4", 700, kursiv=True),
    Schnitt(SANS, "source-sans-3", 400, kursiv=True),
    Schnitt(SANS, "source-sans-3", 600, kursiv=True),
    Schnitt(SANS, "source-sans-3", 700),
    Schnitt(CODE, "source-code-pro", 400, kursiv=True),
    Schnitt(CODE, "source-code-pro", 700),
)

# Basic Latin, Latin-1, German quotes and dashes, minus, arrows, ellipsis, euro,
# per mille, ř and ž of a few names. Everything else falls back to a system font.
ZEICHEN_SEITE = (
    "U+20-7E,U+A0-FF,U+152,U+153,U+160,U+161,U+17D,U+17E,U+2BC,U+2010-2014,"
    "U+2018-201A,U+201C-201E,U+2020-2022,U+2026,U+2030,U+2039,U+203A,U+20AC,"
    "U+2190-2193,U+2212,U+00D7,U+2009,U+200B,U+202F"
)
MERKMALE_SEITE = "kern,liga,mark,mkmk,ccmp,locl,lnum,tnum"


def _quelle(schnitt: Schnitt, schrift: str) -> Path:
    datei = schnitt.quelle(schrift)
    if not datei.is_file():
        raise SchriftenFehler(
            f"Die Schriftdatei {datei.name} fehlt: Bitte einmal »npm ci« ausführen "
            "(make html tut das von selbst)."
        )
    return datei


def _stand(dateien: list[Path], zusatz: str) -> str:
    summe = hashlib.sha256(zusatz.encode())
    for datei in dateien:
        summe.update(datei.name.encode())
        summe.update(datei.read_bytes())
    return summe.hexdigest()[:12]


def _ablegen(schrift: object, ziel: Path) -> None:
    """Save under a name of its own and rename: parallel chapters may do the same."""
    griff, zwischen = tempfile.mkstemp(dir=ziel.parent, suffix=".teil")
    os.close(griff)
    schrift.save(zwischen)
    Path(zwischen).replace(ziel)


@cache
def woff2_fuer_seite(ordner: Path = CACHE / "woff2") -> dict[Schnitt, Path]:
    """Subset WOFF2 files for the site, one per face; made on first use."""
    from fontTools import subset

    fertig: dict[Schnitt, Path] = {}
    ordner.mkdir(parents=True, exist_ok=True)
    for schnitt in SCHNITTE_SEITE:
        quelle = _quelle(schnitt, "latin")
        stand = _stand([quelle], ZEICHEN_SEITE + MERKMALE_SEITE)
        ziel = ordner / f"{schnitt.name}-{stand}.woff2"
        if not ziel.is_file():
            optionen = subset.Options(flavor="woff2")
            optionen.layout_features = MERKMALE_SEITE.split(",")
            optionen.drop_tables += ["STAT", "BASE"]
            schrift = subset.load_font(str(quelle), optionen)
            auswahl = subset.Subsetter(optionen)
            auswahl.populate(unicodes=subset.parse_unicodes(ZEICHEN_SEITE))
            auswahl.subset(schrift)
            schrift.flavor = "woff2"
            _ablegen(schrift, ziel)
        fertig[schnitt] = ziel
    return fertig


def woff2_auswahl(quelle: Path, zeichen: str, ordner: Path = CACHE / "auswahl") -> Path:
    """Some characters of a font as WOFF2; ``zeichen`` as CSS writes ranges."""
    from fontTools import subset

    ordner.mkdir(parents=True, exist_ok=True)
    ziel = ordner / f"{quelle.stem}-{_stand([quelle], zeichen)}.woff2"
    if not ziel.is_file():
        optionen = subset.Options(flavor="woff2", hinting=False)
        optionen.layout_features = ["kern"]
        optionen.name_IDs = []
        optionen.drop_tables += ["STAT", "BASE", "FFTM", "GDEF"]
        schrift = subset.load_font(str(quelle), optionen)
        auswahl = subset.Subsetter(optionen)
        auswahl.populate(unicodes=subset.parse_unicodes(zeichen))
        auswahl.subset(schrift)
        schrift.flavor = "woff2"
        _ablegen(schrift, ziel)
    return ziel


# What formulas of this book mostly need; the rest of a split font loads on demand.
ZEICHEN_FORMELN = (
    "U+20-7E,U+A0,U+AC,U+B1,U+B7,U+D7,U+2C6,U+2DC,U+AF,U+393-3A9,U+3B1-3C9,U+3D1,U+3D5,U+3F5,U+2013,U+2016,U+2026,"
    "U+2032,U+20D7,U+2190,U+2192,U+21A6,U+21D2,U+2200,U+2202,U+2203,U+2205,U+2207,"
    "U+2208,U+2211,U+2212,U+2217,U+2218,U+221A,U+221D,U+221E,U+2223,U+2225,U+222A,"
    "U+223C,U+2248,U+2260,U+2261,U+2264,U+2265,U+2299,U+22A4,U+22C5,U+22EE,U+22EF,"
    "U+22F1,U+27E8,U+27E9"
)
# Bold in formulas is for letters of vectors and matrices.
ZEICHEN_FETT = "U+30-39,U+41-5A,U+61-7A"


def woff2_fuer_formel(quelle: Path, ordner: Path = CACHE / "formeln") -> list[Path]:
    """KaTeX's font without hinting, a third smaller, in two parts.

    The first part holds what formulas of this book use, the second the others, for
    ``unicode-range`` rules. A font that has nothing of one of them comes as a single part.
    """
    from fontTools import subset

    ordner.mkdir(parents=True, exist_ok=True)
    haeufig = ZEICHEN_FETT if "Bold" in quelle.stem else ZEICHEN_FORMELN
    stand = _stand([quelle], haeufig)
    fertig = []
    gewaehlt = set(subset.parse_unicodes(haeufig))
    for teil in ("haupt", "rest"):
        ziel = ordner / f"{quelle.stem}-{stand}-{teil}.woff2"
        leer = ziel.with_suffix(".leer")
        if not ziel.is_file() and not leer.is_file():
            optionen = subset.Options(flavor="woff2", hinting=False)
            optionen.layout_features = ["*"]
            optionen.name_IDs = []
            optionen.drop_tables += ["FFTM", "GDEF"]
            schrift = subset.load_font(str(quelle), optionen)
            da = set(schrift.getBestCmap())
            zeichen = da & gewaehlt if teil == "haupt" else da - gewaehlt
            if zeichen:
                auswahl = subset.Subsetter(optionen)
                auswahl.populate(unicodes=zeichen)
                auswahl.subset(schrift)
                schrift.flavor = "woff2"
                _ablegen(schrift, ziel)
            else:
                leer.touch()
        if ziel.is_file():
            fertig.append(ziel)
    return fertig


def _ttf(schnitt: Schnitt, ziel: Path) -> None:
    """Merge the Latin and Greek subsets of one face into one TrueType file."""
    from fontTools import merge
    from fontTools.ttLib import TTFont

    teile = [_quelle(schnitt, "latin")]
    for schrift in ("latin-ext", "greek"):
        if schnitt.quelle(schrift).is_file():
            teile.append(schnitt.quelle(schrift))
    with tempfile.TemporaryDirectory() as ordner:
        dateien = []
        for nummer, teil in enumerate(teile):
            schrift = TTFont(teil)
            schrift.flavor = None
            # STAT and BASE describe variable axes and scripts that are not here
            for tabelle in ("STAT", "BASE", "DSIG"):
                if tabelle in schrift:
                    del schrift[tabelle]
            dateien.append(str(Path(ordner) / f"{nummer}.ttf"))
            schrift.save(dateien[-1])
        optionen = merge.Options()
        optionen.drop_tables = ["prep", "gasp"]
        verbunden = merge.Merger(optionen).merge(dateien)
    stil = {
        (400, False): "Regular",
        (400, True): "Italic",
        (600, False): "SemiBold",
        (600, True): "SemiBold Italic",
        (700, False): "Bold",
        (700, True): "Bold Italic",
    }[schnitt.gewicht, schnitt.kursiv]
    for kennung, text in (
        (1, schnitt.familie),
        (2, stil),
        (4, f"{schnitt.familie} {stil}"),
        (6, f"{schnitt.familie} {stil}".replace(" ", "")),
        (16, schnitt.familie),
        (17, stil),
    ):
        verbunden["name"].setName(text, kennung, 3, 1, 0x409)
        verbunden["name"].setName(text, kennung, 1, 0, 0)
    # fixed dates: the same input gives the same bytes
    verbunden["head"].created = verbunden["head"].modified = 3_786_912_000
    verbunden.recalcTimestamp = False
    _ablegen(verbunden, ziel)


def ttf_ordner(ordner: Path = CACHE / "ttf") -> Path:
    """Folder with one TrueType file per face (``source-serif-4-400-normal.ttf``).

    Pass it to a chapter's kernel as ``DLBUCH_SCHRIFTEN`` and to LuaLaTeX as a path.
    """
    quellen = [_quelle(schnitt, "latin") for schnitt in SCHNITTE_TTF]
    stand = ordner / _stand(quellen, Path(__file__).read_text("utf-8"))
    stand.mkdir(parents=True, exist_ok=True)
    for schnitt in SCHNITTE_TTF:
        ziel = stand / f"{schnitt.name}.ttf"
        if not ziel.is_file():
            _ttf(schnitt, ziel)
    return stand
