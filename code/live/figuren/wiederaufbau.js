/**
 * Live figure: draw anything and see how the page's autoencoder rebuilds it.
 *
 * Contract with the model (attribute `modell`): input float32 (1, 28, 28, 1) from 0
 * (paper) to 1 (ink); outputs the rebuilt picture (1, 784) and three errors (1, 3), see
 * ../wiederaufbau.js, in any order.
 */

import { register } from "../basis.js";
import { html } from "../dom.js";
import { judgeError, lostShare, meanSquaredError, readRebuilt } from "../wiederaufbau.js";
import { percent } from "../zahlen.js";
import { SIZE } from "../ziffernbild.js";
import { DigitFigure, column } from "../zifferfigur.js";

class Rebuilding extends DigitFigure {
  // Read by live.py in this file.
  static needsModel = true;

  static inputShape = [1, SIZE, SIZE, 1];

  static still = ".live-wiederaufbau";

  static question =
    "Zeichnen Sie einen Buchstaben: Welche Ziffer macht das Netz daraus? Und wie wenig " +
    "müssen Sie zeichnen, damit der Fehler klein bleibt?";

  buildAnswer() {
    this.rebuilt = this.#canvas("Was nach 16 Zahlen davon übrig ist");
    this.difference = this.#canvas("Wo der Wiederaufbau abweicht");
    return [
      html(
        "div",
        { class: "live-wiederaufbau" },
        column("Ihre Zeichnung", "live-eingabe", this.pad.root),
        column("Was das Netz sieht", "live-wiederaufbau-bild", this.preview),
        column("Nach 16 Zahlen", "live-wiederaufbau-bild", this.rebuilt),
        column("Abweichung", "live-wiederaufbau-bild", this.difference),
      ),
      html("div", { class: "live-leiste" }, this.start),
    ];
  }

  #canvas(label) {
    return html("canvas", {
      width: SIZE, height: SIZE, class: "live-vorschau", role: "img", "aria-label": label,
    });
  }

  /** The base class takes whatever it finds there for a sign that there is an answer. */
  readOutputs(outputs) {
    const rebuilt = readRebuilt(outputs);
    return { probabilities: rebuilt?.picture ?? null, quantiles: rebuilt?.quantiles };
  }

  renderAnswer() {
    const { picture, probabilities: rebuilt } = this.state;
    this.paint(this.rebuilt, rebuilt ?? []);
    this.paint(
      this.difference,
      rebuilt ? picture.map((ink, k) => Math.abs(ink - rebuilt[k])) : [],
    );
  }

  describeAnswer() {
    const { picture, probabilities: rebuilt, quantiles } = this.state;
    const error = meanSquaredError(picture, rebuilt);
    const lost = lostShare(picture, rebuilt);
    const share = lost === null ? "" : ` Von der Tinte gehen ${percent(lost)} verloren.`;
    return `${judgeError(error, quantiles)}${share}`;
  }
}

register("wiederaufbau", Rebuilding);
