/**
 * Base class of all live figures: state, reset, description, theme, size.
 *
 * A figure is a module in figuren/ that extends LiveFigure and registers itself
 * with `register`. It says what it starts with (initialState), makes its elements
 * once (build), draws its state (render) and says it in words (describe). The
 * still picture from the page stays in the document for print.
 */

import { button, html } from "./dom.js";

/** Wait until the reader pauses before a screen reader is told the new state. */
const ANNOUNCE_AFTER_MS = 700;

export class LiveFigure extends HTMLElement {
  /** Question that the reader should try to answer with the figure (German). */
  static question = "";

  /** Figures that ask a network of the page set this to true (read by live.py). */
  static needsModel = false;

  /** CSS selector of the part that print shows (used by buchbau.standbilder). */
  static still = "svg";

  /** The state to start with and to return to; a fresh object on each call. */
  initialState() {
    return {};
  }

  /** Make the elements of the figure inside `root`, once. */
  build(_root) {}

  /** Bring all elements, controls included, in line with `this.state`. */
  render() {}

  /** Say in German words what the figure shows now. */
  describe() {
    return "";
  }

  /** Bring the figure into the state that print shows; may take its time. */
  async prepareStill() {}

  connectedCallback() {
    if (this.body) return; // moved inside the page: everything is built already
    this.state = this.initialState();
    this.body = html("div", { class: "live-inhalt" });
    this.statement = html("p", { class: "live-aussage" });
    this.announcer = html("p", { class: "live-nur-vorgelesen", role: "status" });
    this.failure = html("p", { class: "live-fehler", role: "alert", hidden: true });
    this.toolbar = html(
      "div",
      { class: "live-leiste" },
      button("Zurücksetzen", () => this.reset()),
    );
    this.build(this.body);
    // A figure may have put the sentence or the buttons where they belong in it.
    const parts = [
      this.body, this.statement, this.announcer, this.failure, this.toolbar,
    ];
    this.append(...parts.filter((part) => part.parentElement === null));
    if (this.constructor.question) {
      const lead = html("strong", {}, "Probieren Sie es aus: ");
      this.append(
        html("p", { class: "live-frage" }, lead, this.constructor.question),
      );
    }
    this.setAttribute("bereit", "");
    this.#watchSurroundings();
    this.#draw();
    this.#stayAtTarget();
  }

  /** Whoever followed a link to this figure sees its top, although it grew meanwhile. */
  #stayAtTarget() {
    const figure = this.closest("figure");
    if (!figure?.id || `#${figure.id}` !== location.hash) return;
    requestAnimationFrame(() => figure.scrollIntoView({ behavior: "instant" }));
  }

  /** Change part of the state and draw it in the next frame. */
  update(changes) {
    Object.assign(this.state, changes);
    this.requestRender();
  }

  /** Return to the initial state. */
  reset() {
    this.hideFailure();
    this.state = this.initialState();
    this.requestRender();
  }

  /** Draw in the next frame; several calls before it draw once. */
  requestRender() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => this.#draw());
  }

  /** The present value of a theme colour, for canvases; SVG uses CSS classes. */
  colour(variable) {
    return getComputedStyle(this).getPropertyValue(variable).trim();
  }

  /** Show a German message about something that failed, inside the figure. */
  showFailure(message) {
    this.failure.textContent = message;
    this.failure.hidden = false;
  }

  hideFailure() {
    this.failure.hidden = true;
    this.failure.textContent = "";
  }

  /** Tell screen readers at once, without waiting for the next description. */
  announce(text) {
    clearTimeout(this.announceTimer);
    this.announcer.textContent = text;
  }

  #draw() {
    this.frame = 0;
    this.render();
    const text = this.describe();
    if (text === this.statement.textContent) return;
    const first = this.statement.textContent === "";
    this.statement.textContent = text;
    // The first sentence is there to be read, not to interrupt the reader.
    if (first) return;
    clearTimeout(this.announceTimer);
    this.announceTimer = setTimeout(() => {
      this.announcer.textContent = text;
    }, ANNOUNCE_AFTER_MS);
  }

  #watchSurroundings() {
    new ResizeObserver(() => this.requestRender()).observe(this.body);
    new MutationObserver(() => this.requestRender()).observe(
      document.documentElement,
      { attributes: true, attributeFilter: ["data-theme", "data-mode", "class"] },
    );
  }
}

/** Register a figure class under the element name that the directive writes. */
export function register(name, figureClass) {
  customElements.define(`live-${name}`, figureClass);
}
