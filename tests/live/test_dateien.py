"""Committed files of the live figures: still pictures and example digits."""

from __future__ import annotations

import json

import pytest

import dlbuch
from buchbau.beispielziffern import CHOICES, FOLDER, examples
from buchbau.sphinx.live_dateien import figure_names, still_pictures


@pytest.mark.parametrize("name", figure_names())
def test_standbild(name: str) -> None:
    """Each figure has a picture for the web and one for LaTeX."""
    endings = {path.suffix for path in still_pictures(name)}
    assert ".pdf" in endings, f"python -m buchbau.standbilder {name}"
    assert endings & {".svg", ".png"}, f"python -m buchbau.standbilder {name}"


@pytest.mark.parametrize("name", CHOICES)
def test_beispielziffern(name: str) -> None:
    """The committed example digits are those of the data set."""
    _, (pictures, labels) = dlbuch.lade_mnist()
    stored = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    assert stored == examples(pictures, labels, CHOICES[name])


def test_echte_ziffern_kennt_noch_niemand() -> None:
    """The game has sixty digits, six per class, and none that other figures show."""
    known, real = (
        json.loads((FOLDER / name).read_text(encoding="utf-8"))["bilder"]
        for name in ("ziffern.json", "echte-ziffern.json")
    )
    assert sorted(picture["ziffer"] for picture in real) == sorted([*range(10)] * 6)
    assert len({picture["pixel"] for picture in [*known, *real]}) == 70
