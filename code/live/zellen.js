/**
 * Draws a tensor of at most three axes as grids of cells, one grid a slice.
 *
 * Used by figuren/formen.js. Knows nothing of what the numbers mean.
 */

import { svg } from "./dom.js";
import { sizeOf, unravel } from "./formen.js";

/** More than this is not drawn: cells would be too small to read or to touch. */
const MOST = { axes: 3, cells: 60, columns: 8, rows: 8, slices: 4 };

const CELL = { width: 36, height: 30 };
const GAP = 12;
const TITLE = 42;

/** A shape as [slices, rows, columns]; a vector is one row. */
function asSlices(shape) {
  return [...Array(3 - shape.length).fill(1), ...shape];
}

/** Whether a tensor of this shape can be drawn. */
export function drawable(shape) {
  if (shape.length > MOST.axes || sizeOf(shape) > MOST.cells) return false;
  const [slices, rows, columns] = asSlices(shape);
  return slices <= MOST.slices && rows <= MOST.rows && columns <= MOST.columns;
}

/** How the slices are laid out in a given width, and how large all becomes. */
export function measure(shape, width) {
  const [slices, rows, columns] = asSlices(shape);
  const cell = Math.min(CELL.width, width / columns);
  const fitting = Math.floor((width + GAP) / (columns * cell + GAP));
  const across = Math.max(1, Math.min(slices, fitting));
  const down = Math.ceil(slices / across);
  return {
    cell,
    across,
    width: across * columns * cell + (across - 1) * GAP,
    height: TITLE + down * rows * CELL.height + (down - 1) * GAP,
  };
}

/**
 * Draw a tensor with its upper left corner at (x, y).
 *
 * @param {object} options
 * @param {number[]} options.shape at most three axes
 * @param {string[]} options.title one or two short lines above
 * @param {number} options.width room to the right
 * @param {(number: number, index: number[]) => object} options.look text, classes and
 *   the number that a touch of this cell selects
 */
export function drawTensor(x, y, { shape, title, width, look }) {
  const { cell, across } = measure(shape, width);
  const [, rows, columns] = asSlices(shape);
  const cells = [...Array(sizeOf(shape)).keys()].map((number) => {
    const [slice, row, column] = unravel(number, asSlices(shape));
    const left =
      x + (slice % across) * (columns * cell + GAP) + column * cell;
    const top =
      y + TITLE + Math.floor(slice / across) * (rows * CELL.height + GAP) +
      row * CELL.height;
    const { text, classes, selects } = look(number, unravel(number, shape));
    return drawCell(left, top, cell, { text, classes, selects });
  });
  const lines = title.map((line, i) =>
    svg(
      "text",
      { x, y: y + 14 + 18 * i, class: i === 0 ? "live-zellen-name" : "live-zellen-form" },
      line,
    ),
  );
  return svg("g", {}, ...lines, ...cells);
}

/** Draw one cell; `selects` is kept for the pointer. */
export function drawCell(left, top, width, { text, classes, selects }) {
  return svg(
    "g",
    { class: `live-tensorzelle ${classes}`, "data-zelle": selects ?? null },
    svg("rect", {
      x: left + 1, y: top + 1, width: width - 2, height: CELL.height - 2, rx: 3,
    }),
    svg(
      "text",
      { x: left + width / 2, y: top + CELL.height / 2 + 5, "text-anchor": "middle" },
      text,
    ),
  );
}

export const CELL_HEIGHT = CELL.height;
