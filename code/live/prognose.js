/**
 * Forecast of the next day from a half-hourly series: inputs, times and errors.
 *
 * Pure functions without DOM; used by figuren/prognose.js and held against NumPy by
 * tests/live/test_lstm.py. Positions count half hours in the series of
 * ../daten/strom.json; all values are in MW.
 */

export const DAY = 48;
export const WEEK = 7 * DAY;
const MINUTES = 30;

/** The forecast that costs nothing: the same 48 half hours of the week before. */
export function lastWeek(series, origin) {
  return series.slice(origin - WEEK, origin - WEEK + DAY);
}

/** What the network sees: how far the last day lies above the same day a week before. */
export function networkInput(series, origin) {
  return Float32Array.from(
    { length: DAY },
    (_, k) => series[origin - DAY + k] - series[origin - DAY + k - WEEK],
  );
}

/** The network corrects the forecast of last week. */
export function corrected(series, origin, correction) {
  return lastWeek(series, origin).map((value, k) => value + correction[k]);
}

/** Mean absolute error of a forecast of the day that begins at `origin`. */
export function meanError(series, origin, forecast) {
  const sum = forecast.reduce(
    (total, value, k) => total + Math.abs(value - series[origin + k]),
    0,
  );
  return sum / forecast.length;
}

/** Origins from which the whole next day is known, first and last. */
export function originRange({ start, nachfrage }) {
  return [start, nachfrage.length - DAY];
}

/** The moment of a position as a Date in UTC; the series has no time zone. */
export function timeOf({ beginn }, position) {
  return new Date(Date.parse(`${beginn}:00Z`) + position * MINUTES * 60_000);
}
