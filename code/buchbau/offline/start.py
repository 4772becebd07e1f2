"""Zeigt das Buch von diesem Rechner: python start.py [PORT]

Liegt in der Offline-Kopie neben dem Ordner website. Nötig ist nur Python; aus dem Netz
wird nichts geladen, und nur dieser Rechner sieht die Seiten. Ende mit Strg+C.
"""

import functools
import http.server
import sys
import webbrowser
from pathlib import Path

WEBSITE = Path(__file__).resolve().parent / "website"


class Antwort(http.server.SimpleHTTPRequestHandler):
    """Serves files with the types that modules and WebAssembly need.

    Windows may say otherwise in its registry, and then no live figure would start.
    """

    extensions_map = {  # noqa: RUF012 (so verlangt es die Basisklasse)
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".svg": "image/svg+xml",
    }

    def log_message(self, *_: object) -> None:
        """No line for each request."""


def main(argumente: "list[str]") -> int:
    if not (WEBSITE / "index.html").exists():
        print("✘ Neben start.py fehlt der Ordner website: Ist das Archiv ganz entpackt?")
        return 1
    try:
        port = int(argumente[0]) if argumente else 8000
    except ValueError:
        print(f"✘ {argumente[0]} ist keine Portnummer: python start.py 8080")
        return 1
    handler = functools.partial(Antwort, directory=str(WEBSITE))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except (OSError, OverflowError):
        print(f"✘ Port {port} ist nicht frei. Ein anderer: python start.py {port + 1}")
        return 1
    adresse = f"http://127.0.0.1:{server.server_address[1]}/"
    print(f"Das Buch: {adresse} (Ende mit Strg+C)", flush=True)
    print(f"Für Notebooks ohne Netz: DLBUCH_BASIS={adresse}", flush=True)
    if "--ohne-browser" not in argumente:
        webbrowser.open(adresse)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
