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
    genannt = [wort for wort in argumente if wort != "--ohne-browser"] or ["8000"]
    if not genannt[0].isdecimal() or int(genannt[0]) > 65535:
        print(f"✘ {genannt[0]} ist keine Portnummer: python start.py 8080")
        return 1
    port = int(genannt[0])
    handler = functools.partial(Antwort, directory=str(WEBSITE))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        anderer = port + 1 if 1024 < port < 65535 else 8080
        print(f"✘ Port {port} ist nicht frei. Ein anderer: python start.py {anderer}")
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
