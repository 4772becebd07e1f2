"""Was jede Kapitelseite über sich sagt: Zeiten, Wege, Nachbarn, Lauf; und die Statusseite.

Sphinx-Erweiterung. Prüft dabei den Kopf der Kapitel (`buchbau.kapitel.maengel`). Die
Vorlagen lesen `kapitelkopf` und `nachbarn` aus dem Kontext der Seite.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from buchbau import messwerte
from buchbau.kapitel import BuchFehler, Kapitel, lies_buch, lies_teile, maengel
from dlbuch.zahlen import zahl

LOG = logging.getLogger(__name__)
PAKETNAMEN = {
    "tensorflow": "TensorFlow",
    "jax": "JAX",
    "torch": "PyTorch",
    "keras": "Keras",
    "numpy": "NumPy",
    "python": "Python",
    "scikit-learn": "scikit-learn",
}


def _lies_buch(app: Sphinx) -> None:
    """Read the book once a build and report what is wrong with it."""
    root = Path(app.srcdir)
    app.env.dlbuch_kapitel = {}
    app.env.dlbuch_teile = []
    if not (root / "_toc.yml").exists():
        return
    try:
        pages = lies_buch(root)
    except BuchFehler as error:
        LOG.error("%s", error)
        return
    app.env.dlbuch_kapitel = {page.docname: page for page in pages}
    app.env.dlbuch_teile = lies_teile(root)
    for page in pages:
        if page.wird_ausgefuehrt:
            for fault in maengel(page):
                LOG.warning("%s", fault, location=page.docname)


def _kapitel(env: BuildEnvironment, docname: str) -> Kapitel | None:
    return getattr(env, "dlbuch_kapitel", {}).get(docname)


def minuten(seconds: float) -> str:
    """Return a duration the way a reader says it: "74 s" or "3 min"."""
    if seconds < 100:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min"


def datum(iso: str) -> str:
    """Return a date the German way: 21.11.2026."""
    day = date.fromisoformat(iso)
    return f"{day.day}.{day.month}.{day.year}"


def laufzeile(record: dict) -> str:
    """Return the sentence that says when, on what and how long a chapter ran."""
    device = f"{record['kerne']} CPU-Kernen"
    if record["geraet"] == "gpu":
        device = f"einer GPU ({record.get('geraetename', 'ohne Namen')})"
    versions = ", ".join(
        f"{label} {record['versionen'][key]}"
        for key, label in PAKETNAMEN.items()
        if key in record["versionen"] and key in (record["backend"], "keras", "numpy")
    )
    memory = record.get("speicher_mb")
    used = f", höchstens {zahl(memory / 1000, '.1f')} GB Speicher" if memory else ""
    too_much = "" if messwerte.passt_auf_binder(record) else " Für Binder ist das zu viel."
    return (
        f"Ausgeführt am {datum(record['datum'])} auf {device} "
        f"in {minuten(record['sekunden'])}{used}; {versions}.{too_much}"
    )


def _verweise(kapitel: Kapitel, labels: list[str]) -> list[nodes.Node]:
    """Return links to labels, separated by dots; their text is the title they name."""
    found: list[nodes.Node] = []
    for label in labels:
        if found:
            found.append(nodes.Text(" · "))
        found.append(
            pending_xref(
                "",
                nodes.inline("", label),
                refdomain="std",
                reftype="ref",
                reftarget=label,
                refexplicit=False,
                refwarn=True,
                refdoc=kapitel.docname,
            )
        )
    return found


def _wege(kapitel: Kapitel) -> nodes.container | None:
    """Return what a chapter presupposes and the marked routes through it, with links."""
    lines = nodes.bullet_list(bullet="-")

    def line(lead: str, *rest: nodes.Node) -> None:
        paragraph = nodes.paragraph("", "", nodes.strong("", f"{lead}: "), *rest)
        lines.append(nodes.list_item("", paragraph))

    for minutes, labels in sorted(kapitel.kopf["wege"].items()):
        if labels == "alles":
            everything = nodes.Text("das ganze Kapitel, die Übungen zusätzlich")
            line(f"{minutes} Minuten", everything)
        else:
            line(f"{minutes} Minuten", *_verweise(kapitel, labels))
    if kapitel.kopf["voraussetzungen"]:
        line("Setzt voraus", *_verweise(kapitel, kapitel.kopf["voraussetzungen"]))
    if not lines.children:
        return None
    title = nodes.paragraph("", "Wege durch das Kapitel", classes=["wege-titel"])
    return nodes.container("", title, lines, classes=["wege"])


def _ergaenze_seite(app: Sphinx, doctree: nodes.document) -> None:
    """Put the routes below the title and the line about the run at the page's end."""
    kapitel = _kapitel(app.env, app.env.docname)
    if kapitel is None or not kapitel.wird_ausgefuehrt or maengel(kapitel):
        return
    section = next(iter(doctree.findall(nodes.section)), None)
    if section is None:
        return
    routes = _wege(kapitel)
    if routes is not None:
        # Hinter Titel und Leitsatz: erst die Frage, dann der Fahrplan.
        position = next(
            (
                i + 1
                for i, n in enumerate(section.children)
                if isinstance(n, nodes.paragraph)
            ),
            1,
        )
        section.insert(position, routes)
    app.env.note_dependency(str(messwerte.datei(kapitel)))
    record = messwerte.lies(kapitel)
    if record is not None:
        section += nodes.paragraph("", laufzeile(record), classes=["laufzeile"])


def _kontext(
    app: Sphinx, pagename: str, templatename: str, context: dict, doctree: Any
) -> None:
    """Give the templates what they show above and below a chapter."""
    kapitel = _kapitel(app.env, pagename)
    if kapitel is None:
        return
    if kapitel.wird_ausgefuehrt and not maengel(kapitel):
        record = messwerte.lies(kapitel)
        seconds = record["sekunden"] if record else kapitel.kopf["laufzeit"]
        context["kapitelkopf"] = {
            "teil": kapitel.teil,
            "nummer": kapitel.nummer,
            "lernzeit": kapitel.kopf["lernzeit"],
            "laufzeit_text": minuten(seconds),
            "gpu": kapitel.gpu,
        }
    elif kapitel.teil:
        context["kapitelkopf"] = {"teil": kapitel.teil, "nummer": kapitel.nummer}
    pages = list(app.env.dlbuch_kapitel.values())
    place = pages.index(kapitel)
    neighbours = {}
    if place > 0:
        neighbours["zurueck"] = pages[place - 1]
    if place + 1 < len(pages):
        neighbours["weiter"] = pages[place + 1]
    context["nachbarn"] = {
        direction: {
            "titel": page.titel,
            "url": app.builder.get_relative_uri(pagename, page.docname),
            "kurz": page.kopf.get("kurz", ""),
        }
        for direction, page in neighbours.items()
    }


class Messwerte(SphinxDirective):
    """`{messwerte}`: a table of all runs and one of all claimed numbers."""

    def run(self) -> list[nodes.Node]:
        chapters = [
            k
            for k in self.env.dlbuch_kapitel.values()
            if k.wird_ausgefuehrt and not maengel(k)
        ]
        runs, numbers = [], []
        for chapter in chapters:
            self.env.note_dependency(str(messwerte.datei(chapter)))
            record = messwerte.lies(chapter)
            if record is None:
                continue
            runs.append(
                [
                    chapter.titel,
                    zahl(record["sekunden"], ".0f"),
                    zahl(record["speicher_mb"] / 1000, ".1f")
                    if record["speicher_mb"]
                    else "–",
                    record["geraet"].upper(),
                    datum(record["datum"]),
                    ", ".join(
                        f"{PAKETNAMEN[p]} {v}"
                        for p, v in record["versionen"].items()
                        if p in PAKETNAMEN
                    ),
                ]
            )
            for key, number in record["zahlen"].items():
                low, high = (
                    chapter.kopf["behauptungen"]
                    .get(key, {})
                    .get(
                        record["geraet"],
                        chapter.kopf["behauptungen"].get(key, {}).get("cpu", (0, 0)),
                    )
                )
                numbers.append(
                    [
                        chapter.titel,
                        key,
                        number["text"],
                        f"{zahl(low, ',g')} bis {zahl(high, ',g')}",
                    ]
                )
        return [
            _tabelle(
                "Läufe der Kapitel",
                ["Kapitel", "Zeit in s", "Speicher in GB", "Gerät", "Datum", "Versionen"],
                runs,
            ),
            _tabelle(
                "Behauptete Zahlen und der Bereich, in dem der Bau sie hält",
                ["Kapitel", "Zahl", "Wert im Text", "Bereich (roher Wert)"],
                numbers,
            ),
        ]


def _tabelle(title: str, head: list[str], rows: list[list[str]]) -> nodes.table:
    table = nodes.table("", nodes.title("", title), classes=["messwerte"])
    group = nodes.tgroup(cols=len(head))
    table += group
    group.extend(nodes.colspec(colwidth=1) for _ in head)

    def row(cells: list[str]) -> nodes.row:
        return nodes.row(
            "", *[nodes.entry("", nodes.paragraph("", cell)) for cell in cells]
        )

    group += nodes.thead("", row(head))
    group += nodes.tbody("", *[row(cells) for cells in rows])
    return table


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("messwerte", Messwerte)
    app.connect("builder-inited", _lies_buch)
    app.connect("doctree-read", _ergaenze_seite)
    app.connect("html-page-context", _kontext)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
