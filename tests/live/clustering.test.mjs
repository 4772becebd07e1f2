// k-means and DBSCAN. Run by test_module.py; test_clustering.py holds them against
// scikit-learn.
import assert from "node:assert/strict";
import test from "node:test";

import { NOISE, kindOf, recordDbscan } from "../../code/live/dbscan.js";
import {
  moveCentres, plusPlusStart, randomStart, recordKMeans,
} from "../../code/live/kmeans.js";
import { SETS, pointSet } from "../../code/live/punktmengen.js";
import { randomFrom } from "../../code/live/zufall.js";

test("point sets are the same on each call and stay inside the square", () => {
  for (const name of Object.keys(SETS)) {
    const points = pointSet(name);
    assert.deepEqual(points, pointSet(name));
    assert.ok(points.length >= 100 && points.length <= 130, name);
    assert.ok(points.flat().every((value) => value >= 0.02 && value <= 0.98));
  }
});

test("the questions of the figures have the answers that the chapter gives", () => {
  const groups = (set, eps) => recordDbscan(pointSet(set), eps, 4);
  assert.equal(groups("monde", 0.13).clusters, 2);
  assert.equal(groups("monde", 0.135).clusters, 1);
  const tight = ({ labels }) =>
    [0, 40].map((from) => labels.slice(from, from + 40).find((label) => label !== NOISE));
  const [apart, joined] = [groups("dichte", 0.04), groups("dichte", 0.045)];
  assert.notEqual(...tight(apart));
  assert.equal(...tight(joined));
  const wide = apart.labels.slice(80);
  const sizes = [...new Set(wide)].map((label) => wide.filter((l) => l === label).length);
  assert.deepEqual(sizes.sort((a, b) => a - b), [4, 16, 20]);
  assert.equal(wide.filter((label) => label === NOISE).length, 16);
  // k-means: the second throw already ends elsewhere
  const ends = [4, 5, 6].map((seed) =>
    recordKMeans(pointSet("groesse"), randomStart(pointSet("groesse"), 3, randomFrom(seed)))
      .at(-1).sse.toFixed(2),
  );
  assert.equal(new Set(ends).size, 3);
});

test("the sum of squares never grows from step to step", () => {
  for (const name of Object.keys(SETS)) {
    const points = pointSet(name);
    for (const seed of [1, 2, 3]) {
      const steps = recordKMeans(points, randomStart(points, 5, randomFrom(seed)));
      assert.equal(steps.at(-1).kind, "done");
      const sums = steps.slice(1).map(({ sse }) => sse);
      sums.slice(1).forEach((sum, i) => assert.ok(sum <= sums[i] + 1e-12));
    }
  }
});

test("starts are different points, also where points coincide", () => {
  const points = [[0, 0], [0, 0], [1, 1]];
  for (const start of [randomStart, plusPlusStart]) {
    assert.equal(start(points, 3, randomFrom(1)).length, 3);
    assert.equal(start(points, 9, randomFrom(1)).length, 3);
  }
});

test("a centre without points takes over the farthest point", () => {
  const points = [[0, 0], [0.1, 0], [0.9, 0]];
  const { centres, moved } = moveCentres(points, [[0, 0], [5, 5]], [0, 0, 0]);
  assert.deepEqual(moved, [1]);
  assert.deepEqual(centres[1], [0.9, 0]);
});

test("DBSCAN tells core, border and noise points apart", () => {
  const points = [[0, 0], [0.1, 0], [0.2, 0], [0.3, 0], [0.9, 0.9]];
  const { labels, core, clusters } = recordDbscan(points, 0.1000001, 3);
  assert.deepEqual(labels, [0, 0, 0, 0, NOISE]);
  assert.deepEqual(
    labels.map((label, i) => kindOf(label, core[i])),
    ["border", "core", "core", "border", "noise"],
  );
  assert.equal(clusters, 1);
});

test("DBSCAN looks at every point once and ends with the final labels", () => {
  for (const name of Object.keys(SETS)) {
    const points = pointSet(name);
    const { labels, steps } = recordDbscan(points, 0.06, 4);
    const visited = steps.slice(0, -1).map(({ point }) => point);
    assert.equal(new Set(visited).size, points.length, name);
    assert.equal(visited.length, points.length, name);
    assert.deepEqual(steps.at(-1).labels, labels);
  }
});

test("no points is no failure", () => {
  assert.equal(recordDbscan([], 0.1, 3).steps.length, 1);
  assert.deepEqual(randomStart([], 3, randomFrom(1)), []);
});
