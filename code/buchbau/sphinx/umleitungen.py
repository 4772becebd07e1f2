"""Old addresses of moved pages lead to the new ones.

Set up by ``buchbau.sphinx.seite``. The mapping stands in ``book/umleitungen.yml``:
``alte/adresse: neue/adresse``, both without ``.html``. A target that does not exist, or
an old address that is a page, is a warning and so fails the build.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path
from typing import Any

import yaml
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

LOG = logging.getLogger(__name__)
DATEI = "book/umleitungen.yml"

# The printed QR codes name a place on the page: it must survive the move.
SKRIPT = (
    'const ziel = new URL(document.querySelector("link[rel=canonical]").href);'
    "if (!ziel.hash) ziel.hash = location.hash;"
    "location.replace(ziel);"
)
REGEL = (
    "default-src 'none'; base-uri 'none'; script-src 'sha256-"
    + base64.b64encode(hashlib.sha256(SKRIPT.encode()).digest()).decode()
    + "'"
)
SEITE = """<!DOCTYPE html>
<html lang="de">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{regel}">
<title>Umgezogen</title>
<link rel="canonical" href="{ziel}">
<meta name="robots" content="noindex">
<script>{skript}</script>
<noscript><meta http-equiv="refresh" content="0; url={ziel}"></noscript>
<p>Diese Seite ist umgezogen: <a href="{ziel}">zur neuen Adresse</a>.</p>
</html>
"""


def lies_umleitungen(ordner: Path) -> dict[str, str]:
    """Mapping old to new address; empty where there is no file."""
    datei = ordner / DATEI
    if not datei.is_file():
        return {}
    return {
        str(alt).strip("/"): str(neu).strip("/")
        for alt, neu in (yaml.safe_load(datei.read_text("utf-8")) or {}).items()
    }


def _schreibe(app: Sphinx, fehler: Exception | None) -> None:
    if fehler is not None or app.builder.name != "html":
        return
    for alt, neu in lies_umleitungen(Path(app.srcdir)).items():
        seite, _, anker = neu.partition("#")
        if seite not in app.env.found_docs:
            LOG.warning("%s: Das Ziel »%s« von »%s« gibt es nicht.", DATEI, neu, alt)
            continue
        if alt in app.env.found_docs:
            LOG.warning("%s: »%s« ist selbst eine Seite des Buchs.", DATEI, alt)
            continue
        ziel = relative_uri(f"{alt}.html", f"{seite}.html")
        ziel += f"#{anker}" if anker else ""
        pfad = Path(app.outdir) / f"{alt}.html"
        pfad.parent.mkdir(parents=True, exist_ok=True)
        page = SEITE.format(ziel=escape(ziel), regel=REGEL, skript=SKRIPT)
        pfad.write_text(page, "utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("build-finished", _schreibe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
