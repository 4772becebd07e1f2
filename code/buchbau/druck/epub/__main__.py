"""Schreibt `_build/epub/deep-learning-zum-anfassen.epub`, nach Ausführen und Übernehmen.

Aufgerufen von `make epub`. Sphinx liest das Buch mit den Einstellungen von Jupyter Book;
die Ausgaben kommen aus dem jupyter-cache, ausgeführt wird nichts. Jede Warnung ist ein
Fehler.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from jupyter_book.config import get_final_config
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from buchbau.bauen import wesentliches
from buchbau.druck.werk import BUCH
from buchbau.kapitel import BuchFehler, ausgefuehrte
from buchbau.uebernehmen import lauf

ORDNER = Path("_build/epub")
SEITEN = Path("_build/.epub")


def baue_epub(wurzel: Path) -> int:
    """Read the book, write its pages and pack them; return the exit status.

    wurzel: the book's folder. Raises BuchFehler for a chapter that has not been executed.
    """
    for kapitel in ausgefuehrte(wurzel):
        lauf(kapitel)
    seiten, datei = wurzel / SEITEN, wurzel / ORDNER / f"{BUCH}.epub"
    shutil.rmtree(seiten, ignore_errors=True)
    config, _ = get_final_config(
        user_yaml=wurzel / "_config.yml",
        sourcedir=wurzel,
        cli_config={"latex_individualpages": False},  # Jupyter Book verlangt den Schlüssel
    )
    config["extensions"] = [*config["extensions"], "buchbau.druck.epub.bauer"]
    config["epub_datei"] = str(datei)
    config["epub_show_urls"] = "no"  # Links sind Links; gedruckt wird das PDF
    config["version"] = "1"  # verlangt der Bauer von Sphinx; unsere steht in angaben
    meldungen = io.StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            srcdir=str(wurzel),
            confdir=None,  # alles steht in _config.yml
            outdir=str(seiten / "EPUB"),
            doctreedir=str(seiten / "doctrees"),
            buildername="epub",
            confoverrides=config,
            status=None,
            warning=meldungen,
        )
        if "numbered: 1" in (wurzel / "_toc.yml").read_text("utf-8"):
            app.setup_extension("sphinx_multitoc_numbering")
        app.build(force_all=True)
    if app.statuscode or meldungen.getvalue().strip():
        datei.unlink(missing_ok=True)
        print(wesentliches(meldungen.getvalue()), file=sys.stderr)
        print("✘ Das EPUB ließ sich nicht bauen.", file=sys.stderr)
        return 1
    print(f"✔ EPUB: {datei.relative_to(wurzel)} ({datei.stat().st_size / 1e6:.1f} MB)")
    return 0


def main() -> int:
    try:
        return baue_epub(Path.cwd())
    except BuchFehler as error:
        print(f"✘ {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
