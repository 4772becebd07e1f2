/**
 * How well a picture was rebuilt, as a number and in words: pure functions without DOM.
 *
 * Used by figuren/wiederaufbau.js, tested in Node against NumPy. The network gives the
 * rebuilt picture (784 values) and three errors of the test digits: those below which
 * one half, 90 and 99 per cent of them lie.
 */

import { number } from "./zahlen.js";

const PIXELS = 784;

/** Sort the outputs by their lengths; null for what is not there. */
export function readRebuilt(outputs) {
  const find = (length) => outputs.find((output) => output.length === length) ?? null;
  const picture = find(PIXELS);
  const quantiles = find(3);
  return picture && quantiles ? { picture, quantiles: [...quantiles] } : null;
}

/** Mean squared difference of two pictures. */
export function meanSquaredError(a, b) {
  let sum = 0;
  a.forEach((value, k) => {
    sum += (value - b[k]) ** 2;
  });
  return sum / a.length;
}

/** Share of the picture's sum of squares that is lost; null for empty paper. */
export function lostShare(picture, rebuilt) {
  const ink = picture.reduce((sum, value) => sum + value * value, 0);
  return ink === 0 ? null : (meanSquaredError(picture, rebuilt) * picture.length) / ink;
}

/** The verdict in German words. */
export function judgeError(error, [half, most, nearlyAll]) {
  const text = number(error, 4);
  if (error <= half) {
    return `Fehler ${text}: besser als bei der Hälfte der Testziffern.`;
  }
  if (error <= most) {
    return `Fehler ${text}: im üblichen Rahmen, 90 von 100 Testziffern liegen unter ` +
      `${number(most, 4)}.`;
  }
  if (error <= nearlyAll) {
    return `Fehler ${text}: auffällig, 90 von 100 Testziffern liegen unter ` +
      `${number(most, 4)}.`;
  }
  return `Fehler ${text}: fremd, 99 von 100 Testziffern liegen unter ` +
    `${number(nearlyAll, 4)}.`;
}
