"""CPU oder GPU: worauf gerechnet wird und welche Größe dazu passt."""

import os
from typing import TypeVar

T = TypeVar("T")


def geraet() -> str:
    """Return "gpu" if the Keras backend in use finds one, otherwise "cpu".

    The build may say it by the environment variable DLBUCH_GERAET.
    """
    named = os.environ.get("DLBUCH_GERAET")
    if named:
        if named not in ("cpu", "gpu"):
            raise ValueError(f"DLBUCH_GERAET={named!r}: erlaubt sind cpu und gpu.")
        return named
    import keras

    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow

        return "gpu" if tensorflow.config.list_physical_devices("GPU") else "cpu"
    if backend == "jax":
        import jax

        return "gpu" if jax.default_backend() == "gpu" else "cpu"
    import torch

    return "gpu" if torch.cuda.is_available() else "cpu"


def waehle(*, cpu: T, gpu: T) -> T:
    """Return the setting for the device in use: `EPOCHEN = waehle(cpu=3, gpu=30)`."""
    return gpu if geraet() == "gpu" else cpu
