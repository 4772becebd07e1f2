/**
 * One LSTM layer as Keras computes it, and the small experiment of the live figure.
 *
 * Pure functions without DOM; used by figuren/lstm-tore.js and held against Keras by
 * tests/live/test_lstm.py. Weights stand in Keras' order: input, forget, candidate and
 * output gate side by side, each as wide as the layer.
 */

const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** Number that the sigmoid turns into the given opening of a gate (0 and 1 excluded). */
const logit = (share) => Math.log(share / (1 - share));

/** A gate of the figure is never quite closed or open: the sigmoid reaches neither. */
const CLOSED = 0.001;
const OPEN = 0.999;

const clip = (share) => Math.min(OPEN, Math.max(CLOSED, share));

/**
 * One step of an LSTM layer with m units and d inputs.
 *
 * @param {number[]} x inputs (d)
 * @param {number[]} h output of the step before (m)
 * @param {number[]} c cell state of the step before (m)
 * @param {{kernel: number[][], recurrent: number[][], bias: number[]}} weights
 *   shapes (d, 4m), (m, 4m) and (4m)
 * @returns {{f, i, g, o, c, h}} gates, candidate, new cell state and output, each (m)
 */
export function lstmStep(x, h, c, { kernel, recurrent, bias }) {
  const m = h.length;
  const z = bias.map(
    (b, column) =>
      b +
      x.reduce((sum, value, row) => sum + value * kernel[row][column], 0) +
      h.reduce((sum, value, row) => sum + value * recurrent[row][column], 0),
  );
  const i = z.slice(0, m).map(sigmoid);
  const f = z.slice(m, 2 * m).map(sigmoid);
  const g = z.slice(2 * m, 3 * m).map(Math.tanh);
  const o = z.slice(3 * m).map(sigmoid);
  const next = c.map((value, k) => f[k] * value + i[k] * g[k]);
  return { f, i, g, o, c: next, h: next.map((value, k) => o[k] * Math.tanh(value)) };
}

/**
 * Run a layer over a sequence; state and output start at zero.
 *
 * @param {number[][]} inputs one row of d numbers for each step
 * @returns {object[]} one entry of `lstmStep` for each step
 */
export function runLstm(inputs, weights) {
  const m = weights.bias.length / 4;
  let h = new Array(m).fill(0);
  let c = new Array(m).fill(0);
  return inputs.map((x) => {
    const step = lstmStep(x, h, c, weights);
    ({ h, c } = step);
    return step;
  });
}

/** What the forget and input gate do at a marked step, by name of the choice. */
export const AT_MARK = {
  gleich: { name: "bleiben, wie sie sind" },
  ersetzen: { name: "f zu, i auf: ersetzen", f: CLOSED, i: OPEN },
  addieren: { name: "f auf, i auf: addieren", f: OPEN, i: OPEN },
};

/**
 * Weights of a cell with one unit and the inputs value and mark (0 or 1).
 *
 * f, i, o: opening of the gates at unmarked steps, from 0 to 1; w: weight of the value in
 * the candidate; mark: a key of AT_MARK. The gates do not look at the output before.
 */
export function cellWeights({ f, i, o, w, mark }) {
  const [zi, zf, zo] = [i, f, o].map((share) => logit(clip(share)));
  const atMark = AT_MARK[mark];
  const change = (target, now) => (target === undefined ? 0 : logit(target) - now);
  return {
    kernel: [
      [0, 0, w, 0],
      [change(atMark.i, zi), change(atMark.f, zf), 0, 0],
    ],
    recurrent: [[0, 0, 0, 0]],
    bias: [zi, zf, 0, zo],
  };
}

/** The sequence of the figure: 24 values, three of them marked. */
const VALUES = [
  0.3, -0.2, 0.4, 0.9, -0.3, 0.2, -0.5, 0.3, 0.1, -0.4, 0.2, -0.8,
  0.4, -0.1, 0.3, -0.2, 0.5, -0.3, 0.6, 0.2, -0.4, 0.3, -0.2, 0.1,
];
export const MARKED = [3, 11, 18];

export const INPUTS = VALUES.map((value, t) => [value, MARKED.includes(t) ? 1 : 0]);

/** Settings of the figure to choose from; the first is the one to start with. */
export const EXAMPLES = {
  leck: {
    name: "Gedächtnis mit Leck", f: 0.9, i: 0.7, o: 0.9, w: 2, mark: "gleich",
  },
  ohne: {
    name: "LSTM von 1997: f immer auf", f: 1, i: 0.02, o: 0.9, w: 1.5, mark: "addieren",
  },
  kurz: {
    name: "Vergesslich", f: 0.1, i: 0.9, o: 0.9, w: 1.5, mark: "gleich",
  },
};
