"""Schreibt `_build/verweise.json`: Nummern, Titel, Adressen und Bilder der Website.

Sphinx-Erweiterung; gelesen wird die Datei von `buchbau.notizbuch.verweise`, damit die
Notebooks dieselben Nummern und Namen nennen wie die Seiten.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

FILE = "verweise.json"


def _write(app: Sphinx, exception: Exception | None) -> None:
    """Write the file beside the website's folder."""
    if exception or app.builder.name not in ("html", "dirhtml"):
        return
    data = {
        "ziele": {**_labels(app), **_equations(app), **_exercises(app)},
        "seiten": {name: title.astext() for name, title in app.env.titles.items()},
        "literatur": _works(app),
        "bilder": _images(app.env),
    }
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    (Path(app.outdir).parent / FILE).write_text(text, "utf-8")


def _url(app: Sphinx, docname: str, anchor: str) -> str:
    page = app.builder.get_target_uri(docname)
    return f"{page}#{anchor}" if anchor else page


def _number(numbers: tuple[int, ...] | None) -> str:
    return ".".join(map(str, numbers)) if numbers else ""


def _labels(app: Sphinx) -> dict[str, dict[str, str]]:
    """Return figures, tables, sections and pages by label."""
    env = app.env
    domain = env.get_domain("std")
    found = {}
    for label, (docname, anchor) in domain.anonlabels.items():
        if docname not in env.titles:
            continue
        title = domain.labels.get(label, ("", "", ""))[2]
        text, number = _enumerated(env, docname, anchor)
        found[label] = {
            "text": text or title,
            "title": title,
            "url": _url(app, docname, anchor),
            "number": number,
        }
    return found


def _enumerated(env: BuildEnvironment, docname: str, anchor: str) -> tuple[str, str]:
    """Return how a numbered reference names a place, and its number; "" for none."""
    for kind, numbers in env.toc_fignumbers.get(docname, {}).items():
        if anchor in numbers:
            number = _number(numbers[anchor])
            return env.config.numfig_format.get(kind, "%s") % number, number
    sections = env.toc_secnumbers.get(docname, {})
    number = _number(sections.get(f"#{anchor}") or _page_number(env, docname, anchor))
    if not number:
        return "", ""
    # A chapter has a number without a point; Sphinx itself knows only sections.
    if "." not in number:
        return f"Kapitel {number}", number
    return env.config.numfig_format["section"] % number, number


def _page_number(
    env: BuildEnvironment, docname: str, anchor: str
) -> tuple[int, ...] | None:
    """Return the page's own number if the anchor is that of its title."""
    numbers = env.toc_secnumbers.get(docname, {})
    title = next(iter(env.get_doctree(docname).findall(nodes.section)), None)
    if title is None or anchor not in title["ids"]:
        return None
    return numbers.get("")


def _equations(app: Sphinx) -> dict[str, dict[str, str]]:
    """Return the equations by label, with the numbers that the pages show."""
    found = {}
    for label, (docname, count) in app.env.get_domain("math").equations.items():
        anchor = nodes.make_id(f"equation-{label}")
        numbers = app.env.toc_fignumbers.get(docname, {}).get("displaymath", {})
        number = _number(numbers.get(anchor)) or str(count)
        found[label.lower()] = {
            "text": f"({number})",
            "title": "",
            "url": _url(app, docname, anchor),
            "number": number,
        }
    return found


def _exercises(app: Sphinx) -> dict[str, dict[str, str]]:
    """Return the exercises by label."""
    registry = getattr(app.env, "sphinx_exercise_registry", {})
    found = {}
    for label, entry in registry.items():
        docname = entry["docname"]
        if not entry["type"].startswith("exercise"):
            continue
        numbers = app.env.toc_fignumbers.get(docname, {}).get("exercise", {})
        number = _number(numbers.get(label))
        text = app.env.config.numfig_format["exercise"] % number
        found[label.lower()] = {
            "text": text.strip(),
            "title": text.strip(),
            "url": _url(app, docname, label),
            "number": number,
        }
    return found


def _works(app: Sphinx) -> dict[str, dict[str, str]]:
    """Return the works of the bibliography as the pages cite them."""
    if "cite" not in app.env.domains:
        return {}
    domain = app.env.get_domain("cite")
    found = {}
    for citation in domain.citations:
        docname = citation.bibliography_key.docname
        node = pending_xref("", refdoc=docname, reftype="t", reftarget=citation.key)
        resolved = domain.resolve_xref(
            app.env, docname, app.builder, "t", citation.key, node, nodes.inline()
        )
        text = resolved.astext() if resolved is not None else citation.key
        url = _url(app, docname, citation.citation_id)
        found[citation.key] = {"kurz": text, "url": url}
    return found


def _images(env: BuildEnvironment) -> dict[str, str]:
    """Return published images by source path and by the label of their figure."""
    found = {path: f"_images/{name}" for path, (_, name) in env.images.items()}
    for docname in env.found_docs:
        doctree = env.get_doctree(docname)
        for figure in doctree.findall(nodes.figure):
            image = next(iter(figure.findall(nodes.image)), None)
            path = _shown(image) if image is not None else None
            if path in found:
                found.update({label: found[path] for label in figure["ids"]})
                found.update({label: found[path] for label in figure["names"]})
    return found


def _shown(image: nodes.image) -> str | None:
    """Return the file that a browser is given: a drawing rather than pixels."""
    candidates = image.get("candidates", {})
    for kind in ("image/svg+xml", "image/png", "image/gif", "image/jpeg", "*"):
        if kind in candidates:
            return candidates[kind]
    return None


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the step at the end of the build."""
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
