"""Worauf ein Kapitel wirklich rechnet: gefragt wird das Backend selbst.

Aufgerufen von `ausfuehren`, bevor ein Kapitel läuft. Ein Treiber allein ist noch keine GPU
für TensorFlow: Fehlt CUDA, rechnete es still auf der CPU weiter, mit den großen
Einstellungen und falschem Protokoll.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

from buchbau.kapitel import BuchFehler

BACKENDS = ("tensorflow", "jax", "torch")
# Druckt den Namen der ersten GPU, die das Backend sieht, sonst nichts. Läuft in einem
# eigenen Prozess mit der Umgebung des Kapitels.
FRAGE = """
import os
backend = os.environ["KERAS_BACKEND"]
name = ""
if backend == "tensorflow":
    import tensorflow as tf
    found = tf.config.list_physical_devices("GPU")
    if found:
        name = tf.config.experimental.get_device_details(found[0]).get("device_name", "GPU")
elif backend == "jax":
    import jax
    found = [d for d in jax.devices() if d.platform == "gpu"]
    name = found[0].device_kind if found else ""
else:
    import torch
    name = torch.cuda.get_device_name(0) if torch.cuda.is_available() else ""
print("GPU:" + name if name else "GPU-keine")
"""


def prozessor() -> str:
    """Return the name of this machine's processor."""
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def name_des_geraets(umgebung: dict[str, str]) -> str:
    """Return the name of the GPU or processor that a kernel with this environment uses.

    umgebung: the kernel's variables; DLBUCH_GERAET says what it is to use. Raises
    BuchFehler if the backend is not installed or does not see the GPU it is to use.
    """
    backend = umgebung["KERAS_BACKEND"]
    if backend not in BACKENDS:
        known = ", ".join(BACKENDS)
        raise BuchFehler(f"KERAS_BACKEND={backend}: Keras kennt nur {known}.")
    on_gpu = umgebung["DLBUCH_GERAET"] == "gpu"
    if backend == "tensorflow" and not on_gpu:
        return prozessor()  # TensorFlow gehört zum Lock: kein Prozess nur zum Fragen
    question = FRAGE if on_gpu else f"import {backend}\nprint('GPU-keine')"
    env = {k: v for k, v in umgebung.items() if k != "DLBUCH_GERAET"}
    done = subprocess.run(
        [sys.executable, "-c", question],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    answer = next((x for x in done.stdout.splitlines() if x.startswith("GPU")), "")
    if not answer:
        lines = done.stderr.strip().splitlines()
        raise BuchFehler(
            f"Das Backend {backend} ist hier nicht einsatzbereit "
            f"({lines[-1][:160] if lines else 'ohne Meldung'}). JAX richtet "
            "make ausfuehren KERAS_BACKEND=jax ein; PyTorch bringen Sie selbst mit."
        )
    if not on_gpu:
        return prozessor()
    if answer == "GPU-keine":
        raise BuchFehler(
            f"Das Kapitel soll auf einer GPU laufen, aber {backend} sieht hier keine. "
            "Mit DLBUCH_GERAET=cpu läuft es auf der CPU; im Abbild gpu (Dockerfile) bringt "
            "TensorFlow CUDA mit."
        )
    return answer.removeprefix("GPU:")
