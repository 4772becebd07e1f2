"""Parts and chapters of the book as the pages show them.

Used by ``seite`` (the list at the left) and ``startseite`` (the overview); what they
know of the parts comes from ``kapitelkopf``, which reads the book once a build.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

# Up to here all parts stand open; in the full book only the one being read.
OFFEN_BIS = 14


def teile_des_buchs(app: Sphinx, seite: str) -> list[dict[str, Any]]:
    """Parts of ``_toc.yml``, each with titel, url, kurz, aktuell, ``offen``, kapitel.

    A chapter has url (seen from ``seite``), titel, nummer, kurz and aktuell. The url of a
    part leads to the page about it; None where there is none.
    """
    karte = getattr(app.env, "external_site_map", None)
    if karte is None:
        return []
    teile = []
    seiten = {teil.titel: teil.seite for teil in getattr(app.env, "dlbuch_teile", [])}
    for baum in karte.root.subtrees:
        kapitel = [
            {
                "url": app.builder.get_relative_uri(seite, name),
                "titel": app.env.titles[name].astext(),
                "nummer": ".".join(
                    map(str, app.env.toc_secnumbers.get(name, {}).get("", ()))
                ),
                "aktuell": name == seite,
                "kurz": str(app.env.metadata.get(name, {}).get("kurz", "")),
            }
            for name in map(str, baum.files())
            if name in app.env.titles
        ]
        eigene = seiten.get(baum.caption, "")
        da = eigene in app.env.titles
        teile.append(
            {
                "titel": baum.caption,
                "url": app.builder.get_relative_uri(seite, eigene) if da else None,
                "kurz": str(app.env.metadata.get(eigene, {}).get("kurz", "")),
                "aktuell": eigene == seite,
                "kapitel": kapitel,
            }
        )
    anzahl = sum(len(teil["kapitel"]) for teil in teile)
    for teil in teile:
        hier = teil["aktuell"] or any(k["aktuell"] for k in teil["kapitel"])
        teil["offen"] = hier or anzahl <= OFFEN_BIS
    return teile
