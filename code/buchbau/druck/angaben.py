"""What the imprint says: version, date and address, from CITATION.cff and git.

Called by `rahmen`.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import yaml

from buchbau.sphinx.literatur import german_date


@dataclass(frozen=True)
class Angaben:
    """Version, commit ("" outside of a repository), day, authors and address."""

    fassung: str
    stand: str
    tag: date
    autoren: str

    @property
    def datum(self) -> str:
        """The day as "21. November 2026"."""
        return german_date(self.tag.isoformat())


def _git(wurzel: Path, *frage: str) -> str:
    done = subprocess.run(
        ["git", *frage], cwd=wurzel, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else ""


def lies(wurzel: Path) -> Angaben:
    """Return what is known; without git the day of the release in CITATION.cff counts."""
    zitat = yaml.safe_load((wurzel / "CITATION.cff").read_text("utf-8"))
    sekunden = _git(wurzel, "log", "-1", "--format=%ct")
    tag = date.fromisoformat(str(zitat["date-released"]))
    if sekunden:
        tag = datetime.fromtimestamp(int(sekunden), UTC).date()
    return Angaben(
        fassung=str(zitat["version"]),
        stand=_git(wurzel, "rev-parse", "--short", "HEAD"),
        tag=tag,
        autoren=", ".join(person["name"] for person in zitat["authors"]),
    )
