"""Committed files of the live figures: still pictures and example digits."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

import dlbuch
from buchbau.beispielziffern import CHOICES, FOLDER, examples
from buchbau.sphinx.live_dateien import (
    COMMENTS,
    LIVE,
    copy_module,
    figure_names,
    still_pictures,
)
from hilfen import PROJEKT

#: Styles of single figures; those of the point sets are shared on purpose.
STYLES = sorted(
    sheet
    for sheet in (PROJEKT / "code/buchbau/thema/css").glob("51-live-*.css")
    if sheet.name != "51-live-punkte.css"
)


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


def selectors(sheet: Path) -> list[str]:
    """Return the selectors of a style sheet one by one."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.S)
    groups = re.findall(r"([^{}]+)\{", text)
    return [part.strip() for group in groups for part in group.split(",")]


def test_klasse_einer_figur_gilt_nur_dort() -> None:
    """All sheets hold on a page: a class styled alone must not occur in another figure's.

    `.live-zelle` of one figure once drew a pale outline over the numbers of another.
    """
    alone = {
        sheet: {s for s in selectors(sheet) if re.fullmatch(r"\.live-[a-z0-9-]+", s)}
        for sheet in STYLES
    }
    used = {
        sheet: set(re.findall(r"\.live-[a-z0-9-]+", " ".join(selectors(sheet))))
        for sheet in STYLES
    }
    clashes = {
        (one.stem, other.stem): sorted(alone[one] & used[other])
        for one, other in itertools.permutations(STYLES, 2)
        if alone[one] & used[other]
    }
    assert clashes == {}


def test_module_ohne_kommentare(tmp_path: Path) -> None:
    """What the reader's browser loads has the code's lines, all of them, and no other."""
    for source in (*LIVE.glob("*.js"), *LIVE.glob("figuren/*.js")):
        target = tmp_path / source.name
        copy_module(source, target)
        left = target.read_text("utf-8")
        assert not COMMENTS.search(left), source.name
        gone = [m[0] for m in COMMENTS.finditer(source.read_text("utf-8"))]
        code = [line for comment in gone for line in comment.splitlines()]
        wrong = [line for line in code if not re.match(r"\s*(/\*|\*|//)", line)]
        assert wrong == [], source.name
        assert len(left) < len(source.read_text("utf-8"))
