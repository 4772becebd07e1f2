"""Write ``code/live/daten/ziffern.json``: one test digit of MNIST per class.

Run by an author after a change of the data: ``python -m buchbau.beispielziffern``.
The file is committed (10 kB), so that a build needs no data set for it; a test
holds it against ``data/``.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np

import dlbuch

TARGET = Path(__file__).resolve().parents[1] / "live" / "daten" / "ziffern.json"


def examples(pictures: np.ndarray, labels: np.ndarray) -> dict[str, object]:
    """Return the first picture of each class.

    Parameters: ``pictures`` uint8 (n, 28, 28) and ``labels`` (n,).
    """
    first = [int(np.flatnonzero(labels == digit)[0]) for digit in range(10)]
    return {
        "quelle": "MNIST, Testdaten: das erste Bild jeder Ziffer. Erzeugt von "
        "buchbau.beispielziffern.",
        "bilder": [
            {
                "ziffer": int(labels[index]),
                "index": index,
                "pixel": base64.b64encode(pictures[index].tobytes()).decode(),
            }
            for index in first
        ],
    }


def main() -> None:
    """Write the file."""
    _, (pictures, labels) = dlbuch.lade_mnist()
    text = json.dumps(examples(pictures, labels), ensure_ascii=False, indent=1)
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {TARGET.stat().st_size} Bytes")


if __name__ == "__main__":
    main()
