/**
 * Live figure: draw a digit, see the feature maps that the page's network finds in it.
 *
 * Contract with the model (attribute `modell`): input float32 (1, 28, 28, 1) from 0
 * (paper) to 1 (ink); outputs the maps of the first convolution (1, 26, 26, 16), of the
 * second (1, 11, 11, 32) and (1, 10) probabilities, in any order.
 */

import { register } from "../basis.js";
import { html } from "../dom.js";
import { SIZE } from "../ziffernbild.js";
import { DigitBars, DigitFigure, column } from "../zifferfigur.js";

const LAYERS = [
  { name: "Erste Faltung", side: 26, count: 16 },
  { name: "Zweite Faltung", side: 11, count: 32 },
];

/** Map number `index` of a layer's output in C order, scaled to 1 at the layer's largest. */
function pick(values, { count }, index, largest) {
  const map = new Float32Array(values.length / count);
  for (let k = 0; k < map.length; k += 1) map[k] = values[k * count + index] / largest;
  return map;
}

class FeatureMaps extends DigitFigure {
  // Read by live.py in this file.
  static needsModel = true;

  static inputShape = [1, SIZE, SIZE, 1];

  static still = ".live-karten";

  static question =
    "Finden Sie in der zweiten Faltung eine Karte, die auf waagrechte Striche anspricht " +
    "und auf senkrechte nicht?";

  initialState() {
    return { maps: null, chosen: null, ...super.initialState() };
  }

  buildAnswer() {
    this.bars = new DigitBars();
    this.grids = LAYERS.map(({ name, side, count }, layer) => {
      const canvases = Array.from({ length: count }, () =>
        html("canvas", { width: side, height: side, "aria-hidden": "true" }),
      );
      const cards = canvases.map((canvas, index) =>
        html(
          "button",
          {
            type: "button", class: "live-merkmalskarte", "aria-label": `${name}, Karte ${index + 1}`,
            onclick: () => this.#choose(layer, index),
          },
          canvas,
        ),
      );
      const grid = html(
        "div", { class: "live-kartenfeld", role: "group", "aria-label": name }, ...cards,
      );
      return { canvases, cards, root: column(`${name}: ${count} Karten`, "", grid) };
    });
    this.overlay = html("canvas", {
      width: SIZE, height: SIZE, class: "live-vorschau", role: "img",
      "aria-label": "Wo die gewählte Karte anspricht",
    });
    return [
      html(
        "div",
        { class: "live-karten" },
        html(
          "div",
          { class: "live-kartenlinks" },
          column("Ihre Ziffer", "live-eingabe", this.pad.root),
          column("Wo die gewählte Karte anspricht", "live-sicht", this.overlay),
        ),
        html(
          "div",
          { class: "live-kartenrechts" },
          ...this.grids.map(({ root }) => root),
          column("Was das Netz antwortet", "live-antwort", this.bars.root, this.start),
        ),
      ),
    ];
  }

  /** The outputs come in any order; their lengths tell them apart. */
  readOutputs(outputs) {
    const find = (length) => outputs.find((output) => output.length === length) ?? null;
    const maps = LAYERS.map(({ side, count }) => find(side * side * count));
    return { probabilities: find(10), maps: maps.includes(null) ? null : maps };
  }

  renderAnswer() {
    const { maps, chosen, probabilities } = this.state;
    this.bars.show(probabilities);
    this.grids.forEach(({ canvases, cards }, layer) => {
      const values = probabilities ? maps?.[layer] : null;
      const largest = values ? Math.max(1e-6, ...values) : 1;
      canvases.forEach((canvas, index) => {
        const map = values ? pick(values, LAYERS[layer], index, largest) : new Float32Array();
        this.paint(canvas, map);
        const on = chosen?.layer === layer && chosen.index === index;
        cards[index].setAttribute("aria-pressed", String(on));
      });
    });
    this.#paintOverlay();
  }

  describeAnswer() {
    const sentence = super.describeAnswer();
    const { chosen, maps } = this.state;
    if (!chosen || !maps) {
      return `${sentence} Wählen Sie eine Karte, um zu sehen, wo sie anspricht.`;
    }
    const { name } = LAYERS[chosen.layer];
    const map = this.#chosenMap();
    const active = map.filter((value) => value > 0.5).length;
    return `${sentence} ${name}, Karte ${chosen.index + 1}: ${
      active === 0
        ? "Sie spricht auf diese Ziffer kaum an."
        : `Sie spricht an ${active} von ${map.length} Stellen deutlich an.`
    }`;
  }

  #choose(layer, index) {
    const { chosen } = this.state;
    const same = chosen?.layer === layer && chosen.index === index;
    this.update({ chosen: same ? null : { layer, index } });
  }

  #chosenMap() {
    const { layer, index } = this.state.chosen;
    const values = this.state.maps[layer];
    return pick(values, LAYERS[layer], index, Math.max(1e-6, ...values));
  }

  /** The digit pale, and over each answer the part of the picture that it saw. */
  #paintOverlay() {
    const { picture, chosen, maps, probabilities } = this.state;
    this.paint(this.overlay, picture.map((ink) => 0.25 * ink));
    if (!chosen || !maps || !probabilities) return;
    const { side } = LAYERS[chosen.layer];
    const context = this.overlay.getContext("2d");
    context.fillStyle = this.colour("--akzent");
    // Neighbours of the first layer are one pixel apart, of the second two.
    const [step, field] = chosen.layer === 0 ? [1, 3] : [2, 8];
    const middle = (field - step) / 2;
    this.#chosenMap().forEach((value, k) => {
      if (value < 0.1) return;
      context.globalAlpha = Math.min(1, value);
      const x = (k % side) * step + middle;
      const y = Math.floor(k / side) * step + middle;
      context.fillRect(x, y, step, step);
    });
  }

  async prepareStill() {
    await super.prepareStill();
    this.update({ chosen: { layer: 1, index: 0 } });
  }
}

register("merkmalskarten", FeatureMaps);
