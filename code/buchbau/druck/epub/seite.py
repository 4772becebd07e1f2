"""One page of the EPUB: the body that Sphinx wrote, checked, mended and wrapped as XHTML.

Called by ``bauer`` for each page of the book; ``paket`` and ``register`` wrap theirs with
``dokument``.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from buchbau.druck.epub.angaben import netzadresse
from buchbau.kapitel import Kapitel, Teil
from buchbau.sphinx.teilseiten import roemisch, teil_der_seite

if TYPE_CHECKING:
    from buchbau.druck.epub.bauer import BuchEpub

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
MATHML = "http://www.w3.org/1998/Math/MathML"
_N = {"h": XHTML, "m": MATHML}
_TYP = f"{{{EPUB}}}type"
_PRE = re.compile(r"(<pre[^>]*>)(.*?)(</pre>)", re.DOTALL)
_EINZUG = re.compile(r"(?:<[^>]+>)*( *)")
# What a page of the appendix is, told to reading devices and screen readers.
ROLLEN = {"glossar": "glossary", "literatur": "bibliography"}


class SeitenFehler(Exception):
    """A page is not well-formed; the message is one German line."""


@dataclass(frozen=True)
class Abschnitt:
    """A section for the table of contents."""

    anker: str
    titel: str


@dataclass
class Seite:
    """A written page: its file in the book, its titles, what it shows."""

    datei: str
    titel: str
    nummer: str = ""
    kurz: str = ""
    abschnitte: list[Abschnitt] = field(default_factory=list)
    bilder: set[str] = field(default_factory=set)
    eigenschaften: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Number and title as the contents show them."""
        return f"{self.nummer} {self.titel}".strip()


def dokument(titel: str, inhalt: str, stil: str, rolle: str = "") -> str:
    """Return a whole XHTML file; stil: address of the style sheet; rolle: of the body."""
    typ = f' epub:type="{rolle}"' if rolle else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="{XHTML}" xmlns:epub="{EPUB}" lang="de" xml:lang="de">\n'
        f'<head><meta charset="utf-8"/><title>{escape(titel)}</title>'
        f'<link rel="stylesheet" href="{stil}"/></head>\n'
        f"<body{typ}>\n{inhalt}\n</body>\n</html>\n"
    )


def setze(builder: BuchEpub, docname: str, body: str) -> Seite:
    """Write one page of the book; raises SeitenFehler if it is no XHTML."""
    kapitel = builder.env.dlbuch_kapitel[docname]
    datei = builder.get_target_uri(docname)
    text = dokument(
        builder.env.titles[docname].astext(),
        haengende_zeilen(body),
        posixpath.relpath("stil.css", posixpath.dirname(datei)),
    )
    try:
        wurzel = etree.fromstring(text.encode())
    except etree.XMLSyntaxError as fehler:
        raise SeitenFehler(f"Die Seite ist kein XHTML: {fehler.msg}") from None
    seite = Seite(datei, builder.env.titles[docname].astext())
    seite.nummer = str(kapitel.nummer or "")
    seite.kurz = str(kapitel.kopf.get("kurz", ""))
    _richte_kopf(wurzel, kapitel, teil_der_seite(builder.env, docname))
    _bereinige(wurzel)
    _ergaenze_netz(wurzel, kapitel, netzadresse(builder.config, docname))
    _lies(wurzel, seite)
    ziel = Path(builder.outdir) / datei
    ziel.parent.mkdir(parents=True, exist_ok=True)
    ziel.write_bytes(
        etree.tostring(
            wurzel, xml_declaration=True, encoding="utf-8", doctype="<!DOCTYPE html>"
        )
    )
    return seite


def haengende_zeilen(body: str) -> str:
    """Make each line of code a block: where it must wrap, the rest stands further right.

    Pygments closes its spans at the end of every line.
    """

    def zeile(text: str) -> str:
        einzug = min(len(_EINZUG.match(text)[1]) // 4 * 4, 12)  # more leaves no room
        return f'<span class="z e{einzug}">{text}\n</span>'

    def zeilen(treffer: re.Match[str]) -> str:
        auf, code, zu = treffer.groups()
        stuecke = code.replace("<span></span>", "").rstrip("\n").split("\n")
        return auf + "".join(map(zeile, stuecke)) + zu

    return _PRE.sub(zeilen, body)


def _richte_kopf(wurzel: etree._Element, kapitel: Kapitel, teil: Teil | None) -> None:
    """Above the title: number and part; below it: the minutes. teil: whose page this is."""
    abschnitt = wurzel.find("h:body/h:section", _N)
    titel = abschnitt.find("h:h1", _N)
    rolle, zeile = ROLLEN.get(kapitel.name, ""), kapitel.teil
    if teil is not None:
        rolle, zeile = "part", f"Teil {roemisch(teil.nummer)}"
    elif kapitel.nummer:
        rolle, zeile = "chapter", f"Kapitel {kapitel.nummer} · {kapitel.teil}"
    if rolle:
        abschnitt.set(_TYP, rolle)
        abschnitt.set("role", f"doc-{rolle}")
    kopf = etree.Element(f"{{{XHTML}}}p", {"class": "kapitelzeile"})
    kopf.text = zeile
    abschnitt.insert(abschnitt.index(titel), kopf)
    if "lernzeit" in kapitel.kopf:
        zeit = etree.Element(f"{{{XHTML}}}p", {"class": "lernzeit"})
        zeit.text = f"{kapitel.kopf['lernzeit']} Minuten zum Lesen und Üben"
        abschnitt.insert(abschnitt.index(titel) + 1, zeit)


def _bereinige(wurzel: etree._Element) -> None:
    """Take away what docutils and extensions write for browsers.

    Raises SeitenFehler for any script but those of sphinx-thebe, which the book does not
    use: no page of an EPUB may need one.
    """
    for skript in list(wurzel.iter(f"{{{XHTML}}}script")):
        von_thebe = "thebe" in skript.get("type", "")
        if not (von_thebe or (skript.text or "").startswith("kernelName =")):
            raise SeitenFehler("Die Seite enthält ein Skript.")
        skript.getparent().remove(skript)
    # The chapter's number stands above its title, and Sphinx gives it to the sections of
    # answers, too.
    for nummer in wurzel.xpath('//h:span[@class="section-number"]', namespaces=_N):
        titel = nummer.getparent()
        titel.text = (titel.text or "") + (nummer.tail or "")
        titel.remove(nummer)
    for element in wurzel.iter(f"{{{XHTML}}}*"):
        if element.get("role") in ("list", "doc-biblioentry", "doc-noteref", "note"):
            del element.attrib["role"]
        if "start" in element.attrib and not element.tag.endswith("}ol"):
            del element.attrib["start"]


def _ergaenze_netz(wurzel: etree._Element, kapitel: Kapitel, ziel: str) -> None:
    """At the end of a chapter: where it can be tried and run."""
    abschnitt = wurzel.find("h:body/h:section", _N)
    if not kapitel.wird_ausgefuehrt or abschnitt is None:
        return
    satz = etree.SubElement(abschnitt, f"{{{XHTML}}}p", {"class": "im-netz"})
    satz.text = "Dieses Kapitel im Netz, mit Notebook und Live-Figuren: "
    verweis = etree.SubElement(satz, f"{{{XHTML}}}a", {"href": ziel})
    verweis.text = ziel


def _lies(wurzel: etree._Element, seite: Seite) -> None:
    """Note what the package must know: sections, pictures, MathML."""
    ordner = posixpath.dirname(seite.datei)
    for abschnitt in wurzel.findall("h:body/h:section/h:section", _N):
        titel = abschnitt.find("h:h2", _N)
        if titel is not None:
            text = " ".join("".join(titel.itertext()).split())
            seite.abschnitte.append(Abschnitt(abschnitt.get("id"), text))
    for bild in wurzel.iter(f"{{{XHTML}}}img"):
        seite.bilder.add(posixpath.normpath(posixpath.join(ordner, bild.get("src"))))
    if next(wurzel.iter(f"{{{MATHML}}}math"), None) is not None:
        seite.eigenschaften.add("mathml")
