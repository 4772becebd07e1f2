"""The sections at the end of a chapter that take up what folds on the website.

Called by ``umbau``.
"""

from __future__ import annotations

from docutils import nodes

#: Name and title of each section, in the order of the chapter.
ENDE = {
    "quiz": "Antworten zum Quiz",
    "nachgedacht": "Antworten zu „Kurz nachgedacht“",
    "hinweise": "Hinweise zu den Übungen",
    "loesungen": "Lösungen der Übungen",
}


def abschnitt(document: nodes.document, name: str) -> nodes.section:
    """Return the section at the end of the page, made on first use; name: of ``ENDE``."""
    oben = next((c for c in document.children if isinstance(c, nodes.section)), document)
    kennung = f"ende-{name}"
    for kind in oben.children:
        if isinstance(kind, nodes.section) and kennung in kind["ids"]:
            return kind
    neu = nodes.section("", nodes.title("", ENDE[name]), ids=[kennung], names=[])
    oben += neu
    return neu


def ordne(document: nodes.document) -> None:
    """Put the sections in order, before the line about the run: the chapter's last word."""
    ordnung = [f"ende-{name}" for name in ENDE]
    for oben in document.children:
        am_ende = [
            kind
            for kind in oben.children
            if isinstance(kind, nodes.section) and set(ordnung) & set(kind["ids"])
        ]
        if not am_ende:
            continue
        for teil in am_ende:
            oben.remove(teil)
        am_ende.sort(key=lambda teil: ordnung.index(teil["ids"][0]))
        letzte = oben.children[-1]
        stelle = len(oben.children)
        if isinstance(letzte, nodes.paragraph) and "laufzeile" in letzte["classes"]:
            stelle -= 1
        for teil in reversed(am_ende):
            oben.insert(stelle, teil)
