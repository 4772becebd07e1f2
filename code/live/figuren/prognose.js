/**
 * Live figure: forecast of the next day on the test weeks of the electricity demand.
 *
 * Contract with the model (attribute `modell`): input float32 (1, 48, 1), how many MW
 * each half hour of the last day lies above the same half hour a week before; output
 * (1, 48), how many MW the next day will. The numbers are in ../prognose.js.
 */

import { LiveFigure, register } from "../basis.js";
import { button, html, slider, svg } from "../dom.js";
import { loadModel } from "../laufzeit.js";
import {
  DAY, corrected, lastWeek, meanError, networkInput, originRange, timeOf,
} from "../prognose.js";
import { number } from "../zahlen.js";

const SERIES = new URL("../daten/strom.json", import.meta.url);

const HEIGHT = 330;
const BORDER = { left: 52, right: 12, top: 34, bottom: 34 };
/** Range of the axis in MW, the same for every day. */
const LOW = 16_000;
const HIGH = 40_000;
const TICKS = [20_000, 25_000, 30_000, 35_000];
/** From Friday of the first test week, noon: last week is far off. */
const FIRST = 4 * DAY + DAY / 2;

const MOMENT = new Intl.DateTimeFormat("de-DE", {
  weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
  timeZone: "UTC",
});
const CLOCK = new Intl.DateTimeFormat("de-DE", {
  hour: "2-digit", minute: "2-digit", timeZone: "UTC",
});

const megawatts = (value) => `${number(value, 0)} MW`;

class Forecast extends LiveFigure {
  // Read by live.py in this file.
  static needsModel = true;

  static still = "svg";

  static question =
    "An welchem Tag liegt die Vorwoche weit daneben, und was weiß das Netz dann, was die " +
    "Vorwoche nicht weiß? Finden Sie auch einen Beginn, bei dem das Netz schadet?";

  initialState() {
    return { offset: FIRST, correction: null, loading: false, data: this.data };
  }

  build(root) {
    this.origin = slider(
      "Beginn der Prognose",
      { min: 0, max: 1, step: 1, format: (offset) => this.#moment(offset) },
      (offset) => this.#go(offset),
    );
    this.drawing = svg("svg", { class: "live-prognose-bild", role: "img" });
    this.start = button("Netz laden (3 MB)", () => this.#ask(), {
      class: "live-knopf live-hauptknopf",
    });
    const jump = (label, by) => button(label, () => this.#go(this.state.offset + by));
    root.append(
      this.drawing,
      this.origin.root,
      html(
        "div",
        { class: "live-leiste" },
        jump("Einen Tag zurück", -DAY),
        jump("Einen Tag vor", DAY),
        this.start,
      ),
    );
    this.ready = this.#load();
  }

  render() {
    const { data, offset, loading } = this.state;
    this.start.classList.toggle("live-unsichtbar", Boolean(this.model));
    this.start.disabled = loading;
    this.start.textContent = loading ? "Netz wird geladen …" : "Netz laden (3 MB)";
    if (!data) return;
    this.origin.field.max = String(this.#last());
    this.origin.set(offset);
    this.#draw();
  }

  describe() {
    const { data, offset, correction, loading } = this.state;
    if (!data) return "Die Stromnachfrage wird geladen.";
    const origin = this.#origin(offset);
    const naive = meanError(data.nachfrage, origin, lastWeek(data.nachfrage, origin));
    const begin =
      `Prognose ab ${this.#moment(offset)}: Die Vorwoche liegt in den ` +
      `nächsten 24 Stunden im Mittel um ${megawatts(naive)} daneben`;
    if (loading) return `${begin}. Das Netz wird geladen.`;
    if (!correction) return `${begin}. Was das Netz sagt, sehen Sie nach dem Laden.`;
    const error = meanError(data.nachfrage, origin, this.#forecast());
    const verdict =
      error < naive ? `${megawatts(naive - error)} besser` : `${megawatts(error - naive)} schlechter`;
    return `${begin}, das Netz um ${megawatts(error)}; es ist ${verdict}.`;
  }

  reset() {
    super.reset();
    if (this.model) this.#ask();
  }

  async prepareStill() {
    await this.ready;
    await this.#ask();
  }

  async #load() {
    const answer = await fetch(SERIES);
    if (!answer.ok) {
      this.showFailure("Die Stromnachfrage ließ sich nicht laden.");
      return;
    }
    this.data = await answer.json();
    this.update({ data: this.data });
  }

  #last() {
    const [first, last] = originRange(this.state.data);
    return last - first;
  }

  #origin(offset) {
    return this.state.data.start + offset;
  }

  #moment(offset) {
    if (!this.state?.data) return "";
    return MOMENT.format(timeOf(this.state.data, this.#origin(offset)));
  }

  #forecast() {
    const { data, offset, correction } = this.state;
    return corrected(data.nachfrage, this.#origin(offset), correction);
  }

  #go(offset) {
    if (!this.state.data) return;
    this.wanted = Math.min(this.#last(), Math.max(0, offset));
    // With the network at hand day and forecast change together.
    if (this.model) this.#ask(this.wanted);
    else this.update({ offset: this.wanted });
  }

  /** Show a day with the network's forecast; only the newest question counts. */
  async #ask(offset = this.state.offset) {
    this.hideFailure();
    this.wanted = offset;
    try {
      if (!this.model) {
        this.update({ loading: true });
        this.model = await loadModel(
          new URL(this.getAttribute("modell"), document.baseURI).href,
        );
        this.update({ loading: false });
      }
      await this.ready;
      // While the network was on its way the reader may have moved on.
      const asked = this.wanted;
      const input = networkInput(this.data.nachfrage, this.#origin(asked));
      const [correction] = await this.model.run(input, [1, DAY, 1]);
      if (asked === this.wanted) this.update({ offset: asked, correction: [...correction] });
    } catch (error) {
      this.update({ loading: false });
      this.showFailure(error.message);
    }
  }

  #draw() {
    const { data, offset, correction } = this.state;
    const { nachfrage } = data;
    const origin = this.#origin(offset);
    const width = Math.max(280, this.body.clientWidth);
    const across = (width - BORDER.left - BORDER.right) / (2 * DAY - 1);
    const toX = (position) => BORDER.left + (position - origin + DAY) * across;
    const toY = (value) =>
      BORDER.top +
      ((HIGH - value) / (HIGH - LOW)) * (HEIGHT - BORDER.top - BORDER.bottom);
    const line = (values, from, name) =>
      svg("polyline", {
        points: values.map((value, k) => `${toX(from + k)},${toY(value)}`).join(" "),
        class: name,
      });
    const known = nachfrage.slice(origin - DAY, origin);
    const now = (toX(origin - 1) + toX(origin)) / 2;
    const text = (x, y, label, attributes) =>
      svg("text", { x, y, class: "live-prognose-zahl", ...attributes }, label);
    const grid = TICKS.flatMap((value) => [
      svg("line", {
        x1: BORDER.left, x2: width - BORDER.right, y1: toY(value), y2: toY(value),
        class: "live-prognose-gitter",
      }),
      text(BORDER.left - 6, toY(value) + 5, number(value, 0), { "text-anchor": "end" }),
    ]);
    const hours = [-DAY, -DAY / 2, 0, DAY / 2].map((step) =>
      text(toX(origin + step), HEIGHT - 12, CLOCK.format(timeOf(data, origin + step)), {
        "text-anchor": step === -DAY ? "start" : "middle",
      }),
    );
    const label = (x, y, words, name, anchor = "start") =>
      text(x, y, words, { class: `live-prognose-text ${name}`, "text-anchor": anchor });
    const middle = now + 6;
    this.drawing.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    this.drawing.setAttribute(
      "aria-label",
      "Stromnachfrage in MW: der letzte Tag, danach Wirklichkeit, Vorwoche" +
        (correction ? " und Netz" : ""),
    );
    this.drawing.replaceChildren(
      ...grid,
      ...hours,
      svg("line", {
        x1: now, x2: now, y1: 8, y2: HEIGHT - BORDER.bottom, class: "live-prognose-jetzt",
      }),
      label(now - 6, 20, "bekannt (MW)", "live-prognose-echt", "end"),
      label(middle, 20, "Wirklichkeit", "live-prognose-echt"),
      label(width - BORDER.right, HEIGHT - 62, "– – Vorwoche", "live-prognose-vorwoche", "end"),
      line(lastWeek(nachfrage, origin), origin, "live-prognose-linie live-prognose-vorwoche"),
      line(known, origin - DAY, "live-prognose-linie live-prognose-echt"),
      line(
        nachfrage.slice(origin, origin + DAY), origin,
        "live-prognose-linie live-prognose-echt live-prognose-spaeter",
      ),
      ...(correction
        ? [
            label(width - BORDER.right, HEIGHT - 42, "— Netz", "live-prognose-netz", "end"),
            line(this.#forecast(), origin, "live-prognose-linie live-prognose-netz"),
          ]
        : []),
    );
  }
}

register("prognose", Forecast);
