/**
 * Point sets in the unit square on which clustering succeeds or fails.
 *
 * Used by figuren/kmeans-schritt.js and figuren/dbscan-schritt.js; the same seed
 * gives the same points. Points are pairs [x, y].
 */

import { normalFrom, randomFrom } from "./zufall.js";

const SEED = 7;

function blob(normal, count, [x, y], spread) {
  return Array.from({ length: count }, () => [
    x + spread * normal(), y + spread * normal(),
  ]);
}

function arcs(normal, count, noise, curves) {
  return curves.flatMap((curve) =>
    Array.from({ length: count }, (_, i) => {
      const [x, y] = curve((i + 0.5) / count);
      return [x + noise * normal(), y + noise * normal()];
    }),
  );
}

function circle([x, y], radius, from, to) {
  return (t) => {
    const angle = Math.PI * (from + (to - from) * t);
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  };
}

const MAKERS = {
  haufen: (normal) => [
    ...blob(normal, 35, [0.25, 0.7], 0.065),
    ...blob(normal, 35, [0.7, 0.76], 0.065),
    ...blob(normal, 35, [0.55, 0.27], 0.065),
  ],
  monde: (normal) =>
    arcs(normal, 55, 0.02, [
      circle([0.36, 0.45], 0.28, 0, 1),
      circle([0.64, 0.54], 0.28, 1, 2),
    ]),
  ringe: (normal) => [
    ...arcs(normal, 70, 0.018, [circle([0.5, 0.5], 0.38, 0, 2)]),
    ...arcs(normal, 35, 0.018, [circle([0.5, 0.5], 0.15, 0, 2)]),
  ],
  dichte: (normal) => [
    ...blob(normal, 40, [0.2, 0.28], 0.025),
    ...blob(normal, 40, [0.34, 0.3], 0.025),
    ...blob(normal, 40, [0.68, 0.62], 0.11),
  ],
  groesse: (normal) => [
    ...blob(normal, 90, [0.36, 0.5], 0.12),
    ...blob(normal, 14, [0.8, 0.74], 0.03),
    ...blob(normal, 14, [0.8, 0.28], 0.03),
  ],
  rauschen: (_normal, random) =>
    Array.from({ length: 110 }, () => [
      0.04 + 0.92 * random(), 0.04 + 0.92 * random(),
    ]),
};

/** Names for the reader, by key. */
export const SETS = {
  haufen: "drei Haufen",
  monde: "zwei Monde",
  ringe: "zwei Ringe",
  dichte: "ungleiche Dichte",
  groesse: "ungleiche Größe",
  rauschen: "nur Zufall",
};

/** The points of a set; all lie inside the unit square. */
export function pointSet(name) {
  const points = MAKERS[name](normalFrom(SEED), randomFrom(SEED));
  const clamp = (value) => Math.min(0.98, Math.max(0.02, value));
  return points.map(([x, y]) => [clamp(x), clamp(y)]);
}
