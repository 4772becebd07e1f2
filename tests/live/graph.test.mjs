// Gradients of the computation graphs. Run by test_module.py; test_graph.py adds
// numbers computed in Python.
import assert from "node:assert/strict";
import test from "node:test";

import {
  GRAPHS, explain, formulaOf, knownAfter, startOperations, startValues, trace,
} from "../../code/live/graph.js";

/** All combinations of the operations that a reader can choose. */
function combinations(graph) {
  let found = [startOperations(graph)];
  for (const { id, choices = [] } of graph.nodes) {
    if (choices.length === 0) continue;
    found = found.flatMap((operations) =>
      choices.map((op) => ({ ...operations, [id]: op })),
    );
  }
  return found;
}

for (const [name, graph] of Object.entries(GRAPHS)) {
  test(`${name}: gradients equal central differences for all operations`, () => {
    const h = 1e-6;
    for (const operations of combinations(graph)) {
      const inputs = startValues(graph);
      const { values, gradients } = trace(graph, inputs, operations);
      if (!Number.isFinite(values.L)) continue;
      for (const { id } of graph.inputs) {
        const at = (shift) =>
          trace(graph, { ...inputs, [id]: inputs[id] + shift }, operations).values.L;
        const difference = (at(h) - at(-h)) / (2 * h);
        assert.ok(
          Math.abs(gradients[id] - difference) < 1e-5 * Math.max(1, Math.abs(difference)),
          `${JSON.stringify(operations)} ${id}: ${gradients[id]} ${difference}`,
        );
      }
    }
  });

  test(`${name}: each step has an explanation, the last knows everything`, () => {
    const operations = startOperations(graph);
    const recorded = trace(graph, startValues(graph), operations);
    assert.equal(recorded.steps.length, 2 * graph.nodes.length + 2);
    recorded.steps.forEach((_, step) => {
      const { title, lines } = explain(graph, operations, recorded, step);
      assert.ok(title.length > 20);
      assert.ok(step === 0 || lines.length > 0);
      assert.doesNotMatch(lines.join(), /undefined|NaN/);
    });
    const known = knownAfter(graph, recorded, recorded.steps.length - 1);
    assert.deepEqual(known.gradients, recorded.gradients);
    assert.deepEqual(known.values, recorded.values);
  });
}

test("a weight used twice receives the sum of two contributions", () => {
  const graph = GRAPHS.geteilt;
  const { steps } = trace(graph, startValues(graph), startOperations(graph));
  const toW = steps.flatMap(({ passed = [] }) => passed.filter(({ to }) => to === "w"));
  assert.equal(toW.length, 2);
  assert.equal(toW[0].before, undefined);
  assert.equal(toW[1].after, toW[0].amount + toW[1].amount);
  assert.deepEqual(toW.map(({ open }) => open), [true, false]);
});

test("a first contribution is not called the gradient", () => {
  const graph = GRAPHS.geteilt;
  const operations = startOperations(graph);
  const recorded = trace(graph, startValues(graph), operations);
  const lines = recorded.steps.map((_, step) =>
    explain(graph, operations, recorded, step).lines.join(" "),
  );
  const sentences = lines.filter((line) => line.includes("∂L/∂w"));
  assert.match(sentences[0], /^Erster Beitrag zu ∂L\/∂w: .* noch einmal benutzt\./);
  assert.match(sentences[1], /Zusammen ∂L\/∂w = /);
  const step = lines.indexOf(sentences[0]);
  assert.ok(knownAfter(graph, recorded, step).open.w);
  assert.ok(!knownAfter(graph, recorded, recorded.steps.length - 1).open.w);
});

test("the sentence says what arrives, also when nothing does", () => {
  const graph = GRAPHS.neuron;
  const operations = startOperations(graph);
  const recorded = trace(graph, { ...startValues(graph), b: -3 }, operations);
  const titles = recorded.steps.map((_, step) =>
    explain(graph, operations, recorded, step).title,
  );
  assert.match(titles.at(-1), /Bei u kommt 0 an, weiter geht an w 0, an x 0\./);
  assert.equal(titles.filter((title) => title.includes("lässt nichts durch")).length, 1);
});

test("formulas have the brackets they need, and no others", () => {
  const formula = (name, changes = {}) =>
    formulaOf(GRAPHS[name], { ...startOperations(GRAPHS[name]), ...changes });
  assert.equal(formula("neuron"), "L = (ReLU(w · x + b) − y)²");
  assert.equal(formula("neuron", { L: "abs" }), "L = |ReLU(w · x + b) − y|");
  assert.equal(formula("neuron", { a: "identity" }), "L = (w · x + b − y)²");
  assert.equal(formula("logistisch"), "L = −log σ(w · x + b)");
  assert.equal(formula("geteilt"), "L = (w · tanh(w · x) − y)²");
  assert.equal(formula("tief"), "L = (tanh(w · x + b) · v + c − y)²");
});
