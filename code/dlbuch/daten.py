"""Datensätze des Buchs laden. Jede Datei wird vor dem Lesen mit ihrer Summe geprüft."""

import os
from pathlib import Path

import numpy as np

from dlbuch.ablage import PROJECT, DatenFehler, checked, fetch, published

__all__ = ["DatenFehler", "lade_mnist", "lade_pinguine"]

_REMEDY = "Holen Sie sie neu: git checkout -- data"


def _checksums(folder: Path) -> dict[str, str]:
    """Read pruefsummen.txt (format of sha256sum) into {file name: sum}."""
    lines = (folder / "pruefsummen.txt").read_text("utf-8").splitlines()
    return {
        name.strip(): digest for digest, name in (line.split(None, 1) for line in lines)
    }


def pfad(datei: str) -> Path:
    """Return the path of a checked data file, fetching it first where necessary.

    datei: file name in data/, such as "mnist.npz". Raises DatenFehler if it is unknown,
    missing, damaged or cannot be fetched, and if the chapter does not name it.
    """
    folder = os.environ.get("DLBUCH_DATEN")
    if folder is None and published() is not None:
        return fetch(f"daten/{datei}")
    place = Path(folder) if folder else PROJECT / "data"
    if not (place / "pruefsummen.txt").exists():
        raise DatenFehler(
            "Die Daten des Buchs sind hier nicht zu finden. Öffnen Sie das Notebook von "
            "der Website aus oder setzen Sie DLBUCH_DATEN auf den Ordner data des Projekts."
        )
    sums = _checksums(place)
    if datei not in sums:
        raise DatenFehler(
            f"Es gibt keinen Datensatz {datei}; bekannt sind: {', '.join(sorted(sums))}."
        )
    if not (place / datei).exists():
        name = Path(datei).stem
        raise DatenFehler(
            f"{datei} fehlt. Nennt das Kapitel den Datensatz im Kopf (daten: [{name}])? "
            f"Sonst: {_REMEDY}"
        )
    return checked(place / datei, sums[datei], _REMEDY)


def lade_mnist() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Load MNIST as `(x_train, y_train), (x_test, y_test)`, like keras.datasets.

    Shapes (60000, 28, 28), (60000,), (10000, 28, 28), (10000,); dtype uint8, grey values
    0 (paper) to 255 (ink), labels 0 to 9. Source: LeCun, Cortes and Burges, see
    data/README.md. Raises DatenFehler if the file is missing or damaged.
    """
    with np.load(pfad("mnist.npz"), allow_pickle=False) as archive:
        train = archive["x_train"], archive["y_train"]
        test = archive["x_test"], archive["y_test"]
    return train, test


def lade_pinguine() -> np.ndarray:
    """Load the Palmer penguins as a structured array of shape (344,).

    Fields as in the source: species, island, bill_length_mm, bill_depth_mm,
    flipper_length_mm (mm), body_mass_g (g), sex, year. A missing number is nan, a missing
    text is "". Source: Horst, Hill and Gorman 2020 (CC0), see data/README.md. Raises
    DatenFehler if the file is missing or damaged.
    """
    kinds = ["U9", "U9", "f8", "f8", "f8", "f8", "U6", "i8"]
    path = pfad("pinguine.csv")
    with path.open(encoding="utf-8") as stream:
        names = stream.readline().strip().split(",")
    return np.genfromtxt(
        path,
        delimiter=",",
        skip_header=1,
        dtype=list(zip(names, kinds, strict=True)),
        encoding="utf-8",
    )
