"""Vorschau beim Schreiben: `make vorschau` baut geänderte Seiten und lädt sie neu.

Eine Sphinx-Anwendung bleibt offen und baut nur die eine Seite. Ändert sich eine Codezelle,
läuft das Kapitel im Hintergrund; die Seite zeigt so lange die Ausgaben vom letzten Lauf
nicht. Bedient die Website auf dem eigenen Rechner und sagt dem Browser, wann er neu laden
soll; das kleine Skript dafür steht nur in der Antwort, nicht in den Dateien.
"""

from __future__ import annotations

import http.server
import io
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

from buchbau.bauen import HTML, baue_seite, offene_seiten_app, wesentliches
from buchbau.kapitel import BuchFehler, Kapitel, lies_buch
from buchbau.uebernehmen import lauf, uebernimm

TAKT = 0.2  # Sekunden zwischen zwei Blicken auf die Dateien
SKRIPT = b"""<script>
(async () => { let start; for (;;) { try {
  const stand = await (await fetch("/__stand")).text();
  if (start === undefined) start = stand;
  if (stand !== start) location.reload();
} catch {} await new Promise(r => setTimeout(r, 400)); } })();
</script></body>"""


class Server(http.server.ThreadingHTTPServer):
    """Serves the site; `stand` counts the builds, so that open pages know of a new one."""

    daemon_threads = True
    stand = 0


class Antwort(http.server.SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/__stand":
            self._antworte(str(self.server.stand).encode(), "text/plain")
            return
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path = path / "index.html"
        if path.suffix == ".html" and path.exists():
            body = path.read_bytes().replace(b"</body>", SKRIPT)
            # Die Richtlinie der fertigen Seiten liesse das Skript der Vorschau nicht zu.
            body = body.replace(b'http-equiv="Content-Security-Policy"', b'name="csp-aus"')
            self._antworte(body, "text/html; charset=utf-8")
            return
        super().do_GET()

    def _antworte(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the log of requests out of the author's terminal."""


def starte_server(port: int) -> Server:
    try:
        server = Server(
            ("127.0.0.1", port), partial(Antwort, directory=str(Path.cwd() / HTML))
        )
    except OSError:
        raise BuchFehler(
            f"Anschluss {port} ist belegt. Ein anderer: make vorschau PORT={port + 1}"
        ) from None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _stand(pages: list[Kapitel]) -> dict[str, float]:
    return {p.docname: p.quelle.stat().st_mtime for p in pages if p.quelle.exists()}


def _bereite_vor(page: Kapitel) -> list[str]:
    """Execute the chapter if its code is new, hand it over, return violated claims."""
    if not page.wird_ausgefuehrt:
        return []
    try:
        lauf(page)
    except BuchFehler:
        print(f"  Codezellen von {page.name} sind neu, das Kapitel läuft …", flush=True)
        command = [sys.executable, "-m", "snakemake", "--cores", "2", "--quiet", "all"]
        command += ["--rerun-triggers", "mtime", "--config", f"kapitel={page.name}"]
        subprocess.run(command, check=False)
    return uebernimm(page)


def main(port: int) -> int:
    root = Path.cwd()
    messages = io.StringIO()
    pages = lies_buch(root)
    try:
        server = starte_server(port)
    except BuchFehler as error:
        print(f"✘ {error}", file=sys.stderr)
        return 1
    print("Vorschau wird vorbereitet …", flush=True)
    with offene_seiten_app(root, messages) as app:
        seen = _stand(pages)  # vor dem Bau: was währenddessen geändert wird, zählt
        app.build(force_all=False)
        print(f"✔ http://127.0.0.1:{port}/  (Ende mit Strg+C)", flush=True)
        while True:
            time.sleep(TAKT)
            now = _stand(pages)
            changed = [p for p in pages if now.get(p.docname) != seen.get(p.docname)]
            seen = now
            for page in changed:
                start = time.perf_counter()
                messages.seek(0)
                messages.truncate()
                try:
                    faults = _bereite_vor(page)
                    baue_seite(app, page.quelle)
                except Exception as error:  # die Vorschau überlebt jeden Fehler im Text
                    faults = [str(error)]
                for line in faults:
                    print(f"✘ {line}", file=sys.stderr)
                if messages.getvalue():
                    print(wesentliches(messages.getvalue()), file=sys.stderr)
                server.stand += 1
                print(f"✔ {page.name} ({time.perf_counter() - start:.1f} s)", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000))
    except KeyboardInterrupt:
        print()
