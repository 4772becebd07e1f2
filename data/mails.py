"""Prüft data/mails.tsv, die von Hand geschriebenen Mails des Kapitels Machine Learning.

Aufruf: `python data/mails.py`, ohne Eingabe. Die Tabelle selbst ist die Quelle; das Skript
nennt jede Zeile, die eine Regel verletzt: fortlaufende Nummern, bekannte Werte, nur
Adressen unter `.example`, keine zwei Mails, die sich zu ähnlich sind. Auch die Tests rufen
`mistakes` auf.
"""

import csv
import re
import sys
from itertools import combinations
from pathlib import Path

FILE = Path(__file__).with_name("mails.tsv")
COLUMNS = ["nr", "welle", "label", "anlass", "betreff", "text"]
# Von fünf Zeichen langen Stücken dürfen zwei Mails höchstens so viele gemeinsam haben.
MOST_ALIKE = 0.3
ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)*\.([a-z]{2,})\b(?=/|\s|$|\.)")


def read(path: Path = FILE) -> list[dict[str, str]]:
    """Return the mails as dictionaries with the keys of COLUMNS."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def pieces(mail: dict[str, str]) -> set[str]:
    """Return all pieces of five characters of a mail, without case and punctuation."""
    plain = " ".join(re.findall(r"[a-zäöüß]+", f"{mail['betreff']} {mail['text']}".lower()))
    return {plain[i : i + 5] for i in range(len(plain) - 4)}


def likeness(a: set[str], b: set[str]) -> float:
    """Return the Jaccard index of two sets: 0 nothing in common, 1 equal."""
    return len(a & b) / len(a | b)


def mistakes(mails: list[dict[str, str]]) -> list[str]:
    """Return one German line for each violated rule; an empty list if all is well."""
    found = []
    for number, mail in enumerate(mails, start=1):
        place = f"Mail {mail.get('nr')}"
        if list(mail) != COLUMNS or None in mail.values():
            found.append(f"{place}: erwartet sind die Spalten {', '.join(COLUMNS)}.")
            continue
        if mail["nr"] != str(number):
            found.append(f"{place}: hier sollte die Nummer {number} stehen.")
        if mail["welle"] not in {"1", "2"} or mail["label"] not in {"spam", "ham"}:
            found.append(f"{place}: Welle ist 1 oder 2, Label spam oder ham.")
        if not all(value.strip() == value != "" for value in mail.values()):
            found.append(f"{place}: ein Feld ist leer oder von Leerzeichen umgeben.")
        for ending in ADDRESS.findall(f"{mail['betreff']} {mail['text']}"):
            if ending not in {"example", "zip", "exe"}:
                found.append(f"{place}: eine Adresse endet auf .{ending} statt .example.")
    sets = [(mail["nr"], pieces(mail)) for mail in mails]
    found += [
        f"Mail {a} und {b} sind sich zu ähnlich ({likeness(left, right):.2f})."
        for (a, left), (b, right) in combinations(sets, 2)
        if likeness(left, right) > MOST_ALIKE
    ]
    return found


def main() -> None:
    mails = read()
    for line in (problems := mistakes(mails)):
        print(line)
    spam = sum(mail["label"] == "spam" for mail in mails)
    print(f"{len(mails)} Mails, davon {spam} Spam.")
    if problems:
        sys.exit(1)


if __name__ == "__main__":
    main()
