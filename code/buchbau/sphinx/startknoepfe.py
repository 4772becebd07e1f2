"""Startknöpfe über dem Titel: Colab, Binder, Herunterladen, Übungsblatt.

Sphinx-Erweiterung. Gives the template `startknoepfe` (a list of dicts with text, url,
titel, download) and `bearbeiten_url`, and takes the theme's own buttons away: they would
send the MyST source to Colab, which cannot open it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from buchbau import messwerte
from buchbau.notizbuch.verweise import Site, read_site

BRANCH = "notebooks"
FOREIGN = ("launch-", "source-", "download-")
# After the theme, which fills its list of buttons with priority 501.
PRIORITY = 900


def _repository(site: Site) -> str:
    """Return `organisation/name` of the repository."""
    return "/".join(site.repository.split("/")[-2:])


def buttons(
    site: Site, name: str, download: str, exercises: bool, binder_fits: bool = True
) -> list[dict]:
    """Return the buttons of a chapter.

    name: the chapter's file name; download: address of its notebook as seen from the
    page; exercises: whether there is an exercise notebook; binder_fits: whether the
    chapter runs in the memory that Binder gives.
    """
    repository = _repository(site)
    colab = f"https://colab.research.google.com/github/{repository}/blob/{BRANCH}"
    binder = f"https://mybinder.org/v2/gh/{repository}/{BRANCH}"
    found = [
        {
            "text": "Colab",
            "url": f"{colab}/kapitel/{name}.ipynb",
            "titel": "Dieses Kapitel in Google Colab öffnen und ausführen",
            "download": False,
        },
        {
            "text": "Binder",
            "url": f"{binder}?urlpath=lab/tree/kapitel/{name}.ipynb",
            "titel": "Dieses Kapitel in Binder öffnen und ausführen",
            "download": False,
        },
        {
            "text": "Notebook herunterladen",
            "url": download,
            "titel": "Dieses Kapitel als Jupyter-Notebook herunterladen",
            "download": True,
        },
    ]
    if not binder_fits:
        del found[1]
    if exercises:
        found.append(
            {
                "text": "Übungsblatt",
                "url": f"{colab}/uebungen/{name}.ipynb",
                "titel": "Die Übungen dieses Kapitels in Google Colab öffnen",
                "download": False,
            }
        )
    return found


def _own_label(button: dict) -> bool:
    return not str(button.get("label", "")).startswith(FOREIGN)


def _has_exercises(app: Sphinx, pagename: str) -> bool:
    registry = getattr(app.env, "sphinx_exercise_registry", {})
    return any(
        entry["docname"] == pagename and entry["type"].startswith("exercise")
        for entry in registry.values()
    )


def _context(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add what the template needs."""
    theirs = context.get("header_buttons", [])
    # Launch buttons come as a group without a label of ours or as single links to it.
    context["header_buttons"] = [
        button
        for button in theirs
        if _own_label(button)
        and all(_own_label(inner) for inner in button.get("buttons", []))
    ]
    context["startknoepfe"] = []
    source = Path(app.srcdir) / f"{pagename}.md"
    if doctree is None or not source.is_file():
        return
    site = read_site(Path(app.srcdir))
    context["bearbeiten_url"] = f"{site.repository}/edit/{site.branch}/{pagename}.md"
    kapitel = getattr(app.env, "dlbuch_kapitel", {}).get(pagename)
    if kapitel is None or not kapitel.hat_notebook:
        return
    name = pagename.rsplit("/", 1)[-1]
    page = app.builder.get_target_uri(pagename)
    download = relative_uri(page, f"notebooks/kapitel/{name}.ipynb")
    context["startknoepfe"] = buttons(
        *(site, name, download, _has_exercises(app, pagename)),
        messwerte.passt_auf_binder(messwerte.lies(kapitel)),
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the step that fills the page's context."""
    app.connect("html-page-context", _context, priority=PRIORITY)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
