/**
 * Live figure: a window moves over a small picture, its sum is written out.
 *
 * The computation is in ../faltung.js.
 */

import { LiveFigure, register } from "../basis.js";
import { html, numberField, select, slider, svg } from "../dom.js";
import {
  KERNELS, PICTURES, convolve, pad, windowPairs, windowSum,
} from "../faltung.js";
import { StepBar } from "../schrittleiste.js";
import { shortNumber } from "../zahlen.js";

const CELL = 30;
/** Space for the frame of the window at the border of a grid. */
const EDGE = 3;
const INK = 9;
/** Darker ink takes a light number: both keep 4.5 to 1, with the pictures' 4, 7 and 9. */
const LIGHT_ON_INK = 0.6;
/** Columns of the widest grid: the picture with its border. */
const WIDEST = 12;
const OWN = "eigener";

const copy = (kernel) => kernel.map((row) => [...row]);
const inBrackets = (value) =>
  value < 0 ? `(${shortNumber(value, 2)})` : shortNumber(value, 2);

class ConvolutionWindow extends LiveFigure {
  static still = ".live-faltung";

  static question =
    "Welcher Kernel lässt vom Quadrat nur die vier Ecken übrig? Sie brauchen zwei Einsen " +
    "und zwei minus Einsen, sonst Nullen.";

  initialState() {
    return {
      picture: "quadrat", preset: "senkrecht", kernel: copy(KERNELS.senkrecht[1]),
      stride: 1, padding: 0, step: 17,
    };
  }

  build(root) {
    const names = Object.entries(PICTURES).map(([key, { name }]) => [key, name]);
    const presets = Object.entries(KERNELS).map(([key, [name]]) => [key, name]);
    this.picture = select("Bild", names, (picture) => this.#change({ picture }));
    this.preset = select("Kernel", [...presets, [OWN, "Eigener"]], (preset) => {
      if (preset !== OWN) this.#change({ preset, kernel: copy(KERNELS[preset][1]) });
    });
    this.padding = select(
      "Rand", [["0", "keiner (valid)"], ["1", "ein Pixel (same)"]],
      (value) => this.#change({ padding: Number(value) }),
    );
    this.stride = slider("Schrittweite", { min: 1, max: 3, step: 1 }, (stride) =>
      this.#change({ stride }),
    );
    this.input = this.#grid("Bild mit Fenster", (row, column) =>
      this.#windowAt(row, column),
    );
    this.output = this.#grid("Feature Map", (row, column) => {
      this.bar.pause();
      this.update({ step: row * this.map[0].length + column });
    });
    this.weights = [0, 1, 2].map((u) =>
      [0, 1, 2].map((v) =>
        numberField(
          `Zeile ${u + 1}, Spalte ${v + 1}`, { min: -9, max: 9, step: 1 },
          (value) => this.#setWeight(u, v, value),
        ),
      ),
    );
    this.bar = new StepBar({
      onStep: (step) => this.update({ step }),
      last: () => this.map.length * this.map[0].length - 1,
      playInterval: 180,
    });
    const part = (title, ...content) =>
      html("div", { class: "live-spalte" }, html("p", { class: "live-titel" }, title), ...content);
    this.sum = html("p", { class: "live-summe" });
    root.append(
      html(
        "div", { class: "live-einstellungen" },
        this.picture.root, this.preset.root, this.padding.root, this.stride.root,
      ),
      html(
        "div", { class: "live-faltung" },
        part(
          "Kernel",
          html(
            "div", { class: "live-kernel", role: "group", "aria-label": "Kernel" },
            ...this.weights.flat().map(({ root: field }) => field),
          ),
        ),
        part("Summe im Fenster", this.sum),
        part("Bild", this.input),
        part("Feature Map", this.output),
      ),
      this.bar.root,
    );
  }

  /** A grid that reports the cell under a press; the step bar serves the keyboard. */
  #grid(label, onCell) {
    const grid = svg("svg", { class: "live-zahlenfeld", role: "img", "aria-label": label });
    const report = (event) => {
      const cell = event.target.closest("[data-zeile]");
      if (cell) onCell(Number(cell.dataset.zeile), Number(cell.dataset.spalte));
    };
    grid.addEventListener("pointerdown", report);
    grid.addEventListener("pointermove", (event) => {
      if (event.pointerType === "mouse") report(event);
    });
    return grid;
  }

  #change(changes) {
    this.bar.pause();
    this.update({ ...changes, step: 0 });
  }

  #setWeight(u, v, value) {
    const kernel = copy(this.state.kernel);
    if (kernel[u][v] === value) return;
    kernel[u][v] = value;
    this.update({ kernel, preset: OWN });
  }

  /** Put the window where its middle is nearest to a pixel of the padded picture. */
  #windowAt(row, column) {
    const { stride } = this.state;
    const place = (k, count) =>
      Math.min(count - 1, Math.max(0, Math.round((k - 1) / stride)));
    const columns = this.map[0].length;
    this.bar.pause();
    this.update({ step: place(row, this.map.length) * columns + place(column, columns) });
  }

  render() {
    const { picture, preset, kernel, stride, padding } = this.state;
    const { pixels } = PICTURES[picture];
    this.map = convolve(pixels, kernel, padding, stride);
    const columns = this.map[0].length;
    this.state.step = Math.min(this.state.step, this.map.length * columns - 1);
    const { step } = this.state;
    this.position = [Math.floor(step / columns), step % columns];
    this.picture.set(picture);
    this.preset.set(preset);
    this.padding.set(String(padding));
    this.stride.set(stride);
    this.weights.forEach((row, u) => row.forEach((field, v) => field.set(kernel[u][v])));
    const padded = pad(pixels, padding);
    const [top, left] = this.position.map((k) => k * stride);
    this.pairs = windowPairs(padded, kernel, top, left);
    this.#drawInput(padded, top, left);
    this.#drawOutput();
    const products = this.pairs
      .filter(({ weight, value }) => weight !== 0 && value !== 0)
      .map(({ weight, value }) => `${inBrackets(weight)} · ${value}`);
    this.sum.textContent =
      `${products.join(" + ") || "lauter Nullen"} = ${shortNumber(windowSum(this.pairs), 2)}`;
    this.bar.show(step);
  }

  describe() {
    const { stride, padding } = this.state;
    const [row, column] = this.position;
    const rows = this.map.length;
    return (
      `Fenster ${row + 1} von oben, ${column + 1} von links: Die Summe ist ` +
      `${shortNumber(windowSum(this.pairs), 2)}. Aus 10 Zeilen werden ` +
      `(10 + 2 · ${padding} − 3) / ${stride} + 1, abgerundet ${rows}.`
    );
  }

  #drawInput(padded, top, left) {
    const { padding } = this.state;
    const last = padded.length - 1 - padding;
    const cells = padded.flatMap((row, i) =>
      row.flatMap((value, j) => {
        const border = i < padding || j < padding || i > last || j > last;
        return this.#cell(i, j, value, {
          class: border ? "live-zelle live-zellrand" : "live-zelle live-tinte-zelle",
          style: `--anteil:${value / INK}`,
        }, value / INK > LIGHT_ON_INK ? "live-zahl-hell" : "live-zahl");
      }),
    );
    const frame = svg("rect", {
      x: left * CELL, y: top * CELL, width: 3 * CELL, height: 3 * CELL,
      class: "live-fenster",
    });
    this.#show(this.input, padded.length, padded[0].length, [...cells, frame]);
  }

  #drawOutput() {
    const largest = Math.max(1e-9, ...this.map.flat().map(Math.abs));
    const [row, column] = this.position;
    const cells = this.map.flatMap((values, i) =>
      values.flatMap((value, j) => {
        const share = Math.abs(value) / largest;
        const sign = value < 0 ? "live-zelle-negativ" : "live-zelle-positiv";
        return this.#cell(i, j, value, {
          class: `live-zelle ${sign}`, style: `--anteil:${share.toFixed(3)}`,
        }, "live-zahl");
      }),
    );
    const frame = svg("rect", {
      x: column * CELL, y: row * CELL, width: CELL, height: CELL, class: "live-fenster",
    });
    this.#show(this.output, this.map.length, this.map[0].length, [...cells, frame]);
  }

  #cell(i, j, value, attributes, textClass) {
    return [
      svg("rect", {
        x: j * CELL, y: i * CELL, width: CELL, height: CELL,
        "data-zeile": i, "data-spalte": j, ...attributes,
      }),
      svg(
        "text",
        { x: (j + 0.5) * CELL, y: (i + 0.5) * CELL, class: textClass },
        shortNumber(value, 1),
      ),
    ];
  }

  #show(grid, rows, columns, parts) {
    const [width, height] = [columns * CELL + 2 * EDGE, rows * CELL + 2 * EDGE];
    grid.setAttribute("viewBox", `${-EDGE} ${-EDGE} ${width} ${height}`);
    // Both grids keep one scale: a smaller feature map looks smaller.
    grid.style.maxWidth = `${(100 * columns) / WIDEST}%`;
    grid.replaceChildren(...parts);
  }
}

register("faltung-fenster", ConvolutionWindow);
