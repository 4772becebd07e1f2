"""Umgebungen, in denen exportierte Notebooks laufen müssen, und der Lauf selbst.

`dieselbe` has the versions of the book, but not the project on its path; `colab` has the
versions of Google Colab (colab.txt) in a virtual environment of its own. Called by
test_ausfuehren.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbformat import NotebookNode

from hilfen import PROJEKT

LISTE = Path(__file__).with_name("colab.txt")
COLAB_PYTHON = "3.12"
COLAB_VENV = PROJEKT / "_build" / "colab-venv"
# Jede Anfrage nach außen soll scheitern statt unbemerkt gelingen.
GESPERRT = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Umgebung:
    """An interpreter with its options and the variables that it needs."""

    befehl: tuple[str, ...]
    variablen: tuple[tuple[str, str], ...] = ()


def dieselbe() -> Umgebung:
    """Return this interpreter without the .pth file that puts the project on its path.

    Without `site` no .pth file is read; the packages come back by PYTHONPATH.
    """
    packages = sysconfig.get_path("purelib")
    return Umgebung((sys.executable, "-S"), (("PYTHONPATH", packages),))


def _python_von_colab() -> str:
    """Return an interpreter of Colab's version, else the running one."""
    candidates = [
        shutil.which(f"python{COLAB_PYTHON}"),
        *Path.home().glob(f".pyenv/versions/{COLAB_PYTHON}.*/bin/python"),
    ]
    for candidate in candidates:
        if candidate and _laeuft(str(candidate)):
            return str(candidate)
    return sys.executable


def _laeuft(python: str) -> bool:
    """Whether a command is an interpreter (a shim of pyenv may only say how to get it)."""
    done = subprocess.run([python, "-c", ""], capture_output=True, check=False)
    return done.returncode == 0


def colab() -> Umgebung:
    """Return the environment with Colab's versions; builds it where the list is new.

    Raises RuntimeError with uv's own words if the packages cannot be had.
    """
    python = _python_von_colab()
    key = hashlib.sha256(LISTE.read_bytes() + python.encode()).hexdigest()
    mark = COLAB_VENV / "stand.txt"
    command = COLAB_VENV / "bin" / "python"
    if not mark.exists() or mark.read_text("utf-8") != key:
        shutil.rmtree(COLAB_VENV, ignore_errors=True)
        _uv("venv", "--quiet", "--python", python, "--no-python-downloads", COLAB_VENV)
        # Übersetzt wird gleich: Sonst täte es der erste Import, mitten in einer Frist.
        flags = ("--quiet", "--require-hashes", "--compile-bytecode")
        _uv("pip", "sync", *flags, "--python", command, LISTE)
        mark.write_text(key, "utf-8")
    return Umgebung((str(command),))


def _uv(*arguments: object) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "uv", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"Die Umgebung von Colab war nicht zu bauen:\n{done.stderr}")


@dataclass(frozen=True)
class Lauf:
    """An executed notebook and the seconds that it took with the kernel's start."""

    notebook: NotebookNode
    sekunden: float

    def fehler(self) -> dict[int, str]:
        """Return {number of the cell: class of its exception}."""
        return {
            number: output.ename
            for number, cell in enumerate(self.notebook.cells)
            for output in cell.get("outputs", [])
            if output.output_type == "error"
        }

    def meldungen(self) -> str:
        """Return the tracebacks of all failed cells, to be shown by a failing test."""
        return "\n".join(
            "\n".join(output.traceback)
            for cell in self.notebook.cells
            for output in cell.get("outputs", [])
            if output.output_type == "error"
        )


def fuehre_aus(
    notebook: NotebookNode, umgebung: Umgebung, basis: str, ordner: Path, frist: int
) -> Lauf:
    """Run a notebook in an empty folder; a failing cell does not stop it.

    basis: address of the site that it fetches from; ordner: an empty folder; frist: at
    most so many seconds for each cell.
    """
    arbeit = ordner / "arbeit"
    arbeit.mkdir(parents=True)
    kernel = ordner / "kernels" / "probe"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(
        json.dumps(
            {
                "argv": [
                    *umgebung.befehl,
                    *("-m", "ipykernel_launcher", "-f", "{connection_file}"),
                ],
                "display_name": "Probe",
                "language": "python",
            }
        ),
        "utf-8",
    )
    client = NotebookClient(
        nbformat.from_dict(notebook),
        timeout=frist,
        kernel_name="probe",
        allow_errors=True,
        resources={"metadata": {"path": str(arbeit)}},
    )
    client.create_kernel_manager()
    client.km.kernel_spec_manager = KernelSpecManager(kernel_dirs=[str(kernel.parent)])
    start = time.perf_counter()
    client.execute(env=_variablen(umgebung, basis, ordner))
    return Lauf(client.nb, time.perf_counter() - start)


def _variablen(umgebung: Umgebung, basis: str, ordner: Path) -> dict[str, str]:
    """Return the kernel's variables: nothing of the user's or the project's own."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(ordner),
        "KERAS_HOME": str(ordner / "keras"),
        "MPLCONFIGDIR": str(ordner / "matplotlib"),
        "IPYTHONDIR": str(ordner / "ipython"),
        "DLBUCH_BASIS": basis,
        "http_proxy": GESPERRT,
        "https_proxy": GESPERRT,
        "no_proxy": "127.0.0.1,localhost",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "OMP_NUM_THREADS": "2",
        "TF_NUM_INTRAOP_THREADS": "2",
        **dict(umgebung.variablen),
    }
