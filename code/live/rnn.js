/**
 * A recurrent network of three neurons that adds two binary numbers.
 *
 * Pure functions without DOM; used by figuren/rnn-entrollt.js and held against NumPy
 * and Keras by tests/live/test_rnn.py. The weights are set by hand: with s the number of
 * ones among both digits and the carry, neuron j says whether s is at least j.
 */

/** Steepness: large enough that tanh is nearly a switch, small enough to read. */
const STEEP = 8;

export const NETWORK = {
  /** From the two digits to the three neurons, shape (2, 3). */
  W: [
    [STEEP, STEEP, STEEP],
    [STEEP, STEEP, STEEP],
  ],
  /** From the old state to the new one, shape (3, 3): only neuron 2, the carry. */
  U: [
    [0, 0, 0],
    [STEEP / 2, STEEP / 2, STEEP / 2],
    [0, 0, 0],
  ],
  /** Thresholds 1/4, 5/4 and 9/4; the state starts at 0, not at −1. */
  b: [-STEEP / 4, (-STEEP * 5) / 4, (-STEEP * 9) / 4],
  /** From the state to the digit of the sum: an odd number of ones. */
  v: [1, -1, 1],
};

/** The digits of a number, ones first, with zeros up to `count` digits. */
export function digitsOf(number, count) {
  return Array.from({ length: count }, (_, k) => (number >> k) & 1);
}

/** The number that digits (ones first) stand for. */
export function numberOf(digits) {
  return digits.reduce((sum, digit, k) => sum + digit * 2 ** k, 0);
}

/**
 * One step: z = x W + feedback · h U + b, then tanh.
 *
 * @param {number[]} x the two digits
 * @param {number[]} h the old state
 * @param {number} feedback 1 is the whole network, 0 cuts the loop
 */
export function step(x, h, feedback) {
  const { W, U, b, v } = NETWORK;
  const z = b.map(
    (bias, j) =>
      bias +
      x.reduce((sum, value, i) => sum + value * W[i][j], 0) +
      feedback * h.reduce((sum, value, i) => sum + value * U[i][j], 0),
  );
  const state = z.map(Math.tanh);
  const output = state.reduce((sum, value, j) => sum + value * v[j], 0);
  return { x, before: h, z, state, output, digit: output > 0 ? 1 : 0 };
}

/** All steps of adding two numbers with `count` digits each. */
export function add(first, second, count, feedback) {
  const [a, b] = [first, second].map((number) => digitsOf(number, count));
  const steps = [];
  let h = [0, 0, 0];
  for (let t = 0; t < count; t += 1) {
    const done = step([a[t], b[t]], h, feedback);
    steps.push(done);
    h = done.state;
  }
  return steps;
}
