"""Löscht Ausgeführtes, das zu keinem Kapitel mehr gehört: `python -m buchbau.aufraeumen`.

Jeder Stand des Codes hat eine eigene Ausgabe. Auf dem eigenen Rechner ist das bequem (wer
zurückgeht, rechnet nicht noch einmal); im Cache und in den Anhängen der Workflows wüchse
es mit jedem Commit. Darum räumt `make aufraeumen` dort auf, bevor gespeichert wird.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from buchbau.kapitel import BuchFehler, ausgefuehrte
from buchbau.schluessel import inhaltsschluessel

ORDNER = Path("_build/ausgefuehrt")


def veraltet(wurzel: Path) -> list[Path]:
    """Return what belongs to no chapter as it stands, on this device and backend."""
    current = {f"{k.name}-{inhaltsschluessel(k)}" for k in ausgefuehrte(wurzel)}
    return sorted(
        path
        for path in (wurzel / ORDNER).glob("*")
        if path.name.split(".")[0] not in current or path.suffix == ".teil"
    )


def main() -> int:
    try:
        old = veraltet(Path.cwd())
    except BuchFehler as error:
        print(f"✘ {error}", file=sys.stderr)
        return 1
    for path in old:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    print(f"✔ {ORDNER}: {len(old)} veraltete Einträge gelöscht")
    return 0


if __name__ == "__main__":
    sys.exit(main())
