/**
 * DBSCAN (Ester, Kriegel, Sander and Xu 1996), recorded point by point.
 *
 * Pure functions without DOM; used by figuren/dbscan-schritt.js. Labels equal those
 * of scikit-learn on the same points in the same order.
 */

import { squaredDistance } from "./kmeans.js";

export const NOISE = -1;

/** Indices of the points within eps of a point, itself included. */
export function neighbours(points, index, eps) {
  const reach = eps * eps;
  return [...points.keys()].filter(
    (i) => squaredDistance(points[index], points[i]) <= reach,
  );
}

/**
 * Run DBSCAN and record each point that is looked at.
 *
 * @param {number[][]} points
 * @param {number} eps radius of the neighbourhood
 * @param {number} minPoints points within eps that make a core point, itself counted
 * @returns {{labels: number[], core: boolean[], steps: object[]}} final labels from
 *   0, NOISE for noise; steps in order: `visit` (a point is looked at; `joined` are
 *   the points that its cluster takes in) and `end`. `labels` in a step are those
 *   after it, null for points not reached yet.
 */
export function recordDbscan(points, eps, minPoints) {
  const around = points.map((_, i) => neighbours(points, i, eps));
  const core = around.map((found) => found.length >= minPoints);
  const labels = points.map(() => null);
  const steps = [];
  let cluster = 0;
  const visit = (point, joined, opens) =>
    steps.push({
      kind: "visit", point, joined, opens, core: core[point],
      neighbours: around[point], labels: [...labels],
    });
  for (const first of points.keys()) {
    if (labels[first] !== null) continue;
    if (!core[first]) {
      // For now; a core point found later may still reach it.
      labels[first] = NOISE;
      visit(first, [], false);
      continue;
    }
    const queue = [first];
    labels[first] = cluster;
    while (queue.length > 0) {
      const point = queue.shift();
      const free = (i) => labels[i] === null || labels[i] === NOISE;
      const joined = core[point] ? around[point].filter(free) : [];
      for (const i of joined) {
        // Known noise was looked at already: it joins as border point.
        if (labels[i] === null) queue.push(i);
        labels[i] = cluster;
      }
      visit(point, joined, point === first);
    }
    cluster += 1;
  }
  steps.push({ kind: "end", labels: [...labels] });
  return { labels, core, steps, clusters: cluster };
}

/** What a point is: core, border (in a cluster without being core) or noise. */
export function kindOf(label, core) {
  if (label === NOISE) return "noise";
  return core ? "core" : "border";
}
