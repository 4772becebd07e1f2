// Pictures from strokes: the form that MNIST has. Run by test_module.py.
import assert from "node:assert/strict";
import test from "node:test";

import { SIZE, centreOfMass, toPicture } from "../../code/live/ziffernbild.js";

const seven = [[[0.2, 0.1], [0.8, 0.1], [0.4, 0.95]]];
const bounds = (picture) => {
  const inked = [...picture.keys()].filter((k) => picture[k] > 0);
  const xs = inked.map((k) => k % SIZE);
  const ys = inked.map((k) => Math.floor(k / SIZE));
  return [
    Math.max(...xs) - Math.min(...xs) + 1,
    Math.max(...ys) - Math.min(...ys) + 1,
  ];
};

test("an empty pad is an empty picture", () => {
  assert.deepEqual(toPicture([]), new Float32Array(SIZE * SIZE));
});

test("values lie between paper and ink and reach both", () => {
  const picture = toPicture(seven);
  assert.equal(Math.min(...picture), 0);
  assert.equal(Math.max(...picture), 1);
});

test("the longer side fills the box of 20 pixels, softness aside", () => {
  const [width, height] = bounds(toPicture(seven));
  assert.ok(height >= 19 && height <= 22, `height ${height}`);
  assert.ok(width < height);
});

test("the centre of mass lies within half a pixel of the middle", () => {
  for (const strokes of [seven, [[[0.9, 0.9], [0.95, 0.99]]], [[[0, 0], [1, 0.1]]]]) {
    const [x, y] = centreOfMass(toPicture(strokes));
    assert.ok(Math.abs(x - 14) <= 0.5 && Math.abs(y - 14) <= 0.5, `${x}, ${y}`);
  }
});

test("size and place on the pad do not matter", () => {
  const small = seven.map((line) => line.map(([x, y]) => [x / 3 + 0.5, y / 3]));
  const [large, little] = [toPicture(seven), toPicture(small)];
  large.forEach((ink, k) => assert.ok(Math.abs(ink - little[k]) < 1e-5));
});

test("a single touch is a dot, not a blot", () => {
  const [width, height] = bounds(toPicture([[[0.5, 0.5]]]));
  assert.ok(width <= 4 && height <= 4);
});

test("the ink of a digit is about that of MNIST (mean 103 of 784)", () => {
  const ink = toPicture(seven).reduce((sum, value) => sum + value, 0);
  assert.ok(ink > 60 && ink < 150, `ink ${ink}`);
});
