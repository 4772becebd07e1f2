"""The style sheet of the EPUB: ``epub.css`` with the colours of the book's design.

Called by ``bauer``. Many reading devices know no custom properties, so ``var(--name)``
is replaced by the value of the light mode.
"""

from __future__ import annotations

import re
from pathlib import Path

from buchbau.gestaltung import ERSATZ, css_code
from buchbau.stilblatt import verkleinere
from dlbuch.stil import gestaltung

QUELLE = Path(__file__).with_name("epub.css")


def _werte() -> dict[str, str]:
    design = gestaltung()
    werte = dict(design["farben"]["hell"])
    werte |= {f"code-{name}": wert for name, wert in design["code"]["hell"].items()}
    # No fonts in the file: readers choose theirs, and pictures bring their letters along.
    werte |= {f"schrift-{name}": ersatz for name, ersatz in ERSATZ.items()}
    return werte


def stilblatt() -> str:
    """Return the finished style sheet; raises KeyError for a name the design lacks."""
    werte = _werte()
    css = QUELLE.read_text("utf-8") + css_code()
    fertig = re.sub(r"var\(--([\w-]+)\)", lambda treffer: werte[treffer[1]], css)
    return f"/* erzeugt aus {QUELLE.name} und gestaltung.toml */\n{verkleinere(fertig)}\n"
