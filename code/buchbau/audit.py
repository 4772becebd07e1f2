"""Sucht in den gelockten Paketen nach bekannten Sicherheitslücken: `make audit`.

pip-audit und npm audit fragen Datenbanken im Netz. Sind sie nicht zu erreichen, sagt das
eine Zeile; ungeprüft ist nicht dasselbe wie ohne Befund.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from buchbau.node import node, umgebung

PIP_AUDIT = "pip-audit==2.9.0"
LISTEN = (Path("requirements.txt"), *sorted(Path("code/buchbau/umgebungen").glob("*.txt")))
OHNE_NETZ = re.compile(
    r"ConnectionError|NewConnectionError|NameResolution|ConnectTimeout|ENOTFOUND|ETIMEDOUT"
    r"|ECONNREFUSED|EAI_AGAIN|Max retries|HTTPError|ServiceError|endpoint|404 Not Found"
    r"|could not be audited"
)


def pruefe_python(liste: Path) -> tuple[int, str]:
    """Hold one locked list against PyPI's advisories; return (status, what was said)."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "uv", "tool", "run", "--from", PIP_AUDIT, "pip-audit"),
            *("--requirement", str(liste), "--require-hashes", "--disable-pip"),
            *("--progress-spinner", "off"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def pruefe_node() -> tuple[int, str]:
    """Hold package-lock.json against npm's advisories; return (status, what was said)."""
    npm = node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    done = subprocess.run(
        [str(node()), str(npm), "audit", "--audit-level", "high"],
        capture_output=True,
        text=True,
        env=umgebung(),
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def urteil(name: str, status: int, gesagt: str) -> tuple[bool, str]:
    """Return whether all is well, and the line that says so.

    pip-audit ends with 0 even where it could look nothing up; its words tell.
    """
    unknown = OHNE_NETZ.search(gesagt) is not None
    if status == 0 and not unknown:
        return True, f"✔ {name}: keine bekannte Lücke"
    if unknown:
        return False, (
            f"✘ {name}: ungeprüft, denn die Datenbank der Sicherheitslücken war nicht zu "
            "erreichen. Besteht eine Verbindung zum Internet?"
        )
    return False, f"{gesagt.strip()}\n✘ {name}: Lücken gefunden (Liste darüber)"


def main() -> int:
    verdicts = [urteil(str(liste), *pruefe_python(liste)) for liste in LISTEN]
    verdicts.append(urteil("package-lock.json", *pruefe_node()))
    for good, line in verdicts:
        print(line, file=sys.stdout if good else sys.stderr)
    return 0 if all(good for good, _ in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
