// Steht wörtlich im Kopf jeder Seite (seite.py), damit das gewählte Farbschema vor dem
// ersten Bild gilt. Ihre Prüfsumme steht in der Sicherheitsregel. Für SCHRIFTEN setzt der
// Bau die Dateien ein.
(function () {
  var wurzel = document.documentElement;
  wurzel.classList.add("js");
  try {
    var wahl = localStorage.getItem("farbschema");
    if (wahl === "light" || wahl === "dark") wurzel.dataset.theme = wahl;
  } catch (fehler) {
    /* ohne Speicher gilt das System */
  }
  if (new URLSearchParams(location.search).has("content_only"))
    wurzel.classList.add("nur-inhalt");
  // Wer oben anfängt, braucht noch nicht die ganze Seite (02-inhalt.css, seite.js). Wer mit
  // einem Ziel oder zurück kommt, braucht jede Höhe genau.
  var besuch = performance.getEntriesByType("navigation")[0];
  if (!location.hash && besuch && besuch.type === "navigate" && !/#/.test(besuch.name))
    wurzel.classList.add("sparsam");
  // Früh laden, damit der Text nicht springt; von file:// meldete der Browser nur Fehler.
  if (location.protocol === "file:") return;
  wurzel.classList.add("netz");
  SCHRIFTEN.forEach(function (datei) {
    var link = document.createElement("link");
    link.rel = "preload";
    link.as = "font";
    link.type = "font/woff2";
    link.crossOrigin = "";
    link.href = wurzel.dataset.content_root + "_static/" + datei;
    document.head.append(link);
  });
})();
