"""The network's answer to what a figure starts with, asked at build.

Called by ``live.py``. The figure shows it before the reader has loaded 3 MB, so it
must not be a picture of an answer but the answer of the very file that the page loads.
A network is asked once: the answer is kept below ``_build`` under its checksum.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from pathlib import Path

from buchbau.sphinx.live_dateien import LIVE

#: What each figure starts with: an example digit (its number as in zifferfigur.js), a
#: place on its plane (latente-ebene.js) or a latent vector (startVector in latent.js).
STARTS = {
    "latente-ebene": "ort",
    "latente-regler": "vektor",
    "mensch-oder-maschine": "vektor",
    "merkmalskarten": "7",
    "wiederaufbau": "7",
    "ziffer-zeichnen": "7",
}
FIGURES = frozenset(STARTS)

EXAMPLES = LIVE / "daten" / "ziffern.json"

# In a process of its own: TensorFlow takes seconds and half a gigabyte.
_ASK = """
import base64, json, sys
import numpy as np
import tensorflow as tf
model, examples, start = sys.argv[1:]
network = tf.lite.Interpreter(model)
network.allocate_tensors()
entry = network.get_input_details()[0]
if start == "vektor":
    k = np.arange(np.prod(entry["shape"]))
    values = np.sqrt(2) * np.sin(3.1 * k * k)
elif start == "ort":
    values = np.array([0.75, 0.25])
else:
    text = json.load(open(examples, encoding="utf-8"))["bilder"][int(start)]["pixel"]
    values = np.frombuffer(base64.b64decode(text), "uint8") / 255
network.set_tensor(entry["index"], values.astype("float32").reshape(entry["shape"]))
network.invoke()
parts = []
for output in network.get_output_details():
    values = network.get_tensor(output["index"]).ravel()
    if values.size <= 10:
        parts.append(" ".join(f"{share:.5f}" for share in values))
    else:  # maps and pictures: largest value, and shares of it in one byte each
        largest = max(float(values.max()), 1e-6)
        shares = np.round(255 * values / largest).astype("uint8")
        parts.append(f"{largest:.5f}:{base64.b64encode(shares.tobytes()).decode()}")
print(";".join(parts))
"""


def first_answer(model: Path, cache: Path, figure: str) -> str:
    """Return the outputs with semicolons between; "" if the network is not there.

    Ten probabilities stand with blanks between them, maps and pictures (none negative)
    as their largest value, a colon and shares of it as base64 bytes.

    ``cache``: a folder for answers of earlier builds; ``figure``: one of FIGURES.
    """
    if not model.exists():
        return ""
    start = STARTS[figure]
    key = 0
    for part in (model.read_bytes(), EXAMPLES.read_bytes(), _ASK.encode()):
        key = zlib.crc32(part, key)
    kept = cache / f"{key:08x}-{start}.txt"
    if not kept.exists():
        asked = subprocess.run(
            [sys.executable, "-c", _ASK, str(model), str(EXAMPLES), start],
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""},
            capture_output=True,
            text=True,
            check=True,
        )
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_text(asked.stdout.splitlines()[-1], "utf-8")
    return kept.read_text("utf-8")
