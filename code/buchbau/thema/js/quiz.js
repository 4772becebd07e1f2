/* Macht aus den Fragen eines Quiz etwas zum Beantworten.
 *
 * Geladen von buchbau/sphinx/quiz.py auf Seiten mit Quiz, als klassisches Skript, damit
 * es auch von file:// läuft. Die Texte stehen schon in der Seite; was aus dem Speicher
 * kommt, sind nur Nummern, und sie werden geprüft, bevor sie gelten.
 */
(() => {
  "use strict";

  const SYMBOLE = {
    richtig: "M3 10l5 5 9-11",
    falsch: "M4 4l12 12M16 4L4 16",
  };

  /** Erzeugt ein Element mit Klasse und Text. */
  function element(name, klasse, text = "") {
    const neu = document.createElement(name);
    neu.className = klasse;
    neu.textContent = text;
    return neu;
  }

  /** Zeichnet Haken, Kreuz oder Strich; das Wort daneben sagt dasselbe. */
  function symbol(art) {
    const raum = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(raum, "svg");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("class", "quiz-symbol");
    svg.setAttribute("aria-hidden", "true");
    const linie = document.createElementNS(raum, "path");
    linie.setAttribute("d", SYMBOLE[art]);
    svg.append(linie);
    return svg;
  }

  /** Liest einen gespeicherten Stand; null, wenn er fehlt oder nicht von uns ist. */
  function lies(schluessel, anzahl, mehrfach) {
    try {
      const stand = JSON.parse(localStorage.getItem(schluessel));
      const wahl = stand.wahl;
      const gueltig =
        Array.isArray(wahl) &&
        wahl.every((n) => Number.isInteger(n) && n >= 0 && n < anzahl) &&
        new Set(wahl).size === wahl.length &&
        (mehrfach || wahl.length <= 1) &&
        typeof stand.geprueft === "boolean" &&
        (wahl.length > 0 || !stand.geprueft);
      return gueltig ? { wahl, geprueft: stand.geprueft } : null;
    } catch {
      return null; // kein Speicher, kein JSON oder kein Objekt
    }
  }

  /** Merkt sich einen Stand; ohne Speicher gilt er bis zum Verlassen der Seite. */
  function merke(schluessel, stand) {
    try {
      if (stand.wahl.length) localStorage.setItem(schluessel, JSON.stringify(stand));
      else localStorage.removeItem(schluessel);
    } catch {
      /* Speicher gesperrt oder voll */
    }
  }

  const aufgezaehlt = (liste) =>
    liste.length < 2
      ? liste.join("")
      : `${liste.slice(0, -1).join(", ")} und ${liste.at(-1)}`;

  /** Eine Frage: ihr Formular, ihr Stand, was beim Prüfen geschieht. */
  class Frage {
    constructor(form, seite, beiAenderung) {
      this.form = form;
      this.beiAenderung = beiAenderung;
      this.felder = [...form.querySelectorAll(".quiz-antwort input")];
      this.zeilen = this.felder.map((feld) => feld.closest(".quiz-antwort"));
      this.mehrfach = this.felder[0].type === "checkbox";
      this.schluessel = `dlbuch:quiz:${seite}:${form.dataset.frage}`;
      this.geprueft = false;
      this.verteileRueckmeldungen();
      this.baueLeiste();
      form.addEventListener("submit", (ereignis) => {
        ereignis.preventDefault();
        if (this.geprueft) this.nochmal();
        else this.pruefe();
      });
      form.addEventListener("change", () => {
        this.urteil.replaceChildren();
        this.merke();
      });
      const stand = lies(this.schluessel, this.felder.length, this.mehrfach);
      for (const nummer of stand?.wahl ?? []) this.felder[nummer].checked = true;
      this.zeige(stand?.geprueft ?? false);
      this.urteil.setAttribute("role", "status"); // erst jetzt: Altes wird nicht vorgelesen
    }

    get wahl() {
      return this.felder.flatMap((feld, nummer) => (feld.checked ? [nummer] : []));
    }

    get istRichtig() {
      return this.felder.every((feld, i) => feld.checked === this.richtig[i]);
    }

    /** Nimmt die Rückmeldungen aus dem gefalteten Block; gezeigt werden sie erst später. */
    verteileRueckmeldungen() {
      const block = this.form.querySelector(".quiz-loesung");
      this.rueckmeldungen = [...block.querySelectorAll(".quiz-rueckmeldung")];
      this.richtig = this.rueckmeldungen.map((r) => r.dataset.urteil === "richtig");
      this.rueckmeldungen.forEach((rueckmeldung, nummer) => {
        rueckmeldung.id = `rueckmeldung-${this.form.dataset.frage}-${nummer}`;
        this.zeilen[nummer].append(rueckmeldung);
      });
      this.uebrige = element("details", "quiz-uebrige");
      this.uebrige.append(
        element("summary", "", "Rückmeldung zu den übrigen Antworten"),
      );
      block.replaceWith(this.uebrige);
    }

    baueLeiste() {
      this.knopf = element("button", "quiz-knopf");
      this.knopf.type = "submit";
      this.urteil = element("p", "quiz-urteil");
      const leiste = element("div", "quiz-leiste");
      leiste.append(this.knopf, this.urteil);
      this.form.firstElementChild.append(leiste);
    }

    pruefe() {
      if (!this.wahl.length) {
        this.urteil.textContent = "Wählen Sie zuerst eine Antwort.";
        this.felder[0].focus();
        return;
      }
      this.zeige(true);
      this.merke();
    }

    nochmal() {
      this.leere();
      this.felder[0].focus();
    }

    leere() {
      for (const feld of this.felder) feld.checked = false;
      this.urteil.replaceChildren();
      this.zeige(false);
      this.merke();
    }

    merke() {
      merke(this.schluessel, { wahl: this.wahl, geprueft: this.geprueft });
      this.beiAenderung();
    }

    /** Bringt die Frage in den Zustand vor oder nach dem Prüfen. */
    zeige(geprueft) {
      this.geprueft = geprueft;
      this.form.classList.toggle("quiz-geprueft", geprueft);
      const nochmal = this.istRichtig ? "Noch einmal" : "Noch einmal versuchen";
      this.knopf.textContent = geprueft ? nochmal : "Prüfen";
      this.felder.forEach((feld, nummer) => {
        feld.disabled = geprueft;
        feld.removeAttribute("aria-describedby");
        this.rueckmeldungen[nummer].hidden = !geprueft;
        delete this.zeilen[nummer].dataset.stand;
        if (geprueft) this.zeigeAntwort(feld, nummer);
      });
      this.uebrige.open = false;
      this.uebrige.hidden = !this.uebrige.querySelector(".quiz-rueckmeldung:not([hidden])");
      if (geprueft) this.sprich();
    }

    /**
     * Zeigt die Rückmeldung zu einer Antwort: zur gewählten und zur richtigen darunter,
     * zu den übrigen gefaltet. Denn „Nein, …“ sagt man nur dem, der sie gewählt hat.
     */
    zeigeAntwort(feld, nummer) {
      const zeile = this.zeilen[nummer];
      const rueckmeldung = this.rueckmeldungen[nummer];
      const wort = rueckmeldung.querySelector(".quiz-wort");
      const art = this.richtig[nummer] ? "richtig" : "falsch";
      if (art === "falsch" && !feld.checked) {
        const buchstabe = zeile.querySelector(".quiz-buchstabe").textContent;
        wort.replaceChildren(element("strong", "", `Zu Antwort ${buchstabe}`));
        this.uebrige.append(rueckmeldung);
        return;
      }
      zeile.dataset.stand = `${art}${feld.checked ? "-gewaehlt" : ""}`;
      const worte = feld.checked ? `Ihre Antwort: ${art}` : "Richtige Antwort";
      wort.replaceChildren(symbol(art), element("strong", "", worte));
      zeile.append(rueckmeldung);
      feld.setAttribute("aria-describedby", rueckmeldung.id);
    }

    /** Sagt das Ergebnis der Frage in einem Satz. */
    sprich() {
      const buchstaben = this.zeilen
        .filter((_, nummer) => this.richtig[nummer])
        .map((zeile) => zeile.querySelector(".quiz-buchstabe").textContent);
      const verb = buchstaben.length > 1 ? "Richtig sind" : "Richtig ist";
      const art = this.istRichtig ? "richtig" : "falsch";
      this.urteil.replaceChildren(
        symbol(art),
        this.istRichtig
          ? "Richtig beantwortet."
          : `Nicht richtig beantwortet. ${verb} ${aufgezaehlt(buchstaben)}.`,
      );
      this.urteil.dataset.urteil = art;
    }
  }

  for (const quiz of document.querySelectorAll(".quiz")) {
    const ergebnis = element("p", "quiz-ergebnis");
    ergebnis.setAttribute("role", "status");
    const fragen = [];
    const zaehle = () => {
      const geprueft = fragen.filter((frage) => frage.geprueft);
      const richtig = geprueft.filter((frage) => frage.istRichtig).length;
      const offen = fragen.length - geprueft.length;
      ergebnis.textContent =
        `${richtig} von ${fragen.length} richtig` + (offen ? `, ${offen} noch offen` : "");
      alleLoeschen.hidden = fragen.every((frage) => !frage.wahl.length);
    };
    const alleLoeschen = element("button", "quiz-knopf quiz-leise", "Quiz zurücksetzen");
    alleLoeschen.type = "button";
    alleLoeschen.addEventListener("click", () => {
      for (const frage of fragen) frage.leere();
      fragen[0].felder[0].focus();
    });
    for (const form of quiz.querySelectorAll(".quiz-frage")) {
      fragen.push(new Frage(form, quiz.dataset.seite, zaehle));
    }
    const fuss = element("div", "quiz-fuss");
    fuss.append(ergebnis, alleLoeschen);
    zaehle();
    quiz.append(fuss);
    quiz.classList.add("quiz-bereit");
  }
})();
