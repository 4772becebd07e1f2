/**
 * Live figure: a GAN in one dimension, watched as two curves.
 *
 * The game itself is in ../muenzgan.js.
 */

import { LiveFigure, register } from "../basis.js";
import { button, html, select, slider, svg } from "../dom.js";
import { REAL, density, discriminate, meanAnswer, play } from "../muenzgan.js";
import { StepBar } from "../schrittleiste.js";
import { number } from "../zahlen.js";

const STEPS = 2000;
const EVERY = 10;

/** Range of the axes: coins weigh x + 10 grams. */
const [LEFT, RIGHT, TOP] = [-4, 4, 1.7];
const HEIGHT = 256;
const MARGIN = { left: 34, right: 8, top: 10, bottom: 40 };
const COURSE = { height: 110, top: 6, bottom: 24, low: -1.6, high: 2.4 };

/** Narrower than this a bell is a needle, drawn as wide as this. */
const NEEDLE = 0.01;

const LOSSES = [
  ["praxis", "−log D (üblich)"],
  ["minimax", "log(1 − D) (Minimax)"],
];

class CoinGame extends LiveFigure {
  static still = ".live-gk";

  static question =
    "Machen Sie den Diskriminator schneller und den Generator langsamer: Kommt das " +
    "Spiel noch zur Ruhe? Und was ändert log(1 − D) an den ersten hundert Schritten?";

  initialState() {
    return { rateD: 0.3, rateG: 0.2, loss: "praxis", seed: 1, step: 3 };
  }

  build(root) {
    this.curves = svg("svg", { class: "live-gk-bild", role: "img" });
    this.course = svg("svg", { class: "live-gk-bild", role: "img" });
    const rate = (label, key) =>
      slider(
        label, { min: 0.05, max: 0.6, step: 0.05, format: (value) => number(value) },
        (value) => this.#change({ [key]: value }),
      );
    this.rateD = rate("Lernrate des Diskriminators", "rateD");
    this.rateG = rate("Lernrate des Generators", "rateG");
    this.loss = select("Verlust des Generators", LOSSES, (loss) => this.#change({ loss }));
    this.bar = new StepBar({
      onStep: (step) => this.update({ step }),
      last: () => STEPS / EVERY,
      playInterval: 60,
      unit: EVERY,
    });
    root.append(
      html(
        "div", { class: "live-gk" },
        html(
          "ul", { class: "live-gk-legende" },
          html("li", { class: "live-gk-echt" }, "echte Münzen"),
          html("li", { class: "live-gk-erzeugt" }, "gefälschte"),
          html("li", { class: "live-gk-antwort" }, "Antwort D(x)"),
        ),
        this.curves,
        html(
          "p", { class: "live-titel" },
          "Mittelwert (durchgezogen) und Streuung (gestrichelt) der Fälschungen über " +
            "den Schritten; dünn die Werte der echten",
        ),
        this.course,
      ),
      this.bar.root,
      this.statement,
      html(
        "div", { class: "live-gk-regler" },
        this.rateD.root, this.rateG.root, this.loss.root,
        button("Andere Zufallszahlen", () =>
          this.#change({ seed: this.state.seed + 1 }),
        ),
      ),
    );
  }

  /** Change the rules and play again, shown at the same step. */
  #change(changes) {
    this.bar.pause();
    this.update(changes);
  }

  reset() {
    this.bar.pause();
    super.reset();
  }

  /** The game under the present rules; played again only when they change. */
  #game() {
    const { rateD, rateG, loss, seed } = this.state;
    const rules = JSON.stringify([rateD, rateG, loss, seed]);
    if (rules !== this.rules) {
      this.rules = rules;
      this.recorded = play({ steps: STEPS, every: EVERY, rateD, rateG, loss, seed });
    }
    return this.recorded;
  }

  render() {
    const { rateD, rateG, loss, step } = this.state;
    const recorded = this.#game();
    this.rateD.set(rateD);
    this.rateG.set(rateG);
    this.loss.set(loss);
    this.bar.show(step);
    const width = Math.max(260, this.body.clientWidth);
    this.#drawCurves(recorded[step], width);
    this.#drawCourse(recorded, step, width);
  }

  describe() {
    const { step } = this.state;
    const now = this.#game()[step];
    const [a, b] = now.g;
    return (
      `Schritt ${step * EVERY}: Die Fälschungen wiegen im Mittel ${number(b + 10)} g mit ` +
      `einer Streuung von ${number(Math.abs(a))} g; echt wären 11,50 g und 0,50 g. Der ` +
      `Diskriminator hält sie im Mittel zu ${number(100 * meanAnswer(now), 0)} % für echt.`
    );
  }

  #drawCurves({ g: [a, b], c }, width) {
    const spread = Math.max(NEEDLE, Math.abs(a));
    const x = (value) =>
      MARGIN.left + ((value - LEFT) / (RIGHT - LEFT)) * (width - MARGIN.left - MARGIN.right);
    const y = (value) =>
      HEIGHT - MARGIN.bottom - (value / TOP) * (HEIGHT - MARGIN.top - MARGIN.bottom);
    // A needle between two points of the grid would be missed.
    const grid = Array.from({ length: 161 }, (_, k) => LEFT + (k * (RIGHT - LEFT)) / 160);
    const around = Array.from({ length: 41 }, (_, k) => b + (k - 20) * 0.2 * spread);
    const fine = [...grid, ...around]
      .filter((value) => value >= LEFT && value <= RIGHT)
      .sort((one, other) => one - other);
    const line = (points, height, name) =>
      svg("polyline", {
        points: points
          .map((at) => `${x(at).toFixed(1)},${y(Math.min(TOP, height(at))).toFixed(1)}`)
          .join(" "),
        class: `live-gk-linie ${name}`,
      });
    const ticks = [7, 8, 9, 10, 11, 12, 13].flatMap((gram) => [
      svg("line", {
        x1: x(gram - 10), x2: x(gram - 10), y1: y(0), y2: y(0) + 4, class: "live-gk-achse",
      }),
      svg(
        "text",
        { x: x(gram - 10), y: y(0) + 17, "text-anchor": "middle", class: "live-gk-zahl" },
        String(gram),
      ),
    ]);
    const levels = [0, 0.5, 1, 1.5].flatMap((level) => [
      svg("line", {
        x1: x(LEFT), x2: x(RIGHT), y1: y(level), y2: y(level), class: "live-gk-gitter",
      }),
      svg(
        "text",
        { x: x(LEFT) - 6, y: y(level) + 5, "text-anchor": "end", class: "live-gk-zahl" },
        number(level, 1),
      ),
    ]);
    this.curves.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    this.curves.setAttribute("aria-label", `Dichten und Antwort. ${this.describe()}`);
    this.curves.replaceChildren(
      ...levels,
      svg("line", { x1: x(LEFT), x2: x(RIGHT), y1: y(0), y2: y(0), class: "live-gk-achse" }),
      ...ticks,
      svg(
        "text",
        { x: x(0), y: HEIGHT - 5, "text-anchor": "middle", class: "live-gk-zahl" },
        "Gewicht in g",
      ),
      line(grid, (at) => density(at, REAL.mean, REAL.spread), "live-gk-echt"),
      line(fine, (at) => density(at, b, spread), "live-gk-erzeugt"),
      line(grid, (at) => discriminate(at, c), "live-gk-antwort"),
    );
  }

  #drawCourse(recorded, step, width) {
    const { height, top, bottom, low, high } = COURSE;
    const x = (k) =>
      MARGIN.left + (k / (recorded.length - 1)) * (width - MARGIN.left - MARGIN.right);
    const y = (value) => {
      const inside = Math.min(high, Math.max(low, value));
      return height - bottom - ((inside - low) / (high - low)) * (height - top - bottom);
    };
    const path = (value, name) =>
      svg("polyline", {
        points: recorded
          .map((state, k) => `${x(k).toFixed(1)},${y(value(state)).toFixed(1)}`)
          .join(" "),
        class: `live-gk-linie ${name}`,
      });
    const level = (value) =>
      svg("line", {
        x1: x(0), x2: x(recorded.length - 1), y1: y(value), y2: y(value),
        class: "live-gk-ziel",
      });
    const numbers = [0, 500, 1000, 1500, 2000].map((at) =>
      svg(
        "text",
        {
          x: x(at / EVERY), y: height - 6, class: "live-gk-zahl",
          "text-anchor": at === STEPS ? "end" : "middle",
        },
        at.toLocaleString("de-DE"),
      ),
    );
    this.course.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.course.setAttribute(
      "aria-label", "Verlauf von Mittelwert und Streuung der Fälschungen",
    );
    this.course.replaceChildren(
      level(REAL.mean), level(REAL.spread),
      path(({ g: [, b] }) => b, "live-gk-mittel"),
      path(({ g: [a] }) => Math.abs(a), "live-gk-streuung"),
      svg("line", {
        x1: x(step), x2: x(step), y1: top, y2: height - bottom, class: "live-gk-zeiger",
      }),
      ...numbers,
    );
  }

  async prepareStill() {
    this.update({ step: 40 });
  }
}

register("gan-kurven", CoinGame);
