"""Macht ein gespeichertes Modell für das ältere Keras in Colab lesbar.

Called by `mitgift` for each model that the site offers. Keras writes every argument of
an initializer into the file, also those at their default, and an older Keras refuses
arguments that it does not know. Leaving out such defaults changes nothing for a new one.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

# Arguments of initializers that Keras 3.15 writes and Keras 3.13 (Colab) does not know.
UNKNOWN = ("input_axes", "output_axes")
CONFIG = "config.json"


def _without_defaults(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_defaults(inner)
            for key, inner in value.items()
            if not (key in UNKNOWN and inner is None)
        }
    if isinstance(value, list):
        return [_without_defaults(inner) for inner in value]
    return value


def readable(model: bytes) -> bytes:
    """Return the content of a .keras file without what an older Keras refuses."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(model)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as new,
    ):
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == CONFIG:
                data = json.dumps(_without_defaults(json.loads(data))).encode()
            new.writestr(zipfile.ZipInfo(entry.filename, entry.date_time), data)
    return stream.getvalue()
