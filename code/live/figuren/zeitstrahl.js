/**
 * Live figure: the history of AI as a timeline that can be filtered.
 *
 * A picture where there is room, a list on a phone or on request. The events come
 * from the chapter's own table (buchbau/sphinx/live_ereignisse.py writes them);
 * filters and places are in ../ereignisse.js.
 */

import { LiveFigure, register } from "../basis.js";
import { button, html, select, setAttributes, svg, uniqueId } from "../dom.js";
import {
  PERIODS, categoriesOf, filterEvents, neighbour, stack, yearsOf,
} from "../ereignisse.js";
import { VIEW, marker } from "../streubild.js";

const DATA = new URL("../daten/ereignisse.json", import.meta.url);
const LITERATURE = new URL("../../../book/anhang/literatur.html", import.meta.url);

const EVENTS = await (await fetch(DATA)).json();
const CATEGORIES = categoriesOf(EVENTS);

/** Narrower than this the picture gives way to the list. */
const NARROW = 520;

const WIDTH = 640;
const LEFT = 14;
const RIGHT = 18;
const TOP = 6;
const LABEL = 22; // height of a lane's name
const ROW = 19;
const GAP = 19; // marks nearer than this share no row
const AXIS = 30;
const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
/** Steps between the years at the axis; the first that leaves room is taken. */
const STEPS = [2, 5, 10, 20];

/** The event that the figure starts with. */
const FIRST = EVENTS.findIndex(({ title }) => title === "Perzeptron");

class Timeline extends LiveFigure {
  static question =
    "In welchem Jahrzehnt überholt das Lernen aus Daten die Regeln? Und wie viele Jahre " +
    "liegen zwischen der ersten Beschreibung von Backpropagation und ihrem Erfolg?";

  initialState() {
    return {
      category: "alle", period: "alle", words: "", chosen: EVENTS[FIRST], list: false,
    };
  }

  build(root) {
    const all = ["alle", "alle Kategorien"];
    this.category = select("Kategorie", [all, ...CATEGORIES.map((c) => [c, c])], (category) =>
      this.update({ category }),
    );
    const periods = PERIODS.map(([key, label]) => [key, label]);
    this.period = select("Zeit", periods, (period) => this.update({ period }));
    const id = uniqueId("suche");
    this.words = html("input", {
      id, type: "search", class: "live-feld", autocomplete: "off",
      placeholder: "etwa Hinton",
    });
    this.words.addEventListener("input", () => this.update({ words: this.words.value }));
    this.count = html("p", { class: "live-anzahl" });
    this.view = button("Als Liste", () => this.update({ list: !this.state.list }), {
      class: "live-knopf live-ansicht",
    });
    this.earlier = button("Früher", () => this.#go("ArrowLeft"));
    this.later = button("Später", () => this.#go("ArrowRight"), {
      class: "live-knopf live-hauptknopf",
    });
    this.drawing = svg("svg", {
      class: "live-zeitstrahl", role: "group", "aria-label": "Zeitstrahl",
    });
    this.drawing.addEventListener("keydown", (event) => {
      if (!KEYS.includes(event.key) || this.shown.length === 0) return;
      event.preventDefault();
      this.focusChosen = true;
      this.#go(event.key);
    });
    this.source = html("p", { class: "live-quelle" });
    this.picture = html(
      "div", { class: "live-zeitbild" }, this.drawing,
      html(
        "div", { class: "live-zeitwahl" },
        html("div", { class: "live-leiste" }, this.earlier, this.later),
        html("div", { class: "live-ereignis" }, this.statement, this.source),
      ),
    );
    this.list = html("ol", {
      class: "live-ereignisse", tabindex: 0, "aria-label": "Ereignisse",
    });
    root.append(
      html(
        "div", { class: "live-filter" },
        this.category.root, this.period.root,
        html(
          "div", { class: "live-regler" },
          html("label", { for: id }, "Name oder Wort"), this.words,
        ),
        this.count,
      ),
      this.picture, this.list,
    );
    this.toolbar.append(this.view);
  }

  /** Whether the events are shown as a list. */
  get asList() {
    return this.state.list || this.body.clientWidth < NARROW;
  }

  #go(key) {
    if (this.shown.length === 0) return;
    this.update({ chosen: neighbour(this.shown, this.state.chosen, key) });
  }

  render() {
    const { state } = this;
    this.shown = filterEvents(EVENTS, state);
    if (this.shown.length > 0 && !this.shown.includes(state.chosen)) {
      state.chosen = this.shown[0];
    }
    this.category.set(state.category);
    this.period.set(state.period);
    if (this.words.value !== state.words) this.words.value = state.words;
    this.count.textContent = this.#counted();
    this.view.textContent = state.list ? "Als Bild" : "Als Liste";
    this.picture.hidden = this.asList;
    this.list.hidden = !this.asList;
    if (this.asList) this.#drawList();
    else this.#drawPicture();
  }

  #counted() {
    const { length } = this.shown;
    if (length === EVENTS.length) return `${length} Ereignisse`;
    return `${length} von ${EVENTS.length} Ereignissen`;
  }

  /** A link to the work in the bibliography that an event rests on. */
  #link({ source, label }) {
    const address = new URL(`#lit-${source}`, LITERATURE);
    return html("a", { href: address.href }, label);
  }

  #drawList() {
    this.list.replaceChildren(
      ...this.shown.map((event) =>
        html(
          "li", {},
          html("strong", {}, yearsOf(event)), " ",
          html("span", { class: "live-ereignistitel" }, event.title),
          event.people ? `, ${event.people}` : null,
          html("span", { class: "live-ereigniskategorie" }, event.category),
          html("p", {}, event.sentence, " Quelle: ", this.#link(event)),
        ),
      ),
    );
  }

  #drawPicture() {
    const { chosen, period } = this.state;
    const [, , first, last] = PERIODS.find(([key]) => key === period);
    const toX = (year) =>
      LEFT + ((WIDTH - LEFT - RIGHT) * (year - first)) / (last - first);
    const place = ({ year, until }) =>
      Math.max(LEFT, Math.min(WIDTH - RIGHT, toX((year + until) / 2)));
    const names = [];
    const options = [];
    let y = TOP;
    CATEGORIES.forEach((category, k) => {
      const events = this.shown
        .filter((event) => event.category === category)
        .sort((a, b) => place(a) - place(b));
      const rows = stack(events.map(place), GAP);
      const height = LABEL + ROW * Math.max(1, ...rows.map((row) => row + 1));
      const name = svg("text", { x: 2, y: y + 14, class: "live-spurname" }, category);
      names.push(name);
      events.forEach((event, i) => {
        const top = y + LABEL + ROW * rows[i] + ROW / 2 - 2;
        options.push([event, this.#option(event, k, place(event), top, toX)]);
      });
      y += height;
      names.push(
        svg("line", { x1: 0, x2: WIDTH, y1: y, y2: y, class: "live-spurlinie" }),
      );
    });
    const spans = this.shown
      .filter(({ year, until }) => until > year && until > first && year < last)
      .map(({ year, until }) => {
        const from = Math.max(0, toX(year));
        const width = Math.min(WIDTH, toX(until)) - from;
        return svg("rect", {
          x: from, y: TOP, width, height: y - TOP, class: "live-zeitspanne",
        });
      });
    const parts = [...spans, ...this.#axis(first, last, toX, y), ...names];
    setAttributes(this.drawing, { viewBox: `0 0 ${WIDTH} ${y + AXIS}` });
    // In time order, as a screen reader and the tab key go through them.
    options.sort(([a], [b]) => EVENTS.indexOf(a) - EVENTS.indexOf(b));
    // Also a change of size draws anew; the focus must not get lost with the old marks.
    const focused = this.focusChosen || this.drawing.contains(document.activeElement);
    this.focusChosen = false;
    this.drawing.replaceChildren(
      svg("g", { "aria-hidden": "true" }, ...parts),
      svg(
        "g",
        {
          role: "listbox",
          "aria-label": "Ereignisse; Pfeiltasten führen von einem zum nächsten",
        },
        ...options.map(([, node]) => node),
      ),
    );
    this.source.replaceChildren(
      ...(this.shown.length > 0 ? ["Quelle: ", this.#link(chosen)] : []),
    );
    const index = this.shown.indexOf(chosen);
    this.earlier.setAttribute("aria-disabled", String(index <= 0));
    this.later.setAttribute("aria-disabled", String(index >= this.shown.length - 1));
    if (focused) {
      const option = this.drawing.querySelector('[aria-selected="true"]');
      option?.focus({ preventScroll: true });
    }
  }

  #option(event, k, x, y, toX) {
    const selected = event === this.state.chosen;
    const from = Math.max(LEFT, toX(event.year));
    const to = Math.min(WIDTH - RIGHT, toX(event.until));
    const span =
      event.until > event.year
        ? svg("rect", {
            x: from, y: y - 5, width: to - from, height: 10, rx: 3,
            class: `live-spanne live-klasse-${k}`,
          })
        : null;
    return svg(
      "g",
      {
        role: "option", tabindex: selected ? 0 : -1, "aria-selected": String(selected),
        "aria-label": `${yearsOf(event)}: ${event.title}`, class: "live-option",
        onclick: () => this.update({ chosen: event }),
      },
      svg("title", {}, `${yearsOf(event)}: ${event.title}`),
      svg("rect", {
        x: x - GAP / 2, y: y - ROW / 2, width: GAP, height: ROW, class: "live-tippziel",
      }),
      span ?? marker([x / VIEW, 1 - y / VIEW], k, 5.5, "live-punkt"),
      selected ? svg("circle", { cx: x, cy: y, r: 10, class: "live-auswahl" }) : null,
    );
  }

  #axis(first, last, toX, y) {
    const step = STEPS.find((years) => toX(first + years) - toX(first) >= 44);
    const parts = [];
    for (let year = Math.ceil(first / step) * step; year <= last; year += step) {
      const x = toX(year);
      const text = svg(
        "text", { x, y: y + 20, "text-anchor": "middle", class: "live-jahr" }, year,
      );
      parts.push(
        svg("line", { x1: x, x2: x, y1: TOP, y2: y + 5, class: "live-jahrlinie" }), text,
      );
    }
    return parts;
  }

  describe() {
    if (this.shown.length === 0) {
      return "Kein Ereignis passt zu allen drei Filtern.";
    }
    if (this.asList) return `${this.#counted()}.`;
    const { chosen } = this.state;
    const people = chosen.people ? ` (${chosen.people})` : "";
    return `${yearsOf(chosen)}: ${chosen.title}${people}. ${chosen.sentence}`;
  }
}

register("zeitstrahl", Timeline);
