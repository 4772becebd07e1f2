/**
 * k-means after Lloyd, step by step, and three ways to choose the first centres.
 *
 * Pure functions without DOM; used by figuren/kmeans-schritt.js. On the same points
 * and starts the result equals that of scikit-learn (tests/live/test_clustering.py).
 */

/** Squared Euclidean distance of two points. */
export function squaredDistance([ax, ay], [bx, by]) {
  return (ax - bx) ** 2 + (ay - by) ** 2;
}

/** Index of the nearest centre; the first of several equally near ones. */
export function nearest(point, centres) {
  let best = 0;
  centres.forEach((centre, index) => {
    if (squaredDistance(point, centre) < squaredDistance(point, centres[best])) {
      best = index;
    }
  });
  return best;
}

/** Sum of squared distances of the points to the centres they belong to. */
export function sumOfSquares(points, centres, labels) {
  return points.reduce(
    (sum, point, i) => sum + squaredDistance(point, centres[labels[i]]), 0,
  );
}

/**
 * Move each centre to the mean of its points.
 *
 * A centre without points takes over the point farthest from its own centre, as
 * scikit-learn does.
 *
 * @returns {{centres: number[][], moved: number[]}} new centres, and the indices of
 *   those that had no points
 */
export function moveCentres(points, centres, labels) {
  const owners = [...labels];
  const counts = centres.map((_, k) => owners.filter((label) => label === k).length);
  const empty = [...centres.keys()].filter((k) => counts[k] === 0);
  const farthest = [...points.keys()].sort(
    (i, j) =>
      squaredDistance(points[j], centres[labels[j]]) -
      squaredDistance(points[i], centres[labels[i]]),
  );
  empty.forEach((k, rank) => {
    owners[farthest[rank]] = k;
  });
  const moved = centres.map((centre, k) => {
    const own = points.filter((_, i) => owners[i] === k);
    if (own.length === 0) return centre;
    return [0, 1].map((axis) => own.reduce((sum, p) => sum + p[axis], 0) / own.length);
  });
  return { centres: moved, moved: empty };
}

/** k different points of the set, chosen at random. */
export function randomStart(points, k, random) {
  const left = [...points];
  return Array.from({ length: Math.min(k, left.length) }, () => {
    const index = Math.floor(random() * left.length);
    return [...left.splice(index, 1)[0]];
  });
}

/**
 * k-means++ (Arthur and Vassilvitskii 2007): each further centre is drawn with a
 * probability proportional to the squared distance to the nearest one so far.
 */
export function plusPlusStart(points, k, random) {
  const centres = randomStart(points, 1, random);
  while (centres.length < Math.min(k, points.length)) {
    const weights = points.map((p) => squaredDistance(p, centres[nearest(p, centres)]));
    let rest = random() * weights.reduce((sum, weight) => sum + weight, 0);
    let chosen = weights.findIndex((weight) => (rest -= weight) < 0);
    // Rounding may leave nothing; equal points have no weight at all.
    if (chosen < 0) chosen = weights.lastIndexOf(Math.max(...weights));
    centres.push([...points[chosen]]);
  }
  return centres;
}

/**
 * Record k-means until no point changes its centre.
 *
 * @param {number[][]} points
 * @param {number[][]} start first centres, not more than points
 * @returns {object[]} steps: `start`, then `assign` and `move` in turns, at last
 *   `done`; each with centres, labels (null before the first assignment) and sse
 */
export function recordKMeans(points, start, limit = 100) {
  let centres = start;
  let labels = null;
  const steps = [{ kind: "start", centres, labels, sse: null }];
  for (let round = 1; round <= limit; round += 1) {
    const found = points.map((point) => nearest(point, centres));
    const before = labels;
    const changed = before ? found.filter((label, i) => label !== before[i]).length : null;
    labels = found;
    if (changed === 0) {
      const sse = sumOfSquares(points, centres, labels);
      return [...steps, { kind: "done", round: round - 1, centres, labels, sse }];
    }
    const sse = sumOfSquares(points, centres, labels);
    steps.push({ kind: "assign", round, centres, labels, sse, changed });
    const next = moveCentres(points, centres, labels);
    steps.push({
      kind: "move", round, centres: next.centres, before: centres, labels,
      moved: next.moved, sse: sumOfSquares(points, next.centres, labels),
    });
    centres = next.centres;
  }
  return steps;
}
