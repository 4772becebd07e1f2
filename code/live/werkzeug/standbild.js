/**
 * Makes an SVG of a live figure stand alone: styles from CSS become attributes.
 *
 * Run in the browser by buchbau/standbilder.py; not part of the website.
 */

const PROPERTIES = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity",
  "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity",
  "font-family", "font-size", "font-weight", "font-style", "text-anchor",
  "dominant-baseline", "paint-order",
];

/** Presentation attributes that equal SVG's own default only lengthen the file. */
const DEFAULTS = {
  "fill-opacity": "1", "stroke": "none", "stroke-opacity": "1",
  "stroke-dasharray": "none", "stroke-linecap": "butt", "stroke-linejoin": "miter",
  opacity: "1", "font-weight": "400", "font-style": "normal", "text-anchor": "start",
  "dominant-baseline": "auto", "paint-order": "normal",
};

const TEXT_ONLY = /^(font|text|dominant)/;
const DROPPED = ["class", "style", "tabindex", "role", "id"];

function concrete(source, copy) {
  const style = getComputedStyle(source);
  if (style.display === "none" || style.visibility === "hidden") {
    copy.remove();
    return;
  }
  const drawn = source.tagName !== "g" && source.tagName !== "svg";
  for (const name of drawn ? PROPERTIES : ["opacity"]) {
    const value = style.getPropertyValue(name);
    if (TEXT_ONLY.test(name) && source.tagName !== "text") continue;
    if (name.startsWith("stroke-") && style.stroke === "none") continue;
    if (value && value !== DEFAULTS[name]) copy.setAttribute(name, value);
  }
  const copies = [...copy.children];
  [...source.children].forEach((child, i) => concrete(child, copies[i]));
  const superfluous = [...copy.attributes].filter(
    ({ name }) => DROPPED.includes(name) || /^(aria|data)-/.test(name),
  );
  for (const { name } of superfluous) copy.removeAttribute(name);
}

/** Return the SVG as text, on the paper of the page, with its size in pixels. */
export function standalone(picture) {
  const copy = picture.cloneNode(true);
  concrete(picture, copy);
  const { width, height } = picture.viewBox.baseVal;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  paper.setAttribute("width", "100%");
  paper.setAttribute("height", "100%");
  paper.setAttribute(
    "fill", getComputedStyle(document.documentElement).getPropertyValue("--papier"),
  );
  copy.prepend(paper);
  return new XMLSerializer().serializeToString(copy);
}
