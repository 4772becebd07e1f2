"""Live-Figuren bauen, finden und befragen: Gemeinsames der Tests `seite/test_live*.py`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from hilfen import Ergebnis

DIRECTIVE = """\
:::{{live}} {figure}
:name: abb-{figure}
:alt: Bild der Figur {figure}
{model}
Unterschrift von *{figure}*.
:::
"""

#: Two frames: a change is drawn in the next one, and layout has followed in the second.
DRAWN = """new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
    () => done(document.querySelector("live-{name}").{expression}))))"""


def directive(figure: str, model: str = "") -> str:
    """Return the Markdown of a live figure; model: the network that it asks."""
    option = f":modell: {model}\n" if model else ""
    return DIRECTIVE.format(figure=figure, model=option)


def run_keras(code: str, *arguments: object, stdin: str = "", **environment: str) -> str:
    """Run Python with Keras in its own process, so that the tests' own stays small.

    arguments: what the code finds in `sys.argv[1:]`. Return what it printed.
    """
    fixed = {"TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, **fixed, **environment},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def model_folder(book: Path) -> Path:
    """Return where the networks of the page `probe` lie in a small book."""
    return book / "_build" / "modelle" / "probe"


def keras_file(book: Ergebnis, name: str) -> Path:
    """Return the network as Keras wrote it: the answers are held against it."""
    return model_folder(book.ordner) / f"{name}.keras"


def open_figure(page: Page, name: str) -> Locator:
    """Scroll to a figure and wait until it has drawn itself."""
    figure = page.locator(f"live-{name}")
    figure.scroll_into_view_if_needed()
    figure.locator(".live-inhalt").wait_for()
    return figure


def draw_seven(page: Page, pad: Locator) -> None:
    """Draw a seven on a pad with the mouse, in one stroke."""
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    for step, (x, y) in enumerate([(0.3, 0.2), (0.7, 0.2), (0.45, 0.9)]):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=5)
        if step == 0:
            page.mouse.down()
    page.mouse.up()


def draw_one(page: Page, pad: Locator) -> None:
    """Draw a one on a pad with the keyboard."""
    pad.focus()
    page.keyboard.press("Space")
    for _ in range(14):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")


def state_of(page: Page, name: str, expression: str) -> Any:
    """Return what an expression of the figure's element is, once all is drawn."""
    return page.evaluate(DRAWN.format(name=name, expression=expression))


def wait_for(page: Page, condition: str) -> None:
    """Wait until JavaScript says true; the page's policy forbids Playwright's own way."""
    for _ in range(400):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"Nach 10 s nicht erfüllt: {condition}")
