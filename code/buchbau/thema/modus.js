// Steht wörtlich im Kopf jeder Seite (seite.py), damit das gewählte Farbschema vor dem
// ersten Bild gilt. Ihre Prüfsumme steht in der Sicherheitsregel.
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
})();
