"""The events of the live timeline are those of the chapter's own table."""

from __future__ import annotations

import json
from pathlib import Path

import dlbuch
from buchbau.sphinx import live_ereignisse


def test_ereignisse_aus_der_tabelle(tmp_path: Path) -> None:
    """Every row arrives unchanged, with years as numbers and a label of its source."""
    live_ereignisse.write(tmp_path)
    written = json.loads((tmp_path / live_ereignisse.TARGET).read_text("utf-8"))
    table = dlbuch.lade_ki_geschichte()
    assert len(written) == len(table)
    for row, event in zip(table, written, strict=True):
        assert {name: row[name] for name in table.dtype.names} == {
            name: event[name] for name in table.dtype.names
        }


def test_quellen_in_worten() -> None:
    """One, two and more authors, and an institution."""
    labels = {event["source"]: event["label"] for event in live_ereignisse.events()}
    assert labels["rosenblatt1958perceptron"] == "Rosenblatt (1958)"
    assert labels["cortes1995support"] == "Cortes und Vapnik (1995)"
    assert labels["krizhevsky2012imagenet"] == "Krizhevsky et al. (2012)"
    assert labels["silver2017mastering"] == "Silver et al. (2017)"
    assert labels["openai2022chatgpt"] == "OpenAI (2022)"
    assert labels["nobel2024physics"] == "Royal Swedish Academy of Sciences (2024)"
