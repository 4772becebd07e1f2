"""Was die Workflows auf GitHub anlegen: `hub.py release` und `hub.py meldung`.

release: a release for the tag in MARKE with everything that was built. meldung: an issue
called TITEL that says TEXT, unless one of that name is open already. Called by
`make release` and `make meldung`; needs GitHub's own `gh` and nothing else of ours.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BAU = Path("_build")
EINZELN = ("pdf/*.pdf", "epub/*.epub", "offline/*.zip", "offline/*.sha256")
ORDNER = ("handouts", "moodle", "notebooks")


class HubFehler(Exception):
    """Something is missing; its text is one German line."""


def gh(*argumente: str) -> str:
    """Run GitHub's command line tool; raises HubFehler with its last line."""
    if shutil.which("gh") is None:
        raise HubFehler("Das Programm gh fehlt: Es gehört zu GitHubs Rechnern.")
    done = subprocess.run(["gh", *argumente], capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["ohne Meldung"]
        raise HubFehler(f"gh {argumente[0]} ist gescheitert: {said[-1]}")
    return done.stdout


def anhaenge(bau: Path, ablage: Path) -> list[Path]:
    """Return the files of a release; folders become archives in `ablage`."""
    found = [path for pattern in EINZELN for path in sorted(bau.glob(pattern))]
    for name in ORDNER:
        if (bau / name).is_dir():
            packed = shutil.make_archive(str(ablage / name), "zip", bau / name)
            found.append(Path(packed))
    return found


def release(marke: str) -> str:
    """Make the release of a tag; return its address."""
    if not marke.startswith("v"):
        raise HubFehler(f"MARKE={marke or '(leer)'}: Eine Veröffentlichung heißt v1.2.0.")
    with tempfile.TemporaryDirectory() as folder:
        files = anhaenge(BAU, Path(folder))
        if not files:
            raise HubFehler("In _build/ liegt nichts zum Anhängen: erst make offline.")
        title = f"Deep Learning zum Anfassen {marke}"
        flags = ("--verify-tag", "--generate-notes", "--title", title)
        return gh("release", "create", marke, *flags, *map(str, files)).strip()


def meldung(titel: str, text: str) -> str:
    """Open an issue unless one with this title is open; return its address or "" ."""
    if not titel:
        raise HubFehler("TITEL fehlt.")
    query = ("--state", "open", "--json", "title", "--jq", ".[].title", "--limit", "200")
    if titel in gh("issue", "list", *query).splitlines():
        return ""
    return gh("issue", "create", "--title", titel, "--body", text).strip()


def main(argumente: list[str]) -> int:
    try:
        if argumente == ["release"]:
            print(f"✔ {release(os.environ.get('MARKE', ''))}")
        else:
            made = meldung(os.environ.get("TITEL", ""), os.environ.get("TEXT", ""))
            print(f"✔ {made or 'Die Meldung ist schon offen.'}")
    except HubFehler as error:
        print(f"✘ {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
