/**
 * Shapes as NumPy knows them: broadcasting, reshape, transpose, strides.
 *
 * The logic of the live figure figuren/formen.js, without any drawing. Tested against
 * NumPy by tests/live/test_formen.py.
 */

/** No more axes than this: the reader should see them all. */
export const MOST_AXES = 5;

/**
 * Read a shape as readers type it: "3, 1", "(3, 1)", "(4,)", "()".
 * Returns { shape } or { error } with a German sentence. With `unknown`, one size
 * may be −1.
 */
export function parseShape(text, { unknown = false } = {}) {
  const inner = text.trim().replace(/^\(|\)$/g, "").replace(/,\s*$/, "").trim();
  if (inner === "") return { shape: [] };
  const parts = inner.split(/\s*,\s*|\s+/);
  if (parts.length > MOST_AXES) {
    return { error: `Hier sind höchstens ${MOST_AXES} Achsen vorgesehen.` };
  }
  const shape = [];
  for (const part of parts) {
    const plain = part.replace("\u2212", "-");
    if (unknown && plain === "-1") {
      shape.push(-1);
      continue;
    }
    if (!/^\d{1,5}$/.test(plain)) {
      return { error: `„${part}“ ist keine Länge einer Achse.` };
    }
    if (Number(plain) === 0) return { error: "Eine Achse der Länge 0 hat keine Zellen." };
    shape.push(Number(plain));
  }
  if (shape.filter((size) => size === -1).length > 1) {
    return { error: "Nur eine Länge darf −1 sein, sonst ist sie nicht zu berechnen." };
  }
  return { shape };
}

/** Write a shape as Python does: (), (4,), (3, 1). */
export function showShape(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** Number of cells. */
export function sizeOf(shape) {
  return shape.reduce((product, size) => product * size, 1);
}

/** Strides in cells, in C order: the last axis moves one cell. */
export function stridesOf(shape) {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
}

/** Index of the cell with a number, in C order. */
export function unravel(number, shape) {
  return stridesOf(shape).map((stride, axis) =>
    Math.floor(number / stride) % shape[axis],
  );
}

/** Number of the cell with an index, in C order. */
export function ravel(index, shape) {
  return stridesOf(shape).reduce((sum, stride, axis) => sum + stride * index[axis], 0);
}

/**
 * Align two shapes from the right.
 *
 * Returns { columns, shape, conflict }: columns from left to right with `a` and `b`
 * (null where the axis is missing), `out` (null where they contradict each other) and
 * how each side gets there, "same", "stretched", "added" or "conflict"; shape is null
 * and conflict counts the contradicting axis from the right (1 is the last) if there
 * is one.
 */
export function align(a, b) {
  const length = Math.max(a.length, b.length);
  const columns = [];
  for (let back = length; back >= 1; back -= 1) {
    const sizes = [a, b].map((shape) => shape[shape.length - back] ?? null);
    const [left, right] = sizes.map((size) => size ?? 1);
    const fits = left === right || left === 1 || right === 1;
    const out = fits ? (left === 1 ? right : left) : null;
    const [wayA, wayB] = sizes.map((size) => {
      if (!fits) return "conflict";
      if (size === null) return "added";
      return size === out ? "same" : "stretched";
    });
    columns.push({ a: sizes[0], b: sizes[1], out, wayA, wayB, back });
  }
  const broken = columns.findLast(({ out }) => out === null);
  return {
    columns,
    shape: broken ? null : columns.map(({ out }) => out),
    conflict: broken ? broken.back : null,
  };
}

/** Index of the cell of an operand from which a cell of the result is made. */
export function sourceIndex(index, shape) {
  const own = index.slice(index.length - shape.length);
  return own.map((position, axis) => (shape[axis] === 1 ? 0 : position));
}

/** Replace −1 by the size that fits: { shape } or { error } with a German sentence. */
export function resolveReshape(count, target) {
  const known = sizeOf(target.filter((size) => size !== -1));
  if (!target.includes(-1)) {
    if (known === count) return { shape: target };
    return {
      error: `${count} Zahlen passen nicht in ${known} ` +
        `${known === 1 ? "Platz" : "Plätze"}: ${showShape(target)}.`,
    };
  }
  if (count % known !== 0) {
    return { error: `${count} ist nicht durch ${known} teilbar: −1 hat keine Lösung.` };
  }
  return { shape: target.map((size) => (size === -1 ? count / known : size)) };
}

/** Place in memory of a cell of the transposed tensor (all axes reversed). */
export function transposedPlace(index, shape) {
  return ravel([...index].reverse(), shape);
}
