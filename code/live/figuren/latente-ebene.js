/**
 * Live figure: move over the plane of codes, the decoder of the page draws at once.
 *
 * Contract with the model (attribute `modell`): see ../ebene.js. What the figure shows
 * before the network is loaded stands in `data-antwort`, asked at build (live_antwort.py).
 */

import { LiveFigure, register } from "../basis.js";
import { button, html, select, setAttributes, svg, uniqueId } from "../dom.js";
import { PLANES, codeAt, neighbours, readPlane } from "../ebene.js";
import { loadModel } from "../laufzeit.js";
import { number } from "../zahlen.js";
import { column, parseOutputs } from "../zifferfigur.js";
import { SIZE } from "../ziffernbild.js";

/** Side of the plane's drawing in its own units. */
const VIEW = 400;
const KEY_STEP = 0.02;
/** The place that live_antwort.py asks about. */
const START = [0.75, 0.25];
/** Farther from every digit than this share of the side is empty country. */
const LONELY = 0.05;

const MOVES = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const clamp = (value) => Math.min(1, Math.max(0, value));

class LatentPlane extends LiveFigure {
  // Read by live.py in this file.
  static needsModel = true;

  static still = ".live-ebene";

  static question =
    "Suchen Sie eine Stelle, an der der Decoder etwas zeichnet, das keine Ziffer ist. " +
    "Bei welchem der beiden Netze finden Sie mehr davon?";

  initialState() {
    const stored = this.dataset.antwort;
    return {
      place: START,
      plane: 0,
      answer: stored ? readPlane(parseOutputs(stored)) : null,
      answered: null, // the place that the answer belongs to
      loading: false,
    };
  }

  build(root) {
    const helpId = uniqueId("hilfe");
    this.digits = svg("g", { class: "live-ebene-ziffern" });
    this.cross = svg("path", { class: "live-ebene-kreuz" });
    this.surface = svg(
      "svg",
      {
        viewBox: `0 0 ${VIEW} ${VIEW}`, class: "live-ebene-feld", role: "application",
        tabindex: 0, "aria-label": "Ebene der Codes", "aria-describedby": helpId,
      },
      this.digits, this.cross,
    );
    this.axis = html("p", { class: "live-ebene-achse" });
    this.help = html(
      "p", { id: helpId, class: "live-tastenhilfe" },
      "Tastatur: Pfeile bewegen das Kreuz, mit der Umschalttaste in großen Schritten.",
    );
    this.picture = html("canvas", {
      width: SIZE, height: SIZE, class: "live-ebene-bild", role: "img",
      "aria-label": "Was der Decoder an dieser Stelle zeichnet",
    });
    this.code = html("p", { class: "live-wert" });
    this.chooser = select("Netz", PLANES, (name) => {
      this.update({ plane: PLANES.findIndex(([key]) => key === name) });
    });
    this.start = button("Netz laden (3 MB)", () => this.#ask(), {
      class: "live-knopf live-hauptknopf",
    });
    root.append(
      html(
        "div",
        { class: "live-ebene" },
        column(
          "Ebene der Codes mit 400 Testziffern", "live-ebene-links",
          this.surface, this.axis, this.help,
        ),
        html(
          "div",
          { class: "live-ebene-rechts" },
          column("Der Decoder zeichnet", "", this.picture, this.code),
          this.chooser.root,
          this.start,
        ),
      ),
    );
    this.#listen();
  }

  render() {
    const { place, plane, answer, loading } = this.state;
    const shown = answer?.planes[plane];
    this.chooser.set(PLANES[plane][0]);
    const [x, y] = [place[0] * VIEW, (1 - place[1]) * VIEW];
    setAttributes(this.cross, {
      d: `M${x - 16},${y} H${x - 5} M${x + 5},${y} H${x + 16} M${x},${y - 16} V${y - 5} ` +
        `M${x},${y + 5} V${y + 16}`,
    });
    this.#drawDigits(shown);
    this.#paint(shown?.picture);
    this.start.classList.toggle("live-unsichtbar", Boolean(this.model));
    this.start.disabled = loading;
    this.start.textContent = loading ? "Netz wird geladen …" : "Netz laden (3 MB)";
    if (!shown) return;
    const [z1, z2] = codeAt(place, shown.ends);
    this.code.textContent = `Code: ${number(z1, 2)} und ${number(z2, 2)}`;
    const range = ([low, high]) => `${number(low, 1)} bis ${number(high, 1)}`;
    this.axis.textContent =
      `waagrecht erste Zahl, ${range(shown.ends.x)}; ` +
      `senkrecht zweite Zahl, ${range(shown.ends.y)}`;
  }

  describe() {
    const { place, plane, answer, loading } = this.state;
    if (loading) return "Das Netz wird geladen.";
    if (!answer) return "Fahren Sie über die Ebene, dann wird das Netz dieser Seite geladen.";
    const shown = answer.planes[plane];
    const { counts, nearest } = neighbours(place, shown.spots, answer.labels);
    if (nearest > LONELY) {
      return "Leeres Gebiet: In der Nähe liegt keine der 400 Testziffern.";
    }
    const ranking = [...counts.keys()].sort((a, b) => counts[b] - counts[a]);
    const [first, second] = ranking;
    if (counts[first] >= 8) {
      return `Mitten unter den Ziffern ${first}: ${counts[first]} der zehn nächsten ` +
        `Testziffern sind eine ${first}.`;
    }
    return `Grenzland: Unter den zehn nächsten Testziffern sind ${counts[first]} mit der ` +
      `Ziffer ${first} und ${counts[second]} mit der Ziffer ${second}.`;
  }

  reset() {
    super.reset();
    if (this.model) this.#ask();
  }

  async prepareStill() {
    await this.#ask();
  }

  /** Digits as small numerals; drawn anew only when another plane is chosen. */
  #drawDigits(shown) {
    const { answer } = this.state;
    if (!shown || (this.drawn === shown.name && this.drawnFrom === answer.labels)) return;
    this.drawn = shown.name;
    this.drawnFrom = answer.labels;
    const marks = shown.spots.map(([x, y], i) =>
      svg(
        "text",
        {
          x: (x * VIEW).toFixed(1), y: ((1 - y) * VIEW + 4).toFixed(1),
          class: `live-ebene-ziffer live-ebene-klasse-${answer.labels[i]}`,
        },
        String(answer.labels[i]),
      ),
    );
    this.digits.replaceChildren(...marks);
  }

  #paint(values) {
    const context = this.picture.getContext("2d");
    context.clearRect(0, 0, SIZE, SIZE);
    context.fillStyle = this.colour("--text");
    values?.forEach((ink, k) => {
      context.globalAlpha = clamp(ink);
      context.fillRect(k % SIZE, Math.floor(k / SIZE), 1, 1);
    });
  }

  #go(place) {
    this.update({ place });
    this.#ask();
  }

  /** Ask both decoders about the present place; only the newest question counts. */
  async #ask() {
    const { place } = this.state;
    this.hideFailure();
    try {
      if (!this.model) {
        if (this.state.loading) return;
        this.update({ loading: true });
        this.model = await loadModel(
          new URL(this.getAttribute("modell"), document.baseURI).href,
        );
        this.update({ loading: false });
        // Meanwhile the reader may have moved on: ask about where they are now.
        if (place !== this.state.place) return await this.#ask();
      }
      const outputs = await this.model.run(Float32Array.from(place), [1, 2]);
      if (place !== this.state.place) return;
      const answer = readPlane(outputs);
      const known = this.state.answer;
      // The digits stay the same: keep their objects, so that nothing is drawn twice.
      if (known) answer.labels = known.labels;
      this.update({ answer, answered: place });
    } catch (error) {
      this.update({ loading: false });
      this.showFailure(error.message);
    }
  }

  #listen() {
    const { surface } = this;
    const position = (event) => {
      const box = surface.getBoundingClientRect();
      return [
        clamp((event.clientX - box.left) / box.width),
        clamp(1 - (event.clientY - box.top) / box.height),
      ];
    };
    surface.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      surface.focus({ preventScroll: true });
      this.#go(position(event));
    });
    surface.addEventListener("pointermove", (event) => {
      // Before the network is there, only a press loads it, not a passing mouse.
      if (event.pointerType === "mouse" ? this.model : event.buttons > 0) {
        this.#go(position(event));
      }
    });
    surface.addEventListener("keydown", (event) => {
      if (!(event.key in MOVES)) return;
      event.preventDefault();
      const step = event.shiftKey ? 5 * KEY_STEP : KEY_STEP;
      const [dx, dy] = MOVES[event.key];
      const [x, y] = this.state.place;
      this.#go([clamp(x + dx * step), clamp(y + dy * step)]);
    });
  }
}

register("latente-ebene", LatentPlane);
