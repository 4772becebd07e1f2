/**
 * Methods of machine learning and tasks to sort into them, for figuren/einordnen.js.
 *
 * Each task has one answer and the reason for it; `near` holds what to say about the
 * wrong answers that suggest themselves, `means` what every method is about.
 */

export const GROUPS = [
  ["ueberwacht", "überwacht"],
  ["unueberwacht", "unüberwacht"],
  ["andere", "anders"],
];

export const METHODS = [
  { key: "klassifikation", group: "ueberwacht", name: "Klassifikation",
    means: "Klassifikation braucht Beispiele, an denen eine von mehreren Klassen steht." },
  { key: "regression", group: "ueberwacht", name: "Regression",
    means: "Regression sagt eine Zahl voraus und lernt aus Beispielen mit solchen Zahlen." },
  { key: "clustering", group: "unueberwacht", name: "Clustering",
    means: "Clustering sucht Gruppen, die vorher niemand benannt hat." },
  { key: "dimensionen", group: "unueberwacht", name: "Dimensionsreduktion",
    means: "Dimensionsreduktion ersetzt viele Merkmale durch wenige." },
  { key: "ausreisser", group: "unueberwacht", name: "Ausreißererkennung",
    means: "Ausreißererkennung sucht einzelne Fälle, die anders sind als alle übrigen." },
  { key: "assoziation", group: "unueberwacht", name: "Assoziation",
    means: "Assoziation sucht, was oft zusammen vorkommt." },
  { key: "generieren", group: "unueberwacht", name: "Generieren",
    means: "Ein generatives Modell erzeugt Neues, das aussieht wie die Beispiele." },
  { key: "selbst", group: "andere", name: "selbstüberwacht",
    means: "Selbstüberwacht heißt: Das Modell errät verdeckte Teile der Daten." },
  { key: "bestaerkend", group: "andere", name: "bestärkend",
    means: "Bestärkendes Lernen braucht Handlungen und eine Belohnung, die ihnen folgt." },
];

export const TASKS = [
  { text: "Filmkritiken im Netz: begeistert oder enttäuscht? Zu 5.000 Kritiken kennen " +
      "wir die Sterne.",
    answer: "klassifikation",
    why: "Zwei Stimmungen, und bei 5.000 Kritiken verraten die Sterne, welche es ist.",
    near: { regression: "Wer die Zahl der Sterne vorhersagt, hat eine Regression. Gefragt " +
      "ist hier nur nach zwei Klassen." } },
  { text: "Ein Café will wissen, wie hoch sein Umsatz am kommenden Samstag ist.",
    answer: "regression",
    why: "Gesucht ist eine Zahl in Euro, und die Umsätze früherer Samstage sind bekannt.",
    near: { klassifikation: "Klassen wären etwa viel, mittel, wenig. Ein Umsatz ist eine " +
      "Zahl." } },
  { text: "Ein Programm spielt ein Geschicklichkeitsspiel. Es sieht nur den Bildschirm und " +
      "den Punktestand.",
    answer: "bestaerkend",
    why: "Niemand zeigt ihm den richtigen Zug; die Punkte sind die Belohnung.",
    near: { klassifikation: "Dafür müsste zu jedem Bild der richtige Zug dabeistehen." } },
  { text: "MRT-Bilder des Kopfs, auf denen Fachleute Tumoren gekennzeichnet haben. Was ist " +
      "mit einem neuen Bild?",
    answer: "klassifikation",
    why: "Die Fachleute haben die Antworten geliefert: Tumor oder keiner.",
    near: { ausreisser: "Das ginge, wenn es nur Bilder gesunder Köpfe gäbe. Hier sind die " +
      "Tumoren gekennzeichnet." } },
  { text: "Ein Versandhaus kennt das Kaufverhalten von 40.000 Menschen und möchte wissen, " +
      "welche Typen es gibt.",
    answer: "clustering",
    why: "Die Typen hat niemand vorgegeben, sie sollen gefunden und dann gedeutet werden.",
    near: { klassifikation: "Dafür müsste bei jedem Menschen schon stehen, welcher Typ er " +
      "ist.", assoziation: "Assoziation fände Waren, die zusammen gekauft werden; hier " +
      "geht es um Gruppen von Menschen." } },
  { text: "Unter Millionen Kartenzahlungen fällt eine aus dem Rahmen. Bekannte " +
      "Betrugsfälle gibt es nicht.",
    answer: "ausreisser",
    why: "Ohne Beispiele für Betrug bleibt die Frage, was anders ist als alles andere.",
    near: { klassifikation: "Dafür fehlen Beispiele für die Klasse Betrug.",
      clustering: "Clustering suchte große Gruppen; hier geht es um den Einzelfall." } },
  { text: "In Zeitungstexten wird jedes siebte Wort verdeckt. Das Modell soll es erraten.",
    answer: "selbst",
    why: "Die Antwort stand im Text, niemand musste sie dazuschreiben.",
    near: { klassifikation: "Gerechnet wird wie bei einer Klassifikation, aber die Labels " +
      "kommen aus den Daten selbst.", generieren: "Wer danach ganze Texte schreiben lässt, " +
      "generiert. Gelernt wird durch Erraten." } },
  { text: "200 Messwerte je Maschine sollen auf ein Blatt Papier mit zwei Achsen.",
    answer: "dimensionen",
    why: "Aus 200 Merkmalen werden zwei, bei möglichst wenig Verlust.",
    near: { clustering: "Gruppen sieht man danach vielleicht. Verlangt ist erst einmal das " +
      "Bild." } },
  { text: "Wer Nudeln in den Korb legt, nimmt oft auch Soße. Welche solcher Paare gibt es?",
    answer: "assoziation",
    why: "Gesucht ist, was in vielen Körben gemeinsam liegt.",
    near: { clustering: "Gruppiert werden hier keine Körbe; es geht um Waren, die " +
      "zusammen vorkommen." } },
  { text: "Gesichter, die es nicht gibt, für die Werbung eines Optikers.",
    answer: "generieren",
    why: "Das Modell hat echte Gesichter gesehen und erzeugt neue.",
    near: { selbst: "Manche dieser Modelle lernen so. Die Aufgabe selbst heißt Erzeugen." } },
  { text: "Eine Heizung lernt, wann sie anspringt. Gespartes Gas zählt, Beschwerden ziehen " +
      "ab.",
    answer: "bestaerkend",
    why: "Sie handelt, und die Folgen zeigen sich später als Belohnung oder Abzug.",
    near: { regression: "Eine Vorhersage der Temperatur wäre Regression. Hier wird " +
      "gehandelt." } },
  { text: "Wie viele Minuten Verspätung hat der Zug um 14.02 Uhr? Die letzten drei Jahre " +
      "sind aufgezeichnet.",
    answer: "regression",
    why: "Minuten sind eine Zahl, und die Aufzeichnungen enthalten die Antworten.",
    near: { klassifikation: "„Pünktlich oder nicht“ wäre Klassifikation. Gefragt sind " +
      "Minuten." } },
];

/** The method with a key. */
export function method(key) {
  return METHODS.find((entry) => entry.key === key);
}

/** What to say when a task is put to a method: whether it is right, and why. */
export function feedback(task, key) {
  if (key === task.answer) return { right: true, text: task.why };
  return { right: false, text: task.near[key] ?? method(key).means };
}
