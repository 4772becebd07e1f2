/**
 * Vectors that a generator turns into pictures: where to start, how to draw, how to go
 * from one to another; and which real digits are put among its pictures.
 *
 * Pure functions without DOM; used by figuren/latente-regler.js and
 * figuren/mensch-oder-maschine.js, tested by tests/live/latent.test.mjs.
 */

/** Numbers in a latent vector of the chapter's generator. */
export const LATENT = 16;

/** Side of its pictures in pixels. */
export const SIDE = 28;

/**
 * The vector that figures begin with; live_antwort.py asks the network about the same.
 *
 * @param {number} size how many numbers
 * @returns {Float32Array} values between −√2 and √2, of variance about 1
 */
export function startVector(size = LATENT) {
  return Float32Array.from(
    { length: size }, (_, k) => Math.SQRT2 * Math.sin(3.1 * k * k),
  );
}

/** A vector drawn with a function that yields normally distributed numbers. */
export function drawVector(normal, size = LATENT) {
  return Float32Array.from({ length: size }, normal);
}

/** Euclidean length. */
export function lengthOf(z) {
  return Math.sqrt(z.reduce((sum, value) => sum + value * value, 0));
}

/**
 * A vector on the way from one to another, stretched to the length that it should have.
 *
 * The straight line passes nearer to the origin than any vector the generator has been
 * trained with; stretching keeps it where they lie.
 *
 * @param {Float32Array} from where the way begins
 * @param {Float32Array} to where it ends
 * @param {number} share 0 is the beginning, 1 the end
 */
export function between(from, to, share) {
  const line = from.map((value, k) => (1 - share) * value + share * to[k]);
  const wanted = (1 - share) * lengthOf(from) + share * lengthOf(to);
  const length = lengthOf(line);
  return length === 0 ? line : line.map((value) => (value * wanted) / length);
}

/** The picture among a network's outputs, or null if there is none of its size. */
export function pictureOf(outputs) {
  return outputs.find((output) => output.length === SIDE * SIDE) ?? null;
}

/**
 * The real digits of a round: one of each class, none that an earlier round had, until
 * all have been shown.
 *
 * @param {{ziffer: number}[]} digits equally many of each class
 * @param {number} round 1 is the first
 */
export function realDigits(digits, round) {
  return Array.from({ length: 10 }, (_, digit) => {
    const same = digits.filter(({ ziffer }) => ziffer === digit);
    return same[(round - 1) % same.length];
  });
}

/** Shuffle a list with a function that yields numbers from 0 to 1 (Fisher and Yates). */
export function shuffled(list, random) {
  const copy = [...list];
  for (let k = copy.length - 1; k > 0; k -= 1) {
    const other = Math.floor(random() * (k + 1));
    [copy[k], copy[other]] = [copy[other], copy[k]];
  }
  return copy;
}
