/**
 * Base class of the figures in which the reader draws a digit and a network answers.
 *
 * Holds drawing pad, examples from MNIST, loading and asking. A figure adds what it
 * shows of the answer: `buildAnswer`, `renderAnswer`, `describeAnswer`, and where the
 * network gives more than probabilities, `readOutputs`.
 */

import { LiveFigure } from "./basis.js";
import { button, html, svg } from "./dom.js";
import { loadModel } from "./laufzeit.js";
import { DrawingPad, pictureSquares } from "./malflaeche.js";
import { percent, percentInWords } from "./zahlen.js";
import { SIZE, toPicture } from "./ziffernbild.js";

const CLASSES = 10;
/** A second-best answer below this is not worth a word. */
const NOTEWORTHY = 0.001;

const EXAMPLES = new URL("./daten/ziffern.json", import.meta.url);

/** The example that a figure starts with; live_antwort.py asks the network about it. */
const FIRST_EXAMPLE = 7;

/** Points on part of a circle; angles in degrees, clockwise from three o'clock. */
function arc([x, y], radius, from, to) {
  return Array.from({ length: 25 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / 24) * Math.PI) / 180;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

/** The digit that print shows: a three drawn with one stroke. */
const STILL_STROKE = [
  ...arc([0.47, 0.34], 0.15, -155, 90),
  ...arc([0.47, 0.66], 0.17, -90, 150),
];

/** Bytes packed as base64, as numbers from 0 to 1. */
export function bytes(base64) {
  return Float32Array.from(atob(base64), (byte) => byte.charCodeAt(0) / 255);
}

/** Outputs of the network as live_antwort.py writes them into the page. */
export function parseOutputs(text) {
  return text.split(";").map((part) => {
    const [largest, packed] = part.split(":");
    return packed
      ? bytes(packed).map((share) => share * Number(largest))
      : Float32Array.from(part.split(" "), Number);
  });
}

/** A column of a figure with its small title. */
export function column(title, name, ...parts) {
  return html(
    "div",
    { class: `live-spalte ${name}` },
    html("p", { class: "live-titel" }, title),
    ...parts,
  );
}

/** Ten bars, one for each digit. */
export class DigitBars {
  constructor() {
    this.bars = Array.from({ length: CLASSES }, (_, digit) => {
      const bar = html("span", { class: "live-balken-strich", "aria-hidden": "true" });
      const text = html("span", { class: "live-balken-wert" });
      const row = html("li", {}, html("span", {}, String(digit)), bar, text);
      return { row, bar, text };
    });
    this.root = html("ol", { class: "live-balken" }, ...this.bars.map(({ row }) => row));
  }

  /** Show ten probabilities, or nothing for null. */
  show(probabilities) {
    const best = probabilities ? probabilities.indexOf(Math.max(...probabilities)) : -1;
    this.bars.forEach(({ row, bar, text }, digit) => {
      bar.style.setProperty("--anteil", String(probabilities?.[digit] ?? 0));
      text.textContent = probabilities ? percent(probabilities[digit]) : "";
      row.classList.toggle("live-beste", digit === best);
    });
  }
}

export class DigitFigure extends LiveFigure {
  /** Shape of the network's input. */
  static inputShape = [1, SIZE, SIZE];

  /** Make what shows the answer; returns the elements between drawing and examples. */
  buildAnswer() {
    return [];
  }

  /** Bring it in line with the state. */
  renderAnswer() {}

  /** What the outputs of the network change in the state; `probabilities` is always set. */
  readOutputs([probabilities]) {
    return { probabilities };
  }

  /** The sentence about an answer. */
  describeAnswer() {
    const { probabilities } = this.state;
    const ranking = [...probabilities.keys()].sort(
      (a, b) => probabilities[b] - probabilities[a],
    );
    const [first, second] = ranking;
    const answer = `Das Netz sagt ${first} mit ${percentInWords(probabilities[first])}`;
    // Behind certainty the order of the others says nothing.
    return probabilities[second] < NOTEWORTHY
      ? `${answer}.`
      : `${answer}; danach ${second} mit ${percentInWords(probabilities[second])}.`;
  }

  initialState() {
    const stored = this.dataset.antwort;
    return {
      strokes: [],
      example: FIRST_EXAMPLE,
      picture: this.examples?.[FIRST_EXAMPLE]?.picture ?? new Float32Array(SIZE * SIZE),
      probabilities: null,
      // What this network answered to the first example when the site was built.
      ...(stored ? this.readOutputs(parseOutputs(stored)) : {}),
      answered: null, // the picture that the probabilities belong to
      loading: false,
    };
  }

  build(root) {
    this.pad = new DrawingPad({
      onStart: () => this.#begin(),
      onPoint: (point, fresh) => this.#addPoint(point, fresh),
      onEnd: () => this.#ask(),
      onUndo: () => this.#undo(),
      onClear: () => this.#clear(),
      say: (text) => this.announce(text),
    });
    this.preview = svg("svg", {
      viewBox: `0 0 ${SIZE} ${SIZE}`, class: "live-vorschau live-pixel", role: "img",
      "aria-label": "Dasselbe Bild mit 28 mal 28 Pixeln",
    });
    this.start = button("Netz laden (3 MB)", () => this.#ask(), {
      class: "live-knopf live-hauptknopf",
    });
    this.choices = html("div", {
      class: "live-beispiele", role: "group", "aria-label": "Ziffern aus MNIST",
    });
    root.append(
      ...this.buildAnswer(),
      column("Oder eine Ziffer aus den Testdaten", "", this.choices),
    );
    this.toolbar.prepend(
      button("Letzten Strich zurück", () => this.#undo()),
      button("Leeren", () => this.#clear()),
    );
    this.examplesReady = this.#loadExamples();
  }

  render() {
    const { strokes, example, picture, loading } = this.state;
    this.pad.show(strokes, example === null ? null : picture, SIZE);
    this.preview.replaceChildren(...pictureSquares(picture, SIZE, SIZE));
    this.examples?.forEach(({ choice, canvas, picture: pixels }, index) => {
      this.paint(canvas, pixels);
      choice.setAttribute("aria-pressed", String(index === example));
    });
    this.renderAnswer();
    // Invisible, not gone: what stands below must not jump.
    this.start.classList.toggle("live-unsichtbar", Boolean(this.model));
    this.start.disabled = loading;
    this.start.textContent = loading
      ? "Netz wird geladen …"
      : "Netz laden (3 MB)";
  }

  describe() {
    const { probabilities, loading, strokes, example } = this.state;
    if (loading) return "Das Netz wird geladen.";
    if (strokes.length === 0 && example === null) return "Zeichnen Sie eine Ziffer.";
    if (!probabilities) {
      return "Das Netz dieser Seite wird geladen, sobald Sie zeichnen oder eine Ziffer wählen.";
    }
    return this.describeAnswer();
  }

  reset() {
    super.reset();
    this.pad.resetPen();
    if (this.model) this.#ask();
  }

  async prepareStill() {
    await this.examplesReady;
    const strokes = [STILL_STROKE];
    this.update({ strokes, example: null, picture: toPicture(strokes) });
    await this.#ask();
  }

  /** Paint shares of ink (0 to 1) on a canvas that has one pixel for each. */
  paint(canvas, picture) {
    const context = canvas.getContext("2d");
    const { width, height } = canvas;
    context.clearRect(0, 0, width, height);
    context.fillStyle = this.colour("--text");
    picture.forEach((ink, k) => {
      if (ink === 0) return;
      context.globalAlpha = ink;
      context.fillRect(k % width, Math.floor(k / width), 1, 1);
    });
  }

  async #loadExamples() {
    const answer = await fetch(EXAMPLES);
    if (!answer.ok) {
      this.showFailure("Die Ziffern aus MNIST ließen sich nicht laden.");
      return;
    }
    const { bilder } = await answer.json();
    this.examples = bilder.map(({ ziffer, pixel }, index) => {
      const canvas = html("canvas", { width: SIZE, height: SIZE, "aria-hidden": "true" });
      const choice = html(
        "button",
        {
          type: "button", class: "live-beispiel", "aria-label": `Beispiel ${ziffer}`,
          onclick: () => this.#choose(index),
        },
        canvas,
      );
      return { choice, canvas, picture: bytes(pixel) };
    });
    this.choices.replaceChildren(...this.examples.map(({ choice }) => choice));
    // The reader may have drawn already while the examples were on their way.
    const { example } = this.state;
    if (example === null) this.requestRender();
    else this.update({ picture: this.examples[example].picture });
  }

  #choose(index) {
    this.update({
      strokes: [], example: index, picture: this.examples[index].picture,
      probabilities: this.model ? this.state.probabilities : null,
    });
    this.#ask();
  }

  #begin() {
    if (this.state.example === null) return;
    this.update({ strokes: [], example: null, probabilities: null });
  }

  #addPoint(point, fresh) {
    if (point) {
      const { strokes } = this.state;
      if (fresh) strokes.push([point]);
      else strokes.at(-1).push(point);
      this.update({ picture: toPicture(strokes) });
      if (this.model) this.#ask();
    } else {
      this.requestRender(); // only the pen moved
    }
  }

  #undo() {
    const strokes = this.state.strokes.slice(0, -1);
    this.update({ strokes, example: null, picture: toPicture(strokes) });
    if (strokes.length > 0) this.#ask();
    else this.update({ probabilities: null });
  }

  #clear() {
    this.pad.resetPen();
    this.update({
      strokes: [], example: null, picture: toPicture([]), probabilities: null,
    });
  }

  /** Ask the network about the present picture; only the newest question counts. */
  async #ask() {
    const { picture, strokes, example } = this.state;
    if (strokes.length === 0 && example === null && this.model) return;
    this.hideFailure();
    try {
      if (!this.model) {
        this.update({ loading: true });
        this.model = await loadModel(
          new URL(this.getAttribute("modell"), document.baseURI).href,
        );
        this.update({ loading: false });
        // Meanwhile the reader may have drawn on: ask about what is there now.
        if (picture !== this.state.picture) return await this.#ask();
      }
      const outputs = await this.model.run(picture, this.constructor.inputShape);
      if (picture === this.state.picture) {
        this.update({ ...this.readOutputs(outputs), answered: picture });
      }
    } catch (error) {
      this.update({ loading: false });
      this.showFailure(error.message);
    }
  }
}
