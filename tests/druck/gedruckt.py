"""Liest ein gesetztes PDF: Text je Seite, Schriften, QR-Codes. Gebraucht von den Tests."""

from __future__ import annotations

import re
import subprocess
import tempfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

#: Width of a character of code in PDF points: 8.15 pt, 0.6 em (latex/lehrbuch-text.sty).
CODE_BREITE = 8.15 * 0.6 * 72 / 72.27


class Gedruckt:
    """A PDF and the TeX file it was set from."""

    def __init__(self, pdf: Path, tex: Path) -> None:
        self.pdf, self.tex = pdf, tex

    @cached_property
    def seiten(self) -> list[str]:
        """Text of each page, laid out as on paper."""
        return self._rufe("pdftotext", "-layout", str(self.pdf), "-").split("\f")[:-1]

    @cached_property
    def code(self) -> list[str]:
        """Text of each page in columns as wide as a character of code.

        poppler joins blanks unless it is told the width; what a reader copies keeps them.
        """
        text = self._rufe("pdftotext", "-fixed", f"{CODE_BREITE:.2f}", str(self.pdf), "-")
        return text.split("\f")[:-1]

    @cached_property
    def text(self) -> str:
        """All text in reading order, hyphenated words joined."""
        text = self._rufe("pdftotext", str(self.pdf), "-")
        return re.sub(r"(?<=[a-zäöüß])[-\xad]\n(?=[a-zäöüß])", "", text)

    @cached_property
    def fliesstext(self) -> str:
        """The text in one line, to look for sentences."""
        return re.sub(r"\s+", " ", self.text)

    @cached_property
    def quelle(self) -> str:
        return self.tex.read_text("utf-8")

    @cached_property
    def angaben(self) -> dict[str, str]:
        """What pdfinfo says, by name."""
        lines = self._rufe("pdfinfo", str(self.pdf)).splitlines()
        return {k: v.strip() for k, _, v in (line.partition(":") for line in lines)}

    @cached_property
    def schriften(self) -> list[list[str]]:
        """The rows of pdffonts: name …, embedded, subset, Unicode map, object."""
        return [
            line.split() for line in self._rufe("pdffonts", str(self.pdf)).splitlines()[2:]
        ]

    @cached_property
    def objekte(self) -> bytes:
        """All compressed objects of the file, unpacked: catalogue, links, bookmarks."""
        found = re.findall(
            rb"/ObjStm.*?stream\r?\n(.*?)endstream", self.pdf.read_bytes(), re.S
        )
        return b"\n".join(zlib.decompressobj().decompress(part) for part in found)

    @cached_property
    def struktur(self) -> list[str]:
        """Kinds of the elements that a screen reader finds, in order: H1, P, Figure …"""
        text = self._rufe("pdfinfo", "-struct", str(self.pdf))
        return re.findall(r"^ *([A-Z]\w*)(?: \((?:block|inline)\))?:?$", text, re.M)

    def qr_codes(self, seiten: list[int]) -> set[str]:
        """Decode the QR codes of pages (counted from 1) from a picture, as a phone does."""
        with tempfile.TemporaryDirectory() as ordner:

            def lies(seite: int) -> list[str]:
                bild = Path(ordner) / f"{seite}"
                nummer = ["-f", str(seite), "-l", str(seite)]
                self._rufe(
                    *("pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", *nummer),
                    *(str(self.pdf), str(bild)),
                )
                gelesen = subprocess.run(
                    [
                        "zbarimg",
                        "-q",
                        "--raw",
                        "-Sdisable",
                        "-Sqrcode.enable",
                        f"{bild}.png",
                    ],
                    capture_output=True,
                    text=True,
                    check=False,
                )
                return gelesen.stdout.split()

            with ThreadPoolExecutor(2) as pool:
                return {code for codes in pool.map(lies, seiten) for code in codes}

    @staticmethod
    def _rufe(*befehl: str) -> str:
        return subprocess.run(befehl, capture_output=True, text=True, check=True).stdout
