/**
 * The GAN of the chapter that learns to forge coins: two numbers against three.
 *
 * The generator makes the weight a · z + b from a random number z, the discriminator
 * answers sigmoid(c0 + c1 x + c2 x²). Pure functions without DOM; used by
 * figuren/gan-kurven.js and held against the chapter's NumPy cells by
 * tests/live/test_gan.py.
 */

import { normalFrom } from "./zufall.js";

/** Real coins: weight minus 10 g. */
export const REAL = { mean: 1.5, spread: 0.5 };

/** What the generator and the discriminator begin with. */
export const START = { g: [1, -1.5], c: [0, 0, 0] };

/** Coins in a batch. */
const BATCH = 128;

/** The generator's losses: both derived by u, the input of the sigmoid. */
const SLOPES = {
  praxis: (d) => d - 1,
  minimax: (d) => -d,
};

/** Weights of forged coins. */
export function generate(z, [a, b]) {
  return z.map((value) => a * value + b);
}

/** How real a coin looks to the discriminator, from 0 to 1. */
export function discriminate(x, [c0, c1, c2]) {
  return 1 / (1 + Math.exp(-(c0 + c1 * x + c2 * x * x)));
}

/** Density of the normal distribution. */
export function density(x, mean, spread) {
  const z = (x - mean) / spread;
  return Math.exp(-0.5 * z * z) / (spread * Math.sqrt(2 * Math.PI));
}

/** One step of the discriminator on as many real coins as forged ones. */
export function discriminatorStep(real, fake, c, rate) {
  const sums = [0, 0, 0];
  const add = (x, label) => {
    const error = discriminate(x, c) - label;
    sums[0] += error;
    sums[1] += error * x;
    sums[2] += error * x * x;
  };
  for (const x of real) add(x, 1);
  for (const x of fake) add(x, 0);
  return c.map((value, k) => value - (rate * sums[k]) / real.length);
}

/** One step of the generator; no real coin reaches it. */
export function generatorStep(z, [a, b], c, rate, loss) {
  let [slopeA, slopeB] = [0, 0];
  for (const value of z) {
    const x = a * value + b;
    const slope = SLOPES[loss](discriminate(x, c)) * (c[1] + 2 * c[2] * x);
    slopeA += slope * value;
    slopeB += slope;
  }
  return [a - (rate * slopeA) / z.length, b - (rate * slopeB) / z.length];
}

/**
 * Play the whole game.
 *
 * @param {object} choice
 * @param {number} choice.steps how many steps, each one for both players
 * @param {number} choice.every keep every so many
 * @param {number} choice.rateD learning rate of the discriminator
 * @param {number} choice.rateG learning rate of the generator
 * @param {"praxis"|"minimax"} choice.loss what the generator minimises
 * @param {number} choice.seed for the random numbers
 * @returns {{g: number[], c: number[]}[]} the kept states, the start first
 */
export function play({ steps, every, rateD, rateG, loss, seed }) {
  const normal = normalFrom(seed);
  const draw = () => Array.from({ length: BATCH }, normal);
  let { g, c } = START;
  const kept = [{ g, c }];
  for (let step = 1; step <= steps; step += 1) {
    const real = draw().map((z) => REAL.mean + REAL.spread * z);
    c = discriminatorStep(real, generate(draw(), g), c, rateD);
    g = generatorStep(draw(), g, c, rateG, loss);
    if (step % every === 0) kept.push({ g, c });
  }
  return kept;
}

/** Mean answer of the discriminator to forged coins, by the midpoint rule. */
export function meanAnswer({ g: [a, b], c }) {
  const [reach, cells] = [4, 80];
  const width = (2 * reach) / cells;
  let sum = 0;
  for (let k = 0; k < cells; k += 1) {
    const z = -reach + (k + 0.5) * width;
    sum += density(z, 0, 1) * width * discriminate(a * z + b, c);
  }
  return sum;
}
