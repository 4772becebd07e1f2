"""Trainierte Modelle weitergeben: vom Lauf des Kapitels an Seite und Übungen."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dlbuch.ablage import PROJECT, DatenFehler, fetch, published
from dlbuch.daten import pfad

if TYPE_CHECKING:
    import keras


def exportiere(modell: keras.Model, name: str) -> None:
    """Export a trained model for the live figures and exercises of its chapter.

    modell: a built Keras model; name: ASCII file name without ending. In the build this
    writes `<name>.keras` and, on the TensorFlow backend, `<name>.tflite` with batch size
    1 (LiteRT.js needs a fixed one) into the folder DLBUCH_MODELLE; in a reader's notebook
    it does nothing. Raises ValueError for a bad name.
    """
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise ValueError(f"exportiere: {name!r} darf nur a-z, 0-9 und - enthalten.")
    folder = os.environ.get("DLBUCH_MODELLE")
    if not folder:
        return
    import keras

    modell.save(Path(folder) / f"{name}.keras")
    if keras.backend.backend() != "tensorflow":
        return  # Keras kann LiteRT nur von TensorFlow aus schreiben
    signature = [
        keras.InputSpec(shape=(1, *tensor.shape[1:]), dtype=tensor.dtype)
        for tensor in modell.inputs
    ]
    # TensorFlow meldet dabei den Namen eines Zwischenordners, bei jedem Lauf einen anderen.
    with contextlib.redirect_stdout(io.StringIO()), _leise("tensorflow"):
        modell.export(
            str(Path(folder) / f"{name}.tflite"),
            format="litert",
            input_signature=signature,
            verbose=False,
        )


@contextlib.contextmanager
def _leise(logger: str) -> Iterator[None]:
    """Let a logger pass only warnings and worse while the block runs."""
    log = logging.getLogger(logger)
    level = log.level
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(level)


def lade_modell(kapitel: str, name: str) -> keras.Model:
    """Load a model that the run of a chapter has exported.

    kapitel: file name of the chapter, such as "erstes-netz"; name: as in `exportiere`.
    Raises DatenFehler if there is no such model or no network.
    """
    import keras

    folder = os.environ.get("DLBUCH_MODELLE")
    if folder and os.environ.get("DLBUCH_KAPITEL") == kapitel:
        path = Path(folder) / f"{name}.keras"  # derselbe Lauf hat es eben geschrieben
    elif published() is not None:
        path = fetch(f"modelle/{kapitel}/{name}.keras")
    else:
        path = PROJECT / "_build" / "modelle" / kapitel / f"{name}.keras"
    if not path.exists():
        raise DatenFehler(
            f"Das Modell {name} des Kapitels {kapitel} gibt es noch nicht. "
            f"Führen Sie das Kapitel einmal aus: make html KAPITEL={kapitel}"
        )
    return keras.models.load_model(path)


def lade_ziffernleser() -> keras.Model:
    """Load the judge of generated digits: a CNN trained on the 60,000 digits of MNIST.

    Input (n, 28, 28, 1), grey values from 0 to 1; output (n, 10), probabilities. The book
    carries its weights only, so that every backend and every Keras 3 can read them; they
    were trained by data/ziffernleser.py. Raises DatenFehler if the file is missing or
    damaged.
    """
    import numpy as np

    model = baue_ziffernleser()
    with np.load(pfad("ziffernleser.npz")) as arrays:
        model.set_weights([arrays[f"w{k:02d}"] for k in range(len(arrays.files))])
    return model


def baue_ziffernleser() -> keras.Model:
    """Build the untrained network of `lade_ziffernleser` (for its training script)."""
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Conv2D(24, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(48, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.Flatten(),
            layers.Dropout(0.4),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ],
        name="ziffernleser",
    )
