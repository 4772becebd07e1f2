/**
 * Small computation graphs: values forward, gradients backward, step by step.
 *
 * Pure functions without DOM; used by figuren/rechengraph.js and held in the tests
 * against finite differences and against numbers computed in Python.
 */

import { shortNumber } from "./zahlen.js";

/**
 * What a node can compute. `value` takes the inputs; `slopes` gives the derivative
 * with respect to each input, `rules` the same in symbols (names of the inputs and
 * of the result), `formula` the computation itself.
 */
export const OPERATIONS = {
  add: {
    name: "Summe", symbol: "+",
    value: (p, q) => p + q,
    slopes: () => [1, 1],
    rules: () => ["1", "1"],
    formula: ([p, q]) => `${p} + ${q}`,
  },
  sub: {
    name: "Differenz", symbol: "−",
    value: (p, q) => p - q,
    slopes: () => [1, -1],
    rules: () => ["1", "−1"],
    formula: ([p, q]) => `${p} − ${q}`,
  },
  mul: {
    name: "Produkt", symbol: "·",
    value: (p, q) => p * q,
    slopes: ([p, q]) => [q, p],
    rules: ([p, q]) => [q, p],
    formula: ([p, q]) => `${p} · ${q}`,
  },
  identity: {
    name: "keine Aktivierung", symbol: "id",
    value: (p) => p,
    slopes: () => [1],
    rules: () => ["1"],
    formula: ([p]) => p,
  },
  relu: {
    name: "ReLU", symbol: "ReLU",
    value: (p) => Math.max(0, p),
    slopes: ([p]) => [p > 0 ? 1 : 0],
    rules: ([p], _, [value]) => [value > 0 ? `1, weil ${p} > 0` : `0, weil ${p} ≤ 0`],
    formula: ([p]) => `ReLU(${p})`,
  },
  sigmoid: {
    name: "Sigmoid", symbol: "σ",
    value: (p) => 1 / (1 + Math.exp(-p)),
    slopes: (_, out) => [out * (1 - out)],
    rules: (_, out) => [`${out} · (1 − ${out})`],
    formula: ([p]) => `σ(${p})`,
  },
  tanh: {
    name: "Tangens hyperbolicus", symbol: "tanh",
    value: (p) => Math.tanh(p),
    slopes: (_, out) => [1 - out * out],
    rules: (_, out) => [`1 − ${out}²`],
    formula: ([p]) => `tanh(${p})`,
  },
  square: {
    name: "Quadrat", symbol: "( )²",
    value: (p) => p * p,
    slopes: ([p]) => [2 * p],
    rules: ([p]) => [`2 · ${p}`],
    formula: ([p]) => `${p}²`,
  },
  abs: {
    name: "Betrag", symbol: "| |",
    value: (p) => Math.abs(p),
    slopes: ([p]) => [Math.sign(p)],
    rules: ([p], _, [value]) => [
      value > 0 ? `1, weil ${p} > 0` : value < 0 ? `−1, weil ${p} < 0` : "0",
    ],
    formula: ([p]) => `|${p}|`,
  },
  negLog: {
    name: "negativer Logarithmus", symbol: "−log",
    value: (p) => -Math.log(p),
    slopes: ([p]) => [-1 / p],
    rules: ([p]) => [`−1 / ${p}`],
    formula: ([p]) => `−log ${p}`,
  },
};

/** Rules that are a number already, with or without a reason. */
const NUMERIC = /^−?\d+(,|$)/;

const ACTIVATIONS = ["relu", "sigmoid", "tanh", "identity"];
const LOSSES = ["square", "abs"];
const BINARY = ["mul", "add", "sub"];

/**
 * The graphs to choose from. Inputs come first, then nodes in the order in which
 * they are computed; the last one is the loss L. `at` is [column, row] of the
 * drawing, `choices` are operations that the reader may put there instead.
 */
export const GRAPHS = {
  neuron: {
    title: "Ein Neuron mit ReLU",
    inputs: [
      { id: "w", value: 0.5, at: [0, 0.3] },
      { id: "x", value: 3, at: [0, 1.7] },
      { id: "b", value: 1, at: [1, 2] },
      { id: "y", value: 1, at: [3, 2] },
    ],
    nodes: [
      { id: "u", op: "mul", from: ["w", "x"], at: [1, 1], choices: BINARY },
      { id: "z", op: "add", from: ["u", "b"], at: [2, 1] },
      { id: "a", op: "relu", from: ["z"], at: [3, 1], choices: ACTIVATIONS },
      { id: "d", op: "sub", from: ["a", "y"], at: [4, 1] },
      { id: "L", op: "square", from: ["d"], at: [5, 1], choices: LOSSES },
    ],
  },
  logistisch: {
    title: "Sigmoid mit Kreuzentropie (Klasse 1)",
    inputs: [
      { id: "w", value: 1, at: [0, 0.3] },
      { id: "x", value: -1.5, at: [0, 1.7] },
      { id: "b", value: 0.5, at: [1, 2] },
    ],
    nodes: [
      { id: "u", op: "mul", from: ["w", "x"], at: [1, 1], choices: BINARY },
      { id: "z", op: "add", from: ["u", "b"], at: [2, 1] },
      { id: "p", op: "sigmoid", from: ["z"], at: [3, 1] },
      { id: "L", op: "negLog", from: ["p"], at: [4, 1] },
    ],
  },
  geteilt: {
    title: "Ein Gewicht, zweimal benutzt",
    inputs: [
      { id: "w", value: 0.8, at: [0, 0.3] },
      { id: "x", value: 1.5, at: [0, 1.7] },
      { id: "y", value: 2, at: [3, 2] },
    ],
    nodes: [
      { id: "h", op: "mul", from: ["w", "x"], at: [1, 1.35], choices: BINARY },
      { id: "g", op: "tanh", from: ["h"], at: [2, 1.35], choices: ACTIVATIONS },
      { id: "o", op: "mul", from: ["w", "g"], at: [3, 0.8], choices: BINARY },
      { id: "d", op: "sub", from: ["o", "y"], at: [4, 1] },
      { id: "L", op: "square", from: ["d"], at: [5, 1], choices: LOSSES },
    ],
  },
  tief: {
    title: "Zwei Schichten",
    inputs: [
      { id: "w", value: 0.9, at: [0, 0.3] },
      { id: "x", value: 1.2, at: [0, 1.7] },
      { id: "b", value: -0.3, at: [1, 2] },
      { id: "v", value: -1.4, at: [3, 2] },
      { id: "c", value: 0.6, at: [4, 2] },
      { id: "y", value: 1, at: [5, 2] },
    ],
    nodes: [
      { id: "u", op: "mul", from: ["w", "x"], at: [1, 1], choices: BINARY },
      { id: "z", op: "add", from: ["u", "b"], at: [2, 1] },
      { id: "h", op: "tanh", from: ["z"], at: [3, 1], choices: ACTIVATIONS },
      { id: "m", op: "mul", from: ["h", "v"], at: [4, 1] },
      { id: "o", op: "add", from: ["m", "c"], at: [5, 1] },
      { id: "d", op: "sub", from: ["o", "y"], at: [6, 1] },
      { id: "L", op: "square", from: ["d"], at: [7, 1], choices: LOSSES },
    ],
  },
};

/** The input values that a graph starts with, by name. */
export function startValues(graph) {
  return Object.fromEntries(graph.inputs.map(({ id, value }) => [id, value]));
}

/** The operations that a graph starts with, by name of the node. */
export function startOperations(graph) {
  return Object.fromEntries(graph.nodes.map(({ id, op }) => [id, op]));
}

/** The whole computation as one formula, e.g. L = (ReLU(w · x + b) − y)². */
export function formulaOf(graph, operations) {
  const texts = Object.fromEntries(graph.inputs.map(({ id }) => [id, id]));
  const weak = {}; // texts that need brackets inside a product, power or function
  for (const { id, from } of graph.nodes) {
    const op = operations[id];
    const tight = ["mul", "sub", "square", "negLog"].includes(op);
    const parts = from.map((source, index) =>
      tight && weak[source] && !(op === "sub" && index === 0)
        ? `(${texts[source]})`
        : texts[source],
    );
    texts[id] = OPERATIONS[op].formula(parts);
    weak[id] = op === "add" || op === "sub" || (op === "identity" && weak[from[0]]);
    // A power of a product or function needs brackets as well.
    if (op === "square" && !weak[from[0]] && texts[from[0]].length > 1) {
      texts[id] = `(${texts[from[0]]})²`;
    }
  }
  return `L = ${texts.L}`;
}

/**
 * Compute a graph forward and backward and record every step.
 *
 * @param {object} graph one of GRAPHS
 * @param {Record<string, number>} inputs value by name of the input
 * @param {Record<string, string>} operations operation by name of the node
 * @returns {{values: object, gradients: object, steps: object[]}} all values and
 *   all derivatives of L; the steps in order: start, one forward step per node,
 *   seed (∂L/∂L = 1), one backward step per node with what it passes on; `open`
 *   says that the receiver is used in front as well and will get more
 */
export function trace(graph, inputs, operations) {
  const values = { ...inputs };
  const steps = [{ kind: "start" }];
  for (const { id, from } of graph.nodes) {
    values[id] = OPERATIONS[operations[id]].value(...from.map((s) => values[s]));
    steps.push({ kind: "forward", id });
  }
  const gradients = { L: 1 };
  const uses = graph.nodes.flatMap(({ from }) => from);
  const received = [];
  steps.push({ kind: "seed", id: "L" });
  for (const { id, from } of [...graph.nodes].reverse()) {
    const operation = OPERATIONS[operations[id]];
    const operands = from.map((source) => values[source]);
    const slopes = operation.slopes(operands, values[id]);
    const rules = operation.rules(from, id, operands);
    const passed = from.map((to, index) => {
      const amount = gradients[id] * slopes[index];
      const before = gradients[to];
      gradients[to] = (before ?? 0) + amount;
      received.push(to);
      const count = (list) => list.filter((other) => other === to).length;
      return {
        to, slope: slopes[index], rule: rules[index], amount, before,
        after: gradients[to], open: count(received) < count(uses),
      };
    });
    steps.push({ kind: "backward", id, passed });
  }
  return { values, gradients, steps };
}

/** What is known after a step: values and gradients by name; `open`: not yet complete. */
export function knownAfter(graph, { values, steps }, step) {
  const known = { values: {}, gradients: {}, open: {} };
  for (const { id } of graph.inputs) known.values[id] = values[id];
  for (const { kind, id, passed } of steps.slice(0, step + 1)) {
    if (kind === "forward") known.values[id] = values[id];
    if (kind === "seed") known.gradients.L = 1;
    if (kind === "backward") {
      for (const { to, after, open } of passed) {
        known.gradients[to] = after;
        known.open[to] = open;
      }
    }
  }
  return known;
}

/** Say a step in German: a title and one line of formula per value it yields. */
export function explain(graph, operations, recorded, step) {
  const { values, gradients, steps } = recorded;
  const { kind, id, passed } = steps[step];
  const show = (value) => shortNumber(value, 3);
  if (kind === "start") {
    return {
      title: "Am Anfang stehen nur die Eingaben. Jeder Knoten rechnet, sobald er seine " +
        "Eingaben kennt.",
      lines: [],
    };
  }
  if (kind === "seed") {
    return {
      title: "Jetzt geht es rückwärts. Ändert sich L um ein wenig, ändert sich L um " +
        "genauso viel.",
      lines: ["∂L/∂L = 1"],
    };
  }
  const { from } = graph.nodes.find((node) => node.id === id);
  const operation = OPERATIONS[operations[id]];
  const formula = `${id} = ${operation.formula(from)}`;
  if (kind === "forward") {
    const numbers = from.map((source) => {
      const text = show(values[source]);
      return values[source] < 0 ? `(${text})` : text;
    });
    return {
      title: `Vorwärts durch ${id}: ${operation.name}, ${id} = ${show(values[id])}.`,
      lines: [`${formula} = ${operation.formula(numbers)} = ${show(values[id])}`],
    };
  }
  const targets = passed.map(({ to, amount }) => `an ${to} ${show(amount)}`).join(", ");
  const blocked = operations[id] === "relu" && passed[0].slope === 0;
  return {
    title:
      `Rückwärts durch ${formula}: Bei ${id} kommt ${show(gradients[id])} an, weiter ` +
      `geht ${targets}.` + (blocked ? " ReLU lässt nichts durch." : ""),
    lines: passed.map((part) => contribution(id, gradients[id], part, show)),
  };
}

/** The line of formula for what a node passes on to one of its inputs. */
function contribution(id, arriving, { to, slope, rule, amount, before, after, open }, show) {
  const reason = NUMERIC.test(rule) ? rule : `${rule} = ${show(slope)}`;
  // At the loss the local derivative is what we look for: it cannot explain itself.
  const chain = id === "L"
    ? `∂L/∂L · ${bracket(slope, show)} = ${show(amount)}, denn L ändert sich mit ` +
      `dem Faktor ${reason}`
    : `∂L/∂${id} · ∂${id}/∂${to} = ${show(arriving)} · ${bracket(slope, show)}` +
      ` = ${show(amount)}, denn ∂${id}/∂${to} = ${reason}`;
  if (before !== undefined) {
    return (
      `${to} wird noch einmal benutzt, der neue Beitrag kommt dazu: ${chain}. ` +
      `Zusammen ∂L/∂${to} = ${show(before)} + ${bracket(amount, show)} = ${show(after)}.`
    );
  }
  return open
    ? `Erster Beitrag zu ∂L/∂${to}: ${chain}. Weiter vorn wird ${to} noch einmal benutzt.`
    : `∂L/∂${to} = ${chain}.`;
}

/** A negative number as factor or summand stands in brackets. */
function bracket(value, show) {
  return value < 0 ? `(${show(value)})` : show(value);
}
