"""Kapitel auf einem Rechnerverbund: zwei Warteschlangen, eine davon mit „GPU“.

The cluster is this machine: Snakemake's generic executor hands the jobs to a submit
script (tests/bau/verbund/), as the SLURM executor hands them to sbatch.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bau.kleines_projekt import Projekt, kapitel, zelle
from buchbau.umgebungen import zusatz
from hilfen import PROJEKT

VERBUND = Path(__file__).parent / "verbund"
SLURM = PROJEKT / "code" / "buchbau" / "profile" / "slurm"
FRAGE = zelle("import os, dlbuch\nprint(os.environ.get('CUDA_VISIBLE_DEVICES', 'alle'))")
# Was ein Rechner mit GPU anders macht: Das Backend sieht sie.
MIT_GPU = (
    "import buchbau.geraet\nbuchbau.geraet.name_des_geraets = lambda umgebung: 'Prüf-GPU'\n"
)


@pytest.fixture(scope="module")
def auftragsverteiler() -> str:
    """Return the folder with Snakemake's executors for clusters."""
    return str(zusatz.richte_ein("verbund"))


@pytest.fixture
def projekt(tmp_path: Path) -> Projekt:
    """A project with one chapter that wants a GPU and one that does not."""
    with_gpu = kapitel(FRAGE, titel="Mit").replace("kurz:", "gpu: true\nkurz:")
    project = Projekt(tmp_path, {"mit": with_gpu, "ohne": kapitel(FRAGE, titel="Ohne")})
    for name in ("config.yaml", "reihe_ein.py"):
        shutil.copy(VERBUND / name, tmp_path)
    (tmp_path / "maschine-gpu").mkdir()
    (tmp_path / "maschine-gpu" / "sitecustomize.py").write_text(MIT_GPU, "utf-8")
    return project


def verteile(
    projekt: Projekt, verteiler: str, **umgebung: str
) -> subprocess.CompletedProcess[str]:
    """Run the workflow as `make ausfuehren PROFIL=…` does."""
    path = os.pathsep.join([verteiler, str(PROJEKT / "code")])
    return subprocess.run(
        [
            *(sys.executable, "-m", "snakemake", "--profile", str(projekt.ordner)),
            *("--quiet", "all", "--nolock", "--rerun-triggers", "mtime"),
            *("--rerun-incomplete", "--keep-going", "--latency-wait", "20"),
        ],
        cwd=projekt.ordner,
        env={**os.environ, "PYTHONPATH": path, **umgebung},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def protokolle(projekt: Projekt) -> dict[str, dict]:
    folder = projekt.ordner / "_build" / "ausgefuehrt"
    records = [json.loads(p.read_text("utf-8")) for p in folder.glob("*.json")]
    return {record["kapitel"]: record for record in records}


def meldungen(projekt: Projekt) -> str:
    return "".join(p.read_text("utf-8") for p in projekt.ordner.glob("auftrag-*.log"))


def test_jedes_kapitel_kommt_in_seine_warteschlange(projekt, auftragsverteiler):
    done = verteile(projekt, auftragsverteiler, DLBUCH_GERAET="gpu")
    assert done.returncode == 0, done.stderr + meldungen(projekt)
    queued = (projekt.ordner / "warteschlange.txt").read_text("utf-8").split()
    assert sorted(queued) == ["cpu", "gpu"]
    records = protokolle(projekt)
    assert records["mit"]["geraet"] == "gpu"
    assert records["mit"]["geraetename"] == "Prüf-GPU"
    assert records["ohne"]["geraet"] == "cpu"
    assert records["ohne"]["geraetename"] != "Prüf-GPU"
    seen = {
        name.split("-")[0]: (projekt.ordner / "_build" / "ausgefuehrt" / name).read_text()
        for name in projekt.notizbuecher()
    }
    assert '"-1\\n"' in seen["ohne"], "Wer keine GPU will, sieht keine."
    assert '"-1\\n"' not in seen["mit"]


def test_warteschlange_ohne_gpu_sagt_es(projekt, auftragsverteiler):
    """The queue promises a GPU, but the machine has none that the backend sees."""
    (projekt.ordner / "maschine-gpu" / "sitecustomize.py").write_text("", "utf-8")
    done = verteile(projekt, auftragsverteiler, DLBUCH_GERAET="gpu")
    assert done.returncode != 0
    said = meldungen(projekt)
    assert (
        "✘ Das Kapitel soll auf einer GPU laufen, aber tensorflow sieht hier keine" in said
    )
    assert list(protokolle(projekt)) == ["ohne"], "Das andere Kapitel läuft trotzdem."


def test_profil_fuer_slurm_kennt_nur_was_der_auftragsverteiler_kennt(auftragsverteiler):
    """Its partitions are read by the executor itself; nothing of it needs a cluster."""
    profile = yaml.safe_load((SLURM / "config.yaml").read_text("utf-8"))
    assert (PROJEKT / profile["slurm-partition-config"]).is_file()
    code = (
        "import sys; from pathlib import Path\n"
        "from snakemake_executor_plugin_slurm import ExecutorSettings\n"
        "from snakemake_executor_plugin_slurm.partitions import read_partition_file\n"
        "assert 'partition_config' in ExecutorSettings.__dataclass_fields__\n"
        "for p in read_partition_file(Path(sys.argv[1])): print(p.name, p.limits.max_gpu)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(SLURM / "partitionen.yaml")],
        env={**os.environ, "PYTHONPATH": auftragsverteiler},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split("\n")[:2] == ["cpu 0", "gpu 1"], done.stderr
