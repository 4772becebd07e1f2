"""Was die Workflows rufen, ohne GitHub: Vergleich, Zweig, Meldung, Abbild, Fassungen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from buchbau import abbild, audit, hub, vergleich, zweig
from buchbau.umgebungen.auszug import pakete_der_lesenden
from buchbau.umgebungen.neueste import geloest
from hilfen import PROJEKT

SEITE = (
    '<html><nav>{rahmen}</nav><article class="text"><p>{text}</p>'
    '<p class="laufzeile">Ausgeführt am {datum}.</p></article></html>'
)


def programm(ordner: Path, name: str, zeilen: str) -> None:
    """Put a small program in front of the PATH that writes down how it was called."""
    path = ordner / name
    note = f'printf "%s\\n" "$*" >> "{ordner}/gerufen.txt"\n'
    path.write_text(f"#!/bin/sh\n{note}{zeilen}\n", "utf-8")
    path.chmod(0o755)


@pytest.fixture
def gerufen(tmp_path, monkeypatch):
    """Return a function that reads how the small programs were called."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return lambda: (tmp_path / "gerufen.txt").read_text("utf-8").splitlines()


def test_nur_der_text_einer_seite_zaehlt():
    one = vergleich.fingerabdruck(SEITE.format(rahmen="a", text="x", datum="1. Mai"))
    same = vergleich.fingerabdruck(SEITE.format(rahmen="b", text="x", datum="2. Mai"))
    other = vergleich.fingerabdruck(SEITE.format(rahmen="a", text="y", datum="1. Mai"))
    assert one == same != other


def test_liste_der_geaenderten_seiten(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert vergleich.main([]) == 1
    assert "make html" in capsys.readouterr().err
    site = tmp_path / "_build" / "html"
    site.mkdir(parents=True)
    for name in ("index", "bleibt", "aendert", "geht"):
        text = SEITE.format(rahmen="", text=name, datum="")
        (site / f"{name}.html").write_text(text, "utf-8")
    assert vergleich.main([]) == 0
    assert "fehlt der Stand von main" in capsys.readouterr().out
    assert vergleich.main(["merke"]) == 0
    capsys.readouterr()
    assert vergleich.main([]) == 0
    assert "Keine Seite ändert sich." in capsys.readouterr().out
    (site / "geht.html").unlink()
    (site / "neu.html").write_text(SEITE.format(rahmen="", text="n", datum=""), "utf-8")
    (site / "aendert.html").write_text(SEITE.format(rahmen="", text="b", datum=""), "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summe.md"))
    assert vergleich.main([]) == 0
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line] == [
        *("## Neu", "- `neu.html`", "## Geändert", "- `aendert.html`"),
        *("## Verschwunden", "- `geht.html`"),
    ]
    assert "neu.html" in (tmp_path / "summe.md").read_text("utf-8")
    vergleich.MERKZETTEL.write_text("{kaputt", "utf-8")
    assert vergleich.main([]) == 0
    assert "fehlt der Stand von main" in capsys.readouterr().out


@pytest.fixture
def klon(tmp_path) -> Path:
    """A clone of a bare repository, with built notebooks and a branch of its own."""
    remote, clone = tmp_path / "fern.git", tmp_path / "klon"
    zweig.git(tmp_path, "init", "--quiet", "--bare", str(remote))
    zweig.git(tmp_path, "clone", "--quiet", str(remote), str(clone))
    for name in ("LICENSE", "LICENSE-TEXT.md", "CITATION.cff"):
        (clone / name).write_text(name, "utf-8")
    (clone / ".binder").mkdir()
    (clone / ".binder" / "requirements.txt").write_text("numpy\n", "utf-8")
    (clone / ".gitignore").write_text("/_build\n", "utf-8")
    who = ("-c", "user.name=A", "-c", "user.email=a@b")
    zweig.git(clone, "add", ".")
    zweig.git(clone, *who, "commit", "--quiet", "-m", "Anfang")
    return clone


def test_zweig_hat_einen_commit_und_genau_die_notebooks(klon):
    with pytest.raises(FileNotFoundError):
        zweig.lege_ab(klon)
    folder = klon / zweig.NOTEBOOKS / "kapitel"
    folder.mkdir(parents=True)
    for name in ("a", "b"):
        (folder / f"{name}.ipynb").write_text("{}", "utf-8")
        zweig.lege_ab(klon)
    remote = klon.parent / "fern.git"
    files = zweig.git(remote, "ls-tree", "-r", "--name-only", "notebooks").splitlines()
    assert files == [
        *(".binder/requirements.txt", "CITATION.cff", "LICENSE", "LICENSE-TEXT.md"),
        *("README.md", "kapitel/a.ipynb", "kapitel/b.ipynb"),
    ]
    assert zweig.git(remote, "rev-list", "--count", "notebooks") == "1"
    assert zweig.git(klon, "status", "--porcelain") == "", "Der Klon bleibt, wie er war."


def test_zweig_sagt_was_fehlt(klon, monkeypatch, capsys):
    monkeypatch.chdir(klon)
    assert zweig.main() == 1
    assert "make html" in capsys.readouterr().err


def test_meldung_entsteht_einmal(tmp_path, gerufen):
    programm(tmp_path, "gh", 'test "$2" = list && echo "Schon offen" || echo Adresse')
    assert hub.meldung("Neu", "Text") == "Adresse"
    assert hub.meldung("Schon offen", "Text") == ""
    assert [line for line in gerufen() if line.startswith("issue create")] == [
        "issue create --title Neu --body Text"
    ]


def test_release_haengt_alles_an(tmp_path, gerufen, monkeypatch):
    programm(tmp_path, "gh", "echo Adresse")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(hub.HubFehler, match="make offline"):
        hub.release("v1.0.0")
    for name in ("pdf/a.pdf", "epub/a.epub", "offline/a.zip", "offline/a.zip.sha256"):
        path = tmp_path / "_build" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    (tmp_path / "_build" / "handouts").mkdir()
    (tmp_path / "_build" / "handouts" / "cnn.pdf").write_text("x", "utf-8")
    assert hub.release("v1.0.0") == "Adresse"
    (call,) = gerufen()
    assert call.startswith("release create v1.0.0 --verify-tag")
    names = [Path(word).name for word in call.split() if "/" in word]
    assert names == ["a.pdf", "a.epub", "a.zip", "a.zip.sha256", "handouts.zip"]


@pytest.mark.parametrize(
    ("argument", "umgebung", "meldung"),
    [
        ("release", {}, "MARKE=(leer)"),
        ("release", {"MARKE": "main"}, "heißt v1.2.0"),
        ("meldung", {}, "TITEL fehlt"),
        ("meldung", {"TITEL": "x"}, "Das Programm gh fehlt"),
    ],
)
def test_hub_sagt_in_einer_zeile_was_fehlt(argument, umgebung, meldung, tmp_path):
    done = subprocess.run(
        [sys.executable, str(PROJEKT / "code" / "buchbau" / "hub.py"), argument],
        cwd=tmp_path,
        env={"PATH": str(tmp_path), "PYTHONUTF8": "1", **umgebung},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert meldung in done.stderr
    assert done.stderr.count("\n") == 1


def test_name_des_abbilds_folgt_aus_den_paketen(tmp_path):
    for name in abbild.BESTIMMT:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((PROJEKT / name).read_bytes())
    before = abbild.name(tmp_path, "Haus/Buch")
    assert before.startswith("ghcr.io/haus/buch/gpu:")
    (tmp_path / "requirements.txt").write_text("anderes", "utf-8")
    assert abbild.name(tmp_path, "Haus/Buch") != before


def test_abbild_wird_nur_gebaut_wenn_es_fehlt(tmp_path, gerufen, monkeypatch):
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    programm(tmp_path, "docker", "exit 0")
    assert "gibt es schon" in abbild.baue("ghcr.io/a/b")
    programm(tmp_path, "docker", 'test "$1" != manifest')
    assert "gebaut und abgelegt" in abbild.baue("ghcr.io/a/b")
    steps = [line.split()[0] for line in gerufen()]
    assert steps == ["manifest", "manifest", "build", "push"]
    programm(tmp_path, "docker", "exit 1")
    with pytest.raises(RuntimeError, match="docker build ist gescheitert"):
        abbild.baue("ghcr.io/a/b")
    monkeypatch.setenv("GITHUB_TOKEN", "geheim")
    with pytest.raises(RuntimeError, match="Anmeldung"):
        abbild.baue("ghcr.io/a/b")
    assert not any("geheim" in line for line in gerufen())


def test_neueste_fassungen_loesen_nur_was_kapitel_benutzen():
    text = (PROJEKT / "pyproject.toml").read_text("utf-8")
    freed = geloest(text, pakete_der_lesenden(PROJEKT))
    assert '  "tensorflow",' in freed
    assert '  "numpy",' in freed
    assert '"jupyter-book==' in freed
    with pytest.raises(ValueError, match="gibt-es-nicht"):
        geloest(text, ["gibt-es-nicht"])


@pytest.mark.parametrize(
    ("status", "gesagt", "gut", "meldung"),
    [
        (0, "No known vulnerabilities found", True, "keine bekannte Lücke"),
        (
            0,
            "a Dependency not found and could not be audited: a",
            False,
            "ungeprüft",
        ),
        (1, "requests.exceptions.ConnectionError: nichts", False, "ungeprüft"),
        (1, "Found 2 known vulnerabilities in 1 package", False, "Lücken gefunden"),
    ],
)
def test_audit_haelt_ungeprueft_nicht_fuer_sicher(status, gesagt, gut, meldung):
    good, line = audit.urteil("requirements.txt", status, gesagt)
    assert good is gut
    assert meldung in line.splitlines()[-1]


def test_audit_kennt_alle_listen():
    names = {p.name for p in audit.LISTEN}
    assert names == {"requirements.txt", "jax.txt", "gpu.txt", "verbund.txt"}
    assert json.loads((PROJEKT / "package-lock.json").read_text("utf-8"))["packages"]
