/*
 * Suche im Buch: auf der Seite search.html und, mit „/" oder Strg+K, in einem Dialog auf
 * jeder Seite. Loaded on every page by buchbau.sphinx.suche, which also writes the index.
 *
 * The index and the texts for excerpts are scripts that call back (setzeIndex,
 * setzeTexte), so that the search works straight from the file system, too.
 */
"use strict";

const Buchsuche = (() => {
  const ROOT = new URL("../", document.currentScript.src);
  const SHOWN_AT_ONCE = 8;
  const SECTIONS_SHOWN = 2;
  const EXCERPT = 220;
  const WAIT_FOR_TYPING = 120;

  let index = null;
  let stemmer = null;
  let stopWords = new Set();
  let loadingIndex = null;
  const texts = new Map();

  /* ---------- loading ---------- */

  function loadScript(path) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(path, ROOT).href;
      script.onload = resolve;
      script.onerror = () => reject(new Error(path));
      document.head.append(script);
    });
  }

  function loadIndex() {
    loadingIndex ??= loadScript("_static/suche/index.js");
    return loadingIndex;
  }

  async function textsOf(page) {
    if (!texts.has(page)) {
      const path = page.split("/").map(encodeURIComponent).join("/");
      await loadScript(`_static/suche/seiten/${path}.js`);
    }
    return texts.get(page) ?? [];
  }

  /* ---------- understanding the query ---------- */

  const wordsOf = (text) => text.match(/[\p{L}\p{N}_]+/gu) ?? [];

  /** All ways to read ae, oe, ue as umlauts: „Fuehlgroesse" is „Fühlgröße". */
  function spellings(word) {
    let found = [word];
    for (const match of word.matchAll(/[aou]e/g)) {
      if (found.length > 8) break;
      const umlaut = { ae: "ä", oe: "ö", ue: "ü" }[match[0]];
      found = found.flatMap((form) => {
        // Each umlaut makes the form one letter shorter; positions count from the end.
        const start = form.length - (word.length - match.index);
        return [form, form.slice(0, start) + umlaut + form.slice(start + 2)];
      });
    }
    return found;
  }

  const stemsOf = (word) => [
    ...new Set(spellings(word.toLowerCase()).map((form) => stemmer.stemWord(form))),
  ];

  /**
   * The query as groups that must all be met; a group is a list of alternatives, an
   * alternative a list of stems with a factor for its weight.
   */
  function parse(query) {
    let words = wordsOf(query);
    const telling = words.filter((w) => w.length > 1 && !stopWords.has(w.toLowerCase()));
    if (telling.length) words = telling;
    const groups = [];
    for (let at = 0; at < words.length; ) {
      const phrase = longestName(words, at);
      const parts = partsOfUnknown(phrase.alternatives);
      if (parts) groups.push(...parts.map((stem) => [{ stems: [stem], factor: 0.6 }]));
      else groups.push(phrase.alternatives);
      at += phrase.length;
    }
    return groups;
  }

  /** The longest run of words from `at` that is a name with synonyms; else one word. */
  function longestName(words, at) {
    for (let length = Math.min(4, words.length - at); length > 0; length--) {
      const run = words.slice(at, at + length).map(stemsOf);
      const names = run.reduce(
        (heads, stems) => heads.flatMap((h) => stems.map((s) => [...h, s])),
        [[]],
      );
      const others = names.flatMap((name) => index.synonyme[name.join(" ")] ?? []);
      if (others.length === 0 && length > 1) continue;
      const alternatives = names.map((stems) => ({ stems, factor: 1 }));
      for (const other of others) {
        alternatives.push({ stems: other.split(" "), factor: 0.8 });
      }
      return { length, alternatives };
    }
    return { length: 1, alternatives: [] };
  }

  /* ---------- matching ---------- */

  /** Index words for a stem: itself, longer ones, its parts, or nearly the same. */
  function entriesFor(stem) {
    const { woerter } = index;
    const found = [];
    if (Object.hasOwn(woerter, stem)) found.push([stem, 1]);
    const all = Object.keys(woerter);
    if (stem.length > 2) {
      const longer = all.filter((w) => w !== stem && w.startsWith(stem));
      found.push(...longer.slice(0, 40).map((w) => [w, 0.4]));
    }
    if (found.length === 0 && stem.length > 3) {
      found.push(...all.filter((w) => w.includes(stem)).map((w) => [w, 0.3]));
    }
    if (found.length === 0 && stem.length > 4) {
      found.push(...all.filter((w) => oneEditApart(w, stem)).map((w) => [w, 0.3]));
    }
    return found;
  }

  /** Whether two words differ by one letter: changed, missing, added or swapped. */
  function oneEditApart(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    const [restA, restB] = [a.slice(i), b.slice(i)];
    return (
      restA.slice(1) === restB.slice(1) ||
      restA.slice(1) === restB ||
      restA === restB.slice(1) ||
      (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
    );
  }

  /** The two words of a compound that the index does not know, or null. */
  function partsOfUnknown(alternatives) {
    const stems = alternatives.flatMap((alternative) => alternative.stems);
    if (stems.some((stem) => entriesFor(stem).length > 0)) return null;
    return stems.map(splitUnknown).find((parts) => parts) ?? null;
  }

  /** Split a stem into two words of the index: „Faltungsnetzgewichte". */
  function splitUnknown(stem) {
    for (let at = stem.length - 3; at > 2; at--) {
      const tail = stem.slice(at);
      if (!Object.hasOwn(index.woerter, tail)) continue;
      const head = stemmer.stemWord(stem.slice(0, at));
      const bare = stemmer.stemWord(stem.slice(0, at).replace(/(s|n|en|es)$/, ""));
      const known = [head, bare].find((h) => h.length > 2 && Object.hasOwn(index.woerter, h));
      if (known) return [known, tail];
    }
    return null;
  }

  /** Map of section number to score for one stem; `seen` collects what to highlight. */
  function scoreStem(stem, factor, seen) {
    const scores = new Map();
    for (const [word, closeness] of entriesFor(stem)) {
      seen.add(word);
      const postings = index.woerter[word];
      const rarity = Math.log(1 + (2 * index.abschnitte.length) / postings.length);
      for (let i = 0; i < postings.length; i += 2) {
        // Saturates: the tenth mention of a word tells less than the first.
        const strength = postings[i + 1] / (postings[i + 1] + 8);
        const score = factor * closeness * rarity * strength;
        scores.set(postings[i], Math.max(scores.get(postings[i]) ?? 0, score));
      }
    }
    return scores;
  }

  /** Sections that contain all stems; the score is the sum. */
  function scoreAll(stems, factor, seen) {
    const [first, ...others] = stems.map((stem) => scoreStem(stem, factor, seen));
    const scores = new Map();
    for (const [section, score] of first) {
      if (others.every((o) => o.has(section))) {
        scores.set(section, others.reduce((sum, o) => sum + o.get(section), score));
      }
    }
    return scores;
  }

  /** Pages with their best sections, best first, and the words to highlight. */
  function find(query) {
    const seen = new Set();
    const groups = parse(query).map((alternatives) => {
      const scores = new Map();
      for (const { stems, factor } of alternatives) {
        for (const [section, score] of scoreAll(stems, factor, seen)) {
          scores.set(section, Math.max(scores.get(section) ?? 0, score));
        }
      }
      return scores;
    });
    const pages = new Map();
    groups.forEach((scores, group) => {
      for (const [section, score] of scores) {
        const page = index.abschnitte[section][0];
        if (!pages.has(page)) pages.set(page, { met: new Set(), sections: new Map() });
        const { met, sections } = pages.get(page);
        met.add(group);
        sections.set(section, (sections.get(section) ?? 0) + score);
      }
    });
    const complete = [...pages].filter(([, { met }]) => met.size === groups.length);
    const all = complete.length > 0;
    const results = (all ? complete : [...pages]).map(([page, { met, sections }]) => {
      const best = [...sections].sort((a, b) => b[1] - a[1]);
      const further = best.slice(1, 6).reduce((sum, [, score]) => sum + score, 0);
      return { page, sections: best.map(([s]) => s), score: met.size * (best[0][1] + 0.15 * further) };
    });
    results.sort((a, b) => b.score - a.score || a.page - b.page);
    return { results, all, seen };
  }

  /* ---------- showing ---------- */

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  const addressOf = (page, anchor) =>
    new URL(`${index.seiten[page][0]}.html${anchor ? `#${anchor}` : ""}`, ROOT).href;

  /** Whether a word of a text is to be marked for one of the index words found. */
  function isHit(word, seen) {
    const low = word.toLowerCase();
    const stem = stemmer.stemWord(low);
    if (seen.has(stem)) return true;
    const folded = low.replace(/[äöü]/g, (c) => ({ ä: "a", ö: "o", ü: "u" })[c]);
    return [...seen].some((s) => s.length > 3 && folded.includes(s));
  }

  /** Text with the found words in <mark>. */
  function marked(text, seen) {
    const pieces = text.split(/([\p{L}\p{N}_]+)/u);
    return pieces.map((piece, i) =>
      i % 2 && isHit(piece, seen) ? element("mark", "", piece) : piece,
    );
  }

  /** About EXCERPT characters around the densest hits, cut at words. */
  function excerpt(text, seen) {
    const hits = [...text.matchAll(/[\p{L}\p{N}_]+/gu)]
      .filter((match) => isHit(match[0], seen))
      .map((match) => match.index);
    let start = 0;
    let most = 0;
    for (const hit of hits) {
      const near = hits.filter((h) => h >= hit && h < hit + EXCERPT - 60).length;
      if (near > most) [most, start] = [near, Math.max(0, hit - 60)];
    }
    let end = Math.min(text.length, start + EXCERPT);
    if (start > 0) start = text.indexOf(" ", start) + 1;
    if (end < text.length) end = text.lastIndexOf(" ", end);
    return `${start > 0 ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
  }

  async function resultItem({ page, sections }, seen) {
    const [docname, title, part] = index.seiten[page];
    const item = element("li", "suche-treffer");
    const link = element("a", "suche-titel", ...marked(title, seen));
    link.href = addressOf(page, "");
    item.append(link);
    if (part) item.append(element("p", "suche-teil", part));
    let texts = [];
    try {
      texts = await textsOf(docname);
    } catch {
      // Without the texts a result is still a result: title and links remain.
    }
    for (const section of sections.slice(0, SECTIONS_SHOWN)) {
      const [, number, anchor, heading] = index.abschnitte[section];
      const block = element("div", "suche-stelle");
      if (anchor) {
        const place = element("a", "suche-abschnitt", ...marked(heading, seen));
        place.href = addressOf(page, anchor);
        block.append(place);
      }
      const text = texts[number] ?? "";
      if (text) block.append(element("p", "suche-auszug", ...marked(excerpt(text, seen), seen)));
      item.append(block);
    }
    return item;
  }

  const counted = (n) => (n === 1 ? "1 Seite" : `${n} Seiten`);

  function summary(query, { results, all }) {
    if (results.length === 0) {
      return `Nichts gefunden zu „${query}“. Hilft ein anderes Wort oder das englische?`;
    }
    if (!all) return `Keine Seite enthält alle Wörter. ${counted(results.length)} mit einigen:`;
    return `${counted(results.length)} zu „${query}“`;
  }

  let latest = 0;

  /** Search and show in `container`; a newer search makes an older one stop. */
  async function show(query, container) {
    const turn = ++latest;
    const asked = query.trim();
    const status = container.querySelector("[role=status]") ?? element("p", "suche-status");
    status.setAttribute("role", "status");
    if (!status.parentNode) container.append(status);
    if (!asked) {
      container.replaceChildren(status);
      status.textContent = "";
      return;
    }
    try {
      await loadIndex();
    } catch {
      status.textContent = "Der Suchindex ließ sich nicht laden.";
      return;
    }
    const found = find(asked);
    const list = element("ol", "suche-liste");
    let next = 0;
    const more = element("button", "suche-mehr", "Weitere Treffer zeigen");
    more.type = "button";
    async function extend() {
      const batch = found.results.slice(next, next + SHOWN_AT_ONCE);
      next += batch.length;
      const items = await Promise.all(batch.map((result) => resultItem(result, found.seen)));
      if (turn !== latest) return;
      list.append(...items);
      more.hidden = next >= found.results.length;
    }
    more.addEventListener("click", async () => {
      const before = list.children.length;
      await extend();
      list.children[before]?.querySelector("a").focus();
    });
    await extend();
    if (turn !== latest) return;
    status.textContent = summary(asked, found);
    container.replaceChildren(status, list, more);
  }

  /** Show results while the reader types in `input`. */
  function searchWhileTyping(input, container, remember) {
    let timer = 0;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        remember?.(input.value);
        show(input.value, container);
      }, WAIT_FOR_TYPING);
    });
  }

  /* ---------- the page search.html and the dialog ---------- */

  function startPage(container) {
    const input = document.getElementById("suche-eingabe");
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    const remember = (query) => {
      history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    };
    searchWhileTyping(input, container, remember);
    input.form.addEventListener("submit", (event) => {
      event.preventDefault();
      remember(input.value);
      show(input.value, container);
    });
    input.focus();
    show(input.value, container);
  }

  let dialog = null;

  function openDialog() {
    if (!dialog) {
      const input = element("input", "suche-eingabe");
      input.type = "search";
      input.setAttribute("aria-label", "Im Buch suchen");
      input.placeholder = "Im Buch suchen …";
      input.autocomplete = "off";
      input.spellcheck = false;
      const close = element("button", "suche-schliessen", "Schließen");
      close.type = "button";
      close.addEventListener("click", () => dialog.close());
      const container = element("div", "suche-ergebnis");
      dialog = element("dialog", "suche-dialog", element("div", "suche-kopf", input, close), container);
      dialog.setAttribute("aria-label", "Suche");
      // A click on the backdrop hits the dialog itself, one inside hits a child.
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog) dialog.close();
        // A result on this very page scrolls to it; the dialog must not stay in front.
        if (event.target.closest("a")) dialog.close();
      });
      dialog.addEventListener("keydown", (event) => moveFocus(event, input));
      searchWhileTyping(input, container);
      document.body.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").select();
    loadIndex().catch(() => {
      // Said when the reader searches, not before.
      loadingIndex = null;
    });
  }

  /** Arrow keys walk through the results, Enter in the field opens the first. */
  function moveFocus(event, input) {
    const links = [...dialog.querySelectorAll(".suche-ergebnis a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length) {
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (links[at - 1] ?? input).focus();
    } else if (event.key === "Enter" && document.activeElement === input && links.length) {
      links[0].click();
    } else {
      return;
    }
    event.preventDefault();
  }

  function start() {
    const container = document.querySelector("[data-suche-ergebnis]");
    if (container) startPage(container);
    // A link or button with this attribute opens the dialog; without JavaScript a link
    // leads to search.html.
    for (const opener of document.querySelectorAll("[data-suche-oeffnen]")) {
      opener.addEventListener("click", (event) => {
        event.preventDefault();
        openDialog();
      });
    }
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey;
      const control = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
      if (!slash && !control) return;
      event.preventDefault();
      const field = document.getElementById("suche-eingabe");
      if (field) field.focus();
      else openDialog();
    });
  }

  start();

  return {
    setzeIndex(read, stops) {
      index = read;
      stopWords = new Set(stops);
    },
    setzeStemmer(read) {
      stemmer = read;
    },
    setzeTexte(page, read) {
      texts.set(page, read);
    },
  };
})();
