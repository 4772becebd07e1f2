/**
 * Live figure: forward and backward through a small computation graph.
 *
 * The computation itself is in ../graph.js.
 */

import { LiveFigure, register } from "../basis.js";
import { html, numberField, select, svg } from "../dom.js";
import {
  GRAPHS, OPERATIONS, explain, formulaOf, knownAfter, startOperations, startValues,
  trace,
} from "../graph.js";
import { StepBar } from "../schrittleiste.js";
import { number } from "../zahlen.js";

/** Narrower than this the graph runs from top to bottom: eight columns need room. */
const NARROW = 560;

const RADIUS = 21;
const ROW = 98;
const NARROW_STEP = 84;

class ComputationGraph extends LiveFigure {
  static still = "svg";

  static question =
    "Stellen Sie b so ein, dass z negativ wird: Was kommt dann noch bei w an? Wählen " +
    "Sie danach „Ein Gewicht, zweimal benutzt“: Welche Eingabe erhält zwei Beiträge?";

  initialState() {
    return this.#start("neuron");
  }

  /** A graph with all values computed and the backward pass about to begin. */
  #start(name) {
    const graph = GRAPHS[name];
    return {
      name,
      inputs: startValues(graph),
      operations: startOperations(graph),
      step: graph.nodes.length + 1,
    };
  }

  get graph() {
    return GRAPHS[this.state.name];
  }

  build(root) {
    this.chooser = select(
      "Rechengraph",
      Object.entries(GRAPHS).map(([name, { title }]) => [name, title]),
      (name) => this.update(this.#start(name)),
    );
    this.formula = html("p", { class: "live-formel" });
    this.drawing = svg("svg", { class: "live-graph", role: "img" });
    this.legend = html(
      "p",
      { class: "live-legende" },
      "An jedem Knoten steht sein Wert, darunter ",
      html("span", { class: "live-gradient" }, "der Gradient ∂L/∂Knoten"),
      ".",
    );
    this.explanation = html("ul", { class: "live-kette" });
    this.inputRow = html("div", {
      class: "live-eingaben", role: "group", "aria-label": "Eingaben",
    });
    this.operationRow = html("div", {
      class: "live-eingaben", role: "group", "aria-label": "Operationen",
    });
    this.steps = new StepBar({
      onStep: (step) => this.update({ step }),
      last: () => 2 * this.graph.nodes.length + 1,
    });
    this.settings = html(
      "div",
      { class: "live-einstellungen" },
      html("div", {}, html("p", { class: "live-titel" }, "Eingaben"), this.inputRow),
      html(
        "div", {}, html("p", { class: "live-titel" }, "Operationen"), this.operationRow,
      ),
    );
    root.append(
      html("div", { class: "live-kopf" }, this.chooser.root, this.formula),
      this.drawing, this.legend, this.steps.root, this.statement, this.explanation,
      this.settings,
    );
  }

  render() {
    const { name, inputs, operations, step } = this.state;
    if (this.shown !== name) this.#buildControls();
    this.recorded = trace(this.graph, inputs, operations);
    this.chooser.set(name);
    this.formula.textContent = formulaOf(this.graph, operations);
    for (const [id, field] of Object.entries(this.inputFields)) field.set(inputs[id]);
    for (const [id, field] of Object.entries(this.operationFields)) {
      field.set(operations[id]);
    }
    this.steps.show(step);
    const { lines } = explain(this.graph, operations, this.recorded, step);
    this.explanation.replaceChildren(...lines.map((line) => html("li", {}, line)));
    this.#drawGraph();
  }

  describe() {
    const { operations, step } = this.state;
    if (Object.values(this.recorded.values).some((value) => !Number.isFinite(value))) {
      return (
        "Ein Wert ist hier nicht erklärt: Der Logarithmus braucht eine positive Zahl. " +
        "Ändern Sie eine Eingabe oder Operation."
      );
    }
    return explain(this.graph, operations, this.recorded, step).title;
  }

  #buildControls() {
    this.shown = this.state.name;
    this.inputFields = {};
    for (const { id } of this.graph.inputs) {
      this.inputFields[id] = numberField(id, { min: -10, max: 10, step: 0.1 }, (value) =>
        this.update({ inputs: { ...this.state.inputs, [id]: value } }),
      );
    }
    this.operationFields = {};
    for (const { id, choices } of this.graph.nodes) {
      if (!choices) continue;
      const options = choices.map((op) => [op, OPERATIONS[op].name]);
      this.operationFields[id] = select(`in ${id}`, options, (op) =>
        this.update({ operations: { ...this.state.operations, [id]: op } }),
      );
    }
    const roots = (fields) => Object.values(fields).map(({ root }) => root);
    this.inputRow.replaceChildren(...roots(this.inputFields));
    this.operationRow.replaceChildren(...roots(this.operationFields));
  }

  /** Put columns side by side, or below each other where the page is narrow. */
  #place(width) {
    const { inputs, nodes } = this.graph;
    const all = [...inputs, ...nodes];
    const lastColumn = Math.max(...all.map(({ at }) => at[0]));
    const rows = all.map(({ at }) => at[1]);
    const [top, bottom] = [Math.min(...rows), Math.max(...rows)];
    if (width < NARROW) {
      const across = (width - 2 * RADIUS - 60) / (bottom - top);
      return {
        narrow: true,
        height: lastColumn * NARROW_STEP + 2 * RADIUS + 24,
        place: ([column, row]) => [
          RADIUS + 4 + (row - top) * across, RADIUS + 12 + column * NARROW_STEP,
        ],
      };
    }
    const between = (width - 110) / lastColumn;
    return {
      narrow: false,
      height: (bottom - top) * ROW + 2 * RADIUS + 56,
      place: ([column, row]) => [
        55 + column * between, RADIUS + 26 + (row - top) * ROW,
      ],
    };
  }

  #drawGraph() {
    const width = Math.max(280, this.body.clientWidth);
    const { height, place, narrow } = this.#place(width);
    this.#moveSettings(narrow);
    const known = knownAfter(this.graph, this.recorded, this.state.step);
    const current = this.recorded.steps[this.state.step];
    const spots = {};
    for (const { id, at } of [...this.graph.inputs, ...this.graph.nodes]) {
      spots[id] = place(at);
    }
    const edges = this.graph.nodes.flatMap(({ id, from }) =>
      from.map((source) => this.#edge(spots[source], spots[id], source, id, current)),
    );
    const marks = Object.entries(spots).map(([id, spot]) =>
      this.#node(id, spot, known, current, narrow),
    );
    this.drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.drawing.setAttribute("aria-label", this.#inWords(known));
    this.drawing.replaceChildren(...edges, ...marks);
  }

  /** On a phone the tall graph would part the inputs from what they change. */
  #moveSettings(narrow) {
    if (narrow === this.narrow) return;
    this.narrow = narrow;
    if (narrow) this.drawing.before(this.settings);
    else this.explanation.after(this.settings);
  }

  #edge([x1, y1], [x2, y2], source, target, current) {
    const length = Math.hypot(x2 - x1, y2 - y1);
    const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
    const gap = RADIUS + 3;
    const ends = [
      [x1 + ux * gap, y1 + uy * gap],
      [x2 - ux * (gap + 4), y2 - uy * (gap + 4)],
    ];
    const active = current.id === target && current.kind !== "seed";
    const backward = active && current.kind === "backward";
    const [tail, tip] = backward
      ? [[x2 - ux * gap, y2 - uy * gap], [x1 + ux * (gap + 4), y1 + uy * (gap + 4)]]
      : ends;
    const turn = backward ? -1 : 1;
    const wing = ([x, y], side) =>
      `${x - turn * ux * 7 + side * uy * 4},${y - turn * uy * 7 - side * ux * 4}`;
    const state = active ? (backward ? " live-rueckwaerts" : " live-vorwaerts") : "";
    return svg(
      "g",
      { class: `live-kante${state}` },
      svg("line", { x1: tail[0], y1: tail[1], x2: tip[0], y2: tip[1] }),
      svg("polygon", {
        points: `${tip[0] + turn * ux * 3},${tip[1] + turn * uy * 3} ` +
          `${wing(tip, 1)} ${wing(tip, -1)}`,
      }),
    );
  }

  #node(id, [x, y], known, current, narrow) {
    const operation = this.state.operations[id];
    const touched =
      current.id === id || current.passed?.some(({ to }) => to === id) || false;
    const value = known.values[id];
    const gradient = known.gradients[id];
    const [textX, above, below, anchor] = narrow
      ? [x + RADIUS + 7, y - 4, y + 15, "start"]
      : [x, y - RADIUS - 9, y + RADIUS + 19, "middle"];
    // Arrows arrive from below left.
    const belowX = narrow || !operation ? textX : x + 8;
    const more = known.open[id] ? " + …" : "";
    const sign = gradient < 0 ? "live-negativ" : "live-positiv";
    const symbol = operation ? OPERATIONS[operation].symbol : id;
    const kind = operation ? "live-rechnung" : "live-eingang";
    return svg(
      "g",
      { class: `live-knoten ${kind}${touched ? " live-aktiv" : ""}` },
      operation
        ? svg("circle", { cx: x, cy: y, r: RADIUS })
        : svg("rect", {
            x: x - RADIUS + 2, y: y - RADIUS + 2, rx: 4,
            width: 2 * RADIUS - 4, height: 2 * RADIUS - 4,
          }),
      svg(
        "text",
        {
          class: symbol.length === 1 ? "live-zeichen" : "live-zeichen live-wort",
          x, y: y + 6, "text-anchor": "middle",
        },
        symbol,
      ),
      value === undefined && operation === undefined
        ? null
        : svg(
            "text",
            { class: "live-knotenzahl", x: textX, y: above, "text-anchor": anchor },
            `${operation ? `${id} = ` : ""}${value === undefined ? "?" : number(value)}`,
          ),
      gradient === undefined
        ? null
        : svg(
            "text",
            { class: `live-knotenzahl ${sign}`, x: belowX, y: below, "text-anchor": anchor },
            `${gradient > 0 ? "+" : ""}${number(gradient)}${more}`,
          ),
    );
  }

  #inWords(known) {
    const parts = Object.entries(known.values).map(([id, value]) => {
      const gradient = known.gradients[id];
      return gradient === undefined
        ? `${id} ist ${number(value)}`
        : `${id} ist ${number(value)} mit Gradient ${number(gradient)}` +
          (known.open[id] ? " und weiteren Beiträgen" : "");
    });
    return `Rechengraph ${formulaOf(this.graph, this.state.operations)}: ${parts.join(", ")}.`;
  }

  async prepareStill() {
    this.update({ step: this.steps.last() });
  }
}

register("rechengraph", ComputationGraph);
