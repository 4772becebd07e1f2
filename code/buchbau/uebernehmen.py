"""Übergibt die ausgeführten Kapitel an Jupyter Book: `python -m buchbau.uebernehmen`.

Aus dem Text von heute und den Ausgaben des letzten Laufs entsteht je Kapitel ein Eintrag
im jupyter-cache, den `_config.yml` nennt; so findet ein bloßes `jupyter-book build .`
alles ausgeführt. Dabei werden Protokoll und Modelle an ihren Platz gelegt und die
Behauptungen geprüft. Aufgerufen von `make html` und von der Vorschau.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from sqlalchemy.exc import SQLAlchemyError

from buchbau import messwerte, modelle
from buchbau.kapitel import BuchFehler, Kapitel, ausgefuehrte, finde
from buchbau.schluessel import inhaltsschluessel, lies_notizbuch

CACHE = Path("_build/.jupyter_cache")


def lauf(kapitel: Kapitel) -> Path:
    """Return the executed notebook that belongs to the chapter as it stands.

    Raises BuchFehler if the chapter has not been executed in this state.
    """
    key = inhaltsschluessel(kapitel)
    path = kapitel.wurzel / "_build" / "ausgefuehrt" / f"{kapitel.name}-{key}.ipynb"
    if not path.exists():
        raise BuchFehler(
            f"{kapitel.docname}.md ist in diesem Stand nicht ausgeführt: "
            f"make html KAPITEL={kapitel.name}"
        )
    return path


def ausgefuehrtes_notizbuch(kapitel: Kapitel) -> nbformat.NotebookNode:
    """Return the chapter as it stands with the outputs of its run.

    Cells, text and cell metadata come from the source of today, outputs from the run: the
    content key guarantees that the code cells are the same ones. Raises BuchFehler if the
    chapter has not been executed or its executed notebook is damaged.
    """
    path = lauf(kapitel)
    notebook = lies_notizbuch(kapitel.quelle)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    try:
        executed = nbformat.read(path, as_version=4)
        ran = [cell for cell in executed.cells if cell.cell_type == "code"]
        if [c.source for c in ran] != [c.source for c in cells]:
            raise ValueError("andere Zellen")
    except (
        OSError,
        ValueError,
        nbformat.ValidationError,
        AttributeError,
        KeyError,
    ) as error:
        raise BuchFehler(
            f"{path.name} ist beschädigt ({type(error).__name__}). "
            "Löschen Sie die Datei und bauen Sie neu."
        ) from None
    # Ohne diese Angabe fände myst-nb keinen Lexer für die Zellen.
    notebook.metadata["language_info"] = executed.metadata["language_info"]
    for cell, source in zip(cells, ran, strict=True):
        cell.outputs = source.outputs
        cell.execution_count = source.execution_count
    return notebook


def protokoll(kapitel: Kapitel, notebook: nbformat.NotebookNode) -> dict:
    """Return the full record of a chapter's run: run, memory and kept numbers."""
    path = lauf(kapitel)
    written = path.with_suffix(".json")
    try:
        record = messwerte.geprueft(json.loads(written.read_text("utf-8")))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error  # ohne Pfad
        raise BuchFehler(
            f"{written.name} fehlt, ist beschädigt oder stammt von einer älteren Fassung "
            f"({reason}). Löschen Sie {path.name} und bauen Sie neu: Das Kapitel läuft "
            "dann noch einmal."
        ) from None
    record["speicher_mb"] = messwerte.spitzenspeicher(path.with_suffix(".tsv"))
    try:
        record["zahlen"] = messwerte.gemerkte_zahlen(notebook)
    except ValueError as error:
        raise BuchFehler(f"{kapitel.docname}.md: {error}") from None
    return record


def uebernimm(kapitel: Kapitel) -> list[str]:
    """Hand one chapter over; return the violated claims, a German line each."""
    notebook = ausgefuehrtes_notizbuch(kapitel)
    record = protokoll(kapitel, notebook)
    target = messwerte.datei(kapitel)
    target.parent.mkdir(parents=True, exist_ok=True)
    _schreibe_wenn_neu(target, json.dumps(record, ensure_ascii=False, indent=1))
    _lege_modelle_ab(kapitel)
    _lege_in_cache(kapitel, notebook)
    return messwerte.verletzte_behauptungen(kapitel, record)


def _schreibe_wenn_neu(path: Path, text: str) -> None:
    """Write only a change, so that Sphinx does not rebuild a page for nothing."""
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def _lege_modelle_ab(kapitel: Kapitel) -> None:
    path = lauf(kapitel)
    source = path.with_suffix(".modelle")
    if not modelle.unversehrt(source):
        raise BuchFehler(
            f"In {source.name} fehlt ein Netz oder ist beschädigt. Löschen Sie {path.name} "
            "und bauen Sie neu: Das Kapitel läuft dann noch einmal."
        )
    modelle.kopiere(source, kapitel.wurzel / "_build" / "modelle" / kapitel.name)


def _lege_in_cache(kapitel: Kapitel, notebook: nbformat.NotebookNode) -> None:
    cache = get_cache(str(kapitel.wurzel / CACHE))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{kapitel.name}.ipynb"
        nbformat.write(notebook, path)
        cache.cache_notebook_file(
            path=str(path), uri=str(kapitel.quelle), check_validity=False, overwrite=True
        )


def _sorge_fuer_cache(wurzel: Path) -> None:
    """Throw a damaged jupyter-cache away: all that is in it is put there again."""
    folder = wurzel / CACHE
    try:
        get_cache(str(folder)).list_cache_records()
    except (SQLAlchemyError, OSError):
        print(f"• {CACHE} war beschädigt und wird neu angelegt.", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)


def _uebernimm_uebrige(genannte: list[Kapitel]) -> None:
    """Hand over the other chapters that have been executed, faulty or not.

    Sphinx reads all pages, also for the page of one chapter; what it does not find in the
    cache it would execute itself, without a word.
    """
    for chapter in ausgefuehrte():
        if chapter.name not in {named.name for named in genannte}:
            with contextlib.suppress(BuchFehler):
                uebernimm(chapter)


def main(argumente: list[str]) -> int:
    faults: list[str] = []
    try:
        chapters = [finde(argumente[0])] if argumente else ausgefuehrte()
    except BuchFehler as error:
        faults, chapters = [str(error)], []
    _sorge_fuer_cache(Path.cwd())
    for chapter in chapters:
        try:
            faults += uebernimm(chapter) if chapter.wird_ausgefuehrt else []
        except BuchFehler as error:  # jedes Kapitel für sich: alle Mängel auf einmal
            faults.append(str(error))
    if argumente:
        _uebernimm_uebrige(chapters)
    for line in faults:
        print(f"✘ {line}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
