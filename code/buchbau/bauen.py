"""Baut die Website: `python -m buchbau.bauen [KAPITEL]`, nach Ausführen und Übernehmen.

Ohne Namen das ganze Buch, jede Warnung ein Fehler. Mit Namen nur die Seite dieses
Kapitels. Aufgerufen von `make html`; die Vorschau benutzt `offene_seiten_app`.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jupyter_book.config import get_final_config
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from buchbau.kapitel import BuchFehler, ausgefuehrte, finde
from buchbau.sphinx import live_dateien, seite
from buchbau.uebernehmen import lauf

HTML = Path("_build/html")
# Nicht das Skript `jupyter-book`: sein Ort hängt vom Betriebssystem ab.
JUPYTER_BOOK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]


def _nicht_ausgefuehrte(wurzel: Path) -> list[str]:
    """Return the chapters without outputs: a quick build must not execute them."""
    missing = []
    for chapter in ausgefuehrte(wurzel):
        try:
            lauf(chapter)
        except BuchFehler:
            missing.append(f"{chapter.docname}.md")
    return missing


@contextmanager
def offene_seiten_app(wurzel: Path, meldungen: io.StringIO) -> Iterator[Sphinx]:
    """Yield a Sphinx application that can build single pages.

    Chapters that have not been executed are shown without outputs. meldungen: takes the
    warnings. It has doctrees of its own, because its settings differ from the book's.
    """
    config, _ = get_final_config(
        user_yaml=wurzel / "_config.yml",
        sourcedir=wurzel,
        cli_config={
            "latex_individualpages": False,  # Jupyter Book verlangt diesen Schlüssel
            "nb_execution_excludepatterns": _nicht_ausgefuehrte(wurzel),
        },
    )
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            srcdir=str(wurzel),
            confdir=None,  # alles steht in _config.yml
            outdir=str(wurzel / HTML),
            doctreedir=str(wurzel / "_build" / ".doctrees-einzeln"),
            buildername="html",
            confoverrides=config,
            status=None,
            warning=meldungen,
        )
        if "numbered: 1" in (wurzel / "_toc.yml").read_text("utf-8"):
            app.setup_extension("sphinx_multitoc_numbering")
        yield app


def baue_buch(wurzel: Path) -> int:
    """Build all pages anew; return the exit status.

    Everything is read and written again: Sphinx reports a warning only when it reads the
    page, and a page that is no longer in the book must not stay on the site.
    """
    shutil.rmtree(wurzel / HTML, ignore_errors=True)
    command = [*JUPYTER_BOOK, "build", str(wurzel)]
    status, messages = rufe(
        [*command, "--all", "--warningiserror", "--keep-going", "--quiet"], wurzel
    )
    if status:
        print(wesentliches(messages), file=sys.stderr)
        print("✘ Das Buch ließ sich nicht bauen.", file=sys.stderr)
    else:
        print(f"✔ Website: {HTML / 'index.html'}")
    return status


def rufe(befehl: list[str], ordner: Path) -> tuple[int, str]:
    """Run a command in a folder; return its exit status and all it printed.

    The output goes through a file: the server that sets the formulas outlives a build that
    dies, and would keep a pipe open for ever.
    """
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            befehl, cwd=ordner, stdout=output, stderr=subprocess.STDOUT, check=False
        )
        output.seek(0)
        return done.returncode, output.read().decode("utf-8", "replace")


def wesentliches(meldungen: str) -> str:
    """Return the lines of Sphinx' messages that an author needs: warnings and errors."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", meldungen)
    lines = [
        line.replace(f"{Path.cwd()}/", "")
        for line in plain.splitlines()
        if re.search(r"\b(WARNING|ERROR|Error|error):|\bError\b", line)
        and not line.startswith("RuntimeError")
    ]
    return "\n".join(lines) if lines else plain[-2000:]


def baue_seite(app: Sphinx, quelle: Path) -> None:
    """Build one page and what its live figures load.

    Sphinx lets extensions finish only after a build of all pages; without their modules
    and networks the figures would show nothing but their pictures, and what the theme
    brings along unused would stay on the site.
    """
    app.builder.build_specific([str(quelle)])
    live_dateien.copy_files(app, None)
    seite.raeume_auf(app, None)


def baue_kapitel(wurzel: Path, name: str) -> int:
    """Build the page of one chapter; return the exit status."""
    chapter = finde(name, wurzel)
    warnings = io.StringIO()
    with offene_seiten_app(wurzel, warnings) as app:
        baue_seite(app, chapter.quelle)
    own = [line for line in warnings.getvalue().splitlines() if str(chapter.quelle) in line]
    if own:
        print(wesentliches("\n".join(own)), file=sys.stderr)
        return 1
    print(f"✔ {HTML / chapter.docname}.html")
    return 0


def main(argumente: list[str]) -> int:
    root = Path.cwd()
    try:
        return baue_kapitel(root, argumente[0]) if argumente else baue_buch(root)
    except BuchFehler as error:
        print(f"✘ {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
