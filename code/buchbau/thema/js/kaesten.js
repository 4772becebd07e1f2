/* Lässt zuerst raten und dann lesen; öffnet Gefaltetes, wenn ein Ziel darin liegt.
 *
 * Geladen von buchbau/sphinx/kaesten.py auf Seiten mit Kästen, als klassisches Skript,
 * damit es auch von file:// läuft. Ohne dieses Skript ist alles sichtbar.
 */
(() => {
  "use strict";

  // So findet die Suche des Browsers auch, was noch verdeckt ist, und deckt es auf.
  const VERDECKT = "onbeforematch" in document.body ? "until-found" : "";

  /** Erzeugt ein Element mit Klasse und Text. */
  function element(name, klasse, text = "") {
    const neu = document.createElement(name);
    neu.className = klasse;
    neu.textContent = text;
    return neu;
  }

  /** Zeichnet einen Haken; das Wort daneben sagt dasselbe. */
  function haken() {
    const raum = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(raum, "svg");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("class", "raten-haken");
    svg.setAttribute("aria-hidden", "true");
    const linie = document.createElementNS(raum, "path");
    linie.setAttribute("d", "M3 10l5 5 9-11");
    svg.append(linie);
    return svg;
  }

  /** Liest den Tipp dieser Sitzung; null, wenn es keinen gültigen gibt. */
  function lies(schluessel, anzahl) {
    try {
      const text = sessionStorage.getItem(schluessel) ?? "";
      return /^\d{1,2}$/.test(text) && Number(text) < anzahl ? Number(text) : null;
    } catch {
      return null; // kein Speicher
    }
  }

  function merke(schluessel, nummer) {
    try {
      sessionStorage.setItem(schluessel, String(nummer));
    } catch {
      /* ohne Speicher gilt der Tipp bis zum Verlassen der Seite */
    }
  }

  /** Ein Kasten „Erst raten“ mit dem Teil, den er verdeckt. */
  class Raten {
    constructor(kasten) {
      this.name = kasten.dataset.raten;
      const richtig = kasten.dataset.richtig;
      this.richtig = richtig === "" ? null : Number(richtig);
      this.teil = [...document.querySelectorAll("[data-raten-teil]")].find(
        (teil) => teil.dataset.ratenTeil === this.name,
      );
      this.texte = [...kasten.querySelectorAll(".raten-optionen > li")];
      this.schluessel = `dlbuch:raten:${location.pathname}:${this.name}`;
      this.baueKnoepfe(kasten);
      this.teil.hidden = true;
      if (VERDECKT) this.teil.setAttribute("hidden", VERDECKT);
      this.teil.addEventListener("beforematch", () => this.decke());
      this.teil.classList.add("raten-bereit");
      const tipp = lies(this.schluessel, this.knoepfe.length);
      if (tipp !== null) this.tippe(tipp);
    }

    /** Macht aus jeder Option einen Knopf; ihr Inhalt (auch Formeln) zieht um. */
    baueKnoepfe(kasten) {
      this.inhalte = this.texte.map((eintrag) => [...eintrag.childNodes]);
      this.knoepfe = this.texte.map((eintrag, nummer) => {
        const knopf = element("button", "raten-knopf");
        knopf.type = "button";
        knopf.setAttribute("aria-pressed", "false");
        knopf.append(...eintrag.childNodes);
        knopf.addEventListener("click", () => {
          merke(this.schluessel, nummer);
          this.tippe(nummer);
        });
        eintrag.append(knopf);
        return knopf;
      });
      this.ohneTipp = element("button", "raten-ohne", "ohne zu raten zeigen");
      this.ohneTipp.type = "button";
      this.ohneTipp.addEventListener("click", () => {
        this.decke();
        this.sage("Aufgedeckt.");
        this.teil.tabIndex = -1;
        this.teil.focus({ preventScroll: true }); // der Knopf verschwindet
      });
      this.meldung = element("p", "raten-meldung");
      this.meldung.setAttribute("role", "status");
      kasten.append(this.meldung, this.ohneTipp);
    }

    /** Nimmt einen Tipp an, deckt auf und sagt sofort, ob er stimmt. */
    tippe(nummer) {
      this.knoepfe.forEach((knopf, i) => {
        knopf.setAttribute("aria-pressed", String(i === nummer));
      });
      this.decke();
      if (this.richtig === null)
        this.sage("Aufgedeckt. Vergleichen Sie mit Ihrem Tipp.");
      else if (this.richtig === nummer) this.sage("Ihr Tipp stimmt. Warum, steht darunter.");
      else
        this.sage(
          "Ihr Tipp stimmt nicht: Richtig ist „",
          ...this.text(this.richtig),
          "“. Warum, steht darunter.",
        );
      this.meldung.dataset.stimmt = String(this.richtig === null || this.richtig === nummer);
    }

    sage(...teile) {
      this.meldung.replaceChildren(...teile);
    }

    /** Gibt den Inhalt einer Option als Kopie zurück. */
    text(nummer) {
      return [...this.inhalte[nummer]].map((knoten) => knoten.cloneNode(true));
    }

    /** Kennzeichnet die richtige Option mit Haken und Wort. */
    kennzeichne() {
      if (this.richtig === null || this.gekennzeichnet) return;
      this.gekennzeichnet = true;
      const knopf = this.knoepfe[this.richtig];
      knopf.classList.add("raten-richtig");
      knopf.append(haken(), element("span", "raten-wort", "richtig"));
    }

    decke() {
      this.kennzeichne();
      this.teil.hidden = false;
      this.ohneTipp.hidden = true;
    }
  }

  const raten = [...document.querySelectorAll(".raten")].map((kasten) => new Raten(kasten));

  /** Öffnet alles, worin das Ziel der Adresse liegt. */
  function oeffneZiel() {
    let name = location.hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch {
      /* keine gültige Kodierung: so nehmen, wie es dasteht */
    }
    const ziel = name && document.getElementById(name);
    if (!ziel) return;
    const verdeckt = raten.filter(({ teil }) => teil.hidden && teil.contains(ziel));
    for (const kasten of verdeckt) kasten.decke();
    let gefaltet = false;
    for (let k = ziel.closest("details"); k; k = k.parentElement.closest("details")) {
      gefaltet ||= !k.open;
      k.open = true;
    }
    if (verdeckt.length || gefaltet) ziel.scrollIntoView();
  }
  addEventListener("hashchange", oeffneZiel);
  oeffneZiel();

  // Auf Papier lässt sich nichts aufklappen.
  let geoeffnet = [];
  addEventListener("beforeprint", () => {
    geoeffnet = [...document.querySelectorAll("details.kasten:not([open])")];
    for (const kasten of geoeffnet) kasten.open = true;
  });
  addEventListener("afterprint", () => {
    for (const kasten of geoeffnet) kasten.open = false;
    geoeffnet = [];
  });
})();
