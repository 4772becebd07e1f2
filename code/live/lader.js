/**
 * Loads the module of a live figure shortly before the reader scrolls to it.
 *
 * The only live script that a page names itself, and only where it has a figure.
 */

const AHEAD = "600px 0px";

async function load(element) {
  try {
    await import(`./figuren/${element.dataset.figur}.js`);
  } catch (error) {
    const note = element.querySelector(".live-hinweis");
    note.textContent =
      "Die interaktive Fassung dieser Abbildung ließ sich nicht laden: " +
      `${error.message}. Laden Sie die Seite neu, um es noch einmal zu versuchen.`;
    throw error;
  }
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      observer.unobserve(entry.target);
      load(entry.target);
    }
  },
  { rootMargin: AHEAD },
);

for (const element of document.querySelectorAll("[data-figur]")) {
  observer.observe(element);
}
