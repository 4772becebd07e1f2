/**
 * Base of the clustering figures: a point set to choose or draw, gone through in
 * steps. Subclasses record the procedure (`record`), draw it (`elements`) and say it
 * (`sayStep`).
 */

import { LiveFigure } from "./basis.js";
import { button, html, select } from "./dom.js";
import { squaredDistance } from "./kmeans.js";
import { SETS, pointSet } from "./punktmengen.js";
import { StepBar } from "./schrittleiste.js";
import { ScatterPlot } from "./streubild.js";

const OWN = "eigene";

/** More points than this make steps slow and the picture unreadable. */
const MOST_POINTS = 300;

/** How near the pointer must be to a point that it means. */
const REACH = 0.06;

/** Index of the point nearest to a position, or null if none is within reach. */
export function nearestIndex(points, at, reach = REACH) {
  let best = null;
  points.forEach((point, i) => {
    const distance = squaredDistance(point, at);
    if (distance > reach * reach) return;
    if (best === null || distance < squaredDistance(points[best], at)) best = i;
  });
  return best;
}

export class PointFigure extends LiveFigure {
  static still = "svg.live-streubild";

  /** What a press on the plot does: pairs of key and label. */
  static modes = [
    ["ansehen", "Punkt ansehen"],
    ["setzen", "Punkte setzen"],
    ["loeschen", "Punkte löschen"],
  ];

  /** Milliseconds between two steps while playing. */
  static playInterval = 900;

  /** State shared by the figures, showing a point set after some steps. */
  pointState(set, step) {
    return { set, points: pointSet(set), step, mode: "ansehen", probe: null };
  }

  /** Record the procedure for the present state; returns the list of steps. */
  record() {
    return [];
  }

  /** SVG elements that show a step. */
  elements(_step) {
    return [];
  }

  /** A step in German words. */
  sayStep(_step) {
    return "";
  }

  /** Controls of the procedure, beside the plot. */
  buildControls() {
    return [];
  }

  build(root) {
    this.plot = new ScatterPlot(this.constructor.plotLabel, {
      onPress: (at, byKey) => this.press(at, byKey),
      onTap: (at) => this.tap(at),
      onMove: (at) => this.move(at),
      onRelease: () => this.release(),
    });
    const sets = [...Object.entries(SETS), [OWN, "eigene Punkte"]];
    this.setChooser = select("Punkte", sets, (set) =>
      this.restart({ set, points: set === OWN ? [] : pointSet(set) }),
    );
    this.modeButtons = this.constructor.modes.map(([mode, label]) => ({
      mode,
      control: button(label, () => this.chooseMode(mode)),
    }));
    this.steps = new StepBar({
      onStep: (step) => this.update({ step }),
      last: () => this.recorded.length - 1,
      playInterval: this.constructor.playInterval,
    });
    const controls = html(
      "div", { class: "live-regler-spalte" }, this.setChooser.root,
      ...this.buildControls(),
    );
    root.append(
      html(
        "div",
        { class: "live-punkte" },
        html(
          "div", { class: "live-spalte live-haupt" }, this.plot.root, this.steps.root,
          this.statement,
        ),
        html(
          "div", { class: "live-spalte live-haupt" }, controls,
          html(
            "div", {},
            html("p", { class: "live-titel" }, "Im Bild"),
            html(
              "div",
              { class: "live-leiste", role: "group", "aria-label": "Handlung im Bild" },
              ...this.modeButtons.map(({ control }) => control),
            ),
          ),
        ),
      ),
    );
    this.toolbar.prepend(
      button("Alle Punkte löschen", () => this.restart({ set: OWN, points: [] })),
    );
  }

  /** What a press on the plot does from now on. */
  chooseMode(mode) {
    this.update({ mode, probe: null });
  }

  /** Change what the procedure depends on, and show it from its first step. */
  restart(changes) {
    this.steps.pause();
    this.update({ step: 0, probe: null, ...changes });
  }

  reset() {
    this.steps.pause();
    super.reset();
  }

  render() {
    const { state } = this;
    this.recorded = this.record();
    state.step = Math.min(state.step, this.recorded.length - 1);
    this.setChooser.set(state.set);
    for (const { mode, control } of this.modeButtons) {
      control.setAttribute("aria-pressed", String(mode === state.mode));
    }
    this.steps.show(state.step);
    const step = this.recorded[state.step];
    this.plot.show(this.elements(step), state.mode === "ziehen");
  }

  describe() {
    if (this.state.points.length === 0) {
      return "Noch keine Punkte. Setzen Sie welche ins Bild, mit Maus, Finger oder Tastatur.";
    }
    return this.sayStep(this.recorded[this.state.step]);
  }

  press(at, _byKey) {
    this.move(at);
  }

  tap(at) {
    const { mode, points } = this.state;
    if (mode === "setzen" && points.length < MOST_POINTS) {
      this.restart({ set: OWN, points: [...points, at] });
    } else if (mode === "loeschen") {
      const index = nearestIndex(points, at);
      if (index === null) return;
      this.restart({ set: OWN, points: points.filter((_, i) => i !== index) });
    }
  }

  move(at) {
    const { mode, points, probe } = this.state;
    const found = mode === "ansehen" ? nearestIndex(points, at) : null;
    if (found !== probe) this.update({ probe: found });
    else this.requestRender(); // the cross hair moved
  }

  release() {}
}
