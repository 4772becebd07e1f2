"""`make bench`: was die Tabelle sagt und was die Kopie des Projekts tut; ohne zu messen."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from buchbau.ausfuehren import THREADS
from buchbau.bench import ausfuehrung, pruefung, seite
from buchbau.bench.projekt import Messfehler, Projekt
from buchbau.bench.tabelle import Zeile, dauer, drucke
from hilfen import PROJEKT


@pytest.fixture
def projekt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Projekt:
    monkeypatch.chdir(PROJEKT)
    return Projekt(tmp_path)


@pytest.mark.parametrize(
    ("sekunden", "text"),
    [(0.0004, "0,4 ms"), (0.015, "15 ms"), (0.4, "0,40 s"), (2.04, "2,0 s"), (95, "95 s")],
)
def test_dauer_auf_deutsch(sekunden: float, text: str) -> None:
    assert dauer("x", sekunden).erreicht == text


def test_ziel_erreicht_oder_nicht(capsys: pytest.CaptureFixture[str]) -> None:
    drucke("Titel", [dauer("gut", 3, 3), dauer("zu lang", 3.1, 3), dauer("ohne", 1)])
    zeilen = capsys.readouterr().out.splitlines()
    assert [zeile[:5] for zeile in zeilen[3:]] == ["✔ gut", "✘ zu ", "  ohn"]


def test_die_kopie_ist_vollstaendig_und_verstellbar(projekt: Projekt) -> None:
    """Its own code runs in it; what is set there does not reach the original."""
    projekt.setze_threads(THREADS + 3)
    code = "from buchbau import ausfuehren as a; assert a.THREADS == %d, a.__file__"
    projekt.sekunden("-c", code % (THREADS + 3))
    assert f"THREADS = {THREADS}\n" in (
        PROJEKT / "code" / "buchbau" / "ausfuehren.py"
    ).read_text("utf-8")
    with pytest.raises(Messfehler, match="Absicht"):
        projekt.sekunden("-c", "raise SystemExit('Absicht')")


def test_die_kopie_laesst_sich_kuerzen(projekt: Projekt) -> None:
    projekt.behalte({"clustering"})
    assert [kapitel.name for kapitel in projekt.kapitel()] == ["clustering"]


def test_urteil_ueber_threads() -> None:
    """Other threads must be clearly faster: they make every chapter run anew."""
    gleich = {(1, 2): 100.0, (2, 2): 80.0, (2, 1): 75.0}
    assert ausfuehrung._urteil(gleich).erfuellt is True
    besser = gleich | {(2, 1): 60.0}
    urteil = ausfuehrung._urteil(besser)
    assert urteil == Zeile(
        "am besten", "", "1 Thread, 2 Kapitel zugleich: 25\u202f% schneller", False
    )


def test_auswahl_der_seiten(tmp_path: Path) -> None:
    for name, groesse in (("index", 1), ("leicht", 5), ("schwer", 50), ("mittel", 10)):
        (tmp_path / f"{name}.html").write_text("x" * groesse, "utf-8")
    assert seite.auswahl(tmp_path, 2) == ["index.html", "schwer.html", "mittel.html"]
    assert len(seite.auswahl(tmp_path, None)) == 4


def _klonbar(ordner: Path, makefile: str) -> Path:
    """Write and commit a project that consists of its Makefile."""
    (ordner / "Makefile").write_text(makefile, "utf-8")
    name = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    for command in (["init", "-q"], ["add", "."], [*name, "commit", "-qm", "Anfang"]):
        subprocess.run(["git", *command], cwd=ordner, check=True)
    return ordner


def test_make_test_laeuft_im_klon(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what is committed counts, and nothing of the surroundings reaches it."""
    monkeypatch.setenv("VIRTUAL_ENV", "/fremd")
    source = _klonbar(
        tmp_path_factory.mktemp("quelle"),
        'test:\n\t@test -z "$$VIRTUAL_ENV" && test ! -e liegt-herum\n',
    )
    (source / "liegt-herum").touch()
    assert pruefung.messe_pruefung(tmp_path_factory.mktemp("ziel"), source).erfuellt


def test_was_kein_git_ist_gibt_eine_zeile(tmp_path: Path) -> None:
    with pytest.raises(Messfehler, match="nicht klonen"):
        pruefung.messe_pruefung(tmp_path, tmp_path / "leer")


def test_scheitert_make_test_gibt_es_keine_zeit(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    source = _klonbar(tmp_path_factory.mktemp("quelle"), "test:\n\t@echo Absicht; false\n")
    with pytest.raises(Messfehler, match="Absicht"):
        pruefung.messe_pruefung(tmp_path_factory.mktemp("ziel"), source)
