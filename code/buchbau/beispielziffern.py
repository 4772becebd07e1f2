"""Write the test digits of MNIST that live figures show, into ``code/live/daten/``.

`ziffern.json` has one per class, for figures in which a network reads a digit;
`echte-ziffern.json` has six others per class, for the game »Mensch oder Maschine?«,
which would be spoiled by digits that its players know already.

Run by an author after a change of the data: ``python -m buchbau.beispielziffern``.
The files are committed (80 kB), so that a build needs no data set for them; a test
holds them against ``data/``.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

import dlbuch

FOLDER = Path(__file__).resolve().parents[1] / "live" / "daten"


class Choice(NamedTuple):
    """Which pictures of each class a file holds, counted from 0, and that in words."""

    positions: slice
    words: str


CHOICES = {
    "ziffern.json": Choice(slice(0, 1), "das erste Bild jeder Ziffer"),
    "echte-ziffern.json": Choice(slice(1, 7), "das zweite bis siebte Bild jeder Ziffer"),
}


def examples(pictures: np.ndarray, labels: np.ndarray, choice: Choice) -> dict[str, object]:
    """Return the chosen pictures of each class, class by class.

    Parameters: ``pictures`` uint8 (n, 28, 28) and ``labels`` (n,).
    """
    chosen = [
        int(index)
        for digit in range(10)
        for index in np.flatnonzero(labels == digit)[choice.positions]
    ]
    return {
        "quelle": f"MNIST, Testdaten: {choice.words}. Erzeugt von buchbau.beispielziffern.",
        "bilder": [
            {
                "ziffer": int(labels[index]),
                "index": index,
                "pixel": base64.b64encode(pictures[index].tobytes()).decode(),
            }
            for index in chosen
        ],
    }


def main() -> None:
    """Write the files."""
    _, (pictures, labels) = dlbuch.lade_mnist()
    for name, choice in CHOICES.items():
        text = json.dumps(examples(pictures, labels, choice), ensure_ascii=False, indent=1)
        target = FOLDER / name
        target.write_text(text + "\n", encoding="utf-8")
        print(f"{name}: {target.stat().st_size} Bytes")


if __name__ == "__main__":
    main()
