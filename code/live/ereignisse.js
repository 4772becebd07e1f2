/**
 * Events on a time axis: filter them, and find them a place in their lane.
 *
 * Used by figuren/zeitstrahl.js; knows nothing of the page.
 */

/** Periods to choose from: key, label, first and last year. */
export const PERIODS = [
  ["alle", "1943 bis heute", 1940, 2028],
  ["anfang", "1943 bis 1969: Anfänge", 1940, 1970],
  ["winter", "1970 bis 1993: Regeln und Winter", 1969, 1994],
  ["statistik", "1994 bis 2011: leise Jahre", 1993, 2012],
  ["tief", "seit 2012: Deep Learning", 2011, 2027],
];

/** The categories in the order of their first event. */
export function categoriesOf(events) {
  return [...new Set(events.map(({ category }) => category))];
}

/** A text without case and accents, so that "Ciresan" finds Cireşan. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The events that pass all three filters; `words` must each occur somewhere. */
export function filterEvents(events, { category, period, words }) {
  const [, , first, last] = PERIODS.find(([key]) => key === period);
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  return events.filter((event) => {
    if (category !== "alle" && event.category !== category) return false;
    if (event.until < first || event.year > last) return false;
    const { year, title, people, sentence, label } = event;
    const text = plain(`${year} ${title} ${people} ${sentence} ${label}`);
    return wanted.every((word) => text.includes(word));
  });
}

/**
 * Rows within a lane so that no two marks are nearer than `gap`.
 *
 * `places` are the horizontal places in ascending order; returns the row of each,
 * counted from 0.
 */
export function stack(places, gap) {
  const ends = []; // place of the last mark in each row
  return places.map((place) => {
    const free = ends.findIndex((end) => place - end >= gap);
    const row = free === -1 ? ends.length : free;
    ends[row] = place;
    return row;
  });
}

/** The years of an event in words: 1958 or 1974 bis 1980. */
export function yearsOf({ year, until }) {
  return until > year ? `${year} bis ${until}` : String(year);
}

/** The neighbour of an event for an arrow key, or the event itself at the end. */
export function neighbour(shown, current, key) {
  const index = shown.indexOf(current);
  if (key === "Home") return shown[0];
  if (key === "End") return shown.at(-1);
  if (key === "ArrowLeft") return shown[Math.max(0, index - 1)];
  if (key === "ArrowRight") return shown[Math.min(shown.length - 1, index + 1)];
  const lanes = categoriesOf(shown);
  const lane = lanes.indexOf(current.category) + (key === "ArrowDown" ? 1 : -1);
  const there = shown.filter(({ category }) => category === lanes[lane]);
  const distance = ({ year }) => Math.abs(year - current.year);
  return there.reduce(
    (best, event) => (distance(event) < distance(best) ? event : best),
    there[0] ?? current,
  );
}
