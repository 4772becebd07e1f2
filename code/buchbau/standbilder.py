"""Make the still pictures of the live figures for print, EPUB and notebooks.

Run by an author after a change to a figure, the results are committed::

    python -m buchbau.standbilder [figure …] [--modell PATH]

Each figure is opened in Chromium in the light theme, put into the state that it
wants to be printed in (``prepareStill``), and its picture (``static still``, a CSS
selector) is kept: an SVG as SVG, anything else as PNG, and both as PDF for LaTeX.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from buchbau.browser import bediene, starte_chromium
from buchbau.gestaltung import css_variablen
from buchbau.sphinx import live_dateien, live_ereignisse

BOOK = Path(__file__).resolve().parents[2]
STYLES = BOOK / "code" / "buchbau" / "thema" / "css"
FONT = "source-sans-3-{subset}-{weight}-normal.woff2"
FONTS = BOOK / "node_modules" / "@fontsource" / "source-sans-3" / "files"

#: Network for figures that need one, unless --modell names another.
MODEL = BOOK / "_build" / "modelle" / "erstes-netz" / "ziffern.tflite"

#: Width of the text column in pixels, and pixels of a PNG per CSS pixel.
WIDTH = 680
SCALE = 3

#: Leaves nothing but the picture on the page, at the size it has in the figure.
ISOLATE = """selector => {
  const figure = document.querySelector("[data-figur]");
  for (let node = figure.querySelector(selector); node !== figure; ) {
    for (const other of node.parentElement.children) {
      if (other !== node) other.hidden = true;
    }
    node = node.parentElement;
  }
}"""

SERIALISE = """async selector => {
  const { standalone } = await import("/werkzeug/standbild.js");
  return standalone(document.querySelector("[data-figur]").querySelector(selector));
}"""


def font_faces() -> str:
    """Return the font rules of the figures; print needs Greek and mathematics too."""
    rules = []
    for weight in (400, 600):
        for subset, characters in {
            "latin": "U+0-FF,U+2000-2200,U+2212",
            "latin-ext": "U+100-24F,U+2202-2211",
            "greek": "U+370-3FF",
        }.items():
            file = FONT.format(subset=subset, weight=weight)
            rules.append(
                f'@font-face {{font-family:"Source Sans 3";font-weight:{weight};'
                f"src:url(/schriften/{file});unicode-range:{characters}}}"
            )
    return "\n".join(rules)


def prepare_site(folder: Path, figures: list[str], model: Path) -> None:
    """Write a page for each figure into a folder, with all it needs."""
    shutil.copytree(live_dateien.LIVE, folder, dirs_exist_ok=True)
    live_ereignisse.write(folder)
    live_dateien.copy_runtime(folder / "litert")
    shutil.copytree(FONTS, folder / "schriften")
    if model.exists():
        shutil.copy(model, folder / "netz.tflite")
    page = """<!doctype html><html lang="de" data-theme="light"><meta charset="utf-8">
<style>{style}</style><body>
<live-{name} class="live-figur" data-figur="{name}" modell="/netz.tflite">
<p class="live-hinweis"></p></live-{name}>
<script type="module" src="/lader.js"></script>"""
    own = (
        f"html,body{{margin:0;font-size:18px;background:var(--papier)}}"
        f".live-figur{{width:{WIDTH}px;padding:0;border:0}}"
        "svg{display:block}.live-tastenhilfe{display:none}"
    )
    rules = [path.read_text("utf-8") for path in sorted(STYLES.glob("5?-live*.css"))]
    style = "\n".join([css_variablen(), font_faces(), *rules, own])
    for name in figures:
        text = page.format(style=style, name=name)
        (folder / f"{name}.html").write_text(text, encoding="utf-8")


def _write_pdf(page: Page, target: Path, width: float, height: float) -> None:
    page.emulate_media(media="screen")
    page.pdf(
        path=target,
        width=f"{width}px",
        height=f"{height}px",
        print_background=True,
        page_ranges="1",  # rounding must not add an empty page
    )


def _shrink(picture: Path) -> None:
    """Keep a PNG of few colours as a palette: a third of the bytes, the same to see."""
    with Image.open(picture) as image:
        small = image.convert("RGB").quantize(64, dither=Image.Dither.NONE)
    small.save(picture, optimize=True)


def make_still(browser: Browser, address: str, name: str) -> list[Path]:
    """Open one figure and write its pictures; return their paths."""
    page = browser.new_page(
        viewport={"width": WIDTH, "height": 900}, device_scale_factor=SCALE
    )
    page.goto(f"{address}{name}.html")
    page.locator("[data-figur][bereit]").wait_for()
    selector: str = page.evaluate(
        """async () => {
          const figure = document.querySelector("[data-figur]");
          await figure.prepareStill();
          await document.fonts.ready;
          await new Promise(done => setTimeout(done, 400));
          return figure.constructor.still;
        }"""
    )
    stem = live_dateien.STILLS / name
    picture = page.locator("[data-figur]").locator(selector)
    if picture.evaluate("node => node.tagName") == "svg":
        made = stem.with_suffix(".svg")
        text: str = page.evaluate(SERIALISE, selector)
        made.write_text(text + "\n", encoding="utf-8")
        size = picture.evaluate(
            "node => [node.viewBox.baseVal.width, node.viewBox.baseVal.height]"
        )
        # Inline, so that the fonts of the page go into the PDF.
        page.evaluate("text => { document.body.innerHTML = text; }", text)
        _write_pdf(page, stem.with_suffix(".pdf"), *size)
    else:
        made = stem.with_suffix(".png")
        picture.screenshot(path=made)
        _shrink(made)
        page.evaluate(ISOLATE, selector)
        box = picture.bounding_box()
        assert box is not None, f"{name}: {selector} is not visible"
        _write_pdf(page, stem.with_suffix(".pdf"), box["width"], box["height"])
    page.close()
    return [made, stem.with_suffix(".pdf")]


def main() -> None:
    """Make the pictures of the figures named on the command line, or of all."""
    parser = argparse.ArgumentParser(description="Erzeugt die Standbilder.")
    known = live_dateien.figure_names()
    parser.add_argument("figuren", nargs="*", metavar="figur", default=known)
    parser.add_argument("--modell", type=Path, default=MODEL, help="Netz (.tflite)")
    choice = parser.parse_args()
    if unknown := sorted(set(choice.figuren) - set(known)):
        sys.exit(f"Diese Live-Figuren gibt es nicht: {', '.join(unknown)}.")
    needing = [name for name in choice.figuren if live_dateien.needs_model(name)]
    if needing and not choice.modell.exists():
        sys.exit(f"{', '.join(needing)}: Netz {choice.modell} fehlt. Erst `make html`.")
    live_dateien.STILLS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        prepare_site(Path(folder), choice.figuren, choice.modell)
        with bediene(Path(folder)) as address, starte_chromium() as browser:
            for name in choice.figuren:
                paths = make_still(browser, address, name)
                sizes = [f"{p.name} ({p.stat().st_size // 1024} kB)" for p in paths]
                print(", ".join(sizes))


if __name__ == "__main__":
    main()
