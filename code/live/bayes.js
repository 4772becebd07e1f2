/**
 * Naive Bayes on the words of a mail, as the chapter machine-learning writes it in NumPy.
 *
 * Used by figuren/mail-pruefen.js. `counts` is daten/mails.json, made by
 * buchbau.mailgewichte; pairs are (ham, spam).
 */

/** The words of a text with their places: lower-case letters only, as in the chapter. */
export function wordsOf(text) {
  return [...text.toLowerCase().matchAll(/[a-zäöüß]+/g)].map((match) => ({
    word: match[0], from: match.index, to: match.index + match[0].length,
  }));
}

/** Weights of all words and the bias, from counts with Laplace's smoothing. */
export function learn({ mails: [ham, spam], woerter }) {
  const words = Object.entries(woerter);
  const total = [0, 1].map((k) =>
    words.reduce((sum, [, pair]) => sum + pair[k] + 1, 0),
  );
  const weight = ([h, s]) => Math.log((s + 1) / total[1]) - Math.log((h + 1) / total[0]);
  return {
    bias: Math.log(spam / ham),
    weights: new Map(words.map(([word, pair]) => [word, weight(pair)])),
  };
}

/**
 * Judge a text: the sum z, and each word once with its count and what it adds to z.
 * Words that the filter does not know have the weight null and add nothing.
 */
export function judge(text, { bias, weights }) {
  const found = new Map();
  for (const { word } of wordsOf(text)) {
    const entry = found.get(word) ?? {
      word, count: 0, weight: weights.get(word) ?? null, sum: 0,
    };
    entry.count += 1;
    entry.sum = entry.count * (entry.weight ?? 0);
    found.set(word, entry);
  }
  const entries = [...found.values()];
  return { z: entries.reduce((sum, entry) => sum + entry.sum, bias), entries };
}
