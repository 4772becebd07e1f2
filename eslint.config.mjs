// Stil von JavaScript: ESLint mit seinen empfohlenen Regeln. Aufruf: npx eslint code tests
import js from "@eslint/js";

const browser = [
  "CSS", "CustomEvent", "HTMLElement", "IntersectionObserver", "MutationObserver",
  "ResizeObserver", "URL", "URLSearchParams", "XMLSerializer", "addEventListener", "atob", "cancelAnimationFrame",
  "clearInterval", "clearTimeout", "console", "customElements", "document", "fetch",
  "getComputedStyle", "history", "innerHeight", "localStorage", "location", "matchMedia", "navigator",
  "requestAnimationFrame", "sessionStorage", "setInterval", "setTimeout", "window",
];
const readonly = (names) =>
  Object.fromEntries(names.map((name) => [name, "readonly"]));

const rules = {
  ...js.configs.recommended.rules,
  "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
  "prefer-const": "error",
  "no-var": "error",
  eqeqeq: "error",
};

export default [
  {
    files: ["code/live/**/*.js"],
    languageOptions: { sourceType: "module", globals: readonly(browser) },
    rules,
  },
  {
    // Klassische Skripte: Chromium sperrt Module auf file://.
    files: ["code/buchbau/thema/js/**/*.js"],
    languageOptions: {
      sourceType: "script",
      globals: readonly([...browser, "DOCUMENTATION_OPTIONS", "Search"]),
    },
    // Was ein Skript auf oberster Ebene anlegt, benutzt ein anderes.
    rules: { ...rules, "no-unused-vars": ["error", { vars: "local" }] },
  },
  {
    files: ["tests/**/*.mjs"],
    languageOptions: {
      sourceType: "module",
      globals: readonly(["URL", "console", "process"]),
    },
    rules,
  },
];
