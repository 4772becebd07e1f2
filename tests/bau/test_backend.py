"""Kapitel auf JAX: dieselben Zellen und Bereiche, ohne die Zellen nur für TensorFlow.

`make test` takes the three fastest chapters that use Keras, `make test-alles` all.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

import pytest

from buchbau import geraet, messwerte, schluessel
from buchbau.kapitel import BuchFehler, Kapitel, ausgefuehrte
from buchbau.schluessel import lies_notizbuch
from buchbau.uebernehmen import ausgefuehrtes_notizbuch, protokoll
from buchbau.umgebungen import zusatz
from hilfen import PROJEKT


def auswahl() -> list[Kapitel]:
    """Return the numbered chapters: those with Keras first, the fastest first."""

    def rank(chapter: Kapitel) -> tuple[bool, int]:
        cells = [c.source for c in lies_notizbuch(chapter.quelle).cells]
        uses_keras = any("keras" in cell for cell in cells)
        return not uses_keras, messwerte.letzte_laufzeit(chapter)

    numbered = [k for k in ausgefuehrte(PROJEKT) if k.nummer is not None]
    chapters = sorted(numbered, key=rank)
    return chapters if os.environ.get("DLBUCH_ALLES") else chapters[:3]


@pytest.fixture(scope="module")
def mit_jax() -> dict[str, str]:
    """Install JAX beside the book's environment; return the variables of a run."""
    zusatz.richte_ein("jax")
    return {**os.environ, "KERAS_BACKEND": "jax", "DLBUCH_GERAET": "cpu"}


@pytest.mark.parametrize("kapitel", auswahl(), ids=lambda chapter: chapter.name)
def test_kapitel_laeuft_auf_jax(kapitel, mit_jax, monkeypatch):
    done = subprocess.run(
        [
            *(sys.executable, "-m", "snakemake", "--cores", "1", "--quiet", "all"),
            *("--nolock", "--rerun-triggers", "mtime", "--rerun-incomplete"),
            *("--config", f"kapitel={kapitel.name}"),
        ],
        cwd=PROJEKT,
        env=mit_jax,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    monkeypatch.setenv("DLBUCH_GERAET", "cpu")
    notebook = ausgefuehrtes_notizbuch(kapitel)
    record = protokoll(kapitel, notebook)
    assert record["backend"] == "jax"
    assert "jax" in record["versionen"]
    assert messwerte.verletzte_behauptungen(kapitel, record) == []
    for cell in notebook.cells:
        if "nur-tensorflow" in cell.metadata.get("tags", []):
            assert cell.outputs == []


@pytest.mark.parametrize(
    ("backend", "device", "said"),
    [
        ("theano", "cpu", "Keras kennt nur tensorflow, jax, torch"),
        ("torch", "cpu", "PyTorch bringen Sie selbst mit"),
        ("tensorflow", "gpu", "tensorflow sieht hier keine"),
    ],
)
def test_was_fehlt_steht_in_einer_zeile(backend, device, said):
    if backend == "torch" and importlib.util.find_spec("torch"):
        pytest.skip("PyTorch ist da")
    with pytest.raises(BuchFehler, match=said) as stopped:
        geraet.name_des_geraets(
            {
                "KERAS_BACKEND": backend,
                "DLBUCH_GERAET": device,
                "CUDA_VISIBLE_DEVICES": "-1",
            }
        )
    assert "\n" not in str(stopped.value)


def test_ohne_gpu_nennt_das_protokoll_den_prozessor():
    named = geraet.name_des_geraets({"KERAS_BACKEND": "tensorflow", "DLBUCH_GERAET": "cpu"})
    assert named == geraet.prozessor() != ""
    assert schluessel.backend() == os.environ.get("KERAS_BACKEND", "tensorflow")
