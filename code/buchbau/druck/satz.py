"""Lets LuaLaTeX set a TeX file, as often as its references need, and makes its index.

Called by `python -m buchbau.druck` and by the handouts. What the log complains about is
read by `protokoll`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from buchbau.druck.gestalt import gestalt
from buchbau.druck.protokoll import maengel
from buchbau.kapitel import BuchFehler

KLASSEN = Path(__file__).with_name("latex")
HOECHSTENS = 5  # Läufe, bis Seitenzahlen und Verweise stehen
_STAND = (".aux", ".toc", ".ind", ".out")


def setze(tex: Path) -> Path:
    """Set a TeX file in its folder; return the PDF beside it.

    Raises BuchFehler with the log's complaints: an error of LaTeX, a missing character, an
    undefined reference, a line that sticks out.
    """
    (tex.parent / "gestalt.tex").write_text(gestalt(), "utf-8")
    before = _stand(tex)
    for _ in range(HOECHSTENS):
        _lualatex(tex)
        _register(tex)
        now = _stand(tex)
        if now == before:
            break
        before = now
    found = maengel(tex.with_suffix(".log"))
    if found:
        raise BuchFehler(f"{tex.name}:\n" + "\n".join(found))
    return tex.with_suffix(".pdf")


def _umgebung(tex: Path) -> dict[str, str]:
    """Return the environment: our classes are found, fonts are kept with the build."""
    return {
        **os.environ,
        "TEXINPUTS": f"{tex.parent}{os.pathsep}{KLASSEN}{os.pathsep}",
        "TEXMFCACHE": os.environ.get("TEXMFCACHE", str(Path("_build/.luatex").resolve())),
        "TEXMFVAR": os.environ.get("TEXMFVAR", str(Path("_build/.luatex").resolve())),
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", _datum()),
        "FORCE_SOURCE_DATE": "1",
        "max_print_line": "2000",
        "LC_ALL": "C.UTF-8",
    }


def _datum() -> str:
    """Return the time of the last commit: the same sources give the same PDF."""
    done = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "1780000000"


def _lualatex(tex: Path) -> None:
    if shutil.which("lualatex") is None:
        raise BuchFehler("LuaLaTeX fehlt. `make pdf` richtet es ein oder nennt den Befehl.")
    command = ["lualatex", "--interaction=nonstopmode", "--halt-on-error", tex.name]
    done = subprocess.run(
        command,
        cwd=tex.parent,
        env=_umgebung(tex),
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        lines = done.stdout.splitlines()
        start = next((i for i, line in enumerate(lines) if line.startswith("!")), -15)
        raise BuchFehler(
            f"LuaLaTeX bricht ab ({tex.name}):\n" + "\n".join(lines[start:][:15])
        )


def _register(tex: Path) -> None:
    """Sort the index by German rules (ä as a, DIN 5007-1)."""
    raw = tex.with_suffix(".idx")
    if not raw.exists() or not raw.stat().st_size:
        return
    done = subprocess.run(
        [
            *("texindy", "-q", "-L", "german-din", "-C", "utf8"),
            *("-M", str(KLASSEN / "register.xdy")),
            raw.name,
        ],
        cwd=tex.parent,
        env=_umgebung(tex),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuchFehler(f"Das Register von {tex.name}: {done.stderr.strip()[-500:]}")


def _stand(tex: Path) -> str:
    """Return a checksum of what the next run would read."""
    digest = hashlib.sha256()
    for ending in _STAND:
        part = tex.with_suffix(ending)
        if part.exists():
            digest.update(part.read_bytes())
    return digest.hexdigest()
