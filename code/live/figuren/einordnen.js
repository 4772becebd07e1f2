/**
 * Live figure: sort tasks of everyday life into the methods of machine learning.
 *
 * Tasks, methods and reasons are in ../verfahren.js. Everything is a button, so that
 * finger, mouse and keyboard do the same.
 */

import { LiveFigure, register } from "../basis.js";
import { button, html } from "../dom.js";
import { GROUPS, METHODS, TASKS, feedback, method } from "../verfahren.js";

class SortTasks extends LiveFigure {
  static still = ".live-einordnen";

  static question =
    "Welche Karten könnten mit anderen Daten auch woanders liegen? Ändern Sie in Gedanken, " +
    "was als Antwort dabeisteht.";

  initialState() {
    // chosen[i] is the last answer to task i; the first card shows how it goes.
    const chosen = TASKS.map(() => null);
    chosen[0] = TASKS[0].answer;
    return { at: 1, chosen };
  }

  build(root) {
    this.steps = TASKS.map((_, i) =>
      button(String(i + 1), () => this.update({ at: i }), { class: "live-knopf live-stufe" }),
    );
    this.heading = html("p", { class: "live-titel" });
    this.task = html("p", { class: "live-aufgabe" });
    this.choices = METHODS.map(({ key, name }) =>
      button(name, () => this.#choose(key), { class: "live-knopf" }),
    );
    const groups = GROUPS.map(([group, label]) =>
      html(
        "div",
        { class: "live-faecher", role: "group", "aria-label": label },
        html("p", { class: "live-titel" }, label),
        html(
          "div",
          { class: "live-leiste" },
          ...this.choices.filter((_, i) => METHODS[i].group === group),
        ),
      ),
    );
    root.append(
      html(
        "div",
        { class: "live-einordnen" },
        html(
          "div",
          { class: "live-leiste live-stufen", role: "group", "aria-label": "Karten" },
          ...this.steps,
        ),
        html("div", { class: "live-karte" }, this.heading, this.task),
        ...groups,
      ),
    );
    this.next = button("Nächste Karte", () => this.#next(), {
      class: "live-knopf live-hauptknopf",
    });
    this.toolbar.prepend(this.next);
  }

  #choose(key) {
    const chosen = [...this.state.chosen];
    chosen[this.state.at] = key;
    this.update({ chosen });
  }

  /** Go to the next card that is not solved yet; if all are, to the next one. */
  #next() {
    const { at } = this.state;
    const order = TASKS.map((_, i) => (at + 1 + i) % TASKS.length);
    this.update({ at: order.find((i) => !this.#solved(i)) ?? order[0] });
  }

  #solved(i) {
    return this.state.chosen[i] === TASKS[i].answer;
  }

  render() {
    const { at, chosen } = this.state;
    this.heading.textContent = `Karte ${at + 1} von ${TASKS.length}`;
    this.task.textContent = TASKS[at].text;
    this.steps.forEach((step, i) => {
      const known = chosen[i] === null ? "offen" : this.#solved(i) ? "richtig" : "falsch";
      const sign = { offen: "", richtig: " ✓", falsch: " ✗" }[known];
      step.textContent = `${i + 1}${sign}`;
      step.setAttribute("aria-label", `Karte ${i + 1}, ${known}`);
      if (i === at) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    });
    this.choices.forEach((choice, i) => {
      const mine = chosen[at] === METHODS[i].key;
      choice.setAttribute("aria-pressed", String(mine));
      choice.classList.toggle("live-richtig", mine && this.#solved(at));
      choice.classList.toggle("live-falsch", mine && !this.#solved(at));
    });
  }

  describe() {
    const { at, chosen } = this.state;
    const solved = TASKS.filter((_, i) => this.#solved(i)).length;
    const count = `${solved} von ${TASKS.length} Karten liegen richtig.`;
    if (chosen[at] === null) return `Wählen Sie ein Verfahren für Karte ${at + 1}. ${count}`;
    const { right, text } = feedback(TASKS[at], chosen[at]);
    const name = method(chosen[at]).name;
    return `${right ? "Richtig" : "Noch nicht"}: ${name}. ${text} ${count}`;
  }
}

register("einordnen", SortTasks);
