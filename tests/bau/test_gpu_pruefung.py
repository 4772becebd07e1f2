"""Die GPU-Prüfung mit kleinen Notebooks: Tabelle, Bereiche, Fehler; ohne den Bau."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import nbformat
import pytest

from buchbau import gpu_pruefung
from hilfen import PROJEKT
from notebooks.umgebungen import colab

RECHNET = "import keras, dlbuch\nx = keras.ops.sum(keras.ops.ones((2, 3)))"
MODELLE = "import os; assert os.path.isdir(os.environ['DLBUCH_MODELLE'])"
MERKT = "dlbuch.merke('summe', float(x), '.1f')\ndlbuch.merke('rest', 0.25, '.2f')"


def schreibe(
    ordner: Path, name: str, zellen: list[str], behauptungen: dict, gpu: bool = True
) -> None:
    """Write an exported chapter as `make notebooks` does, much smaller."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in zellen],
        metadata={
            "dlbuch": {
                "gpu": gpu,
                "schluesselzahl": "summe" if behauptungen else None,
                "behauptungen": behauptungen,
            }
        },
    )
    notebook.cells[-1].metadata["tags"] = ["nur-tensorflow"] if "tf" in zellen[-1] else []
    nbformat.write(notebook, ordner / f"{name}.ipynb")


def pruefe(ordner: Path, *argumente: str, **umgebung: str) -> subprocess.CompletedProcess:
    """Run the check as on a machine that has the notebooks' packages and no others."""
    (python,) = colab().befehl
    script = PROJEKT / "code" / "buchbau" / "gpu_pruefung.py"
    clean = {"PATH": os.environ["PATH"], "HOME": str(ordner), "PYTHONUTF8": "1"}
    return subprocess.run(
        [python, str(script), "--notebooks", str(ordner), *argumente],
        env={**clean, **umgebung},
        capture_output=True,
        text=True,
        check=False,
    )


def test_tabelle_und_faelle(tmp_path):
    """One run over four chapters: good, out of range, failing, without GPU."""
    claims = {"rest": {"cpu": [0, 1]}, "summe": {"cpu": [5, 7], "streuung": [6] * 5}}
    schreibe(tmp_path, "gut", [RECHNET, MODELLE, MERKT, "import tensorflow as tf"], claims)
    schreibe(tmp_path, "daneben", [RECHNET, MERKT], {"summe": {"cpu": [0, 1]}})
    schreibe(tmp_path, "kaputt", [RECHNET, "1 / 0", MERKT], {"summe": {"cpu": [0, 9]}})
    schreibe(tmp_path, "ohne", ["raise SystemExit"], {}, gpu=False)
    done = pruefe(tmp_path, KERAS_BACKEND="tensorflow")
    assert done.returncode == 1
    rows = {line.split()[0]: line.split() for line in done.stdout.splitlines() if line}
    assert rows["Kapitel"][:3] == ["Kapitel", "Backend", "Gerät"]
    assert rows["gut"][1:4] == ["tensorflow", "CPU", "–"]
    assert rows["gut"][5:] == ["summe", "6", "5", "bis", "7"]
    assert "ohne" not in rows
    assert "Kein Backend sieht eine GPU" in done.stdout
    faults = [line for line in done.stderr.splitlines() if line.startswith("✘")]
    assert faults == [
        "✘ daneben, tensorflow, cpu: summe = 6 liegt nicht im Bereich [0, 1].",
        "✘ kaputt, tensorflow, cpu: Codezelle 2 von 3: ZeroDivisionError: division by zero",
    ]


def test_fehlendes_sagt_es_in_einer_zeile(tmp_path):
    done = pruefe(tmp_path)
    assert done.returncode == 1
    assert done.stderr == "✘ Hier fehlen Notebooks: erst make notebooks.\n"
    named = pruefe(tmp_path, "--kapitel", "cnn")
    assert named.stderr == "✘ Hier fehlt das Notebook cnn: erst make notebooks.\n"
    schreibe(tmp_path, "gut", [RECHNET], {})
    done = pruefe(tmp_path, KERAS_BACKEND="jax")  # in Colabs Umgebung hier nicht da
    assert done.returncode == 1
    assert "✘ jax: ModuleNotFoundError: No module named 'jax'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("inhalt", ["{", "[]", '{"metadata": {"dlbuch": {"gpu": true}}}'])
def test_beschaedigtes_oder_altes_notebook_in_einer_zeile(tmp_path, inhalt):
    schreibe(tmp_path, "gut", [RECHNET], {})
    (tmp_path / "alt.ipynb").write_text(inhalt, "utf-8")
    done = pruefe(tmp_path)
    assert done.returncode == 1
    assert "✘ alt.ipynb ist beschädigt oder stammt von einer älteren" in done.stderr
    assert done.stderr.count("\n") == 1


def test_alle_nimmt_loesungen_und_blaetter_dazu(tmp_path, monkeypatch):
    """On a sheet each check must reject the empty skeleton; nothing else may fail."""
    monkeypatch.setenv("KERAS_BACKEND", "tensorflow")
    rejects = "class PruefungFehler(Exception): ...\nraise PruefungFehler('leer')"
    for kind in ("kapitel", "loesungen", "uebungen"):
        (tmp_path / kind).mkdir()
    schreibe(tmp_path / "kapitel", "a", ["1"], {}, gpu=False)
    schreibe(tmp_path / "loesungen", "a", ["1"], {})
    for name, cells in (
        ("a", ["1", rejects, "2"]),
        ("b", ["1", "2"]),
        ("c", ["1 / 0", "2"]),
    ):
        schreibe(tmp_path / "uebungen", name, cells, {})
        path = tmp_path / "uebungen" / f"{name}.ipynb"
        sheet = nbformat.read(path, 4)
        sheet.cells[1].metadata["tags"] = ["pruefung"]
        nbformat.write(sheet, path)
    found = gpu_pruefung.hefte(tmp_path / "kapitel", None, alle=True)
    names = ["a", "loesungen/a", "uebungen/a", "uebungen/b", "uebungen/c"]
    assert [heft.name for heft in found] == names
    answers = {heft.name: gpu_pruefung.rechne(heft.pfad)["fehler"] for heft in found}
    assert answers == {
        **dict.fromkeys(names[:3]),
        "uebungen/b": "Codezelle 2 von 2: weist das leere Gerüst nicht zurück",
        "uebungen/c": "Codezelle 1 von 2: ZeroDivisionError: division by zero",
    }
    assert gpu_pruefung.hefte(tmp_path / "kapitel", None) == []
    monkeypatch.delenv("KERAS_BACKEND")
    assert gpu_pruefung.backends(alle=True) == ["tensorflow"], "wie Lesende"


def test_haengendes_notebook_wird_abgebrochen(monkeypatch):
    monkeypatch.setattr(gpu_pruefung, "FRIST", 0.05)
    assert (
        gpu_pruefung.lauf(None, "tensorflow", "cpu")["fehler"] == "nach 0.05 s abgebrochen"
    )


def test_zeile_mit_gpu(monkeypatch):
    """With a GPU each chapter runs on both; each device has a range of its own."""
    claims = {"q": {"cpu": [0.4, 0.6], "gpu": [0.8, 1]}}
    details = {"gpu": True, "schluesselzahl": "q", "behauptungen": claims}
    heft = gpu_pruefung.Heft(Path("kapitel.ipynb"), details)
    answers = {
        (None, "gpu"): {"geraet": "NVIDIA X", "fehler": None},
        ("kapitel.ipynb", "gpu"): {"sekunden": 3.2, "zahlen": {"q": 0.9}, "fehler": None},
        ("kapitel.ipynb", "cpu"): {"sekunden": 40.0, "zahlen": {"q": 0.7}, "fehler": None},
    }
    monkeypatch.setattr(
        gpu_pruefung, "lauf", lambda p, b, d: answers[str(p) if p else None, d]
    )
    ((row, fault),) = gpu_pruefung.zeilen([heft], ["torch"])
    assert row == ["kapitel", "torch", "NVIDIA X", "3", "40", "q", "0,9", "0,8 bis 1"]
    assert fault == "kapitel, torch, cpu: q = 0.7 liegt nicht im Bereich [0.4, 0.6]."


def test_exportierte_notebooks_sagen_was_die_pruefung_braucht():
    """A chapter that wants a GPU is found by itself, any other by its name."""
    folder = PROJEKT / "_build" / "notebooks" / "kapitel"
    found = [heft.name for heft in gpu_pruefung.hefte(folder, None)]
    assert "cnn" in found
    assert "erstes-netz" not in found
    (heft,) = gpu_pruefung.hefte(folder, "erstes-netz")
    assert heft.angaben["schluesselzahl"] == "test_genauigkeit"
    assert "test_genauigkeit" in heft.angaben["behauptungen"]
