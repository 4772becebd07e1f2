/**
 * Random numbers that can be repeated: figures show the same state to everyone.
 *
 * mulberry32, a well-known 32-bit generator in the public domain (Tommy Ettinger).
 */

/** Return a function that yields numbers from 0 to 1 (1 excluded). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Return a function that yields normally distributed numbers (Box and Muller). */
export function normalFrom(seed) {
  const random = randomFrom(seed);
  return () =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
