"""Fehler mit Absicht: `zeige_fehler` zeigt die eigene Zeile und die Meldung."""

import linecache
import re
import textwrap
import traceback
from types import TracebackType

# Alles vor dem Paketnamen hinge vom Rechner ab, auf dem das Kapitel lief.
_INSTALLATION = re.compile(r"(?:[A-Za-z]:)?[/\\][^\s'\":]*?(?:site|dist)-packages[/\\]")
# Keras druckt Teile seiner Meldungen fett; in Ausgabe und Buch bliebe davon "[1m" übrig.
_TERMINAL = re.compile(r"\x1b\[[0-9;]*m")
# TensorFlow nennt darin Gerät und Bauart des Rechners; beides sagt hier nichts.
_KNOTEN = re.compile(r"\{\{function_node [^}]*\}\}")
_BREITE = 64  # passt auch auf ein Telefon


class zeige_fehler:
    """Context manager that shows an expected error without ending the cell.

    arten: the exception classes that are expected; zeilen: at most so many lines of the
    message (Keras adds long lists of arguments), None shows all. Prints the reader's own
    line and the message. Raises AssertionError if nothing is raised; other exceptions
    pass through.
    """

    def __init__(self, *arten: type[BaseException], zeilen: int | None = 6) -> None:
        if not arten:
            raise TypeError("zeige_fehler braucht die erwartete Fehlerart.")
        self.arten = arten
        self.zeilen = zeilen

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if error is None:
            names = " oder ".join(art.__name__ for art in self.arten)
            raise AssertionError(f"Hier sollte ein {names} entstehen, es kam keiner.")
        if not isinstance(error, self.arten):
            return False
        # Der erste Rahmen ist die Zeile der Zelle; die der Bibliotheken helfen hier nicht.
        frame = traceback.extract_tb(trace)[0]
        source = linecache.getline(frame.filename, frame.lineno).strip()
        print(f"→ {source}" if source else "→ (Zeile nicht verfügbar)")
        message = _TERMINAL.sub("", f"{kind.__name__}: {error}")
        message = _KNOTEN.sub("{{function_node …}}", message)
        lines = _INSTALLATION.sub("…/", message).splitlines()
        if self.zeilen is not None and len(lines) > self.zeilen:
            lines = [*lines[: self.zeilen], "[…]"]
        print("\n".join(_umbrochen(line) for line in lines))
        return True


def _umbrochen(line: str) -> str:
    """Wrap a line of a message; what follows the first break is indented by two."""
    return textwrap.fill(
        line.rstrip(),
        _BREITE,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
    )
