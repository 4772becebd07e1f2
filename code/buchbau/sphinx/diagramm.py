"""Directive ``{diagramm} modul.funktion``: a drawn figure, numbered and captioned.

The function stands in ``code/buchbau/diagramme/<modul>.py`` and returns a
``buchbau.zeichnen.Diagramm`` or a Matplotlib figure. It is drawn while the page is
read, to SVG for the site and PDF for print, under a name that carries a hash of
everything the picture depends on; an unchanged diagram is never drawn twice.

    :::{diagramm} erstes_netz.netz_784_128_10
    :name: abb-netz
    :alt: Drei Spalten von Kreisen …
    Bildunterschrift.
    :::

Areas that ``Diagramm.verweis`` names become links above the picture, see
``diagramm_verweise.py``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

import dlbuch
from buchbau import diagramme, zeichnen
from buchbau.schriften import SchriftenFehler, ttf_ordner
from buchbau.sphinx import diagramm_verweise
from dlbuch.stil import als_pdf, als_svg

LOG = logging.getLogger(__name__)
ABLAGE = "_build/diagramme"
_HILFEN = (
    Path(zeichnen.__file__),
    Path(dlbuch.__file__).with_name("stil.py"),
    Path(dlbuch.__file__).with_name("gestaltung.toml"),
)


class DiagrammFehler(Exception):
    """A diagram cannot be drawn; the message is one German line for the author."""


def _lade(datei: Path, name: str) -> ModuleType:
    """Import a module anew, so that a running preview sees what was just saved."""
    angabe = importlib.util.spec_from_file_location(f"_diagramme_{name}", datei)
    if angabe is None or angabe.loader is None:
        raise DiagrammFehler(f"{datei.name} ist kein Python-Modul.")
    modul = importlib.util.module_from_spec(angabe)
    try:
        angabe.loader.exec_module(modul)
    except Exception as fehler:
        raise DiagrammFehler(
            f"{datei.name} lässt sich nicht laden: {type(fehler).__name__}: {fehler}"
        ) from fehler
    return modul


def zeichne(ziel: str, ordner: Path, ablage: Path) -> tuple[Path, Path]:
    """Draw ``modul.funktion`` unless it is there; returns the module and the stem.

    The stem is the path without suffix; ``.svg`` and ``.pdf`` lie beside each other.
    """
    modulname, punkt, funktion = ziel.partition(".")
    if not punkt or not funktion.isidentifier():
        raise DiagrammFehler(f"»{ziel}« nennt kein Diagramm: Erwartet wird modul.funktion.")
    datei = ordner / f"{modulname}.py"
    if not datei.is_file():
        vorhanden = ", ".join(sorted(d.stem for d in ordner.glob("[!_]*.py")))
        raise DiagrammFehler(
            f"Das Modul »{modulname}« gibt es in {ordner.name}/ nicht"
            + (f" (vorhanden: {vorhanden})." if vorhanden else ".")
        )
    try:
        schriften = ttf_ordner()
    except SchriftenFehler as fehler:
        raise DiagrammFehler(str(fehler)) from fehler
    summe = hashlib.sha256(f"{funktion} {schriften.name}".encode())
    for quelle in (datei, Path(__file__), *_HILFEN):
        summe.update(quelle.read_bytes())
    name = f"{modulname}-{funktion}".replace("_", "-")
    stamm = ablage / f"{name}-{summe.hexdigest()[:12]}"
    svg, pdf = stamm.with_suffix(".svg"), stamm.with_suffix(".pdf")
    if svg.is_file() and pdf.is_file():
        return datei, stamm
    os.environ["DLBUCH_SCHRIFTEN"] = str(schriften)
    zeichner = getattr(_lade(datei, modulname), funktion, None)
    if not callable(zeichner):
        raise DiagrammFehler(
            f"Die Funktion »{funktion}« gibt es in {ordner.name}/{datei.name} nicht."
        )
    try:
        ergebnis = zeichner()
        figur = getattr(ergebnis, "figur", ergebnis)
        bilder = {pdf: als_pdf(figur), svg: als_svg(figur).encode()}
    except Exception as fehler:
        raise DiagrammFehler(
            f"Das Diagramm »{ziel}« bricht ab: {type(fehler).__name__}: {fehler}"
        ) from fehler
    ablage.mkdir(parents=True, exist_ok=True)
    for pfad, inhalt in bilder.items():
        pfad.write_bytes(inhalt)
    diagramm_verweise.schreibe(stamm, getattr(ergebnis, "verweise", []))
    return datei, stamm


class Diagramm(SphinxDirective):
    """See the module's docstring."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "name": directives.unchanged,
        "alt": directives.unchanged,
        "class": directives.class_option,
    }

    def run(self) -> list[nodes.Node]:
        ziel = self.arguments[0].strip()
        ordner = Path(self.config.diagramm_ordner or Path(diagramme.__file__).parent)
        try:
            modul, stamm = zeichne(ziel, ordner, Path(self.env.srcdir) / ABLAGE)
        except DiagrammFehler as fehler:
            LOG.warning(str(fehler), location=self.get_location())
            return []
        self.env.note_dependency(str(modul))
        alt = self.options.get("alt", "").strip()
        if not alt:
            LOG.warning(
                f"Dem Diagramm »{ziel}« fehlt der Alternativtext: "
                ":alt: sagt, was zu sehen ist.",
                location=self.get_location(),
            )
        bild = nodes.image(uri=f"/{ABLAGE}/{stamm.name}.*", alt=alt)
        figur = nodes.figure("", bild, classes=["diagramm"])
        figur["classes"] += self.options.get("class", [])
        self.set_source_info(figur)
        if verweise := diagramm_verweise.lies(stamm):
            figur["classes"].append("mit-verweisen")
            figur += diagramm_verweise.knoten(verweise, stamm, self.env.docname)
        self._beschrifte(figur)
        self.add_name(figur)
        return [figur]

    def _beschrifte(self, figur: nodes.figure) -> None:
        """First paragraph of the body is the caption, the rest the legend."""
        if not self.content:
            return
        inhalt = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, inhalt)
        erster, *rest = inhalt.children
        unterschrift = nodes.caption("", "", *erster.children)
        unterschrift.source, unterschrift.line = self.get_source_info()
        figur += unterschrift
        if rest:
            figur += nodes.legend("", *rest)


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("diagramm_ordner", None, "env", types=[str, type(None)])
    app.add_directive("diagramm", Diagramm)
    diagramm_verweise.melde_an(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
