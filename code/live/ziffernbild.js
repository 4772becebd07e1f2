/**
 * Turns the strokes of a pen into a picture as in MNIST.
 *
 * MNIST scaled each digit into a box of 20 by 20 pixels, keeping its proportions,
 * and put the centre of mass of its ink into the middle of 28 by 28 pixels
 * (LeCun, Cortes and Burges, description of the data set). A network that learned
 * from such pictures needs the reader's digit in the same form.
 * Pure functions without DOM; used by figuren/ziffer-zeichnen.js.
 */

export const SIZE = 28;
const BOX = 20;

/** Pen width in pixels of the result; with it the ink is about that of MNIST. */
const PEN = 2.4;

/** A dot or a tiny digit is not blown up beyond this share of the pad. */
const SMALLEST = 0.1;

function squaredDistance(x, y, [ax, ay], [bx, by]) {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length;
  const t = Math.min(1, Math.max(0, along));
  return (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2;
}

/** Draw round-ended lines into a picture; edges are soft over one pixel. */
function rasterise(strokes) {
  const picture = new Float32Array(SIZE * SIZE);
  const reach = PEN / 2 + 0.5;
  const clamp = (value) => Math.min(SIZE - 1, Math.max(0, Math.floor(value)));
  for (const stroke of strokes) {
    for (let i = 0; i < stroke.length; i += 1) {
      const a = stroke[Math.max(0, i - 1)];
      const b = stroke[i];
      const right = clamp(Math.max(a[0], b[0]) + reach);
      const bottom = clamp(Math.max(a[1], b[1]) + reach);
      for (let y = clamp(Math.min(a[1], b[1]) - reach); y <= bottom; y += 1) {
        for (let x = clamp(Math.min(a[0], b[0]) - reach); x <= right; x += 1) {
          const distance = Math.sqrt(squaredDistance(x + 0.5, y + 0.5, a, b));
          const ink = Math.min(1, Math.max(0, reach - distance));
          const k = y * SIZE + x;
          if (ink > picture[k]) picture[k] = ink;
        }
      }
    }
  }
  return picture;
}

/**
 * Centre of mass of a picture in pixels, measured from its top left corner.
 *
 * @param {Float32Array} picture 784 values, row by row
 * @returns {[number, number]} x and y; the middle of the picture if it is empty
 */
export function centreOfMass(picture) {
  let mass = 0;
  let sumX = 0;
  let sumY = 0;
  picture.forEach((ink, k) => {
    mass += ink;
    sumX += ink * ((k % SIZE) + 0.5);
    sumY += ink * (Math.floor(k / SIZE) + 0.5);
  });
  return mass === 0 ? [SIZE / 2, SIZE / 2] : [sumX / mass, sumY / mass];
}

/**
 * The picture that the network sees.
 *
 * @param {number[][][]} strokes lines of points [x, y], 0 to 1 from the top left
 * @returns {Float32Array} 784 values from 0 (paper) to 1 (ink), row by row
 */
export function toPicture(strokes) {
  const points = strokes.flat();
  if (points.length === 0) return new Float32Array(SIZE * SIZE);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const scale = (BOX - PEN) / Math.max(right - left, bottom - top, SMALLEST);
  const place = (shiftX, shiftY) =>
    strokes.map((stroke) =>
      stroke.map(([x, y]) => [
        (x - (left + right) / 2) * scale + SIZE / 2 + shiftX,
        (y - (top + bottom) / 2) * scale + SIZE / 2 + shiftY,
      ]),
    );
  const [massX, massY] = centreOfMass(rasterise(place(0, 0)));
  // Whole pixels, as MNIST shifted finished pictures.
  const shift = (mass) => Math.round(SIZE / 2 - mass);
  return rasterise(place(shift(massX), shift(massY)));
}
