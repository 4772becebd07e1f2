"""Das Bild in der README: die Startseite mit der Antwort des Netzes auf eine Ziffer.

Aufgerufen von `make standbilder`, nach `make html`.
"""

from __future__ import annotations

from pathlib import Path

from buchbau.browser import bediene, starte_chromium

HTML = Path("_build/html")
ZIEL = Path(".github/titelbild.png")


def main() -> None:
    ZIEL.parent.mkdir(exist_ok=True)
    with bediene(HTML) as address, starte_chromium() as browser:
        page = browser.new_page(viewport={"width": 1120, "height": 940})
        page.goto(address, wait_until="networkidle")
        page.get_by_role("button", name="Netz laden").click()
        page.get_by_role("button", name="Netz laden").wait_for(state="hidden")
        page.wait_for_timeout(500)  # die Balken sind gezeichnet
        page.screenshot(path=ZIEL)
    print(f"✔ {ZIEL}")


if __name__ == "__main__":
    main()
