// The learned spam filter and the cards to sort. Run by test_module.py; test_bayes.py
// holds the weights against the chapter's NumPy.
import assert from "node:assert/strict";
import test from "node:test";

import { judge, learn, wordsOf } from "../../code/live/bayes.js";
import { GROUPS, METHODS, TASKS, feedback } from "../../code/live/verfahren.js";

const COUNTS = { mails: [2, 1], woerter: { uhr: [3, 0], klicken: [0, 1] } };

test("words keep their places, umlauts belong to them, digits do not", () => {
  assert.deepEqual(wordsOf("Grüße, 9 UHR"), [
    { word: "grüße", from: 0, to: 5 },
    { word: "uhr", from: 9, to: 12 },
  ]);
});

test("weights by hand", () => {
  const { bias, weights } = learn(COUNTS);
  assert.ok(Math.abs(bias - Math.log(1 / 2)) < 1e-12);
  assert.ok(Math.abs(weights.get("uhr") - Math.log(1 / 3 / (4 / 5))) < 1e-12);
});

test("repeated words count, unknown ones do not", () => {
  const model = learn(COUNTS);
  const { z, entries } = judge("Uhr uhr Yeti", model);
  assert.ok(Math.abs(z - (model.bias + 2 * model.weights.get("uhr"))) < 1e-12);
  assert.deepEqual(entries.map(({ count }) => count), [2, 1]);
  assert.equal(entries[1].weight, null);
  assert.equal(judge("", model).z, model.bias);
});

test("what readers type is never taken for a name of JavaScript's own", () => {
  const { entries } = judge("constructor toString __proto__", learn(COUNTS));
  assert.ok(entries.every(({ weight }) => weight === null));
});

test("each task has a method, a reason, and something to say to every answer", () => {
  const keys = METHODS.map(({ key }) => key);
  for (const task of TASKS) {
    assert.ok(keys.includes(task.answer), task.text);
    assert.ok(Object.keys(task.near).every((key) => keys.includes(key)), task.text);
    assert.ok(!(task.answer in task.near), task.text);
    for (const key of keys) {
      const { right, text } = feedback(task, key);
      assert.equal(right, key === task.answer);
      assert.ok(text.length > 20);
    }
  }
  assert.equal(new Set(TASKS.map(({ text }) => text)).size, TASKS.length);
  assert.ok(keys.every((key) => TASKS.some(({ answer }) => answer === key)));
  assert.ok(METHODS.every(({ group }) => GROUPS.some(([name]) => name === group)));
});
