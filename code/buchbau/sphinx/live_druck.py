"""Print and EPUB: a QR code to the page below the still picture of a live figure.

A post-transform, registered by ``live.py``. The address follows from
``html.baseurl`` in ``_config.yml``.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from buchbau.sphinx.live_knoten import LiveFigure

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

#: Width in print: read by a phone at arm's length, and no larger than needed.
QR_WIDTH = "16mm"


def page_address(env: BuildEnvironment, docname: str) -> str:
    """Return the address under which the website shows a page."""
    return f"{env.config.html_baseurl.rstrip('/')}/{docname}.html"


def write_qr_code(address: str, folder: Path, ending: str) -> Path:
    """Write the QR code of an address as vector picture; return its path."""
    import segno  # only print and EPUB need it

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"qr-{hashlib.sha256(address.encode()).hexdigest()[:12]}.{ending}"
    if not path.exists():
        segno.make(address, error="m", micro=False).save(str(path), border=4, scale=4)
    return path


class AddQrCode(SphinxPostTransform):
    """Append picture and address of the page to each live figure."""

    default_priority = 100

    def run(self, **kwargs: Any) -> None:
        """Do so for the builders that cannot show the figure itself."""
        if self.app.builder.format == "latex":
            ending = "pdf"
        elif self.app.builder.name == "epub":
            ending = "svg"
        else:
            return
        for node in list(self.document.findall(LiveFigure)):
            address = page_address(self.env, node["page"])
            path = write_qr_code(address, Path(self.app.doctreedir) / "qr", ending)
            picture = nodes.image(
                uri=str(path),
                alt=f"QR-Code zu dieser Seite: {address}",
                width=QR_WIDTH,
                candidates={"*": str(path)},
            )
            # Sphinx' own way for pictures that appear after reading.
            self.env.images.add_file(self.env.docname, str(path))
            link = nodes.reference("", address, refuri=address, internal=False)
            text = nodes.Text("\N{NO-BREAK SPACE} Zum Ausprobieren: ")
            node += nodes.paragraph("", "", picture, text, link, classes=["live-qr"])
