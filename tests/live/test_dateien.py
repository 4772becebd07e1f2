"""Committed files of the live figures: still pictures and example digits."""

from __future__ import annotations

import json

import pytest

import dlbuch
from buchbau.beispielziffern import TARGET, examples
from buchbau.sphinx.live_dateien import figure_names, still_pictures


@pytest.mark.parametrize("name", figure_names())
def test_standbild(name: str) -> None:
    """Each figure has a picture for the web and one for LaTeX."""
    endings = {path.suffix for path in still_pictures(name)}
    assert ".pdf" in endings, f"python -m buchbau.standbilder {name}"
    assert endings & {".svg", ".png"}, f"python -m buchbau.standbilder {name}"


def test_beispielziffern() -> None:
    """The committed example digits are those of the data set."""
    _, (pictures, labels) = dlbuch.lade_mnist()
    assert json.loads(TARGET.read_text(encoding="utf-8")) == examples(pictures, labels)
