"""`{lernpfade}`: die Kurse des Buchs als Karten oder als Plan mit allen Kapiteln.

Sphinx-Erweiterung (`_config.yml`); die Kurse stehen in `book/lernpfade.yml`.

    ```{lernpfade} karten
    ```

A card leads to the course's plan; the plan links the chapters that are written and says
which are not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from buchbau.kapitel import BuchFehler
from buchbau.lernpfade import DATEI, Halt, Kurs, Lernpfade, dauer, lies_lernpfade

ARTEN = ("karten", "plan")


class LernpfadeDirektive(SphinxDirective):
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        kind = self.arguments[0]
        if kind not in ARTEN:
            raise self.error(f"lernpfade: {kind} gibt es nicht, nur {' und '.join(ARTEN)}.")
        root = Path(self.env.srcdir)
        self.env.note_dependency(str(root / DATEI))
        self.env.note_dependency(str(root / "_toc.yml"))
        try:
            paths = lies_lernpfade(root)
        except BuchFehler as error:
            raise self.error(str(error)) from None
        return [self._karten(paths)] if kind == "karten" else self._plan(paths)

    def _karten(self, paths: Lernpfade) -> nodes.container:
        cards = nodes.container(classes=["karten", "karten-breit"])
        for course in paths.kurse:
            title = nodes.strong("", "", self._verweis("ref", course.marke, course.titel))
            about = f"{course.dauer[0].upper()}{course.dauer[1:]}, {course.inhalt}."
            cards += nodes.container(
                "",
                nodes.paragraph("", "", title),
                nodes.paragraph("", about),
                classes=["karte"],
            )
        return cards

    def _plan(self, paths: Lernpfade) -> list[nodes.Node]:
        count = (
            f"Das Buch wächst noch: Von {paths.geplant} geplanten Kapiteln sind "
            f"{paths.geschrieben} geschrieben und unten verknüpft; "
            "die grau gesetzten fehlen noch."
        )
        if paths.geschrieben == paths.geplant:
            count = f"Alle {paths.geplant} Kapitel sind geschrieben."
        return [nodes.paragraph("", count), *(self._kurs(c) for c in paths.kurse)]

    def _kurs(self, course: Kurs) -> nodes.section:
        section = nodes.section(ids=[course.marke], names=[course.marke])
        section += nodes.title("", f"{course.titel}: {course.dauer}")
        self.state.document.note_explicit_target(section, section)
        section += nodes.paragraph("", course.fuer)
        table = nodes.table(classes=["lernpfad"])
        group = nodes.tgroup("", cols=2)
        group += [nodes.colspec(colwidth=1), nodes.colspec(colwidth=4)]
        head = nodes.row(
            "", _zelle(nodes.Text("Wann")), _zelle(nodes.Text("Kapitel (Minuten)"))
        )
        group += nodes.thead("", head)
        body = nodes.tbody()
        for number, day in enumerate(course.tage, start=1):
            total = dauer(sum(stop.minuten for stop in day))
            name = f"Tag\N{NO-BREAK SPACE}{number}: " if len(course.tage) > 1 else ""
            when = _zelle(nodes.Text(name + total))
            body += nodes.row("", when, _zelle(*self._halte(day)))
        group += body
        table += group
        section += table
        return section

    def _halte(self, day: tuple[Halt, ...]) -> list[nodes.Node]:
        found: list[nodes.Node] = []
        for stop in day:
            if found:
                found.append(nodes.Text("\N{NO-BREAK SPACE}· "))
            route = f"\N{NO-BREAK SPACE}({stop.minuten or 'als Bild'})"
            if stop.docname is None:
                text = f"{stop.titel}{route}"
                found.append(nodes.inline("", text, classes=["geplant"]))
            else:
                found.append(self._verweis("doc", f"/{stop.docname}", stop.titel))
                found.append(nodes.Text(route))
        return found

    def _verweis(self, kind: str, target: str, text: str) -> pending_xref:
        return pending_xref(
            "",
            nodes.inline("", text),
            refdomain="std",
            reftype=kind,
            reftarget=target,
            refexplicit=True,
            refwarn=True,
            refdoc=self.env.docname,
        )


def _zelle(*children: nodes.Node) -> nodes.entry:
    return nodes.entry("", nodes.paragraph("", "", *children))


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("lernpfade", LernpfadeDirektive)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
