"""Die exportierten Notebooks laufen ohne das Projekt, gegen die gebaute Website.

`make test` takes the fastest notebook of each kind, `make test-alles` (DLBUCH_ALLES=1)
all; each runs with the book's versions and with those of Colab.
"""

from __future__ import annotations

import os
import shutil
import warnings
from pathlib import Path

import nbformat
import pytest

from buchbau.kapitel import Kapitel, ausgefuehrte
from buchbau.messwerte import letzte_laufzeit
from buchbau.notizbuch import __main__ as export
from buchbau.notizbuch import uebungen
from buchbau.schluessel import lies_notizbuch
from hilfen import PROJEKT
from notebooks import umgebungen
from notebooks.umgebungen import Umgebung, fuehre_aus

# Sekunden für ein ganzes Übungsblatt; erst das Dreifache ist ein Fehler.
BLATT = 20
# Sekunden für eine Zelle: nur damit eine hängende Zelle auffällt.
FRIST = 300
HERKUNFT = "import dlbuch\nprint(dlbuch.__file__)"


def auswahl() -> list[tuple[str, Kapitel]]:
    """Return the notebooks to run: (kind, chapter), the fastest first in each kind."""
    offered = [k for k in ausgefuehrte(PROJEKT) if k.hat_notebook]
    chapters = sorted(offered, key=letzte_laufzeit)
    with_sheet = [k for k in chapters if uebungen.exercises(lies_notizbuch(k.quelle))]
    everything = bool(os.environ.get("DLBUCH_ALLES"))
    return [
        (kind, chapter)
        for kind in export.KINDS
        for chapter in (chapters if kind == "kapitel" else with_sheet)[
            : None if everything else 1
        ]
    ]


@pytest.fixture(scope="session")
def exportiert(website: str, tmp_path_factory) -> Path:
    """Export all notebooks from the built site; return their folder."""
    folder = tmp_path_factory.mktemp("notebooks")
    export.export(PROJEKT, folder)
    return folder


@pytest.fixture(scope="session", params=["dieselbe", "colab"])
def umgebung(request) -> Umgebung:
    """Each of the environments in which a reader may open a notebook."""
    return getattr(umgebungen, request.param)()


@pytest.mark.parametrize(
    ("art", "kapitel"), auswahl(), ids=lambda value: getattr(value, "name", value)
)
def test_notebook_laeuft(art, kapitel, umgebung, exportiert, website, tmp_path):
    notebook = nbformat.read(exportiert / art / f"{kapitel.name}.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(HERKUNFT))
    run = fuehre_aus(notebook, umgebung, website, tmp_path, FRIST)

    # Auf dem Übungsblatt steht noch das Gerüst: Jede Prüfung muss es zurückweisen.
    checks = {
        number
        for number, cell in enumerate(notebook.cells)
        if art == "uebungen" and uebungen.CHECK in cell.metadata.get("tags", [])
    }
    assert run.fehler() == dict.fromkeys(checks, "PruefungFehler"), run.meldungen()
    origin = run.notebook.cells[-1].outputs[0].text
    assert origin.startswith(str(tmp_path / "keras")), origin
    if art != "kapitel":
        assert run.sekunden < 3 * BLATT
        if run.sekunden > BLATT:
            warnings.warn(f"{run.sekunden:.0f} s statt {BLATT} s", stacklevel=1)


@pytest.mark.parametrize("panne", ["kein Netz", "beschädigt"])
def test_startzelle_sagt_was_fehlt(panne, exportiert, serviere, website, tmp_path):
    path = next((exportiert / "kapitel").glob("*.ipynb"))
    notebook = nbformat.read(path, as_version=4)
    del notebook.cells[2:]
    if panne == "kein Netz":
        base = umgebungen.GESPERRT + "/"
    else:
        static = tmp_path / "website" / "_static"
        static.mkdir(parents=True)
        for archive in (PROJEKT / "_build/html/_static").glob("dlbuch-*.zip"):
            shutil.copy(archive, static)
            (static / archive.name).write_bytes(archive.read_bytes()[:-1] + b"x")
        base = serviere(static.parent)
    run = fuehre_aus(notebook, umgebungen.dieselbe(), base, tmp_path / "lauf", FRIST)
    assert list(run.fehler().values()) == ["RuntimeError"]
    assert "Besteht eine Verbindung zum Internet?" in run.meldungen()
