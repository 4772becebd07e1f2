"""Write ``code/live/daten/mails.json``: how often each word stands in ham and in spam.

Run by an author after a change of the mails: ``python -m buchbau.mailgewichte``. The
live figure ``mail-pruefen`` makes its weights from these counts, as the chapter does.
The file is committed (30 kB), so that a build needs no data set for it; a test holds it
against ``data/``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import numpy as np

import dlbuch

TARGET = Path(__file__).resolve().parents[1] / "live" / "daten" / "mails.json"


def counts(mails: np.ndarray) -> dict[str, object]:
    """Return the counts over all mails for training (odd numbers) of both waves.

    Parameters: ``mails`` as from ``dlbuch.lade_mails``. Pairs are (ham, spam).
    """
    train = mails[mails["nr"] % 2 == 1]
    labels = ("ham", "spam")
    found: dict[str, Counter[str]] = {label: Counter() for label in labels}
    for mail in train:
        text = f"{mail['betreff']}\n{mail['text']}".lower()
        found[str(mail["label"])].update(re.findall("[a-zäöüß]+", text))
    return {
        "quelle": "data/mails.tsv, Trainingsmails. Erzeugt von buchbau.mailgewichte.",
        "mails": [int(np.sum(train["label"] == label)) for label in labels],
        "woerter": {
            word: [found[label][word] for label in labels]
            for word in sorted(found["ham"] | found["spam"])
        },
    }


def main() -> None:
    """Write the file."""
    text = json.dumps(counts(dlbuch.lade_mails()), ensure_ascii=False)
    TARGET.write_text(text.replace("], ", "],\n ") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
