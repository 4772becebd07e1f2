/** Unit tests of code/live/latent.js. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  LATENT, between, drawVector, lengthOf, pictureOf, realDigits, shuffled, startVector,
} from "../../code/live/latent.js";
import { normalFrom, randomFrom } from "../../code/live/zufall.js";

const [one, other] = [1, 2].map((seed) => drawVector(normalFrom(seed)));

test("the way begins and ends where it should", () => {
  for (const [share, end] of [[0, one], [1, other]]) {
    between(one, other, share).forEach((value, k) => {
      assert.ok(Math.abs(value - end[k]) < 1e-5);
    });
  }
});

test("lengths go evenly, where a straight line would dip", () => {
  const half = between(one, other, 0.5);
  const wanted = (lengthOf(one) + lengthOf(other)) / 2;
  assert.ok(Math.abs(lengthOf(half) - wanted) < 1e-5);
  const straight = lengthOf(one.map((value, k) => (value + other[k]) / 2));
  assert.ok(straight < wanted - 0.1);
});

test("opposite ends do not divide by zero", () => {
  const half = between(one, one.map((value) => -value), 0.5);
  assert.ok(half.every((value) => value === 0));
});

test("the start is a vector as the generator knows them", () => {
  assert.equal(startVector().length, LATENT);
  assert.ok(Math.abs(lengthOf(startVector()) - 4) < 1);
});

test("only an output of the size of a picture is one", () => {
  const picture = new Float32Array(784);
  assert.equal(pictureOf([new Float32Array(10), picture]), picture);
  assert.equal(pictureOf([new Float32Array(10)]), null);
});

test("shuffling keeps everything and repeats with its seed", () => {
  const list = Array.from({ length: 20 }, (_, k) => k);
  const mixed = shuffled(list, randomFrom(3));
  assert.deepEqual([...mixed].sort((a, b) => a - b), list);
  assert.deepEqual(shuffled(list, randomFrom(3)), mixed);
  assert.notDeepEqual(mixed, list);
});

test("six rounds show sixty different digits, each round all ten classes", () => {
  const { bilder } = JSON.parse(readFileSync("code/live/daten/echte-ziffern.json", "utf8"));
  const rounds = [1, 2, 3, 4, 5, 6].map((round) => realDigits(bilder, round));
  for (const round of rounds) {
    assert.deepEqual(round.map(({ ziffer }) => ziffer), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
  assert.equal(new Set(rounds.flat().map(({ index }) => index)).size, 60);
  assert.deepEqual(realDigits(bilder, 7), rounds[0]);
});
