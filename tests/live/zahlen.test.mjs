// German numbers in live figures. Run by test_module.py.
import assert from "node:assert/strict";
import test from "node:test";

import {
  number, parseNumber, percent, percentInWords, shortNumber,
} from "../../code/live/zahlen.js";

test("numbers have a comma, a real minus sign and no negative zero", () => {
  assert.equal(number(-1.5), "−1,50");
  assert.equal(number(-0.001), "0,00");
  assert.equal(number(1234.5, 1), "1.234,5");
  assert.equal(number(NaN), "nicht erklärt");
  assert.equal(number(-Infinity), "−∞");
});

test("short numbers drop superfluous zeros only after the comma", () => {
  assert.equal(shortNumber(2), "2");
  assert.equal(shortNumber(0.25), "0,25");
  assert.equal(shortNumber(100), "100");
});

test("a probability is never shown as certain or impossible", () => {
  assert.equal(percent(0.981), "98,1\u202f%");
  assert.equal(percent(0.9999), ">\u202f99,9\u202f%");
  assert.equal(percent(0), "<\u202f0,1\u202f%");
  assert.equal(percentInWords(0.9999), "mehr als 99,9\u202f%");
  assert.equal(percentInWords(0), "weniger als 0,1\u202f%");
});

test("numbers are read with comma or point, with either minus sign", () => {
  assert.equal(parseNumber(" 0,5 "), 0.5);
  assert.equal(parseNumber("0.5"), 0.5);
  assert.equal(parseNumber("−1,25"), -1.25);
  assert.equal(parseNumber("-,5"), -0.5);
  for (const text of ["", "-", "1,2,3", "1e3", "0,5 m", "NaN"]) {
    assert.equal(parseNumber(text), null, text);
  }
});
