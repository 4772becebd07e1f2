"""Nimmt einen Auftrag an wie sbatch: `reihe_ein.py GPUS SKRIPT`; druckt seine Nummer.

Called by Snakemake's generic cluster executor in test_verbund. Two queues on this machine:
`cpu`, whose machine has no GPU, and `gpu`, whose machine seems to have one.
"""

import os
import subprocess
import sys
from pathlib import Path


def main() -> None:
    gpus, script = sys.argv[1:]
    queue = "gpu" if int(gpus) else "cpu"
    here = Path.cwd()
    with (here / "warteschlange.txt").open("a", encoding="utf-8") as log:
        log.write(f"{queue}\n")
    env = dict(os.environ)
    if queue == "gpu":
        # sitecustomize.py daneben sagt dem Prozess, dass er eine GPU sieht.
        paths = [str(here / "maschine-gpu"), env.get("PYTHONPATH", "")]
        env["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    with (here / f"auftrag-{os.getpid()}.log").open("w", encoding="utf-8") as log:
        job = subprocess.Popen(
            ["sh", script], env=env, stdout=log, stderr=log, start_new_session=True
        )
    print(job.pid)


if __name__ == "__main__":
    main()
