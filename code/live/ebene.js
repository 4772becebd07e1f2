/**
 * What the network of the latent plane says, taken apart: pure functions without DOM.
 *
 * Used by figuren/latente-ebene.js, tested in Node against Keras. The network
 * (exported by the chapter as `ebene`) takes a place on the plane as shares of its
 * sides, [1, 2], and gives four arrays, in any order: the pictures of both decoders
 * (1, 2, 784), the places of 400 test digits on both planes as shares (1, 2, 400, 2),
 * the ends of the axes (1, 2, 2, 2) and the labels of the digits (1, 400).
 */

/** The two autoencoders, in the order of the network's outputs. */
export const PLANES = [
  ["vae", "Variational Autoencoder"],
  ["einfach", "gewöhnlicher Autoencoder"],
];

const PIXELS = 784;
const DIGITS = 400;

/** Sort the outputs by their lengths; null for what is not there. */
export function readPlane(outputs) {
  const find = (length) => outputs.find((output) => output.length === length);
  const pictures = find(PLANES.length * PIXELS);
  const spots = find(PLANES.length * DIGITS * 2);
  const ends = find(PLANES.length * 4);
  const labels = find(DIGITS);
  if (!pictures || !spots || !ends || !labels) return null;
  return {
    labels: Array.from(labels, Math.round),
    planes: PLANES.map(([name], k) => {
      const [x0, x1, y0, y1] = ends.slice(4 * k, 4 * k + 4);
      return {
        name,
        picture: pictures.slice(k * PIXELS, (k + 1) * PIXELS),
        ends: { x: [x0, x1], y: [y0, y1] },
        spots: Array.from({ length: DIGITS }, (_, i) => {
          const at = 2 * (k * DIGITS + i);
          return [spots[at], spots[at + 1]];
        }),
      };
    }),
  };
}

/** The code at a place: shares of the plane become the two numbers. */
export function codeAt([x, y], ends) {
  const along = (share, [low, high]) => low + share * (high - low);
  return [along(x, ends.x), along(y, ends.y)];
}

/**
 * The digits nearest to a place: their labels counted, and how far the nearest is.
 *
 * @returns {{counts: number[], nearest: number}} counts of the labels among the
 *   `number` nearest; distance as a share of the plane's side
 */
export function neighbours(place, spots, labels, number = 10) {
  const ranking = spots
    .map(([x, y], i) => ({ i, distance: Math.hypot(x - place[0], y - place[1]) }))
    .sort((a, b) => a.distance - b.distance);
  const counts = Array(10).fill(0);
  for (const { i } of ranking.slice(0, number)) counts[labels[i]] += 1;
  return { counts, nearest: ranking[0].distance };
}
