"""Die von Hand geschriebenen Mails und das Skript, das sie prüft (data/mails.py)."""

from __future__ import annotations

import importlib.util
from copy import deepcopy
from types import ModuleType

import pytest

from hilfen import PROJEKT


@pytest.fixture(scope="module")
def skript() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mails", PROJEKT / "data" / "mails.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def mails(skript) -> list[dict[str, str]]:
    return deepcopy(skript.read())


def test_tabelle_verletzt_keine_regel(skript, mails):
    assert skript.mistakes(mails) == []


def test_sammlung_ist_gross_und_gemischt(mails):
    """Half of each wave and label is for testing; no fraud and no occasion dominates."""
    for wave in "12":
        for label in ("spam", "ham"):
            part = [m for m in mails if (m["welle"], m["label"]) == (wave, label)]
            odd = sum(int(m["nr"]) % 2 for m in part)
            assert len(part) >= 80
            assert abs(odd - len(part) / 2) <= 1
    kinds = {m["anlass"] for m in mails}
    assert len(kinds) >= 30
    assert max(sum(m["anlass"] == k for m in mails) for k in kinds) < 0.1 * len(mails)


@pytest.mark.parametrize(
    ("feld", "wert", "meldung"),
    [
        ("nr", "9", "hier sollte die Nummer 6 stehen"),
        ("label", "Spam", "Label spam oder ham"),
        ("text", " ", "ein Feld ist leer"),
        ("text", "Sehen Sie nach: www.bank-login.de/hier", "endet auf .de statt .example"),
    ],
)
def test_verletzte_regeln_werden_genannt(skript, mails, feld, wert, meldung):
    mails[5][feld] = wert
    (line,) = skript.mistakes(mails[:20])
    assert meldung in line


def test_aehnliche_mails_fallen_auf(skript, mails):
    mails[7]["betreff"] = mails[3]["betreff"]
    mails[7]["text"] = mails[3]["text"].replace("780", "790")
    assert skript.mistakes(mails[:20]) == ["Mail 4 und 8 sind sich zu ähnlich (1.00)."]
