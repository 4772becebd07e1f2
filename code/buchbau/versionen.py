"""Die Versionen der Pakete, die Lesende einrichten: was im Lock steht.

Aufgerufen von `pannen` und vom Test der Seite Einrichtung, die diese Versionen nennt.
"""

from __future__ import annotations

import re
from pathlib import Path

# Was ein Kapitel außer dlbuch importiert; dazu kommt JupyterLab in beliebiger Version.
PAKETE = ("tensorflow", "keras", "numpy", "matplotlib", "scikit-learn")
LOCK = Path(__file__).resolve().parents[2] / "requirements.txt"


def gelockt(lock: Path = LOCK) -> dict[str, str]:
    """Return {package: version} of the lock file for the packages readers install."""
    found = dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", lock.read_text("utf-8"), re.M))
    return {name: found[name] for name in PAKETE}


def pip_zeile() -> str:
    """Return what follows `pip install` on the page: packages with their versions."""
    return " ".join(f"{name}=={version}" for name, version in gelockt().items())
