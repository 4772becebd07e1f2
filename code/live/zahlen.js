/**
 * German numbers for live figures: comma, real minus sign, narrow percent space.
 *
 * Used by every figure that shows a number.
 */

const MINUS = "\u2212";
const NARROW_SPACE = "\u202f";

/** Format a number with a fixed number of decimals, e.g. 0,981. */
export function number(value, decimals = 2) {
  if (Number.isNaN(value)) return "nicht erklärt";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  const text = value.toLocaleString("de-DE", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  // Intl writes a hyphen as minus; "-0,00" would be a sign without a number.
  return Number(value.toFixed(decimals)) === 0
    ? text.replace("-", "")
    : text.replace("-", MINUS);
}

/** Format a number with as few decimals as it needs, at most `decimals`. */
export function shortNumber(value, decimals = 3) {
  const text = number(value, decimals);
  return text.includes(",") ? text.replace(/,?0+$/, "") : text;
}

/** Read a number as readers type it (0,5 or 0.5, −1 or -1); null if it is none. */
export function parseNumber(text) {
  const plain = text.trim().replace(MINUS, "-").replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** Format a probability; never rounds up to certainty or down to impossibility. */
export function percent(probability) {
  const space = `${NARROW_SPACE}%`;
  if (probability > 0.999) return `>${NARROW_SPACE}99,9${space}`;
  if (probability < 0.001) return `<${NARROW_SPACE}0,1${space}`;
  return `${number(100 * probability, 1)}${space}`;
}

/** The same for sentences: signs become words. */
export function percentInWords(probability) {
  return percent(probability)
    .replace(`>${NARROW_SPACE}`, "mehr als ")
    .replace(`<${NARROW_SPACE}`, "weniger als ");
}
