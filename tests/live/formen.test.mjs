// Shapes as readers type them. Run by test_module.py; test_formen.py holds the rules of
// broadcasting, reshape and transpose against NumPy.
import assert from "node:assert/strict";
import test from "node:test";

import {
  align, parseShape, resolveReshape, showShape, sourceIndex,
} from "../../code/live/formen.js";
import { drawable } from "../../code/live/zellen.js";

test("all usual ways to write a shape are understood", () => {
  for (const [text, shape] of [
    ["(3, 1)", [3, 1]], ["3,1", [3, 1]], ["3 1", [3, 1]], ["(4,)", [4]], ["4", [4]],
    ["()", []], ["", []], [" (2, 3, 4) ", [2, 3, 4]],
  ]) {
    assert.deepEqual(parseShape(text), { shape }, text);
  }
});

test("what is no shape is a German sentence", () => {
  for (const text of ["(3, x)", "(0, 2)", "2.5", "-1", "(3,, 1)", "1,1,1,1,1,1"]) {
    assert.match(parseShape(text).error, /[a-zäöü]\.$/, text);
  }
});

test("−1 stands for one size, and only where it is asked for", () => {
  assert.deepEqual(parseShape("(3, -1)", { unknown: true }), { shape: [3, -1] });
  assert.deepEqual(parseShape("(\u22121,)", { unknown: true }), { shape: [-1] });
  assert.match(parseShape("(-1, -1)", { unknown: true }).error, /Nur eine/);
});

test("shapes are shown as Python does", () => {
  assert.deepEqual([[], [4], [3, 1]].map(showShape), ["()", "(4,)", "(3, 1)"]);
});

test("each axis says how it gets its length", () => {
  const { columns, shape } = align([3, 1], [4]);
  assert.deepEqual(shape, [3, 4]);
  assert.deepEqual(
    columns.map(({ wayA, wayB }) => [wayA, wayB]),
    [["same", "added"], ["stretched", "same"]],
  );
  const broken = align([3, 4], [3]);
  assert.equal(broken.shape, null);
  assert.equal(broken.conflict, 1);
  assert.equal(broken.columns.at(-1).wayA, "conflict");
});

test("a cell comes from the stretched cells of both", () => {
  assert.deepEqual(sourceIndex([1, 2], [3, 1]), [1, 0]);
  assert.deepEqual(sourceIndex([1, 2], [4]), [2]);
  assert.deepEqual(sourceIndex([1, 2], []), []);
});

test("reshape names what does not fit", () => {
  assert.match(resolveReshape(12, [5, 3]).error, /12 Zahlen passen nicht in 15 Plätze/);
  assert.match(resolveReshape(12, [5, -1]).error, /nicht durch 5 teilbar/);
  assert.deepEqual(resolveReshape(12, [3, -1]), { shape: [3, 4] });
});

test("only what can be read is drawn", () => {
  assert.ok([[], [8], [4, 3], [2, 4, 3]].every(drawable));
  assert.ok([[9], [28, 28], [1, 2, 1, 2], [5, 1, 1]].every((s) => !drawable(s)));
});
