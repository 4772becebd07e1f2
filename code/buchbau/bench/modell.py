"""Misst, wie schnell das Live-Modell der Startseite antwortet: `buchbau.bench` ruft es."""

from __future__ import annotations

import statistics
from pathlib import Path

from buchbau.bench.tabelle import Zeile, dauer
from buchbau.browser import bediene, starte_chromium

ERSTE, WEITERE = 1.5, 0.015
FIGUR = "live-ziffer-zeichnen"
# Vom Klick auf den Knopf, der Laufzeit und Netz lädt, bis zur ersten Antwort, in ms
KLICK_BIS_ANTWORT = f"""async () => {{
  const figur = document.querySelector("{FIGUR}");
  const start = performance.now();
  figur.querySelector(".live-hauptknopf").click();
  while (!figur.model || figur.state.answered !== figur.state.picture)
    await new Promise((weiter) => setTimeout(weiter, 1));
  return performance.now() - start;
}}"""
NOCH_EINMAL = f"""async () => {{
  const {{ model, state }} = document.querySelector("{FIGUR}");
  const zeiten = [];
  for (let i = 0; i < 50; i++) {{
    const start = performance.now();
    await model.run(state.picture, [1, 28, 28]);
    zeiten.push(performance.now() - start);
  }}
  return zeiten;
}}"""


def messe_modell(html: Path, wiederholungen: int) -> list[Zeile]:
    """Measure the first answer in fresh browsers and further ones; medians."""
    first, further = [], []
    with bediene(html, gepackt=True) as base, starte_chromium() as browser:
        for _ in range(wiederholungen):
            # ein neuer Kontext hat nichts im Cache
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"{base}index.html", wait_until="networkidle")
            page.locator(f"{FIGUR}[bereit]").scroll_into_view_if_needed()
            first.append(page.evaluate(KLICK_BIS_ANTWORT) / 1000)
            further += [ms / 1000 for ms in page.evaluate(NOCH_EINMAL)]
            context.close()
    return [
        dauer("erste Antwort nach dem Klick", statistics.median(first), ERSTE),
        dauer("jede weitere Antwort", statistics.median(further), WEITERE),
    ]
