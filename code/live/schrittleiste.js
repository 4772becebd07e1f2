/**
 * Controls to go through a figure step by step: slider, back, on, play.
 *
 * Used by figures that show a procedure. The bar keeps no position of its own: it
 * reports what the reader wants and is told what to show.
 */

import { button, html, slider } from "./dom.js";
import { number } from "./zahlen.js";

export class StepBar {
  /**
   * @param {object} options
   * @param {(step: number) => void} options.onStep the reader wants this step
   * @param {() => number} options.last number of the last step
   * @param {number} [options.playInterval] milliseconds between two steps; without
   *   it, or for readers who asked for less motion, steps cannot be played
   * @param {number} [options.unit] what one step counts in the procedure
   */
  constructor({ onStep, last, playInterval, unit = 1 }) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const play = playInterval !== undefined && !still;
    this.playInterval = playInterval;
    this.step = 0;
    this.last = last;
    this.onStep = onStep;
    this.position = slider(
      "Schritt",
      {
        min: 0, max: 1, step: 1,
        format: (step) =>
          `${number(step * unit, 0)} von ${number(this.last() * unit, 0)}`,
      },
      (step) => {
        this.pause();
        onStep(step);
      },
    );
    this.back = button("Zurück", () => this.#move(-1));
    this.next = button("Weiter", () => this.#move(1), {
      class: "live-knopf live-hauptknopf",
    });
    this.player = play ? button("Abspielen", () => this.#toggle()) : null;
    this.root = html(
      "div",
      { class: "live-schritte" },
      html("div", { class: "live-leiste" }, this.back, this.next, this.player),
      this.position.root,
    );
  }

  /** Show a position. */
  show(step) {
    this.step = step;
    const last = this.last();
    this.position.field.max = String(last);
    this.position.set(step);
    // aria-disabled keeps the keyboard focus on the button at the end.
    this.back.setAttribute("aria-disabled", String(step <= 0));
    this.next.setAttribute("aria-disabled", String(step >= last));
    if (step >= last) this.pause();
  }

  /** Stop playing. */
  pause() {
    clearInterval(this.timer);
    this.timer = undefined;
    if (this.player) this.player.textContent = "Abspielen";
  }

  #move(by) {
    this.pause();
    this.#go(this.step + by);
  }

  #go(step) {
    if (step >= 0 && step <= this.last()) this.onStep(step);
  }

  #toggle() {
    if (this.timer) {
      this.pause();
      return;
    }
    if (this.step >= this.last()) this.onStep(0);
    this.player.textContent = "Anhalten";
    this.timer = setInterval(() => this.#go(this.step + 1), this.playInterval);
  }
}
