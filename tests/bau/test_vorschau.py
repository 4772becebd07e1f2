"""Die Vorschau: eine geänderte Seite ist nach kurzer Zeit zu sehen."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from bau.kleines_projekt import Projekt, kapitel, zelle


def _warte_auf(address: str, text: str, seconds: float = 60) -> str:
    end = time.monotonic() + seconds
    page = ""
    while time.monotonic() < end:
        try:
            page = urllib.request.urlopen(address, timeout=5).read().decode()
        except (urllib.error.URLError, ConnectionError):
            page = ""
        if text in page:
            return page
        time.sleep(0.2)
    pytest.fail(f"{text!r} erschien nicht auf {address}; zuletzt: {page[-300:]!r}")


@pytest.fixture
def freier_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def projekt(tmp_path):
    project = Projekt(
        tmp_path, {"probe": kapitel("Alter Satz.\n\n" + zelle("print(40 + 2)"))}
    )
    assert project.fuehre_aus().rc == 0
    assert project.uebernimm().rc == 0
    return project


def test_aenderung_wird_sichtbar(projekt, freier_port):
    process = subprocess.Popen(
        [sys.executable, "-m", "buchbau.vorschau", str(freier_port)],
        cwd=projekt.ordner,
        env=os.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{freier_port}/probe.html"
        page = _warte_auf(address, "Alter Satz.")
        assert "/__stand" in page  # das Skript, das neu lädt
        projekt.aendere("probe", "Alter Satz.", "Neuer Satz.")
        page = _warte_auf(address, "Neuer Satz.")
        assert "42" in page
        projekt.aendere("probe", "print(40 + 2)", "print(40 + 3)")
        _warte_auf(address, ">43\n")
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_belegter_anschluss(projekt, freier_port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", freier_port))
        taken.listen()
        done = projekt._python("-m", "buchbau.vorschau", str(freier_port))
    assert done.rc == 1
    assert f"Anschluss {freier_port} ist belegt" in done.meldungen
    assert "Traceback" not in done.meldungen
