"""Paketlisten, Abbild, Arbeitsumgebung: aus dem Lock, mit allem, was Kapitel brauchen."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from buchbau import einrichten
from buchbau.kapitel import BuchFehler, ausgefuehrte
from buchbau.schluessel import lies_notizbuch
from buchbau.umgebungen import __main__ as umgebungen
from buchbau.umgebungen import zusatz
from buchbau.umgebungen.auszug import auszug, bloecke, eltern
from hilfen import PROJEKT
from notebooks.umgebungen import colab

LOCK = (PROJEKT / "requirements.txt").read_text("utf-8")
DOCKERFILE = (PROJEKT / "Dockerfile").read_text("utf-8")
LISTEN = [umgebungen.BINDER, *(zusatz.sperrdatei(name) for name in zusatz.NAMEN)]

KLEIN = """# Kopf
a==1.0 \\
    --hash=sha256:00
    # via -r eingabe.in
b==1.0 ; python_full_version < '3.12' \\
    --hash=sha256:01
    # via a
b==2.0 ; python_full_version >= '3.12' \\
    --hash=sha256:02
    # via
    #   a
    #   d
c==1.0 \\
    --hash=sha256:03
    # via b
d==1.0 \\
    --hash=sha256:04
    # via pyproject.toml
"""


def test_auszug_nimmt_alles_noetige_und_nicht_mehr():
    cut = auszug(KLEIN, ["a"])
    assert re.findall(r"^(\S+==\S+)", cut, re.M) == ["a==1.0", "b==1.0", "b==2.0", "c==1.0"]
    assert "--hash=sha256:02" in cut
    assert eltern(bloecke(KLEIN)["b"]) == {"a", "d"}
    with pytest.raises(ValueError, match="enthält nicht: x"):
        auszug(KLEIN, ["x"])


def test_liste_fuer_binder_ist_auf_dem_stand_des_locks():
    assert umgebungen.BINDER.read_text("utf-8") == umgebungen.binder_liste(), "make lock"
    too_much = {"jupyter-book", "snakemake", "playwright", "sphinx"}
    assert not too_much & set(bloecke(umgebungen.binder_liste()))


@pytest.mark.parametrize("liste", LISTEN, ids=lambda p: p.parent.name + "/" + p.name)
def test_listen_haben_summen_und_keine_adressen(liste):
    text = liste.read_text("utf-8")
    assert text.startswith("# Erzeugt von `make lock`")
    assert "http" not in text
    assert str(PROJEKT) not in text
    blocks = bloecke(text)
    assert blocks
    assert [n for n, block in blocks.items() if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", zusatz.NAMEN)
def test_zusaetze_enthalten_nichts_aus_dem_lock(name):
    """Their folder comes before the book's packages: it must not hold other versions."""
    extra = bloecke(zusatz.sperrdatei(name).read_text("utf-8"))
    assert set(extra) & set(bloecke(LOCK)) == set()
    wanted = (zusatz.HIER / f"{name}.in").read_text("utf-8")
    assert wanted.startswith("#"), "Die Datei sagt, wozu sie da ist."


def test_unbekannter_und_nicht_ladbarer_zusatz(monkeypatch, capsys, tmp_path):
    assert umgebungen.main(["torch"]) == 1
    assert "bekannt sind: jax, gpu, verbund" in capsys.readouterr().err
    failed = subprocess.CompletedProcess([], 1, "", "Viel Text\nerror: kein Netz\n")
    monkeypatch.setattr(zusatz, "_uv", lambda *a: failed)
    monkeypatch.setattr(zusatz, "WURZEL", tmp_path)
    with pytest.raises(BuchFehler, match=r"kein Netz.*Besteht eine Verbindung"):
        zusatz.richte_ein("jax")


def importe() -> list[str]:
    """Return all modules that the cells of any chapter import, without our own."""
    found = set()
    for chapter in ausgefuehrte(PROJEKT):
        for cell in lies_notizbuch(chapter.quelle).cells:
            if cell.cell_type != "code":
                continue
            plain = re.sub(r"^\s*[%!].*$", "", cell.source, flags=re.M)
            for node in ast.walk(ast.parse(plain)):
                if isinstance(node, ast.Import):
                    found |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    found.add(node.module)
    return sorted(name for name in found if name.split(".")[0] != "dlbuch")


def lade(python: str | Path, modules: list[str]) -> subprocess.CompletedProcess[str]:
    """Import modules one after the other in another interpreter."""
    code = f"import importlib\nfor m in {modules!r}:\n    importlib.import_module(m)"
    return subprocess.run(
        [str(python), "-I", "-c", code],
        env={"PATH": os.environ["PATH"], "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def frische_binder_umgebung(tmp_path_factory) -> Path:
    """Build Binder's list in a fresh virtual environment; return its Python."""
    folder = tmp_path_factory.mktemp("binder") / "venv"
    python = folder / "bin" / "python"
    for arguments in (
        ("venv", "--quiet", "--python", sys.executable, "--no-python-downloads", folder),
        (
            "pip",
            "sync",
            "--quiet",
            "--require-hashes",
            "--python",
            python,
            umgebungen.BINDER,
        ),
    ):
        done = zusatz._uv(*arguments)
        assert done.returncode == 0, done.stderr
    return python


def test_binder_hat_was_die_kapitel_brauchen(frische_binder_umgebung):
    done = lade(frische_binder_umgebung, ["ipykernel", *importe()])
    assert done.returncode == 0, done.stderr[-500:]
    assert lade(frische_binder_umgebung, ["sphinx"]).returncode != 0, "zu viel für 2 GB"


def test_abbild_und_arbeitsumgebung_haben_was_die_kapitel_brauchen():
    """Both hold the whole lock, and so does the environment of this test."""
    assert "COPY Makefile pyproject.toml requirements.txt" in DOCKERFILE
    done = lade(sys.executable, importe())
    assert done.returncode == 0, done.stderr[-500:]


def test_colab_hat_was_die_kapitel_brauchen():
    done = lade(colab().befehl[0], importe())
    assert done.returncode == 0, done.stderr[-500:]


def test_die_pruefung_der_importe_kann_scheitern():
    assert "numpy" in importe()
    assert lade(sys.executable, ["gibt_es_nicht"]).returncode != 0


def test_dockerfile_nennt_nur_was_es_gibt():
    assert "Gebaut wurde es noch nie" in "".join(DOCKERFILE.splitlines()[:3])
    for line in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.M):
        for name in line.split():
            assert (PROJEKT / name).exists(), name
    targets = set(re.findall(r"^([a-z-]+):", (PROJEKT / "Makefile").read_text(), re.M))
    used = {
        t for line in re.findall(r"^RUN make (.+)$", DOCKERFILE, re.M) for t in line.split()
    }
    assert used
    assert used <= targets
    stages = re.findall(r"^FROM \S+ AS (\S+)$", DOCKERFILE, re.M)
    assert {"cpu", "gpu"} <= set(stages)


def test_arbeitsumgebung_baut_auf_dem_abbild_auf():
    text = (PROJEKT / ".devcontainer" / "devcontainer.json").read_text("utf-8")
    settings = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.M))
    folder = PROJEKT / ".devcontainer"
    assert (folder / settings["build"]["dockerfile"]).resolve() == PROJEKT / "Dockerfile"
    assert f"AS {settings['build']['target']}\n" in DOCKERFILE
    assert settings["postCreateCommand"] == "make einrichtung"


def test_klon_benutzt_die_fertige_umgebung_eines_abbilds(monkeypatch, tmp_path):
    image, clone = tmp_path / "abbild", tmp_path / "klon"
    (image / ".venv").mkdir(parents=True)
    (image / "node_modules").mkdir()
    clone.mkdir()
    monkeypatch.setattr(einrichten, "WURZEL", clone)
    einrichten.uebernimm_fertige_umgebung()
    assert list(clone.iterdir()) == []
    monkeypatch.setenv("DLBUCH_UMGEBUNG", str(image))
    einrichten.uebernimm_fertige_umgebung()
    einrichten.uebernimm_fertige_umgebung()
    assert (clone / ".venv").resolve() == image / ".venv"
    assert (clone / "node_modules").resolve() == image / "node_modules"
