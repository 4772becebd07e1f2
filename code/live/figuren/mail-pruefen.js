/**
 * Live figure: the learned spam filter of the chapter judges a mail, word by word.
 *
 * Needs no network: the weights follow from the counts in ../daten/mails.json.
 */

import { LiveFigure, register } from "../basis.js";
import { judge, learn, wordsOf } from "../bayes.js";
import { html, select, uniqueId } from "../dom.js";
import { number } from "../zahlen.js";

const COUNTS = new URL("../daten/mails.json", import.meta.url);

const EXAMPLES = [
  ["mama", "Hallo Mama (Spam)", "Hallo Mama, mein Handy ist in die Spüle gefallen, das " +
    "hier ist meine neue Nummer. Schreib mir bitte im Messenger."],
  ["sieg", "3:2!!! (erwünscht)", "3:2!!! Wir haben gewonnen! Und das ohne Torwart, weil " +
    "der im Stau stand. Samstag ab 18 Uhr wird gefeiert, bringt Salate mit."],
  ["kredit", "Kredit (Spam)", "Ihr Kredit ist bewilligt, obwohl Sie keinen beantragt " +
    "haben. Bestätigen Sie die Auszahlung jetzt mit einem Klick."],
  ["eigene", "eigene Mail", ""],
];

/** The words that matter most are shown with a bar. */
const MOST_BARS = 8;
/** A bar of this weight is as long as its half of the scale. */
const LONGEST = 3;

class CheckMail extends LiveFigure {
  static still = ".live-mailprobe";

  static question =
    "Wie viele harmlose Wörter müssen Sie dem Spam anhängen, bis er durchkommt? " +
    "Versuchen Sie es mit „Uhr“ und „Montag“.";

  initialState() {
    return { example: "mama", text: EXAMPLES[0][2] };
  }

  build(root) {
    this.example = select(
      "Beispiel",
      EXAMPLES.map(([key, label]) => [key, label]),
      (key) => this.update({
        example: key, text: EXAMPLES.find(([name]) => name === key)[2],
      }),
    );
    const id = uniqueId("mail");
    this.field = html("textarea", {
      id, class: "live-feld live-mailfeld", rows: 4, maxlength: 1000, spellcheck: "false",
    });
    this.field.addEventListener("input", () =>
      this.update({ text: this.field.value, example: "eigene" }),
    );
    this.marked = html("p", { class: "live-mailtext" });
    this.bars = html("ul", { class: "live-wortbalken" });
    root.append(
      html(
        "div",
        { class: "live-mailprobe" },
        html(
          "div",
          { class: "live-spalte" },
          this.example.root,
          html("label", { for: id, class: "live-titel" }, "Mail"),
          this.field,
          html("p", { class: "live-titel" }, "Was der Filter liest"),
          this.marked,
        ),
        html(
          "div",
          { class: "live-spalte" },
          html(
            "p",
            { class: "live-titel live-waage" },
            html("span", {}, "← erwünscht"),
            html("span", {}, "Spam →"),
          ),
          this.bars,
        ),
      ),
    );
    this.loaded = this.#load();
  }

  async #load() {
    try {
      const answer = await fetch(COUNTS);
      if (!answer.ok) throw new Error(`Status ${answer.status}`);
      this.model = learn(await answer.json());
      this.requestRender();
    } catch (error) {
      this.showFailure(
        `Die Gewichte des Filters ließen sich nicht laden: ${error.message}. ` +
          "Laden Sie die Seite neu.",
      );
    }
  }

  async prepareStill() {
    await this.loaded;
  }

  render() {
    const { text, example } = this.state;
    this.example.set(example);
    if (this.field.value !== text) this.field.value = text;
    if (!this.model) return;
    this.result = judge(text, this.model);
    this.#mark(text);
    this.#drawBars();
  }

  /** The text with every word marked by the side it speaks for. */
  #mark(text) {
    const parts = [];
    let at = 0;
    for (const { word, from, to } of wordsOf(text)) {
      const weight = this.model.weights.get(word);
      const side = weight === undefined ? "fremd" : weight > 0 ? "spam" : "ham";
      parts.push(
        text.slice(at, from),
        html("span", { class: `live-wort live-wort-${side}` }, text.slice(from, to)),
      );
      at = to;
    }
    this.marked.replaceChildren(...parts, text.slice(at));
  }

  #strongest() {
    return this.result.entries
      .filter(({ weight }) => weight !== null)
      .sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
  }

  #drawBars() {
    const rows = this.#strongest().slice(0, MOST_BARS).map(({ word, count, sum }) => {
      const bar = html("span", {
        class: `live-wortstrich live-wort-${sum > 0 ? "spam" : "ham"}`,
        "aria-hidden": "true",
      });
      const share = Math.min(1, Math.abs(sum) / LONGEST);
      bar.style.setProperty("--laenge", String(share));
      const label = count > 1 ? `${count} · ${word}` : word;
      const value = `${sum > 0 ? "+" : ""}${number(sum, 1)}`;
      return html(
        "li",
        {},
        html("span", { class: "live-wortname" }, label),
        html("span", { class: "live-wortbahn" }, bar),
        html("span", { class: "live-wert" }, value),
      );
    });
    this.bars.replaceChildren(...rows);
  }

  describe() {
    if (!this.model) return "Der Filter wird geladen.";
    const { z, entries } = this.result;
    if (entries.length === 0) return "Noch kein Wort. Schreiben Sie eine Mail.";
    const unknown = entries.filter(({ weight }) => weight === null).length;
    const verdict = z > 0 ? "Der Filter sagt: Spam." : "Der Filter lässt die Mail durch.";
    const name = (entry) => `„${entry.word}“ (${number(entry.sum, 1)})`;
    const strong = this.#strongest();
    const spam = strong.find(({ sum }) => sum > 0);
    const ham = strong.find(({ sum }) => sum < 0);
    const reasons = [
      spam ? `Am stärksten für Spam spricht ${name(spam)}` : "",
      ham ? `${spam ? "dagegen" : "Gegen Spam spricht vor allem"} ${name(ham)}` : "",
    ].filter(Boolean);
    return [
      verdict,
      `Die Summe ist z = ${number(z, 1)}.`,
      reasons.length > 0 ? `${reasons.join(", ")}.` : "",
      `Unbekannt sind ihm ${unknown} von ${entries.length} Wörtern.`,
    ].filter(Boolean).join(" ");
  }
}

register("mail-pruefen", CheckMail);
