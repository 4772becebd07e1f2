"""Trainiert das Netz, das erzeugte Ziffern beurteilt, und schreibt data/ziffernleser.npz.

Aufruf: `.venv/bin/python data/ziffernleser.py` im Ordner des Projekts; auf zwei Kernen
dauert es einige Minuten. Trainiert wird mit den 60.000 Trainingsziffern von MNIST, jede in
jeder Epoche um bis zu zwei Pixel verschoben, damit das Urteil nicht am Ort hängt. Die
Gewichte hängen in den letzten Stellen vom Rechner ab; die Genauigkeit auf den 10.000
Testziffern, die das Skript druckt, nennt data/README.md.
"""

import hashlib
from pathlib import Path

import keras
import numpy as np

import dlbuch
from dlbuch.modelle import baue_ziffernleser

EPOCHS = 12
BATCH = 128


def shifted(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the images (n, 28, 28, 1), each rolled by up to two pixels both ways."""
    result = images.copy()
    moves = rng.integers(-2, 3, size=(len(images), 2))
    for dy, dx in np.unique(moves, axis=0):
        chosen = np.all(moves == (dy, dx), axis=1)
        result[chosen] = np.roll(images[chosen], (dy, dx), axis=(1, 2))
    return result


def main() -> None:
    keras.utils.set_random_seed(1)
    rng = np.random.default_rng(1)
    (x_train, y_train), (x_test, y_test) = dlbuch.lade_mnist()
    x_train = x_train[..., None].astype("float32") / 255
    x_test = x_test[..., None].astype("float32") / 255
    model = baue_ziffernleser()
    steps = EPOCHS * (len(x_train) // BATCH)
    model.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.002, steps)),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    for epoch in range(EPOCHS):
        model.fit(shifted(x_train, rng), y_train, batch_size=BATCH, verbose=0)
        loss, accuracy = model.evaluate(x_test, y_test, batch_size=1000, verbose=0)
        print(f"Epoche {epoch + 1:2}: Test {loss:.4f}, {accuracy:.4f}")
    path = Path(__file__).with_name("ziffernleser.npz")
    weights = {f"w{k:02d}": array for k, array in enumerate(model.get_weights())}
    np.savez_compressed(path, **weights)
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
