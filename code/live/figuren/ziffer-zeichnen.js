/**
 * Live figure: draw a digit, the network of the page answers.
 *
 * Contract with the model (attribute `modell`): input float32 (1, 28, 28) from 0
 * (paper) to 1 (ink), output (1, 10) probabilities.
 */

import { register } from "../basis.js";
import { html } from "../dom.js";
import { DigitBars, DigitFigure, column } from "../zifferfigur.js";

class DrawDigit extends DigitFigure {
  // Read by live.py in this file.
  static needsModel = true;

  static still = ".live-ziffer";

  static question =
    "Zeichnen Sie eine 1 mit langem Aufstrich: Ab welcher Länge hält das Netz sie für " +
    "eine 7?";

  buildAnswer() {
    this.bars = new DigitBars();
    return [
      html(
        "div",
        { class: "live-ziffer" },
        column("Ihre Ziffer", "live-eingabe", this.pad.root),
        column("Was das Netz sieht", "live-sicht", this.preview),
        column("Was das Netz antwortet", "live-antwort", this.bars.root, this.start),
      ),
    ];
  }

  renderAnswer() {
    this.bars.show(this.state.probabilities);
  }
}

register("ziffer-zeichnen", DrawDigit);
