/**
 * Live figure: a small recurrent network, unrolled in time, adds two binary numbers.
 *
 * The network itself is in ../rnn.js.
 */

import { LiveFigure, register } from "../basis.js";
import { html, numberField, slider, svg } from "../dom.js";
import { NETWORK, add, digitsOf, numberOf } from "../rnn.js";
import { StepBar } from "../schrittleiste.js";
import { number, shortNumber } from "../zahlen.js";

/** Six digits and one more step for the last carry. */
const STEPS = 7;
const LARGEST = 63;
const NEURONS = ["≥ 1", "≥ 2", "≥ 3"];
const COUNTS = ["keine Eins", "eine Eins", "zwei Einsen", "drei Einsen"];
const HEIGHT = { title: 20, cell: 28, gap: 26 };
/** Upper edges of the rows of cells. */
const ROW = {
  digits: HEIGHT.title,
  states: HEIGHT.title + 2 * HEIGHT.cell + HEIGHT.gap,
  sum: HEIGHT.title + 5 * HEIGHT.cell + 2 * HEIGHT.gap,
};
const TOTAL = ROW.sum + HEIGHT.cell + 4;

class UnrolledNetwork extends LiveFigure {
  static still = ".live-rnn";

  static question =
    "Bis zu welcher Rückkopplung rechnet das Netz noch richtig? Und welche zwei Zahlen " +
    "addiert es sogar ganz ohne Rückkopplung?";

  initialState() {
    return { first: 13, second: 7, feedback: 1, step: 3 };
  }

  build(root) {
    const field = (label, name) =>
      numberField(label, { min: 0, max: LARGEST, step: 1 }, (value) =>
        this.#change({ [name]: Math.round(value) }),
      );
    this.first = field("Erste Zahl (0 bis 63)", "first");
    this.second = field("Zweite Zahl (0 bis 63)", "second");
    this.feedback = slider(
      "Rückkopplung", { min: 0, max: 1, step: 0.05, format: (v) => number(v, 2) },
      (feedback) => this.update({ feedback }),
    );
    this.picture = svg("svg", {
      class: "live-rnn-bild", role: "img", "aria-label": "Das entrollte Netz",
    });
    this.picture.addEventListener("click", (event) => this.#flip(event));
    this.heading = html("p", { class: "live-titel" });
    this.lines = NEURONS.map(() => html("p", { class: "live-rnn-zeile" }));
    this.bar = new StepBar({
      onStep: (step) => this.update({ step }), last: () => STEPS, playInterval: 900,
    });
    root.append(
      html(
        "div", { class: "live-einstellungen" },
        this.first.root, this.second.root, this.feedback.root,
      ),
      html(
        "div", { class: "live-rnn" },
        this.picture,
        html("div", { class: "live-rnn-rechnung" }, this.heading, ...this.lines),
      ),
      this.bar.root,
    );
  }

  #change(changes) {
    this.bar.pause();
    this.update(changes);
  }

  /** A touch on a digit changes it; the fields above serve the keyboard. */
  #flip(event) {
    const cell = event.target.closest("[data-stelle]");
    if (!cell) return;
    const { zahl, stelle } = cell.dataset;
    this.#change({ [zahl]: this.state[zahl] ^ (1 << Number(stelle)) });
  }

  render() {
    const { first, second, feedback, step } = this.state;
    this.first.set(first);
    this.second.set(second);
    this.feedback.set(feedback);
    this.done = add(first, second, STEPS, feedback);
    this.#draw();
    this.#writeCalculation();
    this.bar.show(step);
  }

  #draw() {
    const { first, second, step } = this.state;
    // Drawn at its real width, so that the text keeps its size on a phone.
    const width = Math.max(290, Math.min(640, this.body.clientWidth || 560));
    const labels = width < 420 ? 40 : 84;
    const column = (width - labels) / STEPS;
    const cell = Math.min(48, column - (width < 420 ? 6 : 18));
    const left = (t) => labels + t * column + (column - cell) / 2;
    const short = width < 420;
    const names = [
      [ROW.digits, short ? "a" : "erste Zahl"],
      [ROW.digits + HEIGHT.cell, short ? "b" : "zweite Zahl"],
      ...NEURONS.map((name, j) => [
        ROW.states + j * HEIGHT.cell, short ? name : `Neuron ${name}`,
      ]),
      [ROW.sum, short ? "Σ" : "Summe"],
    ];
    const parts = names.map(([top, name]) =>
      svg("text", { x: 0, y: top + HEIGHT.cell / 2, class: "live-rnn-name" }, name),
    );
    for (let t = 0; t < STEPS; t += 1) {
      const x = left(t);
      const read = t < step;
      const middle = x + cell / 2;
      parts.push(
        svg("text", { x: middle, y: 12, class: "live-rnn-wert" }, String(2 ** t)),
        ...[["first", first], ["second", second]].map(([name, value], i) =>
          this.#cell(x, ROW.digits + i * HEIGHT.cell, cell, {
            text: String(digitsOf(value, STEPS)[t]),
            classes: t < STEPS - 1 ? "live-rnn-ziffer" : "live-rnn-leer",
            data: t < STEPS - 1 ? { "data-zahl": name, "data-stelle": t } : {},
          }),
        ),
        this.#arrow(middle, ROW.digits + 2 * HEIGHT.cell + 3, middle, ROW.states - 3, read),
        this.#arrow(
          middle, ROW.states + 3 * HEIGHT.cell + 3, middle, ROW.sum - 3, read,
        ),
        ...this.done[t].state.map((value, j) =>
          this.#cell(x, ROW.states + j * HEIGHT.cell, cell, this.#look(value, read)),
        ),
        this.#cell(x, ROW.sum, cell, {
          text: read ? String(this.done[t].digit) : "",
          classes: read ? "live-rnn-summe" : "live-rnn-leer",
        }),
      );
      if (t + 1 < STEPS) {
        const y = ROW.states + 1.5 * HEIGHT.cell;
        parts.push(this.#arrow(x + cell + 1, y, left(t + 1) - 1, y, t + 1 < step, true));
      }
      if (t === step - 1) {
        parts.push(
          svg("rect", {
            x: x - 2, y: ROW.states - 2, width: cell + 4, height: 3 * HEIGHT.cell + 4,
            rx: 4, class: "live-rnn-jetzt",
          }),
        );
      }
    }
    this.picture.setAttribute("viewBox", `0 0 ${width} ${TOTAL}`);
    this.picture.replaceChildren(...parts);
  }

  #look(value, read) {
    if (!read) return { text: "", classes: "live-rnn-leer" };
    const strength = Math.abs(value);
    return {
      text: number(value, 1),
      classes:
        `${value < 0 ? "live-rnn-negativ" : "live-rnn-positiv"}` +
        `${strength > 0.6 ? " live-rnn-satt" : ""}`,
      share: strength,
    };
  }

  #cell(x, y, width, { text, classes, share, data = {} }) {
    return svg(
      "g",
      { class: `live-rnn-feld ${classes}`, style: `--anteil:${(share ?? 0).toFixed(3)}`, ...data },
      svg("rect", { x, y: y + 1, width, height: HEIGHT.cell - 2, rx: 3 }),
      svg("text", { x: x + width / 2, y: y + HEIGHT.cell / 2 }, text),
    );
  }

  #arrow(x1, y1, x2, y2, passed, across = false) {
    const tip = across
      ? `${x2},${y2} ${x2 - 5},${y2 - 4} ${x2 - 5},${y2 + 4}`
      : `${x2},${y2} ${x2 - 4},${y2 - 6} ${x2 + 4},${y2 - 6}`;
    const classes = ["live-rnn-pfeil"];
    if (passed) classes.push("live-rnn-gegangen");
    if (across) classes.push("live-rnn-quer");
    return svg(
      "g",
      {
        class: classes.join(" "),
        style: across ? `--rueck:${Math.max(0.15, this.state.feedback)}` : null,
      },
      svg("line", {
        x1, y1, x2: across ? x2 - 4 : x2, y2: across ? y2 : y2 - 5,
      }),
      svg("polygon", { points: tip }),
    );
  }

  #writeCalculation() {
    const { step, feedback } = this.state;
    if (step === 0) {
      this.heading.textContent = "Noch nichts gelesen: Der Zustand ist 0, 0, 0.";
      for (const line of this.lines) line.textContent = "\u00a0";
      return;
    }
    const { x, before, z, state } = this.done[step - 1];
    this.heading.textContent = `Rechnung in Schritt ${step}`;
    const { W, U, b } = NETWORK;
    this.lines.forEach((line, j) => {
      const back = shortNumber(feedback * U[1][j], 2);
      const old = before[1] < 0 ? `(${number(before[1], 2)})` : number(before[1], 2);
      line.textContent =
        `${NEURONS[j]}:  tanh(${W[0][j]} · ${x[0]} + ${W[1][j]} · ${x[1]} + ` +
        `${back} · ${old} − ${-b[j]}) = tanh(${number(z[j], 2)}) = ${number(state[j], 2)}`;
    });
  }

  describe() {
    const { first, second, step } = this.state;
    if (step === 0) {
      return `Das Netz soll ${first} und ${second} addieren, von den Einern an.`;
    }
    const { x, before, digit } = this.done[step - 1];
    const carried = before[1] > 0 ? 1 : 0;
    const ones = x[0] + x[1] + carried;
    const carry = this.done[step - 1].state[1] > 0;
    const says =
      `Schritt ${step}, Stelle ${2 ** (step - 1)}: Ziffern ${x[0]} und ${x[1]}, ` +
      `im Zustand ${carried ? "ein" : "kein"} Übertrag, zusammen ${COUNTS[ones]}. Das Netz ` +
      `schreibt ${digit} und merkt sich ${carry ? "einen" : "keinen"} Übertrag.`;
    if (step < STEPS) return says;
    const written = numberOf(this.done.map((done) => done.digit));
    const sum = first + second;
    return (
      `${says} Ergebnis: ${first} + ${second} = ${written}` +
      `${written === sum ? ", und das stimmt." : `; richtig wäre ${sum}.`}`
    );
  }

  async prepareStill() {
    this.update({ step: 4 });
  }
}

register("rnn-entrollt", UnrolledNetwork);
