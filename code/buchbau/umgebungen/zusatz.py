"""Pakete, die nur manche Läufe brauchen: JAX, CUDA, die Auftragsverteiler eines Verbunds.

Each has a file `<name>.in` with what is wanted and why, and a locked `<name>.txt` beside
it that holds only what `requirements.txt` does not; versions agree with the lock. They
are put into a folder of their own below `_build/` and found by PYTHONPATH, so that the
book's environment stays what the lock says. Called by `__main__`, `ausfuehren` and tests.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from buchbau.kapitel import BuchFehler
from buchbau.umgebungen.auszug import KOPF, bloecke

HIER = Path(__file__).parent
WURZEL = Path(__file__).resolve().parents[3]
NAMEN = ("jax", "gpu", "verbund")
# CUDA gibt es nur für Linux; die Sperrdatei gilt für das Abbild aus dem Dockerfile.
PLATTFORM = {
    "gpu": ("--python-platform", "x86_64-manylinux_2_28", "--python-version", "3.12")
}
ALLE = ("--universal", "--python-version", "3.11")


def ordner(name: str) -> Path:
    """Return the folder that holds the packages of one addition."""
    return WURZEL / "_build" / "zusatz" / name


def sperrdatei(name: str) -> Path:
    """Return the locked list of one addition; BuchFehler if there is none such."""
    if name not in NAMEN:
        raise BuchFehler(f"Es gibt keinen Zusatz {name}; bekannt sind: {', '.join(NAMEN)}.")
    return HIER / f"{name}.txt"


def _uv(*argumente: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "uv", *map(str, argumente)],
        capture_output=True,
        text=True,
        check=False,
    )


def ist_da(name: str) -> bool:
    """Return whether the addition lies in its folder as it is locked."""
    stamp = ordner(name) / "stand.txt"
    return stamp.exists() and stamp.read_text("utf-8") == _stand(name)


def _stand(name: str) -> str:
    key = sperrdatei(name).read_bytes() + sys.version.encode()
    return hashlib.sha256(key).hexdigest()


def richte_ein(name: str) -> Path:
    """Install one addition into its folder where it is not there yet; return the folder.

    Raises BuchFehler with uv's last line if the packages cannot be had.
    """
    folder = ordner(name)
    if ist_da(name):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    flags = ("--quiet", "--no-deps", "--require-hashes", "--python", sys.executable)
    done = _uv("pip", "install", *flags, "--target", folder, "-r", sperrdatei(name))
    if done.returncode:
        raise _fehler(name, done)
    (folder / "stand.txt").write_text(_stand(name), "utf-8")
    return folder


def richte_in_umgebung_ein(name: str) -> None:
    """Install one addition into the running environment: what TensorFlow wants of CUDA.

    TensorFlow looks for CUDA beside itself and nowhere else. Only for the container image.
    """
    flags = ("--quiet", "--no-deps", "--require-hashes", "--python", sys.executable)
    done = _uv("pip", "install", *flags, "-r", sperrdatei(name))
    if done.returncode:
        raise _fehler(name, done)


def _fehler(name: str, done: subprocess.CompletedProcess[str]) -> BuchFehler:
    lines = done.stderr.strip().splitlines() or ["ohne Meldung"]
    return BuchFehler(
        f"Der Zusatz {name} ließ sich nicht einrichten ({lines[-1].strip()[:200]}). "
        "Besteht eine Verbindung zum Internet?"
    )


def sperre(name: str) -> None:
    """Write the locked list of one addition anew, with the lock's own versions."""
    lock = WURZEL / "requirements.txt"
    done = _uv(
        *("pip", "compile", "--quiet", "--no-header", "--no-emit-index-url"),
        *("--generate-hashes", "--constraint", lock),
        *PLATTFORM.get(name, ALLE),
        HIER / f"{name}.in",
    )
    if done.returncode:
        raise _fehler(name, done)
    known = bloecke(lock.read_text("utf-8"))
    own = [block for key, block in bloecke(done.stdout).items() if key not in known]
    purpose = "Nur was das Lock nicht schon hat; wozu, sagt die Datei .in daneben."
    text = KOPF.format(zweck=purpose) + "".join(own)
    sperrdatei(name).write_text(text.replace(f"{HIER}/", "").replace(str(lock), lock.name))
