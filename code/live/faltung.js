/**
 * Convolution as Keras computes it (cross-correlation) on one small picture.
 *
 * Pure functions without DOM; used by figuren/faltung-fenster.js and held against NumPy
 * and Keras by tests/live/test_faltung.py.
 */

/** Rows or columns of a feature map: (h + 2p − g) / s rounded down, plus one. */
export function outputSize(h, g, padding, stride) {
  return Math.floor((h + 2 * padding - g) / stride) + 1;
}

/** The picture with a border of zeros. Pictures and kernels are lists of rows. */
export function pad(picture, padding) {
  const width = picture[0].length + 2 * padding;
  const empty = () => Array.from({ length: padding }, () => new Array(width).fill(0));
  const border = new Array(padding).fill(0);
  return [...empty(), ...picture.map((row) => [...border, ...row, ...border]), ...empty()];
}

/**
 * The products in one window.
 *
 * @param {number[][]} padded the picture with its border
 * @param {number[][]} kernel g rows of g weights
 * @param {number} top row of the window's upper left corner
 * @param {number} left column of that corner
 * @returns {{weight: number, value: number}[]} g · g pairs, row by row
 */
export function windowPairs(padded, kernel, top, left) {
  return kernel.flatMap((row, u) =>
    row.map((weight, v) => ({ weight, value: padded[top + u][left + v] })),
  );
}

/** The sum of a window's products. */
export function windowSum(pairs) {
  return pairs.reduce((sum, { weight, value }) => sum + weight * value, 0);
}

/** The whole feature map, a list of rows. */
export function convolve(picture, kernel, padding, stride) {
  const padded = pad(picture, padding);
  const g = kernel.length;
  const rows = outputSize(picture.length, g, padding, stride);
  const columns = outputSize(picture[0].length, g, padding, stride);
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (__, j) =>
      windowSum(windowPairs(padded, kernel, i * stride, j * stride)),
    ),
  );
}

/** Pictures of 10 by 10 grey values, 0 (paper) to 9 (ink). */
const DRAWINGS = {
  stufe: ["Senkrechte Kante", Array(10).fill("0000099999")],
  quadrat: [
    "Quadrat",
    ["0000000000", "0000000000", "0099999900", "0099999900", "0099999900",
     "0099999900", "0099999900", "0099999900", "0000000000", "0000000000"],
  ],
  sieben: [
    "Sieben",
    ["0000000000", "0499999940", "0499999990", "0000000990", "0000007940",
     "0000049700", "0000099000", "0000794000", "0000990000", "0000990000"],
  ],
  schraeg: [
    "Schräge Linie",
    ["9400000000", "4940000000", "0494000000", "0049400000", "0004940000",
     "0000494000", "0000049400", "0000004940", "0000000494", "0000000049"],
  ],
  punkte: [
    "Einzelne Punkte",
    ["0000000000", "0900000000", "0000000000", "0000009000", "0000000000",
     "0000000000", "0009000000", "0000000000", "0000000090", "0000000000"],
  ],
};

export const PICTURES = Object.fromEntries(
  Object.entries(DRAWINGS).map(([key, [name, rows]]) => [
    key,
    { name, pixels: rows.map((row) => [...row].map(Number)) },
  ]),
);

export const KERNELS = {
  senkrecht: ["Senkrechte Kanten", [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]],
  waagrecht: ["Waagrechte Kanten", [[-1, -1, -1], [0, 0, 0], [1, 1, 1]]],
  weich: [
    "Weichzeichnen",
    Array.from({ length: 3 }, () => new Array(3).fill(1 / 9)),
  ],
  punkte: ["Punkte finden", [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]],
  unveraendert: ["Unverändert", [[0, 0, 0], [0, 1, 0], [0, 0, 0]]],
  nachbar: ["Rechter Nachbar", [[0, 0, 0], [0, 0, 1], [0, 0, 0]]],
};
