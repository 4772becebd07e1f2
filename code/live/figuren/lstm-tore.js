/**
 * Live figure: one LSTM cell whose gates the reader opens and closes.
 *
 * The cell itself is in ../lstm.js.
 */

import { LiveFigure, register } from "../basis.js";
import { html, select, slider, svg } from "../dom.js";
import { AT_MARK, EXAMPLES, INPUTS, cellWeights, runLstm } from "../lstm.js";
import { StepBar } from "../schrittleiste.js";
import { number } from "../zahlen.js";

const HEIGHT = 350;
/** Left and right border, and the centre lines of the two lanes. */
const LEFT = 34;
const RIGHT = 14;
const LANES = { x: { zero: 82, unit: 40 }, c: { zero: 240, unit: 38 } };
/** The drawing of the cell state ends here; the sentence tells the exact number. */
const LARGEST = 2.4;

const GATES = [
  ["f", "Vergessenstor f"],
  ["i", "Eingabetor i"],
  ["o", "Ausgabetor o"],
];

class LstmGates extends LiveFigure {
  static still = "svg";

  static question =
    "Stellen Sie die Tore so, dass der Zellzustand jeden markierten Wert bis zum nächsten " +
    "behält und alles andere überhört.";

  initialState() {
    return { example: "leck", step: 12, ...EXAMPLES.leck };
  }

  build(root) {
    this.example = select(
      "Beispiel",
      [
        ...Object.entries(EXAMPLES).map(([key, { name }]) => [key, name]),
        ["eigene", "eigene Einstellung"],
      ],
      (example) => this.update({ example, ...EXAMPLES[example] }),
    );
    this.mark = select(
      "Tore an markierten Schritten",
      Object.entries(AT_MARK).map(([key, { name }]) => [key, name]),
      (mark) => this.update({ mark, example: "eigene" }),
    );
    this.gates = Object.fromEntries(
      GATES.map(([key, label]) => [
        key,
        slider(label, { min: 0, max: 1, step: 0.01, format: (v) => number(v) }, (value) =>
          this.update({ [key]: value, example: "eigene" }),
        ),
      ]),
    );
    this.weight = slider(
      "Gewicht w im Kandidaten g = tanh(w · x)",
      { min: -3, max: 3, step: 0.1, format: (v) => number(v, 1) },
      (w) => this.update({ w, example: "eigene" }),
    );
    this.drawing = svg("svg", { class: "live-tore-bild", role: "img" });
    this.steps = new StepBar({
      onStep: (step) => this.update({ step }),
      last: () => INPUTS.length,
      playInterval: 700,
    });
    root.append(
      html("div", { class: "live-einstellungen" }, this.example.root, this.mark.root),
      html(
        "div",
        { class: "live-tore-regler" },
        ...GATES.map(([key]) => this.gates[key].root),
        this.weight.root,
      ),
      this.drawing,
      this.steps.root,
      this.statement,
    );
  }

  render() {
    const { example, mark, w, step } = this.state;
    this.recorded = runLstm(INPUTS, cellWeights(this.state));
    this.example.set(example);
    this.mark.set(mark);
    for (const [key] of GATES) this.gates[key].set(this.state[key]);
    this.weight.set(w);
    this.steps.show(step);
    this.#draw();
  }

  describe() {
    const { step } = this.state;
    if (step === 0) return "Vor dem ersten Schritt ist der Zellzustand 0.";
    const [x, marked] = INPUTS[step - 1];
    const before = step > 1 ? this.recorded[step - 2].c[0] : 0;
    const { f, i, g, o, c, h } = this.recorded[step - 1];
    const bracket = (value) => (value < 0 ? `(${number(value)})` : number(value));
    return (
      `Schritt ${step}, ${marked ? "markiert, " : ""}x = ${number(x, 1)}: ` +
      `c = f · c vorher + i · g = ${number(f[0])} · ${bracket(before)} + ` +
      `${number(i[0])} · ${bracket(g[0])} = ${number(c[0])}; ` +
      `h = o · tanh(c) = ${number(o[0])} · ${bracket(Math.tanh(c[0]))} = ${number(h[0])}.`
    );
  }

  #draw() {
    const width = Math.max(280, this.body.clientWidth);
    const across = (width - LEFT - RIGHT) / INPUTS.length;
    const toX = (t) => LEFT + (t + 0.5) * across;
    const toY = ({ zero, unit }, value) =>
      zero - unit * Math.max(-LARGEST, Math.min(LARGEST, value));
    const { step } = this.state;
    const axis = ({ zero }, ticks, lane) => [
      svg("line", {
        x1: LEFT, x2: width - RIGHT, y1: zero, y2: zero, class: "live-tore-null",
      }),
      ...ticks.map((value) =>
        svg(
          "text",
          {
            x: LEFT - 6, y: toY(LANES[lane], value) + 5, "text-anchor": "end",
            class: "live-tore-zahl",
          },
          number(value, 0),
        ),
      ),
    ];
    const bars = INPUTS.flatMap(([value, marked], t) => {
      const top = Math.min(toY(LANES.x, 0), toY(LANES.x, value));
      const bar = svg("rect", {
        x: toX(t) - across * 0.32, width: across * 0.64, y: top,
        height: Math.abs(value) * LANES.x.unit,
        class: marked ? "live-tore-marke" : "live-tore-balken",
      });
      if (!marked) return [bar];
      const peak = toY(LANES.x, 1) - 6;
      return [
        bar,
        svg("polygon", {
          points: `${toX(t) - 6},${peak - 9} ${toX(t) + 6},${peak - 9} ${toX(t)},${peak}`,
          class: "live-tore-marke",
        }),
      ];
    });
    const path = (key, until) =>
      this.recorded
        .slice(0, until)
        .map((entry, t) => `${toX(t)},${toY(LANES.c, entry[key][0])}`)
        .join(" ");
    const here =
      step === 0
        ? []
        : [
            svg("rect", {
              x: toX(step - 1) - across / 2, width: across, y: 22, height: HEIGHT - 36,
              class: "live-tore-hier",
            }),
          ];
    const dots = this.recorded.slice(0, step).map((entry, t) =>
      svg("circle", {
        cx: toX(t), cy: toY(LANES.c, entry.c[0]), r: 3.2, class: "live-tore-punkt",
      }),
    );
    const label = (text, y, name) =>
      svg("text", { x: LEFT, y, class: `live-tore-text ${name}` }, text);
    this.drawing.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    this.drawing.setAttribute("aria-label", this.#inWords());
    this.drawing.replaceChildren(
      ...here,
      label("Eingabe x, markierte Schritte ▼", 14, ""),
      ...axis(LANES.x, [1, 0, -1], "x"),
      ...bars,
      label("Zellzustand c", 145, "live-tore-c"),
      svg(
        "text",
        {
          x: width - RIGHT, y: 145, "text-anchor": "end",
          class: "live-tore-text live-tore-h",
        },
        "– – Ausgabe h",
      ),
      ...axis(LANES.c, [2, 1, 0, -1, -2], "c"),
      svg("polyline", { points: path("c", INPUTS.length), class: "live-tore-blass" }),
      svg("polyline", { points: path("h", step), class: "live-tore-linie-h" }),
      svg("polyline", { points: path("c", step), class: "live-tore-linie-c" }),
      ...dots,
    );
  }

  #inWords() {
    const values = this.recorded
      .slice(0, this.state.step)
      .map(({ c }) => number(c[0], 1))
      .join("; ");
    return values
      ? `Verlauf des Zellzustands bis hier: ${values}.`
      : "Noch kein Schritt ist gerechnet.";
  }

  async prepareStill() {
    this.update({ step: INPUTS.length });
  }
}

register("lstm-tore", LstmGates);
