"""Das Abbild gpu für den GPU-Rechner: `abbild.py name` und `abbild.py baue`.

name: says how the image for this state of the packages is called, in the form that a
workflow reads. baue: builds and stores the image called ABBILD unless it is there already.
Called by `make abbild-name` and `make abbild`; standard library and docker only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ABLAGE = "ghcr.io"
# Was im Abbild steckt: Ändert sich davon nichts, gilt das alte.
BESTIMMT = (
    "Dockerfile",
    "requirements.txt",
    "package-lock.json",
    "code/buchbau/einrichten.py",
    "code/buchbau/umgebungen/gpu.txt",
)


def name(wurzel: Path, repository: str) -> str:
    """Return the image's full name; registries allow no capital letters."""
    digest = hashlib.sha256()
    for file in BESTIMMT:
        digest.update((wurzel / file).read_bytes())
    return f"{ABLAGE}/{repository.lower()}/gpu:{digest.hexdigest()[:12]}"


def docker(*argumente: str, eingabe: str | None = None) -> int:
    """Run docker and return its status; the output is shown."""
    command = ["docker", *argumente]
    return subprocess.run(command, input=eingabe, text=True, check=False).returncode


def baue(abbild: str) -> str:
    """Build and store an image; return the line that says what happened.

    Raises RuntimeError with one German line.
    """
    if not abbild:
        raise RuntimeError("ABBILD fehlt: der Name des Abbilds, siehe make abbild-name.")
    if shutil.which("docker") is None:
        raise RuntimeError("Docker fehlt auf diesem Rechner.")
    token = os.environ.get("GITHUB_TOKEN")
    if token:
        person = os.environ.get("GITHUB_ACTOR", "")
        if docker("login", ABLAGE, "-u", person, "--password-stdin", eingabe=token):
            raise RuntimeError(f"Die Anmeldung bei {ABLAGE} ist gescheitert.")
    if docker("manifest", "inspect", abbild) == 0:
        return f"{abbild} gibt es schon."
    for step in (("build", "--target", "gpu", "--tag", abbild, "."), ("push", abbild)):
        if docker(*step):
            raise RuntimeError(f"docker {step[0]} ist gescheitert (Meldung darüber).")
    return f"{abbild} ist gebaut und abgelegt."


def main(argumente: list[str]) -> int:
    if argumente == ["name"]:
        found = name(Path.cwd(), os.environ.get("REPOSITORY", "beispiel/buch"))
        print(found)
        output = os.environ.get("GITHUB_OUTPUT")
        if output:
            with Path(output).open("a", encoding="utf-8") as stream:
                stream.write(f"name={found}\n")
        return 0
    try:
        print(f"✔ {baue(os.environ.get('ABBILD', ''))}")
    except RuntimeError as error:
        print(f"✘ {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
