"""Pictures for LaTeX: their size, SVG turned into PDF, QR codes.

Called by the builder `bauer` and the writer. Converted pictures are kept in
`_build/.druckbilder` under a checksum: a second build converts nothing.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import segno
from PIL import Image

from buchbau.kapitel import BuchFehler
from buchbau.sphinx.inhalt import bildgroesse

_PX_PER_PT = 96 / 72
WHITE = 250  # grey value from which on a pixel is paper
MARGIN = 0.01  # share of the height that stays on each side


def groesse(datei: Path) -> tuple[float, float] | None:
    """Size in CSS pixels, of PDF pages too; None where a file does not say."""
    if datei.suffix == ".pdf":
        box = re.search(
            rb"/MediaBox\s*\[\s*([\d.-]+)\s+([\d.-]+)\s+([\d.-]+)\s+([\d.-]+)",
            datei.read_bytes(),
        )
        if box is None:
            return None
        left, low, right, high = (float(value) for value in box.groups())
        return (right - left) * _PX_PER_PT, (high - low) * _PX_PER_PT
    if datei.suffix in (".svg", ".png"):
        return bildgroesse(datei)
    return None


def naturgroesse(datei: Path) -> float | None:
    """Height of a picture in PDF points as LaTeX sees it; None where it must guess."""
    size = groesse(datei)
    if size is None:
        return None
    if datei.suffix != ".pdf" and "dpi" not in Image.open(datei).info:
        return None
    return size[1] / _PX_PER_PT


def papierrand(datei: Path) -> tuple[float, float]:
    """How much of a picture's height is empty paper, at its bottom and at its top.

    Shares between 0 and 1; a thin margin stays. Plots leave room there on the website.
    """
    if datei.suffix == ".pdf":
        done = subprocess.run(
            ["pdftoppm", "-r", "36", "-gray", "-singlefile", "-png", str(datei)],
            capture_output=True,
            check=True,
        )
        image = Image.open(io.BytesIO(done.stdout))
    else:
        image = Image.open(datei)
    if "A" in image.getbands():
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image.convert("RGBA"))
    ink = np.asarray(image.convert("L")).min(axis=1) < WHITE
    rows = np.flatnonzero(ink)
    if not rows.size:
        return 0.0, 0.0
    height = ink.size
    top, bottom = rows[0] / height, 1 - (rows[-1] + 1) / height
    return max(0.0, bottom - MARGIN), max(0.0, top - MARGIN)


def als_pdf(quellen: list[Path], ablage: Path) -> dict[Path, Path]:
    """Convert SVG files to PDF, vector for vector; return the PDF of each."""
    ablage.mkdir(parents=True, exist_ok=True)
    program = shutil.which("rsvg-convert")
    if program is None and quellen:
        raise BuchFehler("rsvg-convert fehlt. `make pdf` richtet es ein.")
    made = {
        source: ablage / f"{hashlib.sha256(source.read_bytes()).hexdigest()[:20]}.pdf"
        for source in quellen
    }

    def convert(pair: tuple[Path, Path]) -> None:
        source, result = pair
        if result.exists():
            return
        part = result.with_suffix(".teil")
        command = [program, "--format=pdf", "--output", str(part), str(source)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BuchFehler(f"{source.name} wird kein PDF: {done.stderr.strip()}")
        part.replace(result)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(convert, made.items()))
    return made


def qr_code(adresse: str, ordner: Path) -> str:
    """Write the QR code of an address as PDF into a folder; return its file name."""
    name = f"qr-{hashlib.sha256(adresse.encode()).hexdigest()[:12]}.pdf"
    path = ordner / name
    if not path.exists():
        ordner.mkdir(parents=True, exist_ok=True)
        segno.make(adresse, error="m", micro=False).save(str(path), border=0, scale=4)
    return name
