/**
 * A square to draw on with mouse, finger or keyboard.
 *
 * Used by figures that take a hand-drawn digit. Coordinates are shares of the
 * square, 0 to 1 from the top left. The pad keeps no state of its own but the
 * stroke in progress; the figure hands it what to show.
 */

import { html, setAttributes, svg, uniqueId } from "./dom.js";

const VIEW = 280;
const KEY_STEP = 1 / 28;
const MOVES = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const HELP =
  "Tastatur: Pfeile bewegen den Stift, Leertaste setzt ihn auf und ab, Rücktaste " +
  "nimmt einen Strich zurück, Entf leert die Fläche.";

const clamp = (value) => Math.min(1, Math.max(0, value));

/** A grey picture of size × size values as SVG squares on a field of a given width. */
export function pictureSquares(picture, size, width) {
  const side = width / size;
  const squares = [];
  picture.forEach((value, k) => {
    if (value === 0) return;
    squares.push(svg("rect", {
      x: (k % size) * side,
      y: Math.floor(k / size) * side,
      width: side,
      height: side,
      "fill-opacity": value.toFixed(3),
    }));
  });
  return squares;
}

export class DrawingPad {
  /**
   * @param {object} callbacks what the figure does with the reader's actions
   * @param {() => void} callbacks.onStart a stroke begins
   * @param {(point: number[], fresh: boolean) => void} callbacks.onPoint next
   *   point; `fresh` starts a new stroke
   * @param {() => void} callbacks.onEnd the stroke is finished
   * @param {() => void} callbacks.onUndo take back the last stroke
   * @param {() => void} callbacks.onClear empty the pad
   * @param {(text: string) => void} callbacks.say tell screen readers
   */
  constructor(callbacks) {
    this.callbacks = callbacks;
    this.resetPen();
    this.pointer = null;
    const helpId = uniqueId("hilfe");
    this.ink = svg("g", { class: "live-tinte" });
    this.pixels = svg("g", { class: "live-pixel" });
    this.pen = svg("circle", { class: "live-stift", r: 9 });
    this.surface = svg(
      "svg",
      {
        viewBox: `0 0 ${VIEW} ${VIEW}`,
        class: "live-malflaeche",
        role: "application",
        tabindex: 0,
        "aria-label": "Zeichenfläche für eine Ziffer",
        "aria-describedby": helpId,
      },
      this.pixels, this.ink, this.pen,
    );
    this.help = html("p", { id: helpId, class: "live-tastenhilfe" }, HELP);
    this.root = html("div", { class: "live-malen" }, this.surface, this.help);
    this.#listen();
  }

  /** Put the pen of the keyboard where a digit usually begins. */
  resetPen() {
    this.cursor = [0.5, 0.25];
    this.penDown = false;
  }

  /** Show strokes, or a finished picture of size × size values, or nothing. */
  show(strokes, picture, size) {
    const lines = strokes.map((stroke) => {
      const points = (stroke.length > 1 ? stroke : [stroke[0], stroke[0]])
        .map(([x, y]) => `${(x * VIEW).toFixed(1)},${(y * VIEW).toFixed(1)}`);
      return svg("polyline", { points: points.join(" ") });
    });
    this.ink.replaceChildren(...lines);
    if (picture !== this.shownPicture) {
      this.shownPicture = picture;
      this.pixels.replaceChildren(...(picture ? pictureSquares(picture, size, VIEW) : []));
    }
    setAttributes(this.pen, {
      cx: this.cursor[0] * VIEW,
      cy: this.cursor[1] * VIEW,
      class: this.penDown ? "live-stift live-stift-unten" : "live-stift",
    });
  }

  #listen() {
    const { surface } = this;
    surface.addEventListener("pointerdown", (event) => {
      if (this.pointer !== null || event.button !== 0) return;
      event.preventDefault();
      surface.focus({ preventScroll: true });
      surface.setPointerCapture(event.pointerId);
      this.pointer = event.pointerId;
      this.penDown = false;
      this.callbacks.onStart();
      this.callbacks.onPoint(this.#position(event), true);
    });
    surface.addEventListener("pointermove", (event) => {
      if (event.pointerId !== this.pointer) return;
      const all = event.getCoalescedEvents?.() ?? [];
      for (const part of all.length > 0 ? all : [event]) {
        this.callbacks.onPoint(this.#position(part), false);
      }
    });
    for (const end of ["pointerup", "pointercancel"]) {
      surface.addEventListener(end, (event) => {
        if (event.pointerId !== this.pointer) return;
        this.pointer = null;
        this.callbacks.onEnd();
      });
    }
    surface.addEventListener("keydown", (event) => this.#onKey(event));
    surface.addEventListener("blur", () => this.#lift());
  }

  #position(event) {
    const box = this.surface.getBoundingClientRect();
    this.cursor = [
      clamp((event.clientX - box.left) / box.width),
      clamp((event.clientY - box.top) / box.height),
    ];
    return [...this.cursor];
  }

  #lift() {
    if (!this.penDown) return;
    this.penDown = false;
    this.callbacks.onEnd();
  }

  #onKey(event) {
    if (event.key in MOVES) {
      const [dx, dy] = MOVES[event.key];
      this.cursor = [
        clamp(this.cursor[0] + dx * KEY_STEP),
        clamp(this.cursor[1] + dy * KEY_STEP),
      ];
      this.callbacks.onPoint(this.penDown ? [...this.cursor] : null, false);
    } else if (event.key === " ") {
      if (this.penDown) {
        this.#lift();
        this.callbacks.say("Stift abgehoben.");
      } else {
        this.penDown = true;
        this.callbacks.onStart();
        this.callbacks.onPoint([...this.cursor], true);
        this.callbacks.say("Stift aufgesetzt.");
      }
    } else if (event.key === "Backspace") {
      this.penDown = false;
      this.callbacks.onUndo();
    } else if (event.key === "Delete") {
      this.callbacks.onClear();
    } else {
      return; // Tab and shortcuts stay what they are
    }
    event.preventDefault();
  }
}
