"""`python -m buchbau.notizbuch`: schreibt die Notebooks aller Kapitel oder eines.

Called by `make notebooks` after `make html`, because numbers, links and the archive of
dlbuch come from the built site. What belongs to a chapter that is gone is deleted.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from buchbau.kapitel import BuchFehler, Kapitel, ausgefuehrte, finde
from buchbau.notizbuch import hefte, mitgift
from buchbau.notizbuch.mitgift import Archive
from buchbau.notizbuch.verweise import References, read_references
from buchbau.uebernehmen import ausgefuehrtes_notizbuch

SITE = Path("_build/html")
KINDS = {
    "kapitel": hefte.chapter_notebook,
    "uebungen": hefte.exercise_notebook,
    "loesungen": hefte.solution_notebook,
}


def site_archive(root: Path) -> Archive:
    """Return the archive that the built site offers.

    Raises BuchFehler if the site offers another one: the notebooks would not start.
    """
    archive = mitgift.archive(root)
    if not (root / SITE / "_static" / archive.name).exists():
        raise BuchFehler(
            "Die gebaute Website ist nicht auf dem Stand der Quellen: make html"
        )
    return archive


def notebooks(
    kapitel: Kapitel, references: References, archive: Archive
) -> dict[str, NotebookNode]:
    """Return the notebooks of one chapter by kind; BuchFehler names the chapter."""
    notebook = ausgefuehrtes_notizbuch(kapitel)
    chapter = hefte.Chapter(kapitel, notebook, references, archive)
    try:
        made = {kind: make(chapter) for kind, make in KINDS.items()}
    except BuchFehler as error:
        raise BuchFehler(f"{kapitel.docname}.md: {error}") from None
    return {kind: node for kind, node in made.items() if node is not None}


def export(root: Path, target: Path, name: str | None = None) -> list[Path]:
    """Write the notebooks below `target`; return their paths.

    root: the book; name: one chapter only. The site gets a copy, which its pages offer
    for download. Raises BuchFehler.
    """
    chapters = [finde(name, root)] if name else ausgefuehrte(root)
    chapters = [kapitel for kapitel in chapters if kapitel.hat_notebook]
    references, archive = read_references(root), site_archive(root)
    written = []
    for kapitel in chapters:
        for kind, notebook in notebooks(kapitel, references, archive).items():
            path = target / kind / f"{kapitel.name}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            nbformat.validate(notebook)
            path.write_text(nbformat.writes(notebook) + "\n", "utf-8")
            written.append(path)
            offered = root / SITE / "notebooks" / kind / path.name
            offered.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, offered)
    if name is None:
        _delete_others(target, written)
    return written


def _delete_others(target: Path, written: list[Path]) -> None:
    for kind in KINDS:
        for path in (target / kind).glob("*.ipynb"):
            if path not in written:
                path.unlink()


def main(arguments: list[str]) -> int:
    """Return the exit status; mistakes are one line each."""
    parser = argparse.ArgumentParser(
        prog="python -m buchbau.notizbuch", description="Schreibt die Notebooks."
    )
    parser.add_argument("--ziel", type=Path, required=True, help="Ordner der Notebooks")
    parser.add_argument("--kapitel", help="nur dieses Kapitel")
    options = parser.parse_args(arguments)
    try:
        written = export(Path.cwd(), options.ziel, options.kapitel)
    except BuchFehler as error:
        print(f"✘ {error}", file=sys.stderr)
        return 1
    print(f"✔ {len(written)} Notebooks in {options.ziel}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
