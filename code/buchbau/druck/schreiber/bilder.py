"""Figures: code output, diagrams and stills of live figures, each with number and caption.

Part of the writer. A picture keeps its size relative to the text: what is as wide as the
column on the website is as wide as the column in print.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes

from buchbau.druck.bilder import groesse, naturgroesse, papierrand, qr_code
from buchbau.druck.schreiber.grund import Grund
from buchbau.druck.schreiber.zeichen import escape, plain, target, url
from buchbau.sphinx.live_knoten import LiveFigure
from dlbuch.stil import gestaltung

# Pictures without density (photographs) are not blown up beyond this share of the column.
WIDEST = 1.0


class Bilder(Grund):
    """Visits figures and images."""

    def picture(self, image: nodes.image) -> str:
        """Return the command that shows a picture, with its alternative text."""
        source = Path(self.builder.srcdir) / image["uri"]
        column = gestaltung()["masse"]["satzbreite"]
        width = image.get("width")
        size = groesse(source)
        if width and str(width).endswith("%"):
            share = float(str(width)[:-1]) / 100
        elif width and str(width).removesuffix("px").isdigit():
            share = float(str(width).removesuffix("px")) / column
        elif size:
            share = size[0] / column
        else:
            share = WIDEST
        name = self.builder.images[image["uri"]]
        alt = plain(image.get("alt", ""))
        cut = self.cut(source)
        return rf"\Bild{cut}{{{min(share, WIDEST):.4f}}}{{{name}}}{{{alt}}}"

    def cut(self, source: Path) -> str:
        """Return the option that cuts off empty paper below and above a picture."""
        printed = self.builder.printed(source)
        points = naturgroesse(printed)
        if points is None:
            return ""
        low, high = (share * points for share in papierrand(printed))
        return f"[trim=0 {low:.1f}bp 0 {high:.1f}bp]" if low + high > 1 else ""

    def visit_image(self, node: nodes.image) -> None:
        self.block(rf"\Einzelbild{{{self.picture(node)}}}")
        raise nodes.SkipNode

    def visit_figure(self, node: nodes.figure) -> None:
        number = self.fig_number("figure", node)
        pictures = [self.picture(image) for image in node.findall(nodes.image)]
        caption = next(iter(node.findall(nodes.caption)), None)
        legend = next(iter(node.findall(nodes.legend)), None)
        text = self.render(caption.children).strip() if caption is not None else ""
        if legend is not None:
            text += " " + self.render(legend.children)
        text = " ".join(text.split())
        marks = "".join(rf"\Ziel{{{target(self.docname, i)}}}" for i in node["ids"])
        environment = "Abbildungfest" if self.in_box else "Abbildung"
        live = next(iter(node.findall(LiveFigure)), None)
        if live is not None:
            body = self.live(live, pictures, marks, number, text)
        else:
            body = (
                f"{marks}\n" + r"\Bildabstand ".join(pictures) + "\n"
                f"\\Unterschrift{{{self.numbered('figure', number)}}}{{{text}}}\n"
            )
        self.block(f"\\begin{{{environment}}}\n{body}\\end{{{environment}}}\n")
        raise nodes.SkipNode

    def numbered(self, kind: str, number: str) -> str:
        """Return "Abb. 8.3"."""
        return escape(self.config.numfig_format[kind] % number) if number else ""

    def live(
        self, node: LiveFigure, pictures: list[str], marks: str, number: str, text: str
    ) -> str:
        """Return a live figure: its still, caption and the code that leads to it."""
        docname = node["page"]
        ident = node.parent["ids"][0] if node.parent["ids"] else ""
        address = self.builder.page_address(docname) + (f"#{ident}" if ident else "")
        code = qr_code(address, Path(self.builder.outdir))
        self.builder.note_live(self.werk, docname, number, text, address, code, ident)
        return (
            f"{marks}\n{''.join(pictures)}\n"
            f"\\Liveunterschrift{{{self.numbered('figure', number)}}}{{{text}}}"
            f"{{{code}}}{{{url(address)}}}\n"
        )

    def visit_LiveFigure(self, node: LiveFigure) -> None:
        """A live figure outside of a figure does not exist; its parts are shown."""

    def depart_LiveFigure(self, node: LiveFigure) -> None:
        pass
