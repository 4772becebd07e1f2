/**
 * Small helpers to make HTML and SVG elements and the controls of live figures.
 *
 * Used by every figure. All text is set as text, never parsed as HTML.
 */

import { parseNumber, shortNumber } from "./zahlen.js";

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

let lastId = 0;

/** A document-wide unique id for `for`, `aria-describedby` and the like. */
export function uniqueId(prefix) {
  lastId += 1;
  return `live-${prefix}-${lastId}`;
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Make an HTML element; `onclick` and the like become event listeners. */
export function html(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Make an SVG element. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG_NAMESPACE, tag), attributes, children);
}

/** Set several attributes of an element at once. */
export function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, String(value));
  }
}

/** A push button; `onPress` is called without arguments. */
export function button(label, onPress, attributes = {}) {
  return html(
    "button",
    { type: "button", class: "live-knopf", onclick: () => onPress(), ...attributes },
    label,
  );
}

/** A labelled drop-down list. `options` are pairs of value and text. */
export function select(label, options, onChange) {
  const id = uniqueId("auswahl");
  const field = html("select", { id, class: "live-feld" });
  const fillOptions = (pairs) => {
    const entries = pairs.map(([value, text]) => html("option", { value }, text));
    field.replaceChildren(...entries);
  };
  fillOptions(options);
  field.addEventListener("change", () => onChange(field.value));
  const caption = html("label", { for: id }, label);
  return {
    root: html("div", { class: "live-regler" }, caption, field),
    field,
    caption,
    fillOptions,
    set: (value) => {
      field.value = value;
    },
  };
}

/**
 * A labelled slider that shows its value beside the label.
 * `format` turns the number into German text.
 */
export function slider(label, { min, max, step, format = String }, onInput) {
  const id = uniqueId("schieber");
  const field = html("input", { id, type: "range", min, max, step });
  const output = html("output", { for: id, class: "live-wert" });
  const show = () => {
    output.textContent = format(Number(field.value));
    field.setAttribute("aria-valuetext", output.textContent);
  };
  field.addEventListener("input", () => {
    show();
    onInput(Number(field.value));
  });
  return {
    root: html(
      "div",
      { class: "live-regler" },
      html("label", { for: id }, `${label} `, output),
      field,
    ),
    field,
    set: (value) => {
      field.value = String(value);
      show();
    },
  };
}

/**
 * A labelled number field with the German comma; ignores what is not a number.
 *
 * Not type="number": that one shows and takes the comma only where the browser itself
 * is German. Arrow up and down step as there. No inputmode: the digits of an iPhone
 * come without a minus sign.
 */
export function numberField(label, { min, max, step }, onChange) {
  const id = uniqueId("zahl");
  const field = html("input", {
    id, type: "text", class: "live-feld live-zahlfeld", role: "spinbutton",
    autocomplete: "off", "aria-valuemin": min, "aria-valuemax": max,
  });
  let now = 0;
  const set = (value) => {
    now = value;
    field.setAttribute("aria-valuenow", String(value));
    // While the reader types, "0," must not be replaced under the cursor.
    if (document.activeElement !== field) field.value = shortNumber(value);
  };
  const change = (value) => onChange(Math.min(max, Math.max(min, value)));
  const allowed = `Erlaubt sind Zahlen von ${shortNumber(min)} bis ${shortNumber(max)}.`;
  const mark = (wrong) => {
    field.setAttribute("aria-invalid", String(wrong));
    field.title = wrong ? allowed : "";
  };
  field.addEventListener("input", () => {
    const value = parseNumber(field.value);
    mark(value === null || value < min || value > max);
    if (value !== null) change(value);
  });
  field.addEventListener("blur", () => {
    mark(false);
    field.value = shortNumber(now);
  });
  field.addEventListener("keydown", (event) => {
    const turn = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!turn) return;
    event.preventDefault();
    mark(false);
    const value = Math.min(max, Math.max(min, Number((now + turn * step).toFixed(6))));
    field.value = shortNumber(value);
    change(value);
  });
  return {
    root: html(
      "div", { class: "live-regler" }, html("label", { for: id }, label), field,
    ),
    field,
    set,
  };
}
