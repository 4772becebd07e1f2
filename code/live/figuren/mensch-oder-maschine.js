/**
 * Live figure: real digits and the page's own fakes, to be told apart.
 *
 * Contract with the model (attribute `modell`): as in latente-regler.js. The first
 * picture is the network's answer asked at build, so that the game can begin before
 * the reader has loaded it; the first guess loads it.
 *
 * Each round of a session, also after a reset, has digits that no earlier one had, until
 * all sixty have been shown: whoever knows a digit need not guess.
 */

import { LiveFigure, register } from "../basis.js";
import { button, html } from "../dom.js";
import { loadModel } from "../laufzeit.js";
import { LATENT, SIDE, drawVector, pictureOf, realDigits, shuffled } from "../latent.js";
import { paintInk } from "../tinte.js";
import { bytes, parseOutputs } from "../zifferfigur.js";
import { normalFrom, randomFrom } from "../zufall.js";

const EXAMPLES = new URL("../daten/echte-ziffern.json", import.meta.url);

/** As many fakes as real digits in a round, of which there is one per class. */
const EACH = 10;

const HUMAN = "mensch";
const MACHINE = "maschine";
const NAMES = { [HUMAN]: "Mensch", [MACHINE]: "Maschine" };
const WHO = { [HUMAN]: "ein Mensch", [MACHINE]: "die Maschine" };

class HumanOrMachine extends LiveFigure {
  // Read by live.py in this file.
  static needsModel = true;

  static still = ".live-mm";

  static question =
    "Woran erkennen Sie die Fälschungen: an der Form, an den Rändern der Striche oder " +
    "an grauen Flecken?";

  /** A shuffled round that begins with a picture that is there already. */
  initialState() {
    this.round = (this.round ?? 0) + 1;
    const random = randomFrom(this.round);
    const normal = normalFrom(this.round + 1000);
    const stored = this.round === 1 && this.dataset.antwort
      ? pictureOf(parseOutputs(this.dataset.antwort))
      : null;
    const fakes = Array.from({ length: EACH }, () => ({
      kind: MACHINE, z: drawVector(normal), picture: null,
    }));
    const real = Array.from({ length: EACH }, () => ({ kind: HUMAN, picture: null }));
    this.#fill(real);
    const items = shuffled([...fakes, ...real], random);
    // Before the network is there the first picture must be one that does not need it.
    const opener = stored ? MACHINE : HUMAN;
    const first = this.model ? items[0] : items.find(({ kind }) => kind === opener);
    if (stored) first.picture = stored;
    return {
      items: [first, ...items.filter((item) => item !== first)], guesses: [], waiting: false,
    };
  }

  /** Give real items the pictures of this round, once these have been fetched. */
  #fill(items) {
    if (!this.examples) return;
    const digits = realDigits(this.examples, this.round);
    items.forEach((item, k) => { item.picture = bytes(digits[k].pixel); });
  }

  build(root) {
    this.canvas = html("canvas", {
      width: SIDE, height: SIDE, class: "live-mm-bild", role: "img",
    });
    this.choices = [HUMAN, MACHINE].map((kind) =>
      button(NAMES[kind], () => this.#guess(kind), {
        class: "live-knopf live-hauptknopf",
      }),
    );
    this.score = html("p", { class: "live-mm-stand" });
    this.past = html("ol", {
      class: "live-mm-reihe", "aria-label": "Bisherige Urteile",
    });
    root.append(
      html(
        "div", { class: "live-mm" },
        html(
          "div", { class: "live-mm-links" },
          this.canvas,
          html(
            "div",
            { class: "live-leiste live-mm-wahl", role: "group", "aria-label": "Wer schrieb das?" },
            ...this.choices,
          ),
        ),
        html(
          "div", { class: "live-mm-rechts" },
          this.score, this.past,
          html(
            "p", { class: "live-mm-zeichen" },
            "Rahmen durchgezogen: Mensch, gestrichelt: Maschine. ✓ richtig, ✗ falsch geraten.",
          ),
        ),
      ),
      this.statement,
    );
    // A round that comes again would be no game: the new one is also the way back.
    this.toolbar.replaceChildren(button("Neue Runde", () => this.reset()));
    this.examplesReady = this.#loadExamples();
  }

  get right() {
    const { guesses, items } = this.state;
    return guesses.filter((guess, k) => guess === items[k].kind).length;
  }

  get finished() {
    return this.state.guesses.length >= this.state.items.length;
  }

  render() {
    const { items, guesses, waiting } = this.state;
    const now = items[guesses.length];
    const ink = this.colour("--text");
    paintInk(this.canvas, this.finished ? items.at(-1).picture : now.picture, ink);
    this.canvas.setAttribute(
      "aria-label",
      this.finished
        ? "Die letzte Ziffer der Runde"
        : `Ziffer ${guesses.length + 1} von ${items.length}: Mensch oder Maschine?`,
    );
    const open = !this.finished && !waiting && Boolean(now.picture);
    for (const choice of this.choices) {
      // aria-disabled keeps the keyboard focus while the next picture is drawn.
      choice.setAttribute("aria-disabled", String(!open));
    }
    this.score.textContent =
      guesses.length === 0
        ? `Ziffer 1 von ${items.length}`
        : `${this.right} von ${guesses.length} richtig`;
    this.past.replaceChildren(
      ...guesses.map((guess, k) => this.#mark(items[k], guess === items[k].kind, ink)),
    );
  }

  /** A picture that has been judged, with its truth and whether the guess was right. */
  #mark({ kind, picture }, right, ink) {
    const canvas = html("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });
    paintInk(canvas, picture, ink);
    return html(
      "li",
      { class: `live-mm-${kind}` },
      canvas,
      html("span", { "aria-hidden": "true" }, right ? "✓" : "✗"),
      html(
        "span", { class: "live-nur-vorgelesen" },
        `${NAMES[kind]}, ${right ? "richtig" : "falsch"} geraten`,
      ),
    );
  }

  describe() {
    const { items, guesses, waiting } = this.state;
    if (guesses.length === 0) {
      return "Wer hat diese Ziffer geschrieben, ein Mensch oder die Maschine dieser Seite?";
    }
    const last = items[guesses.length - 1];
    const verdict =
      `${guesses.at(-1) === last.kind ? "Richtig" : "Falsch"}: Das war ${WHO[last.kind]}.`;
    const count = `${this.right} von ${guesses.length} richtig`;
    if (this.finished) {
      return `${verdict} Runde zu Ende, ${count}; blindes Raten trifft im Mittel die Hälfte.`;
    }
    return waiting ? `${verdict} Das Netz wird geladen.` : `${verdict} Bisher ${count}.`;
  }

  reset() {
    super.reset();
    if (!this.examples) this.#loadExamples();
    this.#prepare();
  }

  #guess(kind) {
    const { items, guesses, waiting } = this.state;
    if (this.finished || waiting || !items[guesses.length].picture) return;
    this.update({ guesses: [...guesses, kind] });
    this.#prepare();
  }

  /** Have all fakes of the present round drawn, the next one first. */
  async #prepare() {
    if (this.preparing) return;
    this.preparing = true;
    this.hideFailure();
    try {
      if (!this.model) {
        this.update({ waiting: true });
        this.model = await loadModel(
          new URL(this.getAttribute("modell"), document.baseURI).href,
        );
      }
      const missing = () =>
        this.state.items.find(({ kind, picture }) => kind === MACHINE && !picture);
      for (let item = missing(); item; item = missing()) {
        item.picture = pictureOf(await this.model.run(item.z, [1, LATENT]));
        if (!item.picture) throw new Error("Das Netz dieser Seite zeichnet keine Ziffern.");
        this.requestRender();
      }
      this.update({ waiting: false });
    } catch (error) {
      this.update({ waiting: false });
      this.showFailure(`${error.message} „Neue Runde“ versucht es noch einmal.`);
    } finally {
      this.preparing = false;
    }
  }

  async #loadExamples() {
    const answer = await fetch(EXAMPLES);
    if (!answer.ok) {
      this.showFailure("Die Ziffern aus MNIST ließen sich nicht laden.");
      return;
    }
    ({ bilder: this.examples } = await answer.json());
    this.#fill(this.state.items.filter(({ kind }) => kind === HUMAN));
    this.requestRender();
  }

  async prepareStill() {
    await this.examplesReady;
    await this.#prepare();
    for (let k = 0; k < 8; k += 1) {
      const { items, guesses } = this.state;
      // The picture shows both kinds of verdict.
      const wrong = k % 3 === 2;
      const { kind } = items[guesses.length];
      const other = kind === HUMAN ? MACHINE : HUMAN;
      this.update({ guesses: [...guesses, wrong ? other : kind] });
    }
  }
}

register("mensch-oder-maschine", HumanOrMachine);
