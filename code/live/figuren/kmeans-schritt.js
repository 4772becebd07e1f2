/**
 * Live figure: k-means step by step.
 *
 * The procedure itself is in ../kmeans.js.
 */

import { register } from "../basis.js";
import { button, html, select, setAttributes, slider, svg } from "../dom.js";
import {
  nearest, plusPlusStart, randomStart, recordKMeans, squaredDistance,
} from "../kmeans.js";
import { PointFigure, nearestIndex } from "../punktfigur.js";
import { line, marker, toX, toY } from "../streubild.js";
import { number } from "../zahlen.js";
import { randomFrom } from "../zufall.js";

const STARTS = [
  ["zufall", "zufällige Punkte"],
  ["plusplus", "k-means++"],
  ["eigene", "eigene Zentren"],
];
const COURSE = { width: 220, height: 64 };

class KMeansSteps extends PointFigure {
  static plotLabel = "Punkte und Zentren";

  static modes = [...PointFigure.modes, ["ziehen", "Zentren ziehen"]];

  static question =
    "Nehmen Sie „ungleiche Größe“ und würfeln Sie neue Starts: Endet k-means immer " +
    "gleich? Und was findet es bei „nur Zufall“?";

  initialState() {
    return {
      ...this.pointState("haufen", 1), k: 3, start: "zufall", seed: 4, own: null,
    };
  }

  buildControls() {
    this.k = slider("Zahl der Zentren K", { min: 1, max: 8, step: 1 }, (k) =>
      this.restart({ k, own: null, start: this.#drawnStart() }),
    );
    this.start = select("Start", STARTS, (start) =>
      this.restart({ start, own: start === "eigene" ? this.centres : null }),
    );
    this.dice = button("Neu würfeln", () =>
      this.restart({ seed: this.state.seed + 1, own: null, start: this.#drawnStart() }),
    );
    this.course = svg("svg", {
      viewBox: `0 0 ${COURSE.width} ${COURSE.height}`, class: "live-verlauf",
      "aria-hidden": "true",
    });
    this.sse = html("p", { class: "live-wert" });
    return [
      this.k.root, this.start.root, this.dice,
      html(
        "div", {},
        html("p", { class: "live-titel" }, "Summe der quadrierten Abstände (SSE)"),
        this.course, this.sse,
      ),
    ];
  }

  #drawnStart() {
    return this.state.start === "eigene" ? "zufall" : this.state.start;
  }

  record() {
    const { points, k, start, seed, own } = this.state;
    const draw = start === "plusplus" ? plusPlusStart : randomStart;
    this.centres = own ?? draw(points, k, randomFrom(seed));
    if (this.centres.length === 0 || points.length === 0) {
      return [{ kind: "start", centres: [], labels: null, sse: null }];
    }
    return recordKMeans(points, this.centres);
  }

  render() {
    super.render();
    const { k, start, step } = this.state;
    this.k.set(k);
    this.start.set(start);
    this.#drawCourse(step);
  }

  elements({ kind, centres, labels, before }) {
    const { points, probe } = this.state;
    const label = (i) => (labels ? labels[i] : null);
    const links =
      labels && probe === null
        ? points.map((p, i) =>
            line(p, centres[labels[i]], `live-strahl live-klasse-${labels[i]}`),
          )
        : [];
    const dots = points.map((p, i) =>
      marker(p, label(i), 4.5, labels ? "live-punkt" : "live-punkt live-offen"),
    );
    const trails =
      kind === "move" ? centres.map((c, i) => line(before[i], c, "live-spur")) : [];
    const stars = centres.flatMap((centre, i) => [
      marker(centre, i, 11, "live-zentrum"),
      svg(
        "text",
        {
          x: toX(centre[0]), y: toY(centre[1]) + 5, "text-anchor": "middle",
          class: "live-zentrum-zahl",
        },
        String(i + 1),
      ),
    ]);
    return [...links, ...trails, ...dots, ...this.#distances(centres), ...stars];
  }

  /** Lines with lengths from the point looked at to all centres. */
  #distances(centres) {
    const { points, probe } = this.state;
    if (probe === null || centres.length === 0) return [];
    const point = points[probe];
    const winner = nearest(point, centres);
    return [
      ...centres.map((centre, i) =>
        line(point, centre, i === winner ? "live-abstand live-naechster" : "live-abstand"),
      ),
      ...centres.map((centre) =>
        svg(
          "text",
          {
            x: toX((point[0] + centre[0]) / 2), y: toY((point[1] + centre[1]) / 2) - 4,
            "text-anchor": "middle", class: "live-masszahl",
          },
          number(Math.sqrt(squaredDistance(point, centre))),
        ),
      ),
      svg("circle", {
        cx: toX(point[0]), cy: toY(point[1]), r: 9, class: "live-auswahl",
      }),
    ];
  }

  #drawCourse(step) {
    const sums = this.recorded.map(({ sse }) => sse);
    const most = Math.max(...sums);
    const place = (i) => [
      8 + ((COURSE.width - 16) * i) / Math.max(1, sums.length - 1),
      COURSE.height - 6 - ((COURSE.height - 14) * sums[i]) / (most || 1),
    ];
    const known = [...sums.keys()].filter((i) => sums[i] !== null);
    const path = (indices) => indices.map((i) => place(i).join(",")).join(" ");
    const dot = svg("circle", { r: 4, class: "live-verlauf-punkt" });
    const parts = [
      svg("line", {
        x1: 8, x2: COURSE.width - 8, y1: COURSE.height - 6, y2: COURSE.height - 6,
        class: "live-achse",
      }),
      svg("polyline", { points: path(known), class: "live-verlauf-ganz" }),
      svg("polyline", {
        points: path(known.filter((i) => i <= step)), class: "live-verlauf-linie",
      }),
    ];
    if (sums[step] !== null) {
      const [cx, cy] = place(step);
      setAttributes(dot, { cx, cy });
      parts.push(dot);
    }
    this.course.replaceChildren(...parts);
    this.sse.textContent = sums[step] === null ? "noch keine" : number(sums[step], 3);
  }

  sayStep({ kind, round, changed, centres, labels, moved, sse }) {
    const { points, probe } = this.state;
    if (probe !== null) {
      const winner = nearest(points[probe], centres);
      const lengths = centres.map(
        (c, i) => `${number(Math.sqrt(squaredDistance(points[probe], c)))} zu ${i + 1}`,
      );
      const own = labels && labels[probe] !== winner;
      return (
        `Abstände dieses Punkts: ${lengths.join(", ")}. Am nächsten ist Zentrum ` +
        `${winner + 1}${own ? `, noch gehört er zu ${labels[probe] + 1}` : ""}.`
      );
    }
    const total = `Summe der quadrierten Abstände: ${number(sse ?? 0, 3)}.`;
    if (kind === "start") {
      const count = centres.length;
      const few = count < this.state.k ? "Mehr Zentren als Punkte gibt es nicht: " : "";
      return (
        `${few}${count === 1 ? "Ein Zentrum liegt" : `${count} Zentren liegen`} bereit. ` +
        "Noch gehört kein Punkt zu einem Zentrum."
      );
    }
    if (kind === "assign") {
      const news =
        changed === null ? "" : ` ${changed} ${changed === 1 ? "Punkt wechselt" : "Punkte wechseln"}.`;
      return `Durchgang ${round}, zuordnen: Jeder Punkt nimmt das nächste Zentrum.${news} ${total}`;
    }
    if (kind === "move") {
      return (
        `Durchgang ${round}, verschieben: Jedes Zentrum rückt in die Mitte seiner Punkte.` +
        `${sayJump(moved.length)} ${total}`
      );
    }
    const rounds = round === 1 ? "einem Durchgang" : `${round} Durchgängen`;
    return `Fertig nach ${rounds}: Kein Punkt wechselt mehr. ${total}`;
  }

  /** The centres to move are those of the start: show them. */
  chooseMode(mode) {
    if (mode === "ziehen") this.restart({ mode });
    else super.chooseMode(mode);
  }

  press(at, byKey) {
    if (this.state.mode !== "ziehen") {
      super.press(at, byKey);
      return;
    }
    // By keyboard the first press picks a centre up, the second puts it down.
    if (byKey && this.held !== null && this.held !== undefined) {
      this.held = null;
      this.announce("Zentrum abgelegt.");
      return;
    }
    // What is seen can be taken: k-means then starts anew from there.
    const { centres } = this.recorded[this.state.step];
    this.held = nearestIndex(centres, at, 0.12);
    if (this.held === null) {
      this.announce("Hier liegt kein Zentrum.");
      return;
    }
    this.restart({ start: "eigene", own: centres });
    this.announce(`Zentrum ${this.held + 1} aufgenommen.`);
  }

  move(at) {
    if (this.state.mode !== "ziehen") {
      super.move(at);
      return;
    }
    if (this.held === null || this.held === undefined) {
      this.requestRender();
      return;
    }
    const own = this.centres.map((c, i) => (i === this.held ? at : c));
    this.restart({ start: "eigene", own });
  }

  release() {
    this.held = null;
  }

  async prepareStill() {
    this.update({ step: 3 });
  }
}

/** Centres that had no points. */
function sayJump(count) {
  if (count === 0) return "";
  return count === 1
    ? " Ein Zentrum ohne Punkte springt auf den Punkt, der am schlechtesten liegt."
    : ` ${count} Zentren ohne Punkte springen auf die Punkte, die am schlechtesten liegen.`;
}

register("kmeans-schritt", KMeansSteps);
