// Filters and places of the timeline. Run by test_module.py.
import assert from "node:assert/strict";
import test from "node:test";

import {
  PERIODS, categoriesOf, filterEvents, neighbour, stack, yearsOf,
} from "../../code/live/ereignisse.js";

const event = (year, category, title, more = {}) => ({
  year, until: year, category, title, people: "", sentence: "", label: "", ...more,
});
const EVENTS = [
  event(1958, "Lernen", "Perzeptron", { people: "Frank Rosenblatt" }),
  event(1966, "Regeln", "ELIZA"),
  event(1974, "Winter", "Erster Winter", { until: 1980 }),
  event(2012, "Lernen", "AlexNet", { label: "Cireşan (2012)" }),
];
const ALL = { category: "alle", period: "alle", words: "" };
const titles = (filter) => filterEvents(EVENTS, { ...ALL, ...filter }).map((e) => e.title);

test("without a filter all events are shown", () => {
  assert.equal(titles({}).length, EVENTS.length);
});

test("category, period and words filter together", () => {
  assert.deepEqual(titles({ category: "Lernen" }), ["Perzeptron", "AlexNet"]);
  assert.deepEqual(titles({ period: "tief" }), ["AlexNet"]);
  assert.deepEqual(titles({ category: "Regeln", period: "tief" }), []);
  assert.deepEqual(titles({ words: "frank PERZ" }), ["Perzeptron"]);
  assert.deepEqual(titles({ words: "1966" }), ["ELIZA"]);
});

test("accents do not hide an event, regular expressions do no harm", () => {
  assert.deepEqual(titles({ words: "Ciresan" }), ["AlexNet"]);
  assert.deepEqual(titles({ words: "(.*" }), []);
});

test("a span belongs to every period that it touches", () => {
  assert.deepEqual(titles({ period: "winter" }), ["Erster Winter"]);
});

test("periods follow one another without a gap", () => {
  const [, ...parts] = PERIODS;
  for (let i = 1; i < parts.length; i += 1) assert.ok(parts[i][2] <= parts[i - 1][3]);
});

test("marks in one row keep their distance", () => {
  const places = [0, 5, 6, 30, 31, 32, 33];
  const rows = stack(places, 10);
  places.forEach((place, i) => {
    for (let j = 0; j < i; j += 1) {
      assert.ok(rows[i] !== rows[j] || place - places[j] >= 10);
    }
  });
  assert.deepEqual(stack([0, 20, 40], 10), [0, 0, 0]);
});

test("arrow keys lead to neighbours and stop at the ends", () => {
  const [first, second, , last] = EVENTS;
  assert.equal(neighbour(EVENTS, first, "ArrowRight"), second);
  assert.equal(neighbour(EVENTS, first, "ArrowLeft"), first);
  assert.equal(neighbour(EVENTS, first, "End"), last);
  assert.equal(neighbour(EVENTS, last, "Home"), first);
  assert.equal(neighbour(EVENTS, first, "ArrowDown"), second);
  assert.equal(neighbour(EVENTS, second, "ArrowUp"), first);
  assert.equal(neighbour(EVENTS, first, "ArrowUp"), first);
});

test("years and categories in words and order", () => {
  assert.equal(yearsOf(EVENTS[0]), "1958");
  assert.equal(yearsOf(EVENTS[2]), "1974 bis 1980");
  assert.deepEqual(categoriesOf(EVENTS), ["Lernen", "Regeln", "Winter"]);
});
