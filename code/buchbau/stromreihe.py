"""Write ``code/live/daten/strom.json``: the electricity demand around the test weeks.

Run by an author after a change of the data: ``python -m buchbau.stromreihe``. The live
figure ``prognose`` shows the last two weeks of the series; it needs a week and a day
before them for the forecast of last week and for the network's input. The file is
committed (6 kB), so that a build needs no data set for it; a test holds it against
``data/``.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

import dlbuch

TARGET = Path(__file__).resolve().parents[1] / "live" / "daten" / "strom.json"

DAY = 48
WEEK = 7 * DAY
TEST_WEEKS = 2


def series(times: np.ndarray, demand: np.ndarray) -> dict[str, object]:
    """Return the part of the series that the figure needs, in MW.

    Parameters as from ``dlbuch.lade_strom``. ``start`` is the position of the first
    test value in ``nachfrage``.
    """
    start = WEEK + DAY
    first = len(demand) - TEST_WEEKS * WEEK - start
    return {
        "quelle": "data/strom.csv. Erzeugt von buchbau.stromreihe.",
        "beginn": str(times[first]),
        "start": start,
        "nachfrage": [int(value) for value in demand[first:]],
    }


def main() -> None:
    """Write the file."""
    text = json.dumps(series(*dlbuch.lade_strom()), ensure_ascii=False)
    TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
