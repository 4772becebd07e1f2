"""Misst Ausführung und Bau: das ganze Buch ohne Cache, mit Snakemake und ohne.

Alles läuft in einer Kopie des Projekts in einem Ordner für sich; der eigene `_build`
bleibt, wie er ist. Aufgerufen von `buchbau.bench`.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from buchbau import messwerte
from buchbau.ausfuehren import umgebung
from buchbau.bauen import JUPYTER_BOOK
from buchbau.bench.tabelle import Zeile
from buchbau.kapitel import Kapitel, ausgefuehrte, finde, lies_buch


def kopiere_projekt(ziel: Path) -> Path:
    """Copy the files of the project, linked to its Node packages; return the copy."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    for name in filter(None, listed):
        if Path(name).exists():
            target = ziel / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(name, target)
    (ziel / "node_modules").symlink_to(Path("node_modules").resolve())
    return ziel


def _sekunden(befehl: list[str], ordner: Path, **env: str) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        befehl,
        cwd=ordner,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"✘ {' '.join(befehl[:4])} …: {(done.stdout + done.stderr)[-1500:]}")
    return time.perf_counter() - start


def _snakemake(ordner: Path, kerne: int, *, leeren: bool = True) -> float:
    if leeren:
        shutil.rmtree(ordner / "_build" / "ausgefuehrt", ignore_errors=True)
    command = [sys.executable, "-m", "snakemake", "--cores", str(kerne), "--quiet", "all"]
    return _sekunden([*command, "--nolock", "--rerun-triggers", "mtime"], ordner)


def _uebernehmen(ordner: Path) -> None:
    _sekunden([sys.executable, "-m", "buchbau.uebernehmen"], ordner)


def _laufzeiten(ordner: Path) -> dict[str, float]:
    """Return {chapter: seconds of its run} from the records in a copy of the project."""
    found = {}
    for chapter in ausgefuehrte(ordner):
        record = messwerte.lies(chapter)
        if record:
            found[chapter.name] = record["sekunden"]
    return found


def _einfacher_bau(ordner: Path) -> float:
    """Build with nothing but jupyter-book: it executes one chapter after the other."""
    shutil.rmtree(ordner / "_build" / ".jupyter_cache", ignore_errors=True)
    shutil.rmtree(ordner / "_build" / ".doctrees", ignore_errors=True)
    # Modelle und Daten braucht der Lauf auch so; alle Kapitel teilen sich einen Ordner.
    chapter = Kapitel(ordner, "book/alle", "", None, {})
    env = umgebung(chapter, ordner / "_build" / "einfach", ordner / "_build" / "alle")
    (ordner / "_build" / "alle").mkdir(exist_ok=True)
    env["DLBUCH_DATEN"] = str(ordner / "data")
    env["PYTHONPATH"] = str(ordner / "code")
    del env["DLBUCH_KAPITEL"]
    return _sekunden(
        [*JUPYTER_BOOK, "build", str(ordner), "--all", "--quiet"], ordner, **env
    )


def messe_ausfuehrung(ordner: Path) -> list[Zeile]:
    """Measure the execution of the whole book with nothing cached."""
    cores = os.cpu_count() or 1
    rows: list[Zeile] = []
    walls = {}
    for count in sorted({1, 2, cores}):
        walls[count] = _snakemake(ordner, count)
        _uebernehmen(ordner)
        if count == 1:
            alone = _laufzeiten(ordner)
            for name, seconds in alone.items():
                budget = finde(name, ordner).kopf["laufzeit"]
                rows.append(
                    Zeile(f"Kapitel {name}, allein", f"{budget} s", f"{seconds:.0f} s")
                )
            total = sum(alone.values())
            rows.append(Zeile("Summe der Kapitel, je allein", "", f"{total:.0f} s"))
    for count, seconds in walls.items():
        goal = "1800 s für 24 Kapitel" if count == 2 else ""
        rows.append(Zeile(f"Ausführen auf {count} Kernen", goal, f"{seconds:.0f} s"))
    rows.append(
        Zeile("nichts geändert", "", f"{_snakemake(ordner, 2, leeren=False):.1f} s")
    )
    return rows


def messe_bau(ordner: Path) -> list[Zeile]:
    """Measure the HTML from a full cache, and plain jupyter-book with nothing cached."""
    pages = len(lies_buch(ordner))
    build = [*JUPYTER_BOOK, "build", str(ordner), "--all", "--quiet"]
    cached = _sekunden(build, ordner)
    plain = _einfacher_bau(ordner)
    return [
        Zeile(
            "HTML aus vollem Cache", "0,4 s je Seite", f"{cached / pages:.2f} s je Seite"
        ),
        Zeile("bloßes jupyter-book build, nichts ausgeführt", "", f"{plain:.0f} s"),
    ]


def messe_vorschau(ordner: Path, kapitel: str = "erstes-netz") -> list[Zeile]:
    """Measure how long a changed sentence takes to show in the running preview."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    page = finde(kapitel, ordner)
    address = f"http://127.0.0.1:{port}/{page.docname}.html"
    process = subprocess.Popen(
        [sys.executable, "-m", "buchbau.vorschau", str(port)],
        cwd=ordner,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        for line in process.stdout:
            if line.startswith("✔"):
                break
        times = []
        for mark in ("Eins", "Zwei", "Drei"):
            sentence = f"Ein neuer Satz, Nummer {mark}."
            text = page.quelle.read_text("utf-8")
            page.quelle.write_text(f"{text}\n{sentence}\n", "utf-8")
            start = time.perf_counter()
            while sentence not in urllib.request.urlopen(address).read().decode():
                time.sleep(0.05)
            times.append(time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait()
    return [Zeile("ein Satz geändert, Seite sichtbar", "3 s", f"{sorted(times)[1]:.1f} s")]
