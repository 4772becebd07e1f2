/*
 * Erklärung eines Begriffs beim Zeigen, beim Fokus und beim Tippen mit dem Finger.
 * Loaded on pages with glossary terms by buchbau.sphinx.glossar, which writes the
 * explanations into the page and refers to them by aria-describedby.
 *
 * After WCAG 1.4.13 the explanation can be dismissed (Escape), pointed at, and stays
 * until the pointer or the focus leaves.
 */
"use strict";

(() => {
  const WAIT_BEFORE_HIDING = 250;
  const GAP = 6;

  const tip = document.createElement("div");
  tip.className = "glossar-tipp";
  tip.hidden = true;
  // Screen readers read the explanation as the link's description, not twice.
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);

  let shownFor = null;
  let hiding = 0;

  function place(link) {
    // The first line of a term that is broken over two lines.
    const box = link.getClientRects()[0] ?? link.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    tip.style.insetInlineStart = "0";
    const left = Math.max(8, Math.min(box.left, width - tip.offsetWidth - 8));
    const below = box.bottom + GAP + tip.offsetHeight < window.innerHeight;
    const top = below || box.top < tip.offsetHeight + GAP
      ? box.bottom + GAP
      : box.top - GAP - tip.offsetHeight;
    tip.style.insetInlineStart = `${left + window.scrollX}px`;
    tip.style.insetBlockStart = `${top + window.scrollY}px`;
  }

  function show(link) {
    clearTimeout(hiding);
    if (shownFor === link) return;
    const note = document.getElementById(link.getAttribute("aria-describedby"));
    if (!note) return;
    tip.replaceChildren(...[...note.cloneNode(true).childNodes]);
    const more = document.createElement("a");
    more.href = link.href;
    more.textContent = "Im Glossar";
    // Only for fingers: with a mouse the term itself is the link.
    more.className = "glossar-mehr";
    more.tabIndex = -1;
    tip.append(more);
    tip.hidden = false;
    shownFor = link;
    place(link);
  }

  function hide() {
    clearTimeout(hiding);
    tip.hidden = true;
    shownFor = null;
  }

  function hideSoon() {
    clearTimeout(hiding);
    hiding = setTimeout(hide, WAIT_BEFORE_HIDING);
  }

  let finger = false;

  for (const link of document.querySelectorAll("a.glossar-begriff")) {
    link.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "touch") show(link);
    });
    link.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") hideSoon();
    });
    link.addEventListener("pointerdown", (event) => {
      finger = event.pointerType === "touch";
    });
    link.addEventListener("focus", () => {
      // A finger's tap focuses first; the click decides then.
      if (!finger) show(link);
    });
    link.addEventListener("blur", hideSoon);
    link.addEventListener("click", (event) => {
      if (!finger) return;
      finger = false;
      if (shownFor === link) return;
      event.preventDefault();
      show(link);
    });
  }

  tip.addEventListener("pointerenter", () => clearTimeout(hiding));
  tip.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch") hideSoon();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shownFor) hide();
  });
  document.addEventListener("pointerdown", (event) => {
    if (shownFor && !tip.contains(event.target) && !shownFor.contains(event.target)) hide();
  });
  window.addEventListener("resize", hide);
})();
