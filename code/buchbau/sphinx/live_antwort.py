"""The network's answer to the digit that `ziffer-zeichnen` starts with, asked at build.

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

#: The figure whose start is answered, and which example that is (as in its module).
FIGURE = "ziffer-zeichnen"
FIRST_EXAMPLE = 7

EXAMPLES = LIVE / "daten" / "ziffern.json"

# In a process of its own: TensorFlow takes seconds and half a gigabyte.
_ASK = """
import base64, json, sys
import numpy as np
import tensorflow as tf
model, examples, index = sys.argv[1:]
text = json.load(open(examples, encoding="utf-8"))["bilder"][int(index)]["pixel"]
pixels = np.frombuffer(base64.b64decode(text), "uint8").astype("float32") / 255
network = tf.lite.Interpreter(model)
network.allocate_tensors()
network.set_tensor(network.get_input_details()[0]["index"], pixels.reshape(1, 28, 28))
network.invoke()
answer = network.get_tensor(network.get_output_details()[0]["index"])[0]
print(" ".join(f"{share:.5f}" for share in answer))
"""


def first_answer(model: Path, cache: Path) -> str:
    """Return ten probabilities with blanks between; "" if the network is not there.

    ``cache``: a folder for answers of earlier builds.
    """
    if not model.exists():
        return ""
    key = zlib.crc32(EXAMPLES.read_bytes(), zlib.crc32(model.read_bytes()))
    kept = cache / f"{key:08x}.txt"
    if not kept.exists():
        asked = subprocess.run(
            [sys.executable, "-c", _ASK, str(model), str(EXAMPLES), str(FIRST_EXAMPLE)],
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""},
            capture_output=True,
            text=True,
            check=True,
        )
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_text(asked.stdout.splitlines()[-1], "utf-8")
    return kept.read_text("utf-8")
