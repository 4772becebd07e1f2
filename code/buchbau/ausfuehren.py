"""Führt ein Kapitel aus: `python -m buchbau.ausfuehren NAME NOTEBOOK PROTOKOLL MODELLE`.

Aufgerufen vom Snakefile, je Kapitel ein Prozess. Das Kapitel läuft in einem leeren Ordner
und sieht nur, was sein exportiertes Notebook hätte: das Paket dlbuch und die Daten, die
sein Kopf nennt. Ein Fehler wird in wenigen Zeilen gemeldet: Kapitel, Zelle, Meldung.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)

from buchbau.geraet import name_des_geraets
from buchbau.kapitel import BuchFehler, Kapitel, finde
from buchbau.modelle import schreibe_summen
from buchbau.schluessel import backend, daten_dateien, geraeteart, lies_notizbuch
from buchbau.schriften import ttf_ordner
from buchbau.umgebungen import zusatz

# 1 und 2 Threads geben verschiedene letzte Stellen: die Zahl steht fest, nicht der Rechner.
THREADS = 2
# Was TensorFlow und Matplotlib beim ersten Laden melden und niemandem etwas sagt. Alles
# andere auf stderr bleibt stehen und fällt beim Bau als Warnung auf.
LADEMELDUNG = re.compile(
    r"WARNING: All log messages before absl|[IWE]\d{4} |To enable the following instr"
    r"|Matplotlib is building the font cache"
)
PAKETE = ("tensorflow", "keras", "jax", "torch", "numpy", "matplotlib", "scikit-learn")


def umgebung(kapitel: Kapitel, ordner: Path, modelle: Path) -> dict[str, str]:
    """Return the kernel's environment; `ordner` holds its helper, data and caches.

    Nothing of the user's own Keras, Matplotlib or IPython settings reaches the chapter.
    """
    env = {k: v for k, v in os.environ.items() if not k.startswith("DLBUCH_")}
    device = geraeteart(kapitel)
    threads = str(THREADS)
    paths = [ordner / "helfer"]
    if backend() in zusatz.NAMEN:  # JAX liegt nicht in der Umgebung des Buchs
        paths.append(zusatz.ordner(backend()))
    env.update(
        PYTHONPATH=os.pathsep.join(map(str, paths)),
        PYTHONHASHSEED="0",
        DLBUCH_DATEN=str(ordner / "daten"),
        DLBUCH_GERAET=device,
        DLBUCH_KAPITEL=kapitel.name,
        DLBUCH_MODELLE=str(modelle),
        DLBUCH_PDF="1",  # Abbildungen zusätzlich als PDF, für den Druck
        DLBUCH_SCHRIFTEN=str(ttf_ordner()),
        KERAS_BACKEND=backend(),
        KERAS_HOME=str(ordner / "keras"),
        MPLCONFIGDIR=str(ordner / "matplotlib"),
        IPYTHONDIR=str(ordner / "ipython"),
        JUPYTER_DATA_DIR=str(ordner / "jupyter"),
        TF_CPP_MIN_LOG_LEVEL="3",
        TF_NUM_INTRAOP_THREADS=threads,
        TF_NUM_INTEROP_THREADS=threads,
        OMP_NUM_THREADS=threads,
        OPENBLAS_NUM_THREADS=threads,
        # Wartende Threads schlafen, statt den Kern eines anderen Kapitels zu belegen
        # (kleine Matrixprodukte auf vollem Rechner: 0,3 s statt 3 s).
        OPENBLAS_THREAD_TIMEOUT="4",
        OMP_WAIT_POLICY="PASSIVE",
    )
    if device == "cpu":
        env.update(CUDA_VISIBLE_DEVICES="-1", JAX_PLATFORMS="cpu")
    return env


def _richte_ordner_ein(kapitel: Kapitel, ordner: Path) -> None:
    shutil.copytree(
        kapitel.wurzel / "code" / "dlbuch",
        ordner / "helfer" / "dlbuch",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    (ordner / "daten").mkdir()
    for path in daten_dateien(kapitel):
        shutil.copy(path, ordner / "daten")
    sums = kapitel.wurzel / "data" / "pruefsummen.txt"
    if sums.exists():
        shutil.copy(sums, ordner / "daten")
    (ordner / "arbeit").mkdir()


def _versionen() -> dict[str, str]:
    """Return {package: version} of what the kernel found."""
    found = {"python": platform.python_version()}
    places = [
        *sys.path,
        *([str(zusatz.ordner(b))] if (b := backend()) in zusatz.NAMEN else []),
    ]
    installed = {
        (d.metadata["Name"] or "").lower(): d.version
        for d in distributions(path=list(dict.fromkeys(places)))
    }
    return found | {name: installed[name] for name in PAKETE if name in installed}


def _ohne_lademeldungen(output: nbformat.NotebookNode) -> bool:
    """Drop the lines that libraries log while loading; return whether any are left."""
    if output.output_type != "stream" or output.name != "stderr":
        return True
    lines = output.text.splitlines(keepends=True)
    output.text = "".join(line for line in lines if not LADEMELDUNG.match(line))
    return bool(output.text.strip())


def _geordnet(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Return a cell's outputs as a reader expects them: one text, not its pieces.

    Kept numbers show nothing and go to the end, so that the text around them stays whole;
    how often Python flushed its output depends on chance and must not show.
    """
    kept = [out for out in outputs if _ohne_lademeldungen(out)]
    numbers = [out for out in kept if "dlbuch" in out.get("metadata", {})]
    joined: list[nbformat.NotebookNode] = []
    for output in (out for out in kept if out not in numbers):
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.output_type == output.output_type == "stream"
            and last.name == output.name
        ):
            last.text += output.text
        else:
            joined.append(output)
    return joined + numbers


def _ueberspringe(cell: nbformat.NotebookNode) -> bool:
    tags = cell.metadata.get("tags", [])
    return "nur-tensorflow" in tags and backend() != "tensorflow"


def fuehre_aus(kapitel: Kapitel, modelle: Path) -> tuple[nbformat.NotebookNode, dict]:
    """Run all cells of a chapter; return the executed notebook and its record.

    modelle: folder that takes what the chapter exports. Raises BuchFehler with chapter,
    cell and message if a cell fails or takes longer than three times the budget, and with
    one line if the backend or the GPU that the chapter is to run on is not there.
    """
    notebook = lies_notizbuch(kapitel.quelle)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    left_out = [cell for cell in cells if _ueberspringe(cell)]
    for cell in left_out:
        cell.metadata["tags"] = [*cell.metadata["tags"], "skip-execution"]
    limit = 3 * kapitel.kopf["laufzeit"]
    modelle.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="dlbuch-") as name:
        folder = Path(name)
        _richte_ordner_ein(kapitel, folder)
        env = umgebung(kapitel, folder, modelle)
        device_name = name_des_geraets(env)
        client = NotebookClient(
            notebook,
            timeout=limit,
            kernel_name="python3",
            record_timing=False,  # sonst fände myst-nb den Eintrag im Cache nicht
            skip_cells_with_tag="skip-execution",
            resources={"metadata": {"path": str(folder / "arbeit")}},
        )
        client.create_kernel_manager()
        # Nur der Kernel dieser Umgebung, nicht einer, den jemand für sich angelegt hat.
        client.km.kernel_spec_manager = KernelSpecManager(
            kernel_dirs=[str(Path(sys.prefix) / "share" / "jupyter" / "kernels")]
        )
        start = time.perf_counter()
        try:
            # Was Bibliotheken am Notebook vorbei melden, sagt Lesenden nichts.
            with (folder / "kernel.log").open("w", encoding="utf-8") as log:
                client.execute(env=env, stdout=log, stderr=log)
        except Exception as error:
            cause = ursache(error)
            if cause is None:
                raise
            raise BuchFehler(_meldung(kapitel, cells, cause, limit)) from None
        seconds = time.perf_counter() - start
    for cell in cells:
        cell.outputs = _geordnet(cell.outputs)
    for cell in left_out:
        cell.metadata["tags"] = [t for t in cell.metadata["tags"] if t != "skip-execution"]
    return notebook, {
        "kapitel": kapitel.name,
        "sekunden": round(seconds, 1),
        "geraet": geraeteart(kapitel),
        "geraetename": device_name,
        "backend": backend(),
        "kerne": os.cpu_count(),
        "threads": THREADS,
        "plattform": f"{platform.system()} {platform.machine()}",
        "versionen": _versionen(),
        "datum": datetime.now(UTC).date().isoformat(),
    }


def ursache(error: BaseException | None) -> Exception | None:
    """Return why a chapter failed, from the chain of exceptions; None if it is no such one.

    Where a kernel does not answer, nbclient may stumble once more while it clears up, and
    that second exception hides the first.
    """
    while error is not None:
        if isinstance(error, CellExecutionError | CellTimeoutError | DeadKernelError):
            return error
        error = error.__cause__ or error.__context__
    return None


def _meldung(kapitel: Kapitel, cells: list, error: Exception, limit: int) -> str:
    """Say in a few German lines where and why a chapter failed."""
    # Fehlgeschlagen ist die letzte Zelle, die begonnen hat.
    started = [
        i for i, cell in enumerate(cells) if cell.get("execution_count") or cell.outputs
    ]
    index = started[-1] if started else 0
    if isinstance(error, CellTimeoutError):
        reason = f"länger als {limit} s (dreimal laufzeit im Kopf)"
    elif isinstance(error, DeadKernelError):
        reason = "Der Kernel ist abgestürzt (Speicher?)"
    else:
        reason = f"{error.ename}: {error.evalue}"
        for i, cell in enumerate(cells):
            if any(out.output_type == "error" for out in cell.outputs):
                index = i
    source = cells[index].source.strip().splitlines()
    line = _zeile_des_fehlers(cells[index])
    shown = source[line - 1].strip() if line and line <= len(source) else source[0]
    return (
        f"{kapitel.docname}.md, Codezelle {index + 1} von {len(cells)}:\n"
        f"    {shown}\n    {_kuerze(reason)}"
    )


def _kuerze(text: str, lines: int = 4) -> str:
    kept = text.strip().splitlines()[:lines]
    return "\n    ".join(kept)


def _zeile_des_fehlers(cell: nbformat.NotebookNode) -> int | None:
    """Return the line of the cell that IPython's traceback points to."""
    for out in cell.outputs:
        if out.output_type == "error":
            plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(out.traceback))
            marks = re.findall(r"^-+> (\d+) ", plain, re.M)
            return int(marks[0]) if marks else None
    return None


def main(argumente: list[str]) -> int:
    name, target, record_file, models = argumente
    kapitel = finde(name)
    cells = sum(c.cell_type == "code" for c in lies_notizbuch(kapitel.quelle).cells)
    print(f"▶ {name}: {cells} Zellen …", file=sys.stderr, flush=True)
    try:
        notebook, record = fuehre_aus(kapitel, Path(models).resolve())
    except BuchFehler as error:
        print(f"✘ {error}", file=sys.stderr, flush=True)
        return 1
    schreibe_summen(Path(models))
    Path(record_file).write_text(json.dumps(record, ensure_ascii=False, indent=1), "utf-8")
    # Das Notebook zuletzt und in einem Zug: Geht der Rechner mittendrin aus, fehlt es ganz,
    # statt halb geschrieben als ausgeführt zu gelten.
    unfinished = Path(f"{target}.teil")
    nbformat.write(notebook, unfinished)
    unfinished.replace(target)
    seconds = f"{record['sekunden']:.0f}"
    print(
        f"✔ {name}: {seconds} s auf {record['geraet'].upper()}", file=sys.stderr, flush=True
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
