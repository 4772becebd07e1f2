/**
 * Live figure: broadcasting and reshape, with shapes to choose or to type.
 *
 * The rules themselves are in ../formen.js, the grids of cells in ../zellen.js.
 */

import { LiveFigure, register } from "../basis.js";
import { button, html, select, slider, svg, uniqueId } from "../dom.js";
import {
  align, parseShape, ravel, resolveReshape, showShape, sizeOf, sourceIndex, stridesOf,
  transposedPlace, unravel,
} from "../formen.js";
import { shortNumber } from "../zahlen.js";
import { CELL_HEIGHT, drawCell, drawTensor, drawable, measure } from "../zellen.js";

/** Narrower than this the tensors stand below each other. */
const NARROW = 560;

const BETWEEN = 28;

/** Estimated width of a letter in a title, to see how many tensors fit in a row. */
const TITLE_LETTER = 6.6;

const MODES = {
  broadcasting: {
    title: "Broadcasting",
    fields: ["Form von A", "Form von B"],
    slider: "Zelle des Ergebnisses",
    examples: [
      ["Spalte und Zeile", "(3, 1)", "(4,)"],
      ["Batch und Bias", "(4, 3)", "(3,)"],
      ["(n,) und (n, 1)", "(4,)", "(4, 1)"],
      ["Farbbild und Kanäle", "(2, 4, 3)", "(3,)"],
      ["alle Paare", "(3, 1, 2)", "(3, 2)"],
      ["Tensor und Zahl", "(2, 3)", "()"],
      ["passt nicht", "(3, 4)", "(3,)"],
    ],
    cell: 6,
  },
  umformen: {
    title: "reshape und transpose",
    fields: ["Form von X", "reshape zu"],
    slider: "Platz im Speicher",
    examples: [
      ["vertauschte Achsen", "(3, 4)", "(4, 3)"],
      ["Batch glätten", "(3, 2, 2)", "(3, -1)"],
      ["Vektor zu Bild", "(8,)", "(2, -1)"],
      ["Vektor zu Spalte", "(5,)", "(-1, 1)"],
      ["passt nicht", "(3, 4)", "(5, -1)"],
    ],
    cell: 7,
  },
};

/** NumPy writes shapes in its message without spaces. */
const inMessage = (shape) => showShape(shape).replaceAll(" ", "");

const inBrackets = (index) => (index.length === 0 ? "" : `[${index.join(", ")}]`);

/** The place of a number; a tensor of rank 0 has a single one, without an index. */
const placeIn = (index) => inBrackets(index) || "[()]";

/** Why a tensor stays undrawn: its axes or its size are beyond what can be read. */
const tooLarge = (...shapes) =>
  shapes.some((shape) => shape.length > 3)
    ? "gezeichnet wird hier nur bis Stufe 3"
    : "das sind hier zu viele zum Zeichnen";

class Shapes extends LiveFigure {
  static still = "svg";

  static question =
    "Wählen Sie „(n,) und (n, 1)“: Wie viele Zahlen entstehen aus zweimal vier? Und " +
    "welche Zahlen stehen nach reshape und transpose an derselben Stelle?";

  initialState() {
    return this.#start("broadcasting", 0);
  }

  #start(mode, example) {
    const [, first, second] = MODES[mode].examples[example];
    return {
      mode, example: String(example), texts: [first, second], cell: MODES[mode].cell,
    };
  }

  build(root) {
    this.modes = Object.entries(MODES).map(([mode, { title }]) => [
      mode, button(title, () => this.update(this.#start(mode, 0))),
    ]);
    this.chooser = select("Beispiel", [], (value) => {
      this.update(this.#start(this.state.mode, Number(value)));
    });
    this.fields = [0, 1].map((which) => this.#shapeField(which));
    this.drawing = svg("svg", { class: "live-formen", role: "img" });
    this.position = slider("", { min: 0, max: 1, step: 1 }, (cell) =>
      this.update({ cell }),
    );
    this.sliderLabel = this.position.root.querySelector("label");
    this.room = html("div", { class: "live-formen-raum" }, this.drawing);
    root.append(
      html(
        "div", { class: "live-leiste", role: "group", "aria-label": "Thema" },
        ...this.modes.map(([, control]) => control),
      ),
      html(
        "div", { class: "live-einstellungen" },
        this.chooser.root, ...this.fields.map(({ root: part }) => part),
      ),
      this.position.root,
      this.statement,
      this.room,
    );
    for (const kind of ["pointermove", "pointerdown"]) {
      this.drawing.addEventListener(kind, (event) => this.#touch(event));
    }
  }

  #shapeField(which) {
    const id = uniqueId("form");
    const field = html("input", {
      id, type: "text", class: "live-feld live-formfeld", autocomplete: "off",
      spellcheck: "false",
      oninput: () => {
        const texts = [...this.state.texts];
        texts[which] = field.value;
        this.update({ texts, example: "" });
      },
    });
    const label = html("label", { for: id });
    return { root: html("div", { class: "live-regler" }, label, field), field, label };
  }

  #touch(event) {
    const touched = event.target.closest("[data-zelle]");
    if (touched) this.update({ cell: Number(touched.dataset.zelle) });
  }

  render() {
    const { mode, texts, example } = this.state;
    if (this.shownMode !== mode) this.#showMode(mode);
    this.modes.forEach(([name, control]) =>
      control.setAttribute("aria-pressed", String(name === mode)),
    );
    this.chooser.set(example);
    const parsed = texts.map((text, which) =>
      parseShape(text, { unknown: mode === "umformen" && which === 1 }),
    );
    parsed.forEach(({ error }, which) => {
      const { field } = this.fields[which];
      // While the reader types, the text must not be replaced under the cursor.
      if (field.value !== texts[which]) field.value = texts[which];
      field.setAttribute("aria-invalid", String(error !== undefined));
    });
    this.faulty = parsed.find(({ error }) => error !== undefined)?.error;
    if (this.faulty === undefined) this.shapes = parsed.map(({ shape }) => shape);
    this.answer = mode === "broadcasting" ? this.#broadcast() : this.#reshape();
    const count = this.answer.count ?? 1;
    this.cell = Math.min(this.state.cell, count - 1);
    const usable = this.faulty === undefined && this.answer.drawn;
    this.position.field.max = String(count - 1);
    this.position.field.disabled = !usable;
    this.position.set(this.cell);
    this.room.classList.toggle("live-veraltet", this.faulty !== undefined);
    this.#draw(mode);
  }

  #showMode(mode) {
    this.shownMode = mode;
    const { fields, examples, slider: caption } = MODES[mode];
    this.fields.forEach(({ label }, which) => {
      label.textContent = fields[which];
    });
    this.chooser.fillOptions([
      ...examples.map(([title], i) => [String(i), title]), ["", "eigene Formen"],
    ]);
    this.sliderLabel.firstChild.textContent = `${caption} `;
  }

  #broadcast() {
    const [a, b] = this.shapes;
    const { columns, shape, conflict } = align(a, b);
    return {
      columns, shape, conflict,
      count: shape ? sizeOf(shape) : undefined,
      drawn: shape !== null && drawable(shape),
    };
  }

  #reshape() {
    const [source, target] = this.shapes;
    const count = sizeOf(source);
    const { shape, error } = resolveReshape(count, target);
    const turned = [...source].reverse();
    const drawn = [source, turned, shape ?? []].every(drawable);
    return { shape, error, turned, count, drawn };
  }

  // ------------------------------------------------------------------- sentences

  describe() {
    if (this.faulty !== undefined) return this.faulty;
    return this.state.mode === "broadcasting" ? this.#sayBroadcast() : this.#sayReshape();
  }

  #sayBroadcast() {
    const [a, b] = this.shapes;
    const { columns, shape, conflict, drawn, count } = this.answer;
    if (shape === null) {
      const { a: left, b: right } = columns.at(-conflict);
      const where = conflict === 1 ? "letzten Achse" : `${conflict}. Achse von rechts`;
      return (
        `Das geht nicht: An der ${where} treffen ${left} und ${right} aufeinander, und ` +
        "keine der beiden ist 1. NumPy meldet: operands could not be broadcast " +
        `together with shapes ${inMessage(a)} ${inMessage(b)}.`
      );
    }
    const result = `${showShape(a)} und ${showShape(b)} ergeben ${showShape(shape)}`;
    const grown =
      sizeOf(a) === sizeOf(b) && count > sizeOf(a)
        ? `, aus zweimal ${sizeOf(a)} Zahlen werden ${count}`
        : "";
    if (!drawn) {
      const many = count === 1 ? "eine Zahl" : `${shortNumber(count, 0)} Zahlen`;
      return `${result}, also ${many}; ${tooLarge(shape)}.`;
    }
    const index = unravel(this.cell, shape);
    const [fromA, fromB] = [a, b].map((operand) => sourceIndex(index, operand));
    const [left, right] = this.#values(index);
    return (
      `${result}${grown}. C${inBrackets(index)} = A${inBrackets(fromA)} + ` +
      `B${inBrackets(fromB)} = ${left} + ${right} = ${left + right}.`
    );
  }

  /** Numbers of the cells of A and B that meet in a cell of the result. */
  #values(index) {
    const [a, b] = this.shapes;
    return [
      10 * (1 + ravel(sourceIndex(index, a), a)), 1 + ravel(sourceIndex(index, b), b),
    ];
  }

  #sayReshape() {
    const [source] = this.shapes;
    const { shape, error, turned, drawn, count } = this.answer;
    if (error) return `Das geht nicht: ${error}`;
    const forms = `X hat die Form ${showShape(source)}, reshape gibt ${showShape(shape)}`;
    if (!drawn) {
      const many = `${shortNumber(count, 0)} Zahlen`;
      return `${forms}, also ${many}; ${tooLarge(source, shape)}.`;
    }
    const places = [...Array(count).keys()].filter(
      (number) => number !== transposedPlace(unravel(number, turned), source),
    );
    const comparison =
      showShape(shape) === showShape(turned) && places.length > 0
        ? ` transpose gibt dieselbe Form, aber ${places.length} von ${count} Zahlen ` +
          "stehen anderswo."
        : "";
    const index = unravel(this.cell, source);
    return (
      `Die Zahl ${this.cell} liegt auf Platz ${this.cell} im Speicher, in X bei ` +
      `${placeIn(index)}, nach reshape bei ${placeIn(unravel(this.cell, shape))}, ` +
      `nach transpose bei ${placeIn([...index].reverse())}.${comparison}`
    );
  }

  // --------------------------------------------------------------------- drawing

  #draw(mode) {
    const width = Math.max(280, this.room.clientWidth);
    const { parts, height } =
      mode === "broadcasting" ? this.#drawBroadcast(width) : this.#drawReshape(width);
    this.drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.drawing.setAttribute("aria-label", this.describe());
    this.drawing.replaceChildren(...parts);
  }

  #drawBroadcast(width) {
    const { shape, drawn } = this.answer;
    const table = this.#drawAlignment(width);
    if (!drawn) return table;
    const index = unravel(this.cell, shape);
    const own = this.shapes.map((operand, which) => {
      const source = String(sourceIndex(index, operand));
      return (_, at) => {
        const from = sourceIndex(at, operand);
        const values = this.#values(at);
        const original = at
          .slice(at.length - operand.length)
          .every((position, axis) => position === from[axis]) &&
          at.slice(0, at.length - operand.length).every((position) => position === 0);
        return {
          text: String(values[which]),
          classes: [
            original ? "live-original" : "live-kopie",
            String(from) === source ? "live-quellzelle" : "",
            String(at) === String(index) ? "live-gewaehlt" : "",
          ].join(" "),
          selects: ravel(at, shape),
        };
      };
    });
    const result = (number, at) => {
      const [left, right] = this.#values(at);
      return {
        text: String(left + right),
        classes: `live-original${number === this.cell ? " live-gewaehlt live-ziel" : ""}`,
        selects: number,
      };
    };
    const way = (operand) =>
      showShape(operand) === showShape(shape)
        ? showShape(operand)
        : `${showShape(operand)} → ${showShape(shape)}`;
    const blocks = [
      ["A", way(this.shapes[0]), own[0]],
      ["B", way(this.shapes[1]), own[1]],
      ["C = A + B", showShape(shape), result],
    ].map(([name, form, look]) => ({ shape, title: [name, form], look }));
    const grids = this.#layOut(blocks, width, table.height + 8);
    return { parts: [...table.parts, ...grids.parts], height: grids.height };
  }

  /** Both shapes below each other, aligned at the right, with the result. */
  #drawAlignment(width) {
    const { columns, shape } = this.answer;
    const [left, box, row] = [70, Math.min(78, (width - 70) / 5), 36];
    const name = (text, line) =>
      svg("text", { x: 0, y: 23 + row * line, class: "live-zellen-name" }, text);
    const cells = columns.flatMap(({ a, b, out, wayA, wayB, back }, i) => {
      const x = left + i * box;
      const side = (size, way) => ({
        same: [String(size), "live-original"],
        stretched: [`1 → ${out}`, "live-gedehnt"],
        added: [out === 1 ? "(1)" : `(1) → ${out}`, "live-kopie live-gedehnt"],
        conflict: [size === null ? "(1)" : String(size), "live-streit"],
      })[way];
      return [
        [...side(a, wayA), 0],
        [...side(b, wayB), 1],
        out === null
          ? ["✗", "live-streit", 2]
          : [String(out), shape ? "live-original" : "live-kopie", 2],
      ].map(([text, classes, line]) =>
        drawCell(x, 4 + row * line, box, { text, classes: `${classes} live-achse-${back}` }),
      );
    });
    const nothing = (line, text) =>
      svg("text", { x: left, y: 23 + row * line, class: "live-zellen-form" }, text);
    return {
      parts: [
        name("A", 0), name("B", 1), name("Ergebnis", 2), ...cells,
        columns.length === 0 ? nothing(2, "() — eine Zahl ohne Achse") : svg("g"),
      ],
      height: 3 * row + 8,
    };
  }

  #drawReshape(width) {
    const [source] = this.shapes;
    const { shape, turned, drawn, count } = this.answer;
    if (!drawn) return { parts: [], height: 1 };
    const row = (number) => (source.length > 1 ? unravel(number, source)[0] % 10 : 0);
    const look = (placeOf) => (number, index) => {
      const place = placeOf(number, index);
      return {
        text: String(place),
        classes: `live-original live-klasse-${row(place)} live-gefaerbt` +
          (place === this.cell ? " live-gewaehlt" : ""),
        selects: place,
      };
    };
    const cell = Math.min(36, width / Math.min(count, width < NARROW ? 10 : 18));
    const perLine = Math.floor(width / cell);
    const memory = [...Array(count).keys()].map((place) =>
      drawCell(
        (place % perLine) * cell,
        24 + Math.floor(place / perLine) * (CELL_HEIGHT + 2),
        cell,
        look(() => place)(place, []),
      ),
    );
    const strip = 24 + Math.ceil(count / perLine) * (CELL_HEIGHT + 2);
    const form = (own, strides) =>
      `${showShape(own)}, Schritte ${showShape(strides)}`;
    const same = (number) => number;
    const blocks = [
      { shape: source, title: ["X", form(source, stridesOf(source))], look: look(same) },
      shape && {
        shape,
        title: ["reshape", form(shape, stridesOf(shape))],
        look: look(same),
      },
      {
        shape: turned,
        title: ["transpose", form(turned, [...stridesOf(source)].reverse())],
        look: look((_, index) => transposedPlace(index, source)),
      },
    ].filter(Boolean);
    const grids = this.#layOut(blocks, width, strip + 14);
    return {
      parts: [
        svg("text", { x: 0, y: 15, class: "live-zellen-name" }, "im Speicher"),
        ...memory, ...grids.parts,
      ],
      height: grids.height,
    };
  }

  /** Tensors side by side in columns, or where it is narrow in rows as they fit. */
  #layOut(blocks, width, top) {
    const narrow = width < NARROW;
    const column = (width - (blocks.length - 1) * BETWEEN) / blocks.length;
    let [x, y, tallest] = [0, top, 0];
    const parts = blocks.map(({ shape, title, look }) => {
      const room = narrow ? width : column;
      const size = measure(shape, room);
      const broad = Math.max(size.width, ...title.map((line) => TITLE_LETTER * line.length));
      if (narrow && x > 0 && x + broad > width) {
        y += tallest + 16;
        [x, tallest] = [0, 0];
      }
      const part = drawTensor(x, y, { shape, title, width: room, look });
      x += narrow ? broad + BETWEEN / 2 : column + BETWEEN;
      tallest = Math.max(tallest, size.height);
      return part;
    });
    return { parts, height: y + tallest + 4 };
  }
}

register("formen", Shapes);
