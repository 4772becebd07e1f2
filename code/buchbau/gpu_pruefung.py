"""Führt die GPU-Kapitel aus, auf jedem Backend, das da ist: `make gpu-pruefung`.

Braucht nur, was die exportierten Notebooks brauchen (Keras mit einem Backend, NumPy,
Matplotlib, IPython), keine Umgebung des Buchs: Auf einem GPU-Rechner genügt ein Klon mit
dem Ordner `_build/notebooks`. Je Kapitel und Gerät ein Prozess; am Ende eine Tabelle mit
Sekunden auf GPU und CPU und der Schlüsselzahl gegen ihren Bereich. Mit `--alle`
(`make notebooks-pruefung`) läuft jedes Notebook, wie Lesende es öffnen: ohne den Klon,
mit Helfer und Daten von der Website, auch Lösungen und Übungsblätter.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WURZEL = Path(__file__).resolve().parents[2]
NOTEBOOKS = WURZEL / "_build" / "notebooks" / "kapitel"
UEBUNGEN = "uebungen"  # so heißt der Ordner der Blätter mit dem leeren Gerüst
BEIBLAETTER = ("loesungen", UEBUNGEN)
BEIBLATT = {"gpu": False, "schluesselzahl": None, "behauptungen": {}}
BACKENDS = ("tensorflow", "jax", "torch")
FRIST = 1800  # Sekunden für ein Notebook: nur damit ein hängendes auffällt
ERGEBNIS = "ERGEBNIS "  # so beginnt die Zeile, mit der ein Lauf antwortet
KOPF = ("Kapitel", "Backend", "Gerät", "s GPU", "s CPU", "Schlüsselzahl", "Wert", "Bereich")


class NotebookFehler(Exception):
    """A notebook cannot be read; its text is one German line."""


@dataclass(frozen=True)
class Heft:
    """An exported notebook and what its metadata say about it."""

    pfad: Path
    angaben: dict[str, Any]

    @property
    def name(self) -> str:
        kind = self.pfad.parent.name
        return f"{kind}/{self.pfad.stem}" if kind in BEIBLAETTER else self.pfad.stem

    def bereich(self, zahl: str, geraet: str) -> list[float]:
        claim = self.angaben["behauptungen"][zahl]
        return claim.get(geraet, claim["cpu"])


def hefte(ordner: Path, kapitel: str | None, alle: bool = False) -> list[Heft]:
    """Return the chapters that want a GPU, or the one called `kapitel`, or all notebooks.

    Raises NotebookFehler if one is damaged or was exported by an older version.
    """
    found = []
    for path in sorted(ordner.glob("*.ipynb")):
        details = _angaben(path)
        if path.stem == kapitel if kapitel else alle or details["gpu"]:
            found.append(Heft(path, details))
    if alle:
        sheets = [p for k in BEIBLAETTER for p in (ordner.parent / k).glob("*.ipynb")]
        found += [Heft(path, BEIBLATT) for path in sorted(sheets)]
    return found


def _angaben(pfad: Path) -> dict[str, Any]:
    """Return what a chapter's notebook says about itself."""
    try:
        details = json.loads(pfad.read_text("utf-8"))["metadata"]["dlbuch"]
        return {key: details[key] for key in BEIBLATT}
    except (ValueError, KeyError, TypeError) as error:
        raise NotebookFehler(
            f"{pfad.name} ist beschädigt oder stammt von einer älteren Fassung "
            f"({type(error).__name__}): make notebooks schreibt es neu."
        ) from None


def backends(alle: bool) -> list[str]:
    """Return the backends to test: the one that is asked for, else all installed ones.

    alle: as readers open the notebooks, hence only with TensorFlow, although Colab has
    the others, too.
    """
    asked = os.environ.get("KERAS_BACKEND")
    if asked:
        return [asked]
    wanted = BACKENDS[:1] if alle else BACKENDS
    return [name for name in wanted if importlib.util.find_spec(name)]


def umgebung(backend: str, geraet: str, ordner: Path) -> dict[str, str]:
    """Return the variables of one run.

    The clone's helper and data are used where there are any, unless the run is to be like
    a reader's (DLBUCH_WIE_LESENDE).
    """
    env = {k: v for k, v in os.environ.items() if not k.startswith("DLBUCH_GERAET")}
    env |= {
        "KERAS_BACKEND": backend,
        "MPLBACKEND": "agg",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_FORCE_GPU_ALLOW_GROWTH": "true",
        "KERAS_HOME": str(ordner / "keras"),
        "MPLCONFIGDIR": str(ordner / "matplotlib"),
        "IPYTHONDIR": str(ordner / "ipython"),
        "DLBUCH_MODELLE": str(ordner / "modelle"),
        "PYTHONUTF8": "1",
    }
    if geraet == "cpu":
        env |= {"CUDA_VISIBLE_DEVICES": "-1", "JAX_PLATFORMS": "cpu"}
    like_readers = "DLBUCH_WIE_LESENDE" in os.environ
    if (WURZEL / "code" / "dlbuch").is_dir() and not like_readers:
        paths = [str(WURZEL / "code"), *filter(None, [os.environ.get("PYTHONPATH")])]
        env["PYTHONPATH"] = os.pathsep.join(paths)
    return env


def lauf(heft: Path | None, backend: str, geraet: str) -> dict[str, Any]:
    """Run a notebook in a process of its own; without one, only ask for the device.

    Returns what the process answered: geraet, and with a notebook sekunden, zahlen and
    fehler (a line, or None).
    """
    with tempfile.TemporaryDirectory(prefix="dlbuch-") as name:
        work = Path(name) / "arbeit"
        work.mkdir()
        (Path(name) / "modelle").mkdir()
        try:
            done = subprocess.run(
                # Ohne -P fänden die Zellen die Module neben dieser Datei.
                [sys.executable, "-P", __file__, "--lauf", str(heft or "")],
                cwd=work,
                env=umgebung(backend, geraet, Path(name)),
                capture_output=True,
                text=True,
                timeout=FRIST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return _ohne_antwort(f"nach {FRIST} s abgebrochen")
    for line in done.stdout.splitlines():
        if line.startswith(ERGEBNIS):
            return json.loads(line.removeprefix(ERGEBNIS))
    last = (done.stderr.strip().splitlines() or [f"Ende mit Status {done.returncode}"])[-1]
    return _ohne_antwort(last[:200])


def _ohne_antwort(fehler: str) -> dict[str, Any]:
    return {"geraet": None, "sekunden": None, "zahlen": {}, "fehler": fehler}


def geraetename() -> str | None:
    """Return the name of the GPU that the backend of this process sees, or None."""
    backend = os.environ["KERAS_BACKEND"]
    if backend == "tensorflow":
        import tensorflow as tf

        found = tf.config.list_physical_devices("GPU")
        details = tf.config.experimental.get_device_details(found[0]) if found else None
        return details.get("device_name", "GPU") if details is not None else None
    if backend == "jax":
        import jax

        found = [d for d in jax.devices() if d.platform == "gpu"]
        return found[0].device_kind if found else None
    import torch

    return torch.cuda.get_device_name(0) if torch.cuda.is_available() else None


def rechne(pfad: Path) -> dict[str, Any]:
    """Run the cells of a notebook in this process, as Jupyter would, and time them."""
    from IPython.core.interactiveshell import InteractiveShell

    numbers: dict[str, float] = {}
    sheet = pfad.parent.name == UEBUNGEN
    shell = InteractiveShell.instance()
    start = time.perf_counter()
    fault = None
    cells = json.loads(pfad.read_text("utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, 1):
        tags = cell["metadata"].get("tags", [])
        _hoere_zu(numbers)
        if "nur-tensorflow" in tags and os.environ["KERAS_BACKEND"] != "tensorflow":
            continue
        source = cell["source"]
        text = source if isinstance(source, str) else "".join(source)
        result = shell.run_cell(text, store_history=True)
        error = result.error_before_exec or result.error_in_exec
        if sheet and "pruefung" in tags:
            # Auf dem Blatt steht noch das Gerüst: Die Prüfung muss es zurückweisen.
            if type(error).__name__ == "PruefungFehler":
                continue
            where = f"Codezelle {number} von {len(code)}"
            fault = f"{where}: weist das leere Gerüst nicht zurück"
            break
        if error is not None:
            first = str(error).strip().splitlines()
            said = f"{type(error).__name__}: {first[0] if first else ''}"
            fault = f"Codezelle {number} von {len(code)}: {said}"[:200]
            break
    seconds = time.perf_counter() - start
    return {"sekunden": round(seconds, 1), "zahlen": numbers, "fehler": fault}


def _hoere_zu(numbers: dict[str, float]) -> None:
    """Write down what the cells keep with dlbuch.merke, once dlbuch is there to import.

    A reader's notebook fetches dlbuch in its first cell, so this asks before each cell.
    """
    if importlib.util.find_spec("dlbuch") is None:
        return
    import dlbuch

    keep = dlbuch.merke
    if getattr(keep, "hoert_zu", False):
        return

    def record(name: str, wert: float, muster: str = "g") -> str:
        numbers[name] = float(wert)
        return keep(name, wert, muster)

    record.hoert_zu = True
    dlbuch.merke = record


def zeilen(
    gewaehlt: Iterable[Heft], genannte: Iterable[str]
) -> Iterator[tuple[list[str], str | None]]:
    """Run everything; yield a row of the table and its fault (None: all is well)."""
    for backend in genannte:
        gpu = lauf(None, backend, "gpu")
        if gpu["fehler"]:
            yield [*("–", backend), *["–"] * 6], f"{backend}: {gpu['fehler']}"
            continue
        devices = ["gpu", "cpu"] if gpu["geraet"] else ["cpu"]
        for heft in gewaehlt:
            print(f"▶ {heft.name} mit {backend} …", file=sys.stderr, flush=True)
            runs = {device: lauf(heft.pfad, backend, device) for device in devices}
            yield _zeile(heft, backend, gpu["geraet"] or "CPU", runs)


def _zeile(
    heft: Heft, backend: str, name: str, runs: dict[str, dict[str, Any]]
) -> tuple[list[str], str | None]:
    best = next(iter(runs))
    times = [
        _deutsch(runs[device]["sekunden"], ".0f") if device in runs else "–"
        for device in ("gpu", "cpu")
    ]
    faults = [
        f"{heft.name}, {backend}, {d}: {r['fehler']}"
        for d, r in runs.items()
        if r["fehler"]
    ]
    key = heft.angaben["schluesselzahl"]
    row = [heft.name, backend, name, *times]
    if key is None or key not in runs[best]["zahlen"]:
        return [*row, key or "–", "–", "–"], faults[0] if faults else None
    for device, run in runs.items():
        low, high = heft.bereich(key, device)
        value = run["zahlen"].get(key)
        if value is not None and not low <= value <= high:
            faults.append(
                f"{heft.name}, {backend}, {device}: {key} = {value:.6g} liegt nicht im "
                f"Bereich [{low}, {high}]."
            )
    low, high = heft.bereich(key, best)
    spoken = f"{_deutsch(low, 'g')} bis {_deutsch(high, 'g')}"
    value = _deutsch(runs[best]["zahlen"][key], ".4g")
    return [*row, key, value, spoken], faults[0] if faults else None


def _deutsch(wert: float | None, muster: str) -> str:
    return "–" if wert is None else format(wert, muster).replace(".", ",")


def tabelle(rows: list[list[str]]) -> str:
    """Return rows below the head, in columns."""
    widths = [max(map(len, column)) for column in zip(KOPF, *rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in (KOPF, ["─" * width for width in widths], *rows)
    ]
    return "\n".join(lines)


def main(argumente: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Führt die GPU-Kapitel aus und misst.")
    parser.add_argument("--notebooks", type=Path, default=NOTEBOOKS, help="ihr Ordner")
    parser.add_argument("--kapitel", help="nur dieses, auch wenn es keine GPU will")
    parser.add_argument("--alle", action="store_true", help="jedes, wie Lesende es öffnen")
    parser.add_argument("--lauf", help=argparse.SUPPRESS)
    options = parser.parse_args(argumente)
    if options.lauf is not None:
        answer = {"geraet": geraetename(), "fehler": None}
        answer |= rechne(Path(options.lauf)) if options.lauf else {}
        print(f"\n{ERGEBNIS}{json.dumps(answer)}")
        return 0
    if options.alle:
        os.environ["DLBUCH_WIE_LESENDE"] = "1"
    try:
        chosen = hefte(options.notebooks.resolve(), options.kapitel, options.alle)
    except NotebookFehler as error:
        print(f"✘ {error}", file=sys.stderr)
        return 1
    if not chosen:
        one = options.kapitel
        what = f"fehlt das Notebook {one}" if one else "fehlen Notebooks"
        print(f"✘ Hier {what}: erst make notebooks.", file=sys.stderr)
        return 1
    there = backends(options.alle)
    if not there:
        print("✘ Hier ist kein Backend für Keras installiert.", file=sys.stderr)
        return 1
    rows, faults = [], []
    for row, fault in zeilen(chosen, there):
        rows.append(row)
        faults += [fault] if fault else []
    print(tabelle(rows))
    if all(row[3] == "–" for row in rows):
        print("• Kein Backend sieht eine GPU: Gemessen wurde nur die CPU.")
    for fault in faults:
        print(f"✘ {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
