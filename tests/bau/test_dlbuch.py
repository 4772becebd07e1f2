"""Der Helfer der Notebooks: laden, merken, prüfen, Fehler zeigen; auch bei Unfug."""

import hashlib
import json
import shutil

import numpy as np
import pytest

import dlbuch
from dlbuch import ablage, daten
from hilfen import PROJEKT


@pytest.fixture
def ordner(tmp_path, monkeypatch):
    """A data folder of its own that dlbuch reads."""
    monkeypatch.setenv("DLBUCH_DATEN", str(tmp_path))
    shutil.copy(PROJEKT / "data" / "pruefsummen.txt", tmp_path)
    return tmp_path


def test_mnist_hat_form_und_inhalt_der_quelle():
    (x_train, y_train), (x_test, y_test) = dlbuch.lade_mnist()
    assert x_train.shape == (60000, 28, 28)
    assert x_test.shape == (10000, 28, 28)
    assert x_train.dtype == y_train.dtype == np.uint8
    # Häufigkeiten der Ziffern, wie sie für MNIST veröffentlicht sind.
    counts = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert np.bincount(y_train).tolist() == counts
    assert y_test[:5].tolist() == [7, 2, 1, 0, 4]


def test_mails_haben_form_und_inhalt_der_tabelle():
    mails = dlbuch.lade_mails()
    assert mails.shape == (390,)
    assert mails["nr"].tolist() == list(range(1, 391))
    assert np.sum(mails["label"] == "spam") == 183
    assert set(mails["welle"]) == {1, 2}
    lines = (PROJEKT / "data" / "mails.tsv").read_text("utf-8").splitlines()[1:]
    assert ["\t".join(map(str, mail)) for mail in mails] == lines  # nichts abgeschnitten


def test_pinguine_haben_form_und_inhalt_der_quelle():
    birds = dlbuch.lade_pinguine()
    species, counts = np.unique(birds["species"], return_counts=True)
    assert dict(zip(species, counts, strict=True)) == {
        "Adelie": 152,
        "Chinstrap": 68,
        "Gentoo": 124,
    }
    assert np.isnan(birds["body_mass_g"]).sum() == 2


def test_sonnenflecken_haben_form_und_inhalt_der_quelle():
    years, sunspots = dlbuch.lade_sonnenflecken()
    assert years.tolist() == list(range(1700, 2009))
    assert sunspots.shape == (309,)
    # das Maximum von 1957 und das fleckenlose Jahr 1810
    assert (years[sunspots.argmax()], sunspots.max()) == (1957, 190.2)
    assert sunspots[years == 1810] == 0


def test_strom_hat_form_und_inhalt_der_quelle():
    times, demand = dlbuch.lade_strom()
    assert times.shape == demand.shape == (12 * 7 * 48,)
    assert (times[0], times[-1]) == (
        np.datetime64("2000-06-05T00:00"),
        np.datetime64("2000-08-27T23:30"),
    )
    assert np.all(np.diff(times) == np.timedelta64(30, "m"))
    assert demand[:3].tolist() == [22262, 21756, 22247]


def test_aktie_hat_form_und_inhalt_der_quelle():
    days, prices = dlbuch.lade_aktie()
    assert days.shape == prices.shape == (7983,)
    assert (prices[0], prices[-1]) == (0.07533, 83.87)
    assert np.is_busday(days).all()
    assert np.all(np.diff(days) > np.timedelta64(0, "D"))


def test_ziffernleser_liest_die_testziffern():
    _, (x_test, y_test) = dlbuch.lade_mnist()
    model = dlbuch.lade_ziffernleser()
    scores = model.predict(x_test[..., None] / 255, batch_size=1000, verbose=0)
    assert np.mean(scores.argmax(axis=1) == y_test) > 0.99


def test_tabellen_der_geschichte_haben_zahlen_und_quellen():
    events = dlbuch.lade_ki_geschichte()
    (perceptron,) = events[events["title"] == "Perzeptron"]
    assert perceptron["year"] == perceptron["until"] == 1958
    assert perceptron["people"] == "Frank Rosenblatt"
    winters = events[events["until"] > events["year"]]
    assert winters["until"].tolist() == [1980, 1993]
    chips = dlbuch.lade_transistoren()
    assert chips["transistors"].dtype == np.int64
    assert chips[chips["chip"] == "Intel 4004"]["transistors"].tolist() == [2300]
    training = dlbuch.lade_rechenaufwand()
    assert training["flop"].min() == 7e5
    for table in (events, chips, training):
        assert len(table) > 20
        assert all(table["source"])


def test_pruefsummen_stimmen():
    for line in (PROJEKT / "data" / "pruefsummen.txt").read_text("utf-8").splitlines():
        digest, name = line.split()
        assert ablage.sha256(PROJEKT / "data" / name) == digest


def test_fehlende_datei(ordner):
    with pytest.raises(dlbuch.DatenFehler, match=r"mnist\.npz fehlt"):
        dlbuch.lade_mnist()


def test_beschaedigte_datei(ordner):
    raw = bytearray((PROJEKT / "data" / "mnist.npz").read_bytes())
    raw[5000] ^= 1
    (ordner / "mnist.npz").write_bytes(raw)
    with pytest.raises(dlbuch.DatenFehler, match="beschädigt"):
        dlbuch.lade_mnist()


def test_unbekannter_datensatz(ordner):
    with pytest.raises(dlbuch.DatenFehler, match=r"bekannt sind: .*mnist\.npz"):
        daten.pfad("mnits.npz")


def test_ordner_ohne_daten(tmp_path, monkeypatch):
    monkeypatch.setenv("DLBUCH_DATEN", str(tmp_path / "leer"))
    with pytest.raises(dlbuch.DatenFehler, match="nicht zu finden"):
        dlbuch.lade_mnist()


@pytest.fixture
def veroeffentlicht(tmp_path, monkeypatch, serviere):
    """A site with one file, and dlbuch set up as in an exported notebook."""
    monkeypatch.delenv("DLBUCH_DATEN", raising=False)
    (tmp_path / "keras").mkdir()  # fehlte er, nähme Keras einen Ordner für alle
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    import keras

    monkeypatch.setattr(
        keras.src.utils.file_utils.config, "keras_home", lambda: str(tmp_path / "keras")
    )
    site = tmp_path / "site"
    site.mkdir()
    (site / "zahlen.csv").write_text("1,2\n", "utf-8")
    entry = {"url": "zahlen.csv", "sha256": hashlib.sha256(b"1,2\n").hexdigest()}
    addresses = tmp_path / "adresse.json"
    monkeypatch.setattr(ablage, "_ADDRESSES", addresses)

    def write(base: str) -> None:
        known = {"basis": base, "dateien": {"daten/zahlen.csv": entry}}
        addresses.write_text(json.dumps(known), "utf-8")

    write(serviere(site))
    return write, site


def test_laden_von_der_website(veroeffentlicht):
    assert daten.pfad("zahlen.csv").read_text("utf-8") == "1,2\n"


def test_beschaedigte_datei_der_website(veroeffentlicht):
    _, site = veroeffentlicht
    (site / "zahlen.csv").write_text("1,3\n", "utf-8")
    with pytest.raises(dlbuch.DatenFehler, match="nicht zu laden"):
        daten.pfad("zahlen.csv")


def test_kein_netz(veroeffentlicht):
    write, _ = veroeffentlicht
    write("http://127.0.0.1:9/")  # dort antwortet niemand
    with pytest.raises(dlbuch.DatenFehler, match="Verbindung zum"):
        daten.pfad("zahlen.csv")


def test_datei_die_das_buch_nicht_hat(veroeffentlicht):
    with pytest.raises(dlbuch.DatenFehler, match="gehört nicht zu den Dateien"):
        daten.pfad("anderes.csv")


@pytest.mark.parametrize(
    ("wert", "muster", "text"),
    [
        (0.9812, ".1%", "98,1\u202f%"),
        (60000, ",d", "60.000"),
        (-0.5, ".2f", "\u22120,50"),
        (1.5e-5, ".2e", "1,50\u202f·\u202f10⁻⁵"),
        (1234.5, ",.1f", "1.234,5"),
    ],
)
def test_zahlen_auf_deutsch(wert, muster, text):
    assert dlbuch.zahl(wert, muster) == text
    assert dlbuch.merke("name", wert, muster) == text


@pytest.mark.parametrize("wert", ["0.5", None, [1]])
def test_merke_nimmt_nur_zahlen(wert):
    with pytest.raises(TypeError, match="erwartet eine Zahl"):
        dlbuch.merke("quote", wert)


def test_merke_nimmt_kein_nan():
    with pytest.raises(ValueError, match="keine endliche Zahl"):
        dlbuch.merke("quote", float("nan"))


def test_zeige_fehler_zeigt_eigene_zeile_und_meldung(capsys):
    with dlbuch.zeige_fehler(ValueError):
        np.zeros(3) + np.zeros(4)
    shown = capsys.readouterr().out
    assert "np.zeros(3) + np.zeros(4)" in shown
    assert "ValueError: operands could not be broadcast" in shown
    assert "site-packages" not in shown


def test_zeige_fehler_verlangt_einen_fehler():
    with (
        pytest.raises(AssertionError, match="Hier sollte ein ValueError"),
        dlbuch.zeige_fehler(ValueError),
    ):
        pass


def test_zeige_fehler_laesst_andere_durch():
    with pytest.raises(KeyError), dlbuch.zeige_fehler(ValueError):
        {}["a"]


def test_zeige_fehler_nennt_kein_geraet(capsys):
    with dlbuch.zeige_fehler(RuntimeError):
        raise RuntimeError("{{function_node __wrapped__AddV2_device_/job:a}} Formen: [3]")
    assert "{{function_node …}} Formen: [3]" in capsys.readouterr().out


def test_zeige_fehler_nennt_keinen_ort_der_installation(capsys):
    with dlbuch.zeige_fehler(RuntimeError):
        raise RuntimeError("in /home/ich/.venv/lib/python3.11/site-packages/keras/x.py")
    assert capsys.readouterr().out.splitlines()[-1] == "RuntimeError: in …/keras/x.py"


@pytest.mark.parametrize(
    ("ist", "meldung"),
    [
        (None, "fehlt noch"),
        (..., "fehlt noch"),
        ("halb", "keine Zahl"),
        ([0.5], r"hat die Form \(1,\)"),
        (float("nan"), "nan oder inf"),
        (0.4, "stimmt nicht"),
    ],
)
def test_pruefe_nahe_nennt_den_mangel(ist, meldung):
    with pytest.raises(dlbuch.PruefungFehler, match=meldung):
        dlbuch.pruefe_nahe(ist, 0.5, "Die Quote")


def test_pruefe_nahe_laesst_rundung_zu():
    dlbuch.pruefe_nahe(0.5 + 1e-9, 0.5, "Die Quote")


@pytest.mark.parametrize("bedingung", [False, None, ..., np.array([True, False])])
def test_pruefe_schlaegt_fehl(bedingung):
    with pytest.raises(dlbuch.PruefungFehler, match="Noch einmal"):
        dlbuch.pruefe(bedingung, "Noch einmal")


def test_exportiere_und_lade(tmp_path, monkeypatch):
    import keras

    monkeypatch.setenv("DLBUCH_MODELLE", str(tmp_path))
    monkeypatch.setenv("DLBUCH_KAPITEL", "probe")
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    dlbuch.exportiere(model, "klein")
    assert {p.name for p in tmp_path.iterdir()} == {"klein.keras", "klein.tflite"}
    x = np.ones((1, 3), "float32")
    again = dlbuch.lade_modell("probe", "klein")
    np.testing.assert_allclose(
        keras.ops.convert_to_numpy(again(x)), keras.ops.convert_to_numpy(model(x))
    )


def test_exportiere_tut_ausserhalb_des_baus_nichts(tmp_path, monkeypatch):
    monkeypatch.delenv("DLBUCH_MODELLE", raising=False)
    monkeypatch.chdir(tmp_path)
    dlbuch.exportiere(object(), "klein")
    assert list(tmp_path.iterdir()) == []


def test_modell_das_es_nicht_gibt(monkeypatch):
    monkeypatch.delenv("DLBUCH_MODELLE", raising=False)
    with pytest.raises(dlbuch.DatenFehler, match="make html KAPITEL=probe"):
        dlbuch.lade_modell("probe", "klein")


def test_waehle(monkeypatch):
    monkeypatch.setenv("DLBUCH_GERAET", "gpu")
    assert dlbuch.waehle(cpu=1, gpu=2) == 2
    monkeypatch.setenv("DLBUCH_GERAET", "cpu")
    assert dlbuch.waehle(cpu=1, gpu=2) == 1
    monkeypatch.setenv("DLBUCH_GERAET", "tpu")
    with pytest.raises(ValueError, match="erlaubt sind cpu und gpu"):
        dlbuch.waehle(cpu=1, gpu=2)
