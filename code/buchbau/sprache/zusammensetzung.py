"""Split German compounds into their words; called by the search (sphinx/suche.py).

The word list is that of the package `german-nouns` (Wiktionary, with all inflected
forms), extended by the project's own words. The package's own parser is not used: it
drops the front part of words that it does not know ("Faltungsnetz" becomes "Netz"),
cuts "Lernrate" into "Ern" and "Rat", and needs two seconds to load.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

# What may stand between two parts, the most frequent first.
LINKS = ("", "s", "n", "en", "es", "e", "er", "ens")
# Shorter words fit into almost any other word by accident ("Ei" in "Eingabe").
SHORTEST = 4
# Verbs stand in front with their bare stem, which no list of nouns contains.
VERB_STEMS = frozenset(
    re.split(
        r"\s+",
        """lern rechen prüf mess schreib lese lauf stell such seh hör sprech zeichen merk
        brems sammel wechsel start stopp schätz wert trainier aktivier zähl misch""",
    )
)
# Short words that are parts of terms in this field all the same.
SHORT_WORDS = frozenset(("bit", "rad", "tag", "typ", "ziel", "ort", "bau", "zug"))
# After these endings an s must follow; with it a front part is one, even if unknown.
TAKING_S = ("ung", "heit", "keit", "tät", "schaft")
# Words that only look like compounds, and words that end in one only by accident.
WHOLE = frozenset(
    re.split(
        r"\s+",
        """parameter hyperparameter perimeter algorithmus merkmale merkmalen nachbarschaft
        eigenschaft wissenschaft gesellschaft genauigkeit information konvergenz""",
    )
)


class Splitter:
    """Splits a compound into its words, in the form in which they stand in it."""

    def __init__(self, words: Iterable[str]) -> None:
        """words: all known words and their inflected forms, in any case."""
        self._words = frozenset(word.lower() for word in words)
        self.parts = functools.cache(self._split)

    def _split(self, compound: str) -> tuple[str, ...]:
        """Return the two or more parts of `compound` in lower case, or an empty tuple."""
        word = compound.lower()
        if len(word) < 2 * SHORTEST - 1 or word in WHOLE:
            return ()
        best: dict[int, tuple[str, ...]] = {len(word): ()}
        # From the end to the front; fewer parts win, then the longer later ones.
        for start in range(len(word) - 3, -1, -1):
            for end in range(start + 3, len(word) + 1):
                if (start, end) == (0, len(word)):
                    continue
                rest = self._remainder(word, start, end, best)
                if rest is None or not self._is_part(word[start:end], last=not rest):
                    continue
                parts = (word[start:end], *rest)
                if start not in best or len(parts) < len(best[start]):
                    best[start] = parts
        return best.get(0, ())

    def _remainder(
        self, word: str, start: int, end: int, best: dict[int, tuple[str, ...]]
    ) -> tuple[str, ...] | None:
        """Return the best parts after `word[start:end]`, over a linking element."""
        if end == len(word):
            return ()
        links = ("s",) if word.endswith(TAKING_S, start, end) else LINKS
        options = [
            best[end + len(link)]
            for link in links
            if word.startswith(link, end) and best.get(end + len(link))
        ]
        return min(options, key=len, default=None)

    def _is_part(self, part: str, *, last: bool) -> bool:
        """Tell whether `part` may stand in a compound."""
        if not last and (
            part in VERB_STEMS or (part.endswith(TAKING_S) and len(part) > SHORTEST)
        ):
            return True
        return part in SHORT_WORDS or (len(part) >= SHORTEST and part in self._words)


def own_words(file: Path) -> list[str]:
    """Return the words of a list with a word a line and comments after `#`."""
    lines = file.read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@functools.cache
def splitter(own: Path) -> Splitter:
    """Return the splitter over `german-nouns` and the file `own` (a word a line)."""
    index = resources.files("german_nouns").joinpath("index.txt")
    with index.open(encoding="utf-8") as lines:
        words = [line.partition("\t")[0] for line in lines]
    return Splitter([*words, *own_words(own)])
