"""`python -m buchbau.umgebungen lock | neueste | NAME | NAME --hier`.

lock: writes all derived lists anew (`make lock`). neueste: frees the versions of what the
chapters use (`make neueste`). NAME: puts the addition into its folder.
NAME --hier: into the running environment (Dockerfile).
"""

from __future__ import annotations

import sys

from buchbau.kapitel import BuchFehler
from buchbau.umgebungen import zusatz
from buchbau.umgebungen.auszug import KOPF, auszug, pakete_der_lesenden
from buchbau.umgebungen.neueste import geloest

BINDER = zusatz.WURZEL / ".binder" / "requirements.txt"
ZWECK = "Was die Notebooks brauchen, mehr nicht: Binder hat 2 GB Speicher."


def binder_liste() -> str:
    """Return the list of packages for Binder, cut out of the lock."""
    lock = (zusatz.WURZEL / "requirements.txt").read_text("utf-8")
    return KOPF.format(zweck=ZWECK) + auszug(lock, pakete_der_lesenden(zusatz.WURZEL))


def main(argumente: list[str]) -> int:
    try:
        if argumente == ["lock"]:
            BINDER.write_text(binder_liste(), "utf-8")
            for name in zusatz.NAMEN:
                zusatz.sperre(name)
            print(f"✔ {BINDER.parent.name}/{BINDER.name} und {len(zusatz.NAMEN)} Zusätze")
        elif argumente == ["neueste"]:
            project = zusatz.WURZEL / "pyproject.toml"
            freed = geloest(project.read_text("utf-8"), pakete_der_lesenden(zusatz.WURZEL))
            project.write_text(freed, "utf-8")
        elif argumente[1:] == ["--hier"]:
            zusatz.richte_in_umgebung_ein(argumente[0])
        elif len(argumente) == 1:
            print(f"✔ Zusatz {argumente[0]}: {zusatz.richte_ein(argumente[0])}")
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except (BuchFehler, ValueError) as error:
        print(f"✘ {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
