/**
 * Live figure: DBSCAN step by step, one point after the other.
 *
 * The procedure itself is in ../dbscan.js.
 */

import { register } from "../basis.js";
import { html, slider, svg } from "../dom.js";
import { NOISE, kindOf, neighbours, recordDbscan } from "../dbscan.js";
import { PointFigure } from "../punktfigur.js";
import { VIEW, line, marker, toX, toY } from "../streubild.js";
import { number } from "../zahlen.js";

const KINDS = { core: "ein Kernpunkt", border: "ein Randpunkt", noise: "Rauschen" };

/** Sizes of the marks: a point of a group that has not been visited is smaller. */
const VISITED = 4.5;
const TAKEN = 2.8;

class DbscanSteps extends PointFigure {
  static plotLabel = "Punkte und Umgebungen";

  static playInterval = 200;

  static question =
    "Ab welchem ε werden die beiden Monde zu einer Gruppe? Stellen Sie danach bei " +
    "ungleicher Dichte das größte ε ein, das die beiden engen Haufen trennt: Was wird " +
    "aus dem weiten?";

  initialState() {
    return { ...this.pointState("monde", 32), eps: 0.07, minPoints: 4 };
  }

  buildControls() {
    this.eps = slider(
      "Radius ε",
      { min: 0.02, max: 0.2, step: 0.005, format: (value) => number(value, 3) },
      (eps) => this.#tune({ eps }),
    );
    this.minPoints = slider("Mindestzahl MinPts", { min: 1, max: 12, step: 1 }, (count) =>
      this.#tune({ minPoints: count }),
    );
    const sign = (label, classes, text, r = 5) =>
      html(
        "li", {},
        svg(
          "svg", { viewBox: "-8 -8 16 16", class: "live-legendenzeichen" },
          label === NOISE
            ? svg("path", { d: "M-4,-4 L4,4 M-4,4 L4,-4", class: "live-rauschen" })
            : svg("circle", { r, class: classes }),
        ),
        text,
      );
    this.legend = html(
      "ul", { class: "live-zeichenerklaerung" },
      sign(0, "live-punkt live-klasse-0", "Kernpunkt"),
      sign(0, "live-punkt live-rand live-klasse-0", "Randpunkt"),
      sign(NOISE, "", "Rauschen"),
      sign(0, "live-punkt live-klasse-0", "aufgenommen, noch nicht besucht", 3),
      sign(0, "live-punkt live-offen", "noch nicht erreicht"),
    );
    return [this.eps.root, this.minPoints.root, this.legend];
  }

  /** A parameter shows its effect at the end, unless the reader is on the way. */
  #tune(change) {
    this.steps.pause();
    this.update({ ...change, step: Infinity, probe: null });
  }

  record() {
    const { points, eps, minPoints } = this.state;
    this.result = recordDbscan(points, eps, minPoints);
    return this.result.steps;
  }

  render() {
    super.render();
    this.eps.set(this.state.eps);
    this.minPoints.set(this.state.minPoints);
  }

  elements(step) {
    const { points, step: position, probe, eps } = this.state;
    const seen = new Set(this.recorded.slice(0, position + 1).map(({ point }) => point));
    const finished = step.kind === "end";
    const centre = probe ?? step.point;
    const near = centre === undefined ? [] : neighbours(points, centre, eps);
    const dots = points.map((p, i) => {
      const label = step.labels[i];
      if (label === null) return marker(p, null, 4, "live-punkt live-offen");
      if (label === NOISE) {
        const [x, y] = [toX(p[0]), toY(p[1])];
        return svg("path", {
          d: `M${x - 4},${y - 4} l8,8 M${x - 4},${y + 4} l8,-8`, class: "live-rauschen",
        });
      }
      if (!finished && !seen.has(i)) return marker(p, label, TAKEN, "live-punkt");
      const kind = this.result.core[i] ? "" : " live-rand";
      return marker(p, label, VISITED, `live-punkt${kind}`);
    });
    if (centre === undefined) return dots;
    const [x, y] = points[centre];
    const circle = { cx: toX(x), cy: toY(y) };
    return [
      svg("circle", { ...circle, r: eps * VIEW, class: "live-umgebung" }),
      ...near.map((i) => line(points[centre], points[i], "live-strahl")),
      ...dots,
      svg("circle", { ...circle, r: 9, class: "live-auswahl" }),
    ];
  }

  sayStep(step) {
    const { points, probe, eps, minPoints } = this.state;
    if (probe !== null) {
      const count = neighbours(points, probe, eps).length;
      const { labels, core } = this.result;
      return (
        `${this.#counted(count)} Am Ende ist er ${KINDS[kindOf(labels[probe], core[probe])]}.`
      );
    }
    if (step.kind === "end") return this.#summary();
    const counted = this.#counted(step.neighbours.length);
    const label = step.labels[step.point];
    if (label === NOISE) return `${counted} Das ist zu wenig: vorerst Rauschen.`;
    const name = `Gruppe ${label + 1}`;
    if (!step.core) return `${counted} Er gehört zu ${name}, trägt sie aber nicht weiter.`;
    const joined = step.joined.length;
    const role = step.opens ? `gründet ${name}` : `gehört zu ${name}`;
    const takes =
      joined === 0
        ? ", nimmt aber keinen weiteren Punkt auf"
        : ` und nimmt ${joined === 1 ? "einen Punkt" : `${joined} Punkte`} auf`;
    return `${counted} Mindestens ${minPoints} braucht ein Kernpunkt: Er ${role}${takes}.`;
  }

  #counted(count) {
    return count === 1
      ? "Im Kreis um diesen Punkt liegt nur er selbst."
      : `Im Kreis um diesen Punkt liegen ${count} Punkte, er selbst mitgezählt.`;
  }

  #summary() {
    const { labels, core, clusters } = this.result;
    const count = (kind) =>
      labels.filter((label, i) => kindOf(label, core[i]) === kind).length;
    return (
      `Fertig: ${clusters} ${clusters === 1 ? "Gruppe" : "Gruppen"}, ${count("core")} Kernpunkte, ` +
      `${count("border")} Randpunkte, ${count("noise")} Punkte Rauschen.`
    );
  }
}

register("dbscan-schritt", DbscanSteps);
