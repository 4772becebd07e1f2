"""Woher Dateien des Buchs kommen: Daten und Modelle, geprüft mit ihrer SHA-256-Summe.

Drei Orte, in dieser Reihenfolge: ein Ordner, den der Bau nennt (Umgebungsvariable); die
veröffentlichte Website, deren Adressen in `adresse.json` neben diesem Modul stehen (so
in den Notebooks für Colab); ein Klon des Projekts. Aufgerufen von `daten` und `modelle`.
"""

import contextlib
import hashlib
import io
import json
import os
from pathlib import Path

_ADDRESSES = Path(__file__).with_name("adresse.json")
PROJECT = Path(__file__).resolve().parents[2]


class DatenFehler(RuntimeError):
    """Eine Datei des Buchs fehlt, ist beschädigt oder nicht zu erreichen."""

    # Jupyter zeigt damit nur die Meldung statt der Zeilen dieses Moduls.
    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def published() -> dict | None:
    """Return the contents of adresse.json, or None in a clone of the project."""
    if not _ADDRESSES.exists():
        return None
    return json.loads(_ADDRESSES.read_text("utf-8"))


def fetch(key: str) -> Path:
    """Fetch a file from the published site into Keras' cache and return its path.

    key: its name in adresse.json, such as "daten/mnist.npz". The base address may be
    replaced by the environment variable DLBUCH_BASIS. Raises DatenFehler if the name is
    unknown, the network is missing or the checksum differs.
    """
    addresses = published()
    entry = (addresses or {}).get("dateien", {}).get(key)
    if entry is None:
        raise DatenFehler(f"{key} gehört nicht zu den Dateien dieses Buchs.")
    base = os.environ.get("DLBUCH_BASIS") or addresses["basis"]
    origin = base.rstrip("/") + "/" + entry["url"]
    import keras

    progress = io.StringIO()  # Keras' Fortschrittsbalken gehört in kein Notebook
    try:
        with contextlib.redirect_stdout(progress):
            path = keras.utils.get_file(
                fname=f"{entry['sha256'][:12]}-{Path(key).name}",
                origin=origin,
                file_hash=entry["sha256"],
                hash_algorithm="sha256",
                cache_subdir="dlbuch",
            )
    except Exception as error:
        raise DatenFehler(
            f"{key} war nicht zu laden ({origin}). Besteht eine Verbindung zum "
            "Internet? Danach die Zelle noch einmal ausführen."
        ) from error
    return Path(path)


def checked(path: Path, expected: str, remedy: str) -> Path:
    """Return `path` if its SHA-256 is `expected`, else raise DatenFehler."""
    if sha256(path) != expected:
        raise DatenFehler(f"{path.name} ist beschädigt (Prüfsumme falsch). {remedy}")
    return path
