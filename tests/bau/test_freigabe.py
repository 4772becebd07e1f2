"""Eine Veröffentlichung scheitert an Platzhaltern, ein gewöhnlicher Bau nicht."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import yaml

from buchbau import freigabe
from buchbau.betreiber import ANGABEN, ist_platzhalter, offene
from hilfen import PROJEKT, baue_buch

GUT = {
    "html": {"baseurl": "https://buch.beispielhochschule.de/"},
    "repository": {"url": "https://github.com/hochschule/buch"},
    "sphinx": {"config": {"betreiber": dict.fromkeys(ANGABEN, "Etwas")}},
}


@pytest.mark.parametrize(
    ("pfad", "wert", "meldung"),
    [
        (("sphinx", "config", "betreiber", "mail"), "[E-Mail]", "betreiber: mail."),
        (("sphinx", "config", "betreiber", "name"), "", "betreiber: name."),
        (("html", "baseurl"), "https://buch.example/", "html/baseurl"),
        (("html", "baseurl"), "http://buch.de/", "html/baseurl"),
        (("html", "baseurl"), "https:///buch", "html/baseurl"),
        (("html", "baseurl"), "https://localhost/", "html/baseurl"),
        (("repository", "url"), "https://github.com/beispiel/x", "repository/url"),
    ],
)
def test_jeder_platzhalter_haelt_auf(pfad, wert, meldung):
    assert freigabe.maengel_einstellungen(GUT) == []
    config = copy.deepcopy(GUT)
    place = config
    for key in pfad[:-1]:
        place = place[key]
    place[pfad[-1]] = wert
    (line,) = freigabe.maengel_einstellungen(config)
    assert meldung in line


def test_fehlende_angabe_ist_ein_platzhalter():
    assert offene({}) == list(ANGABEN)
    assert all(ist_platzhalter(text) for text in ANGABEN.values())


@pytest.fixture
def wurzel(tmp_path: Path) -> Path:
    """A folder with the three files that name version and address, all agreeing."""
    (tmp_path / "_config.yml").write_text(yaml.safe_dump(GUT), "utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.0"\n', "utf-8")
    (tmp_path / "CITATION.cff").write_text(
        f"version: 1.2.0\nurl: {GUT['html']['baseurl']}\n", "utf-8"
    )
    return tmp_path


def test_marke_version_und_adresse_stimmen_ueberein(wurzel):
    assert freigabe.maengel_version(wurzel, "v1.2.0") == []
    assert freigabe.maengel_version(wurzel, "main") == []
    (line,) = freigabe.maengel_version(wurzel, "v1.3.0")
    assert "v1.3.0" in line
    (wurzel / "CITATION.cff").write_text("version: 1.1.0\nurl: https://alt.de/\n", "utf-8")
    assert len(freigabe.maengel_version(wurzel, None)) == 2


def test_neue_seite_muss_in_die_liste(wurzel):
    assert freigabe.maengel_adressen(wurzel) == ["Die Website ist nicht gebaut: make html"]
    site = wurzel / "_build" / "html"
    site.mkdir(parents=True)
    (site / "index.html").write_text("Seite", "utf-8")
    (line,) = freigabe.maengel(wurzel, "v1.2.0")
    assert "make adressen" in line
    (wurzel / "book").mkdir()
    (wurzel / "book" / "adressen.txt").write_text("index.html\nalt.html\n", "utf-8")
    (line,) = freigabe.maengel(wurzel, "v1.2.0")
    assert "alt.html war veröffentlicht" in line


def test_projekt_nennt_jede_angabe():
    config = yaml.safe_load((PROJEKT / "_config.yml").read_text("utf-8"))
    assert list(config["sphinx"]["config"]["betreiber"]) == list(ANGABEN)


def test_gewoehnlicher_bau_gelingt_mit_platzhaltern_und_zeigt_sie(tmp_path):
    result = baue_buch(tmp_path, {"probe": "# Probe\n\nText.\n"})
    assert result.rc == 0, result.meldungen
    assert '<mark class="platzhalter">[E-Mail-Adresse]</mark>' in result.seite("impressum")
    assert "[Name oder Firma]" in result.seite("datenschutz")


def test_ausgefuellt_steht_es_da_und_unbekanntes_faellt_auf(tmp_path):
    details = {**dict.fromkeys(ANGABEN, "Etwas"), "name": "Verlag <A> & B"}
    sphinx = yaml.safe_load((PROJEKT / "_config.yml").read_text("utf-8"))["sphinx"]
    sphinx["config"]["betreiber"] = details
    result = baue_buch(tmp_path, {"probe": "# Probe\n\nText.\n"}, {"sphinx": sphinx})
    assert result.rc == 0, result.meldungen
    assert "Verlag &lt;A&gt; &amp; B<br>Etwas" in result.seite("impressum")
    assert "platzhalter" not in result.seite("datenschutz")
    details["email"] = "x"
    again = baue_buch(tmp_path, {"probe": "# Probe\n\nText.\n"}, {"sphinx": sphinx})
    assert again.rc != 0
    assert "betreiber kennt keine Angabe email" in again.meldungen
