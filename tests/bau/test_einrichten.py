"""Das Einrichten sagt in einer Zeile, was dem Rechner fehlt."""

import shutil
import subprocess
import sys
from collections import namedtuple

import pytest

from buchbau import einrichten

Version = namedtuple("Version", "major minor micro")


def meldung(capsys, call) -> str:
    with pytest.raises(SystemExit) as stopped:
        call()
    text = str(stopped.value)
    assert text.startswith("✘ ")
    assert "\n" not in text
    return text


def test_falsches_python(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", Version(3, 9, 1))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert "gefunden wurde nur 3.9" in meldung(capsys, einrichten.passendes_python)


def test_anderes_python_auf_dem_rechner(monkeypatch):
    monkeypatch.setattr(sys, "version_info", Version(3, 14, 0))
    monkeypatch.setattr(
        shutil,
        "which",
        lambda name: "/usr/bin/python3.12" if name == "python3.12" else None,
    )
    assert einrichten.passendes_python() == "/usr/bin/python3.12"


def test_kein_platz(monkeypatch, capsys):
    usage = namedtuple("Usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**11, 10**11, 10**9))
    assert "noch 1.0 GB frei" in meldung(capsys, einrichten.pruefe_platz)


def test_kein_venv(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(einrichten, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(einrichten, "pruefe_platz", lambda: None)
    monkeypatch.setattr(einrichten, "hat_venv", lambda python: False)
    text = meldung(capsys, einrichten.richte_python_ein)
    assert "-venv" in text
    assert "apt-get install" in text


def test_pakete_nicht_zu_laden(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(einrichten, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(einrichten, "pruefe_platz", lambda: None)
    failed = subprocess.CompletedProcess([], 1)
    monkeypatch.setattr(einrichten.subprocess, "run", lambda *a, **k: failed)
    monkeypatch.setattr(einrichten, "hat_venv", lambda python: True)
    assert "Verbindung zum Internet" in meldung(capsys, einrichten.richte_python_ein)


@pytest.mark.parametrize(
    ("plattform", "befehl"),
    [("linux", "sudo apt-get install chromium"), ("darwin", "brew install")],
)
def test_kein_browser(monkeypatch, capsys, plattform, befehl):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(sys, "platform", plattform)
    assert befehl in meldung(capsys, einrichten.richte_browser_ein)


def test_nur_wer_darf_installiert(monkeypatch):
    """Root may, a build runner with sudo may; on one's own machine one decides oneself."""
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(einrichten.os, "geteuid", lambda: 0)
    assert einrichten.vor_apt() == []
    monkeypatch.setattr(einrichten.os, "geteuid", lambda: 1000)
    monkeypatch.delenv("CI", raising=False)
    assert einrichten.vor_apt() is None
    monkeypatch.setenv("CI", "true")
    for status, allowed in ((0, True), (1, False)):
        done = subprocess.CompletedProcess([], status)
        monkeypatch.setattr(einrichten.subprocess, "run", lambda *a, d=done, **k: d)
        assert (einrichten.vor_apt() is not None) is allowed
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert einrichten.vor_apt() is None


@pytest.mark.parametrize(
    ("plattform", "befehl"),
    [("linux", "sudo apt-get install epubcheck"), ("darwin", "brew install epubcheck")],
)
def test_kein_epubcheck(monkeypatch, capsys, plattform, befehl):
    """Java alone, or epubcheck alone, is not enough."""
    monkeypatch.setattr(shutil, "which", lambda name: "/x" if name == "java" else None)
    monkeypatch.setattr(sys, "platform", plattform)
    assert befehl in meldung(capsys, einrichten.richte_epubcheck_ein)


def test_verweis_in_ein_fremdes_abbild_haelt_nicht_auf(monkeypatch, tmp_path):
    """A clone that was mounted into the container image keeps links that lead nowhere."""
    for name in (".venv", "node_modules"):
        (tmp_path / name).symlink_to(tmp_path / "abbild" / name, target_is_directory=True)
    monkeypatch.setattr(einrichten, "WURZEL", tmp_path)
    monkeypatch.setattr(einrichten, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(einrichten, "pruefe_platz", lambda: None)
    monkeypatch.setattr(einrichten, "hat_venv", lambda python: True)
    (tmp_path / "requirements.txt").write_text("", "utf-8")
    (tmp_path / "package-lock.json").write_text("{}", "utf-8")
    called = []

    def run(command, **_):
        called.append([str(word) for word in command])
        return subprocess.CompletedProcess(command, 0, stdout="", stderr="")

    monkeypatch.setattr(einrichten.subprocess, "run", run)
    monkeypatch.setattr(einrichten, "zeige_auf_diesen_klon", lambda: None)
    monkeypatch.setattr(einrichten, "node_programme", lambda: (tmp_path, tmp_path))
    for step in (einrichten.richte_python_ein, einrichten.richte_node_ein):
        with pytest.raises(FileNotFoundError):  # den Stempel: angelegt ist hier nichts
            step()
    assert not [path for path in tmp_path.iterdir() if path.is_symlink()]
    assert called[0][1:] == ["-m", "venv", str(tmp_path / ".venv")]


def test_unveraendertes_lock_installiert_nichts(monkeypatch, tmp_path):
    stamp = tmp_path / "eingerichtet"
    value = einrichten.summe(einrichten.WURZEL / "requirements.txt")
    assert not einrichten.ist_aktuell(stamp, value)
    stamp.write_text(value, "utf-8")
    assert einrichten.ist_aktuell(stamp, value)
    assert not einrichten.ist_aktuell(stamp, value + "0")
