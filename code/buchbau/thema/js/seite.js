/* Farbschema, Kopierknöpfe, Verzeichnis der Seite und Bereiche zum Rollen.
 *
 * Geladen von buchbau/sphinx/seite.py auf jeder Seite, als klassisches Skript, damit es
 * auch von file:// läuft. Ohne dieses Skript bleibt jede Seite lesbar.
 */
(() => {
  "use strict";

  const wurzel = document.documentElement;
  const WORTE = { auto: "automatisch", light: "hell", dark: "dunkel" };
  const FOLGE = { auto: "light", light: "dark", dark: "auto" };

  /** Knopf im Kopf: automatisch, hell, dunkel, der Reihe nach; die Wahl wird gemerkt. */
  function richteFarbschemaEin(knopf) {
    const text = knopf.querySelector("[data-farbschema-text]");
    const lies = () => wurzel.dataset.theme ?? "auto";
    const zeige = () => {
      text.textContent = `Farbschema: ${WORTE[lies()]}`;
      knopf.title = `${text.textContent}. Wechseln zu ${WORTE[FOLGE[lies()]]}`;
    };
    knopf.addEventListener("click", () => {
      const neu = FOLGE[lies()];
      if (neu === "auto") delete wurzel.dataset.theme;
      else wurzel.dataset.theme = neu;
      try {
        if (neu === "auto") localStorage.removeItem("farbschema");
        else localStorage.setItem("farbschema", neu);
      } catch {
        /* ohne Speicher gilt die Wahl bis zum Verlassen der Seite */
      }
      zeige();
    });
    zeige();
  }

  /** Setzt an jeden Codeblock einen Knopf, der ihn in die Zwischenablage legt. */
  function richteKopierenEin() {
    if (!navigator.clipboard) return; // nur über https und localhost
    for (const block of document.querySelectorAll(
      ".cell_input .highlight, .text div[class*=highlight-]:not(.output) > .highlight",
    )) {
      if (block.querySelector(".kopieren")) continue;
      const knopf = document.createElement("button");
      knopf.type = "button";
      knopf.className = "kopieren";
      knopf.textContent = "Kopieren";
      knopf.addEventListener("click", async () => {
        const code = block.querySelector("pre").textContent.replace(/\n$/, "");
        try {
          await navigator.clipboard.writeText(code);
          knopf.textContent = "Kopiert";
        } catch {
          knopf.textContent = "Nicht erlaubt";
        }
        setTimeout(() => (knopf.textContent = "Kopieren"), 1600);
      });
      block.append(knopf);
    }
  }

  /** Zeigt am Rand, nach welcher Seite es weitergeht (Klassen in 02-inhalt.css). */
  function zeigeRand(bereich) {
    const rest = bereich.scrollWidth - bereich.clientWidth;
    bereich.classList.toggle("mehr-links", rest > 1 && bereich.scrollLeft > 1);
    bereich.classList.toggle("mehr-rechts", rest > 1 && bereich.scrollLeft < rest - 1);
  }

  /** Was waagrecht rollt, zeigt es und ist auch mit der Tastatur erreichbar. */
  function macheRollbaresErreichbar() {
    const beobachter = new ResizeObserver((eintraege) => {
      // erst alles messen, dann alles setzen: sonst rechnet der Browser jedes Mal neu
      const gemessen = eintraege
        .filter(({ contentRect }) => contentRect.width > 0)
        .map(({ target }) => [target, target.scrollWidth > target.clientWidth + 1]);
      for (const [bereich, rollt] of gemessen) {
        if (rollt) bereich.tabIndex = 0;
        else bereich.removeAttribute("tabindex");
        bereich.classList.toggle("mehr-rechts", rollt);
      }
    });
    for (const bereich of document.querySelectorAll(
      ".text pre, .tabelle-rahmen, .formel, .output.text_html",
    )) {
      // Was noch nicht gesetzt ist, hat keine Breite: erreichbar, bis sie bekannt ist.
      if (wurzel.classList.contains("sparsam")) bereich.tabIndex = 0;
      beobachter.observe(bereich);
      bereich.addEventListener("scroll", () => zeigeRand(bereich), { passive: true });
    }
  }

  /** Hebt im Verzeichnis der Seite den Abschnitt hervor, der gerade gelesen wird. */
  function folgeDemLesen(verzeichnis) {
    const links = new Map();
    for (const link of verzeichnis.querySelectorAll("a[href^='#']")) {
      const ziel = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (ziel) links.set(ziel, link);
    }
    let geplant = false;
    const aktualisiere = () => {
      geplant = false;
      let aktuell = null;
      for (const [ziel, link] of links) {
        // nur so weit messen wie nötig: Weiter unten ist vielleicht noch nichts gesetzt
        if (ziel.getBoundingClientRect().top >= innerHeight * 0.3) break;
        aktuell = link;
      }
      for (const link of links.values()) {
        if (link === aktuell) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    addEventListener(
      "scroll",
      () => {
        if (!geplant) requestAnimationFrame(aktualisiere);
        geplant = true;
      },
      { passive: true },
    );
    requestAnimationFrame(aktualisiere);
    verzeichnis.addEventListener("click", (ereignis) => {
      if (ereignis.target.closest("a") && verzeichnis.matches(":popover-open"))
        verzeichnis.hidePopover();
    });
  }

  /** Eine Randnotiz schiebt sich vor das Verzeichnis der Seite: dann weicht es. */
  function weicheRandnotizen(verzeichnis) {
    const notizen = document.querySelectorAll(".text .margin");
    const sichtbar = new Set();
    const beobachter = new IntersectionObserver((eintraege) => {
      for (const eintrag of eintraege) {
        if (eintrag.isIntersecting) sichtbar.add(eintrag.target);
        else sichtbar.delete(eintrag.target);
      }
      verzeichnis.classList.toggle("gewichen", sichtbar.size > 0);
    });
    notizen.forEach((notiz) => beobachter.observe(notiz));
  }

  /** Setzt die ganze Seite: vor einem Sprung sofort, sonst, wenn jemand zu lesen beginnt. */
  function setzeDenRest(spaeter) {
    const allesSetzen = () => wurzel.classList.remove("sparsam");
    // in der Fangphase: bevor der Browser dem Link folgt und nach dem Ziel misst
    addEventListener(
      "click",
      (ereignis) => {
        if (ereignis.target.closest?.("a[href*='#']")) allesSetzen();
      },
      true,
    );
    addEventListener("keydown", (ereignis) => {
      if (ereignis.key === "Tab") allesSetzen(); // damit jeder Halt bekannt ist
    });
    addEventListener("hashchange", () => {
      // von Hand geänderte Adresse: Der Browser hat schon nach geschätzten Höhen gerollt
      if (!wurzel.classList.contains("sparsam")) return;
      allesSetzen();
      document.querySelector(":target")?.scrollIntoView();
    });
    const abschnitte = [...document.querySelectorAll(".text > section section")];
    const naechster = () => {
      const abschnitt = abschnitte.shift();
      if (!abschnitt) return;
      abschnitt.style.contentVisibility = "visible";
      spaeter(naechster);
    };
    addEventListener("scroll", () => spaeter(naechster), { once: true, passive: true });
  }

  const farbknopf = document.querySelector("[data-farbschema]");
  if (farbknopf) richteFarbschemaEin(farbknopf);

  // Der Rest eilt nicht: erst soll die Seite stehen.
  const spaeter = window.requestIdleCallback ?? ((tun) => setTimeout(tun, 200));
  spaeter(richteKopierenEin);
  spaeter(macheRollbaresErreichbar);
  if (wurzel.classList.contains("sparsam")) setzeDenRest(spaeter);
  const verzeichnis = document.getElementById("auf-dieser-seite");
  if (verzeichnis) {
    spaeter(() => folgeDemLesen(verzeichnis));
    spaeter(() => weicheRandnotizen(verzeichnis));
  }
  spaeter(() => {
    // im langen Verzeichnis der Kapitel dorthin rollen, wo wir sind
    const hier = document.querySelector(".verzeichnis [aria-current]");
    const leiste = hier?.closest(".verzeichnis");
    if (leiste && leiste.scrollHeight > leiste.clientHeight)
      leiste.scrollTop = hier.offsetTop - leiste.clientHeight / 2;
  });
})();
