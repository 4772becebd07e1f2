// The LSTM cell of the figure. Run by test_module.py; test_lstm.py holds it against Keras.
import assert from "node:assert/strict";
import test from "node:test";

import {
  AT_MARK, EXAMPLES, INPUTS, MARKED, cellWeights, runLstm,
} from "../../code/live/lstm.js";

const states = (settings) =>
  runLstm(INPUTS, cellWeights(settings)).map(({ c }) => c[0]);

test("each example runs and names gates between 0 and 1", () => {
  for (const settings of Object.values(EXAMPLES)) {
    assert.ok(settings.mark in AT_MARK);
    for (const { f, i, o, c } of runLstm(INPUTS, cellWeights(settings))) {
      for (const [gate] of [f, i, o]) assert.ok(gate > 0 && gate < 1);
      assert.ok(Number.isFinite(c[0]));
    }
  }
});

test("the answer to the figure's question keeps each marked value until the next", () => {
  const c = states({ f: 1, i: 0, o: 1, w: 1, mark: "ersetzen" });
  MARKED.forEach((mark, k) => {
    const kept = Math.tanh(INPUTS[mark][0]);
    const until = MARKED[k + 1] ?? INPUTS.length;
    for (let t = mark; t < until; t += 1) assert.ok(Math.abs(c[t] - kept) < 0.03, `${t}`);
  });
});

test("without a closing forget gate the marked values add up", () => {
  const c = states({ f: 1, i: 0, o: 1, w: 1, mark: "addieren" });
  const sum = MARKED.reduce((total, t) => total + Math.tanh(INPUTS[t][0]), 0);
  assert.ok(Math.abs(c.at(-1) - sum) < 0.06);
});
