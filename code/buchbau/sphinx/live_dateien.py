"""Files of the live figures: what exists, which models are used, what is copied.

Called by ``live.py``. Sources are ``code/live`` (our modules), ``node_modules`` of
the book (LiteRT) and ``_build/modelle`` (networks exported by the chapters' runs);
the website gets them as ``_static/live`` and ``_static/modelle``.
"""

from __future__ import annotations

import re
import shutil
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ExtensionError
from sphinx.util import logging

from buchbau.sphinx import live_ereignisse
from buchbau.sphinx.website import is_website

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

LIVE = Path(__file__).resolve().parents[2] / "live"
STILLS = LIVE / "standbilder"
PACKAGES = LIVE.parents[1] / "node_modules" / "@litertjs"

#: Folders below ``_static``.
FOLDER = "live"
MODELS = "modelle"

#: Single-threaded runtime, and the one for browsers without relaxed SIMD (Safari).
WASM_STEMS = ("litert_wasm_internal", "litert_wasm_compat_internal")

#: The only import in LiteRT that is not a path. Rewritten while copying, so that no
#: page needs an import map (whose hash the content security policy would name).
BARE_IMPORT = 'from "@litertjs/wasm-utils";'
PATH_IMPORT = 'from "../wasm-utils/index.js";'


def figure_names() -> list[str]:
    """Return the names of all live figures, sorted."""
    return sorted(path.stem for path in (LIVE / "figuren").glob("*.js"))


def still_pictures(name: str) -> list[Path]:
    """Return the still pictures of a figure, one per file format."""
    return sorted(STILLS.glob(f"{name}.*"))


@cache
def needs_model(name: str) -> bool:
    """Tell whether a figure asks a network, as its module declares."""
    source = (LIVE / "figuren" / f"{name}.js").read_text(encoding="utf-8")
    return "static needsModel = true" in source


def models_of(env: BuildEnvironment) -> dict[str, list[tuple[str, str]]]:
    """Return what the pages use: page -> (``chapter/name``, place in the source)."""
    if not hasattr(env, "live_models"):
        env.live_models = {}
    return env.live_models


def model_file(app: Sphinx, model: str) -> Path:
    """Return where the run of a chapter leaves an exported network."""
    return Path(app.srcdir) / "_build" / "modelle" / f"{model}.tflite"


def model_address(app: Sphinx, model: str) -> str:
    """Return the address of a network below the site's root.

    The checksum in it keeps browsers from answering with the network of yesterday.
    """
    path = model_file(app, model)
    version = f"?v={zlib.crc32(path.read_bytes()):08x}" if path.exists() else ""
    return f"_static/{MODELS}/{model}.tflite{version}"


def check_models(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn about networks that pages use and no run has exported."""
    if not is_website(app):
        return
    for uses in models_of(env).values():
        for model, location in uses:
            if not model_file(app, model).exists():
                chapter, name = model.rsplit("/", 1)
                logger.warning(
                    f"Netz „{name}“ fehlt: Das Kapitel {chapter} muss es mit "
                    f'dlbuch.exportiere(modell, "{name}") exportieren '
                    "(TensorFlow-Backend) und ausgeführt sein.",
                    location=location,
                    type="live",
                    subtype="modell",
                )


def _copy(source: Path, target: Path) -> None:
    """Copy a file unless the target is as new: the runtime weighs 19 MB."""
    known = source.stat()
    if target.exists():
        there = target.stat()
        if (there.st_size, there.st_mtime) == (known.st_size, known.st_mtime):
            return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


#: Comments that have their lines to themselves; nothing else is touched.
COMMENTS = re.compile(
    r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.DOTALL | re.MULTILINE
)


def copy_module(source: Path, target: Path) -> None:
    """Copy a module without its comments: a phone need not load them."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(COMMENTS.sub("", source.read_text("utf-8")), "utf-8")


def copy_runtime(target: Path) -> None:
    """Copy LiteRT from its npm packages; raise ExtensionError if it has changed."""
    core = PACKAGES / "core"
    if not core.exists():
        raise ExtensionError(
            "Die Node-Pakete der Live-Figuren fehlen. `make html` holt sie (npm ci)."
        )
    text = (core / "dist" / "index.js").read_text(encoding="utf-8")
    if text.count(BARE_IMPORT) != 1:
        raise ExtensionError(
            "@litertjs/core importiert anders als erwartet: "
            f"{BARE_IMPORT} steht nicht genau einmal in dist/index.js."
        )
    (target / "core").mkdir(parents=True, exist_ok=True)
    (target / "core" / "index.js").write_text(
        text.replace(BARE_IMPORT, PATH_IMPORT), encoding="utf-8"
    )
    _copy(PACKAGES / "wasm-utils/dist/index.js", target / "wasm-utils/index.js")
    for stem in WASM_STEMS:
        for ending in (".js", ".wasm"):
            _copy(core / "wasm" / (stem + ending), target / "wasm" / (stem + ending))


def copy_files(app: Sphinx, exception: Exception | None) -> None:
    """Put modules, runtime and networks under ``_static`` of the website."""
    if exception or not is_website(app):
        return
    static = Path(app.outdir) / "_static"
    for pattern in ("*.js", "figuren/*.js"):
        for source in LIVE.glob(pattern):
            copy_module(source, static / FOLDER / source.relative_to(LIVE))
    for source in LIVE.glob("daten/*.json"):
        _copy(source, static / FOLDER / source.relative_to(LIVE))
    live_ereignisse.write(static / FOLDER)
    copy_runtime(static / FOLDER / "litert")
    for uses in models_of(app.env).values():
        for model, _ in uses:
            if (source := model_file(app, model)).exists():
                _copy(source, static / MODELS / f"{model}.tflite")
