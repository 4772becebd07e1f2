/**
 * Live figure: sliders in the latent space, the page's generator draws at once.
 *
 * Contract with the model (attribute `modell`): input float32 (1, 16), standard normal;
 * output (1, 28, 28, 1) from 0 (paper) to 1 (ink). The picture that it starts with is
 * the answer of that network to `startVector()`, asked at build (live_antwort.py).
 */

import { LiveFigure, register } from "../basis.js";
import { button, html, slider } from "../dom.js";
import { loadModel } from "../laufzeit.js";
import {
  LATENT, SIDE, between, drawVector, lengthOf, pictureOf, startVector,
} from "../latent.js";
import { paintInk } from "../tinte.js";
import { number } from "../zahlen.js";
import { parseOutputs } from "../zifferfigur.js";
import { normalFrom } from "../zufall.js";

const REACH = 3;
const PLAY_MS = 50;
const PLAY_STEP = 0.02;
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

const subscript = (value) =>
  [...String(value)].map((digit) => SUBSCRIPTS[Number(digit)]).join("");

class LatentSliders extends LiveFigure {
  // Read by live.py in this file.
  static needsModel = true;

  static still = ".live-latent";

  static question =
    "Schieben Sie einen einzelnen Regler von ganz links nach ganz rechts: Ändert sich " +
    "nur eine Eigenschaft der Ziffer oder vieles zugleich?";

  initialState() {
    const stored = this.dataset.antwort;
    return {
      from: startVector(),
      to: drawVector(normalFrom(7)),
      share: 0,
      seed: 20,
      picture: stored ? pictureOf(parseOutputs(stored)) : null,
      drawn: null, // the vector that the picture belongs to
      loading: false,
    };
  }

  build(root) {
    this.canvas = html("canvas", {
      width: SIDE, height: SIDE, class: "live-latent-bild", role: "img",
    });
    this.start = button("Netz laden (3 MB)", () => this.#draw(), {
      class: "live-knopf live-hauptknopf",
    });
    this.numbers = Array.from({ length: LATENT }, (_, k) =>
      slider(
        `z${subscript(k + 1)}`,
        { min: -REACH, max: REACH, step: 0.1, format: (value) => number(value, 1) },
        (value) => this.#turn(k, value),
      ),
    );
    this.way = slider(
      "Weg zur nächsten Ziffer",
      { min: 0, max: 1, step: PLAY_STEP, format: (share) => `${number(100 * share, 0)} %` },
      (share) => {
        this.#pause();
        this.#show({ share });
      },
    );
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.player = still ? null : button("Weg abspielen", () => this.#toggle());
    root.append(
      html(
        "div", { class: "live-latent" },
        html(
          "div", { class: "live-latent-links" },
          this.canvas, this.start, this.way.root, this.player,
        ),
        html(
          "div",
          { class: "live-latent-zahlen", role: "group", "aria-label": "Latenter Vektor" },
          ...this.numbers.map(({ root: control }) => control),
        ),
      ),
      this.statement,
    );
    this.toolbar.prepend(
      button("Neu würfeln", () => this.#dice(), { class: "live-knopf live-hauptknopf" }),
      button("Alle auf null", () => {
        this.#pause();
        this.#show({ from: new Float32Array(LATENT), share: 0 });
      }),
    );
  }

  get vector() {
    const { from, to, share } = this.state;
    return between(from, to, share);
  }

  render() {
    const { picture, loading, share } = this.state;
    const z = this.vector;
    this.numbers.forEach((control, k) => {
      // A slider in the reader's hand keeps the place it was put to.
      if (document.activeElement !== control.field || share > 0) control.set(z[k]);
    });
    this.way.set(share);
    paintInk(this.canvas, picture, this.colour("--text"));
    this.canvas.setAttribute("aria-label", this.describe());
    this.start.hidden = Boolean(this.model);
    this.start.disabled = loading;
    this.start.textContent = loading ? "Netz wird geladen …" : "Netz laden (3 MB)";
  }

  describe() {
    const { picture, share, loading } = this.state;
    if (loading) return "Das Netz wird geladen.";
    if (!picture) return "Der Generator dieser Seite wird geladen, sobald Sie etwas ändern.";
    const ink = picture.reduce((sum, value) => sum + value, 0) / picture.length;
    const place =
      share === 0 ? "" : ` Auf dem Weg zur nächsten Ziffer: ${number(100 * share, 0)} %.`;
    return (
      `Bild zu einem Vektor der Länge ${number(lengthOf(this.vector), 1)}; ` +
      `${number(100 * ink, 0)} % Tinte.${place}`
    );
  }

  reset() {
    this.#pause();
    super.reset();
    if (this.model) this.#draw();
  }

  #turn(k, value) {
    this.#pause();
    const from = this.vector;
    from[k] = value;
    this.#show({ from, share: 0 });
  }

  #dice() {
    this.#pause();
    const normal = normalFrom(this.state.seed);
    this.#show({
      from: drawVector(normal), to: drawVector(normal), share: 0, seed: this.state.seed + 1,
    });
  }

  #show(changes) {
    this.update(changes);
    this.#draw();
  }

  #pause() {
    clearInterval(this.timer);
    this.timer = undefined;
    if (this.player) this.player.textContent = "Weg abspielen";
  }

  #toggle() {
    if (this.timer) {
      this.#pause();
      return;
    }
    if (this.state.share >= 1) this.#next();
    this.player.textContent = "Anhalten";
    this.timer = setInterval(() => {
      if (this.state.share >= 1) this.#next();
      const share = Math.min(1, this.state.share + PLAY_STEP);
      this.#show({ share: Number(share.toFixed(2)) });
    }, PLAY_MS);
  }

  /** Arrived: the way goes on to a new vector. */
  #next() {
    const { to, seed } = this.state;
    this.update({ from: to, to: drawVector(normalFrom(seed)), seed: seed + 1, share: 0 });
  }

  /** Ask the generator; what changes while it works is asked next. */
  async #draw() {
    this.again = true;
    if (this.asking) return;
    this.asking = true;
    this.hideFailure();
    try {
      if (!this.model) {
        this.update({ loading: true });
        this.model = await loadModel(
          new URL(this.getAttribute("modell"), document.baseURI).href,
        );
        this.update({ loading: false });
      }
      while (this.again) {
        this.again = false;
        const asked = Float32Array.from(this.vector);
        const picture = pictureOf(await this.model.run(asked, [1, LATENT]));
        this.update({ picture, drawn: asked });
      }
    } catch (error) {
      this.#pause();
      this.update({ loading: false });
      this.showFailure(error.message);
    } finally {
      this.asking = false;
    }
  }

  async prepareStill() {
    await this.#draw();
  }
}

register("latente-regler", LatentSliders);
