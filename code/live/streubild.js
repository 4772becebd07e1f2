/**
 * A square scatter plot that can be pointed at, with mouse, finger or keyboard.
 *
 * Used by punktfigur.js. Coordinates are those of the points, 0 to 1, y upwards.
 * The plot reports positions; what a press means is the figure's business.
 */

import { html, setAttributes, svg, uniqueId } from "./dom.js";

/** Side of the drawing in its own units; about its pixels in the text column. */
export const VIEW = 400;
const KEY_STEP = 0.02;

/** A press that moves farther than this, in pixels, is no tap. */
const TAP_REACH = 10;

const MOVES = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
const HELP =
  "Tastatur: Pfeile bewegen das Fadenkreuz, die Leertaste handelt an seiner Stelle.";

/** Outlines of the markers by cluster, around 0/0, reaching about 1. */
const MARKERS = [
  "M-1,0 A1,1 0 1 0 1,0 A1,1 0 1 0 -1,0 Z",
  "M-.9,-.9 H.9 V.9 H-.9 Z",
  "M0,-1.15 L1.1,.85 H-1.1 Z",
  "M0,-1.25 L1.25,0 L0,1.25 L-1.25,0 Z",
  "M0,1.15 L1.1,-.85 H-1.1 Z",
  "M-.4,-1.1 H.4 V-.4 H1.1 V.4 H.4 V1.1 H-.4 V.4 H-1.1 V-.4 H-.4 Z",
  "M0,-1.15 L1.1,-.35 L.68,1 H-.68 L-1.1,-.35 Z",
  "M-1.15,0 L-.6,-1 H.6 L1.15,0 L.6,1 H-.6 Z",
];

/** Horizontal place in the drawing. */
export const toX = (x) => x * VIEW;

/** Vertical place in the drawing. */
export const toY = (y) => (1 - y) * VIEW;

/** A marker of a cluster; `label` null or negative is a plain dot. */
export function marker([x, y], label, size, classes) {
  const shape = label === null || label < 0 ? 0 : label % MARKERS.length;
  const colour = label === null || label < 0 ? "" : ` live-klasse-${label % 10}`;
  return svg("path", {
    d: MARKERS[shape],
    transform: `translate(${toX(x).toFixed(1)} ${toY(y).toFixed(1)}) scale(${size})`,
    class: `${classes}${colour}`,
  });
}

/** A straight line between two points. */
export function line([x1, y1], [x2, y2], classes) {
  return svg("line", {
    x1: toX(x1), y1: toY(y1), x2: toX(x2), y2: toY(y2), class: classes,
  });
}

const clamp = (value) => Math.min(1, Math.max(0, value));

export class ScatterPlot {
  /**
   * @param {string} label what is shown, for screen readers
   * @param {object} callbacks all get a position [x, y]
   * @param {(at: number[], byKey?: boolean) => void} callbacks.onPress a press begins,
   *   or space
   * @param {(at: number[]) => void} callbacks.onTap a press ends where it began, or
   *   space; a finger that scrolls the page does not tap
   * @param {(at: number[]) => void} callbacks.onMove pointer or cross hair moves
   * @param {() => void} callbacks.onRelease the press ends
   */
  constructor(label, callbacks) {
    this.callbacks = callbacks;
    this.cursor = [0.5, 0.5];
    this.pointer = null;
    const helpId = uniqueId("hilfe");
    this.layers = svg("g");
    this.cross = svg("path", { class: "live-fadenkreuz" });
    this.surface = svg(
      "svg",
      {
        viewBox: `0 0 ${VIEW} ${VIEW}`, class: "live-streubild", role: "application",
        tabindex: 0, "aria-label": label, "aria-describedby": helpId,
      },
      this.layers, this.cross,
    );
    this.help = html("p", { id: helpId, class: "live-tastenhilfe" }, HELP);
    this.root = html("div", { class: "live-plan" }, this.surface, this.help);
    this.#listen();
  }

  /** Show drawn elements; `dragging` reserves the finger for the plot. */
  show(elements, dragging) {
    this.layers.replaceChildren(...elements);
    this.surface.classList.toggle("live-ziehbar", dragging);
    const [x, y] = [toX(this.cursor[0]), toY(this.cursor[1])];
    setAttributes(this.cross, {
      d: `M${x - 12},${y} H${x + 12} M${x},${y - 12} V${y + 12}`,
    });
  }

  #listen() {
    const { surface } = this;
    surface.addEventListener("pointerdown", (event) => {
      if (this.pointer !== null || event.button !== 0) return;
      surface.focus({ preventScroll: true });
      this.pointer = event.pointerId;
      this.pressed = [event.clientX, event.clientY];
      surface.setPointerCapture(event.pointerId);
      this.callbacks.onPress(this.#position(event));
    });
    surface.addEventListener("pointermove", (event) => {
      this.callbacks.onMove(this.#position(event));
    });
    for (const end of ["pointerup", "pointercancel"]) {
      surface.addEventListener(end, (event) => {
        if (event.pointerId !== this.pointer) return;
        this.pointer = null;
        const [x, y] = this.pressed;
        const way = Math.hypot(event.clientX - x, event.clientY - y);
        if (end === "pointerup" && way < TAP_REACH) {
          this.callbacks.onTap(this.#position(event));
        }
        this.callbacks.onRelease();
      });
    }
    surface.addEventListener("keydown", (event) => {
      if (event.key in MOVES) {
        const [dx, dy] = MOVES[event.key];
        this.cursor = [
          clamp(this.cursor[0] + dx * KEY_STEP), clamp(this.cursor[1] + dy * KEY_STEP),
        ];
        this.callbacks.onMove([...this.cursor]);
      } else if (event.key === " ") {
        this.callbacks.onPress([...this.cursor], true);
        this.callbacks.onTap([...this.cursor]);
      } else {
        return;
      }
      event.preventDefault();
    });
  }

  #position(event) {
    const box = this.surface.getBoundingClientRect();
    this.cursor = [
      clamp((event.clientX - box.left) / box.width),
      clamp(1 - (event.clientY - box.top) / box.height),
    ];
    return [...this.cursor];
  }
}
