"""Pictures of the EPUB: drawings are stripped to what EPUB allows.

Called by ``bauer``. Matplotlib writes a document type and RDF metadata, and a space as a
path without a shape; the still of a live figure may carry colours on its titles. EPUB
takes none of them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from lxml import etree

SVG = "http://www.w3.org/2000/svg"


def kopiere(quelle: Path, ziel: Path) -> None:
    """Copy a picture into the book."""
    if quelle.suffix != ".svg":
        shutil.copyfile(quelle, ziel)
        return
    # The document type names files on the net; nobody may fetch them.
    leser = etree.XMLParser(load_dtd=False, no_network=True, remove_blank_text=True)
    wurzel = etree.parse(quelle, leser).getroot()
    for angaben in wurzel.findall(f"{{{SVG}}}metadata"):
        wurzel.remove(angaben)
    for pfad in wurzel.iter(f"{{{SVG}}}path"):
        if "d" not in pfad.attrib:
            pfad.set("d", "M0 0")
    for titel in wurzel.iter(f"{{{SVG}}}title", f"{{{SVG}}}desc"):
        titel.attrib.clear()
    ziel.write_bytes(etree.tostring(wurzel, xml_declaration=True, encoding="utf-8"))
