"""Misst, wie lange ein geänderter Satz braucht, bis die laufende Vorschau ihn zeigt.

Aufgerufen von `buchbau.bench`, nachdem alle Kapitel ausgeführt sind.
"""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from buchbau.bench.projekt import Messfehler, Projekt
from buchbau.bench.tabelle import Zeile, dauer
from buchbau.kapitel import Kapitel

HOECHSTENS = 3
ABBRUCH = 120


@contextmanager
def _vorschau(projekt: Projekt) -> Iterator[str]:
    """Run the preview of the copy; yield its address when it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "buchbau.vorschau", str(port)],
        cwd=projekt.ordner,
        env=projekt.umgebung,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        if not any(line.startswith("✔") for line in process.stdout):
            raise Messfehler("Die Vorschau ist nicht gestartet.")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def _bis_sichtbar(seite: Kapitel, adresse: str, satz: str) -> float:
    """Append a sentence to a page's source; return the seconds until it is served."""
    seite.quelle.write_text(f"{seite.quelle.read_text('utf-8')}\n{satz}\n", "utf-8")
    start = time.perf_counter()
    while satz not in urllib.request.urlopen(adresse).read().decode():
        if time.perf_counter() - start > ABBRUCH:
            raise Messfehler(f"Die Vorschau zeigt einen neuen Satz in {seite.name} nicht.")
        time.sleep(0.02)
    return time.perf_counter() - start


def messe_vorschau(projekt: Projekt) -> list[Zeile]:
    """Measure the longest chapter, three sentences, the median."""
    page = max(projekt.kapitel(), key=lambda k: k.quelle.stat().st_size)
    with _vorschau(projekt) as address:
        times = [
            _bis_sichtbar(page, f"{address}{page.docname}.html", f"Ein neuer Satz, {word}.")
            for word in ("der erste", "der zweite", "der dritte")
        ]
    text = f"ein Satz in {page.name} geändert, in der Vorschau zu sehen"
    return [dauer(text, statistics.median(times), HOECHSTENS)]
