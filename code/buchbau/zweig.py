"""Legt die Notebooks auf den Zweig `notebooks`: `make notebooks-zweig`, nach `make html`.

Auf ihn zeigen die Knöpfe für Colab und Binder. Der Zweig ist erzeugt und hat immer genau
einen Commit. Nur Standardbibliothek und git: Der Auftrag richtet sonst nichts ein.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ZWEIG = "notebooks"
NOTEBOOKS = Path("_build/notebooks")
BEIGABEN = (".binder", "LICENSE", "LICENSE-TEXT.md", "CITATION.cff")
LIESMICH = """# Deep Learning zum Anfassen: die Notebooks

Dieser Zweig ist erzeugt; Änderungen gehören in den Zweig `main`.
`kapitel/` enthält jedes Kapitel, `uebungen/` die Übungsblätter, `loesungen/` ihre Lösungen.
"""


def git(wurzel: Path, *argumente: str, **umgebung: str) -> str:
    """Run git and return what it prints; its own words go to stderr."""
    return subprocess.run(
        ["git", *argumente],
        cwd=wurzel,
        env={**os.environ, **umgebung},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.strip()


def lege_ab(wurzel: Path, ziel: str = "origin") -> str:
    """Push the notebooks as the branch's only commit; return the commit.

    Raises FileNotFoundError if they have not been built, CalledProcessError if git fails.
    """
    notebooks = wurzel / NOTEBOOKS
    if not any(notebooks.glob("kapitel/*.ipynb")):
        raise FileNotFoundError(notebooks)
    source = git(wurzel, "rev-parse", "HEAD")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "zweig"
        shutil.copytree(notebooks, folder)
        for extra in BEIGABEN:
            copy = shutil.copytree if (wurzel / extra).is_dir() else shutil.copy
            copy(wurzel / extra, folder / extra)
        (folder / "README.md").write_text(LIESMICH, "utf-8")
        index = {"GIT_INDEX_FILE": str(Path(name) / "index")}
        git(wurzel, "--work-tree", str(folder), "add", "--all", "--force", ".", **index)
        tree = git(wurzel, "write-tree", **index)
    person = "github-actions[bot]"
    who = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (
            ("NAME", person),
            ("EMAIL", f"{person}@users.noreply.github.com"),
        )
    }
    commit = git(wurzel, "commit-tree", tree, "-m", f"Notebooks zu {source}", **who)
    git(wurzel, "push", "--quiet", "--force", ziel, f"{commit}:refs/heads/{ZWEIG}")
    return commit


def main() -> int:
    try:
        commit = lege_ab(Path.cwd())
    except FileNotFoundError:
        print("✘ Die Notebooks sind nicht gebaut: make html", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"✘ git {error.cmd[1]} ist gescheitert (Meldung darüber).", file=sys.stderr)
        return 1
    print(f"✔ Zweig {ZWEIG}: {commit[:12]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
