"""Löst die Pannen der Seite Einrichtung wirklich aus und hält fest, was der Rechner sagt.

`python -m buchbau.pannen [NAME …]`, von Hand gerufen, wenn sich Versionen oder Werkzeuge
ändern; schreibt book/vorab/meldungen/NAME.txt, die Seite zeigt diese Dateien. Each mishap
runs in a throw-away folder. Needs root on Debian or Ubuntu (a mount of its own hides files
from one process only) and `python3.10` from pyenv for the Python that is too old.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass
from pathlib import Path

from buchbau.versionen import gelockt, pip_zeile

ZIEL = Path("book/vorab/meldungen")
BREITE = 76
ZU_LANG = 84  # kürzere Zeilen bleiben, wie der Rechner sie schreibt
MEHR = "[…]"
# Was nur diesen Rechner angeht oder bei jedem Lauf anders ist.
BEIWERK = re.compile(
    r"Looking in |WARNING: Location |\[notice\]|\s*$|\s+[╸━]|Collecting |Requirement "
    r"|Processing |\s*Using cached|\s*Downloading |Installing collected"
    r"|\s*(Preparing|Building) "
)
ZEIT = re.compile(r"^(\d{4}-\d\d-\d\d [\d:.]+: )|^[IWEF]\d{4} [\d:.]+ +\d+ |(?<=to )0x\w+")


@dataclass(frozen=True)
class Panne:
    """A mishap: what prepares it, what the reader types, which lines of the answer count.

    vorher: shell lines whose output is not kept; befehl: the line whose answer is kept;
    hier: how to run it (a shell command that takes the line as its last argument); ab, bis:
    the first and last line to keep, as patterns; nur: keep only lines with this pattern;
    zeilen: at most so many.
    """

    vorher: str
    befehl: str
    hier: tuple[str, ...] = ("bash", "-c")
    ab: str = ""
    bis: str = ""
    nur: str = ""
    zeilen: int = 14


NUR_DIESER_PROZESS = ("unshare", "--mount", "bash", "-c")
OHNE_ENSUREPIP = """\
lib=$(/usr/bin/python3 -c "import os; print(os.path.dirname(os.__file__))")
mkdir oben arbeit
mount -t tmpfs none oben && mkdir oben/o oben/a && mknod oben/o/ensurepip c 0 0
mount -t overlay none -o lowerdir=$lib,upperdir=oben/o,workdir=oben/a $lib
"""
GERAETE = 'import tensorflow as tf; tf.config.list_physical_devices("GPU")'
WENIG_PLATZ = "mkdir -p platte && mount -t tmpfs -o size=300M none platte && cd platte\n"

PANNEN = {
    "verwaltet": Panne("", "/usr/bin/python3 -m pip install keras", bis="full installed"),
    "ohne-venv": Panne(
        "", OHNE_ENSUREPIP + "/usr/bin/python3 -m venv .venv", NUR_DIESER_PROZESS
    ),
    "altes-python": Panne(
        "~/.pyenv/versions/3.10.*/bin/python -m venv .venv",
        f".venv/bin/python -m pip install {pip_zeile()}",
    ),
    # pip fragt nach den Paketen für ein Python, das hier nicht liegt: Antwort wie dort.
    "neues-python": Panne(
        "python3 -m venv .venv; .venv/bin/python -m pip install --upgrade pip",
        ".venv/bin/python -m pip install --dry-run --target x --only-binary=:all: "
        f"--python-version 3.14 tensorflow=={gelockt()['tensorflow']}",
    ),
    "falscher-kernel": Panne(
        "python3 -m venv .venv; .venv/bin/python -m pip install ipython",
        ".venv/bin/python -m IPython --colors=NoColor -c 'import keras'",
    ),
    "numpy": Panne(
        "python3 -m venv .venv; .venv/bin/python -m pip install matplotlib==3.8.2 "
        "numpy==1.26.4; .venv/bin/python -m pip install numpy==2.4.6",
        ".venv/bin/python -c 'import matplotlib.pyplot'",
        ab="A module that was",
        bis="downgrade",
    ),
    "keine-gpu": Panne("", f"{sys.executable} -c '{GERAETE}'", nur="GPU will|cuInit"),
    "platte-voll": Panne(
        "",
        WENIG_PLATZ + "python3 -m venv .venv; export TMPDIR=$PWD; .venv/bin/python -m "
        f"pip install --no-cache-dir {pip_zeile()}",
        NUR_DIESER_PROZESS,
        ab="ERROR",
    ),
}


def _umgebung(ordner: Path) -> dict[str, str]:
    """Return the environment of a reader who has set nothing himself."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("TF_", "VIRTUAL_ENV"))}
    return {**env, "COLUMNS": str(BREITE), "IPYTHONDIR": str(ordner / "ipython")}


def _umbrochen(line: str) -> list[str]:
    """Wrap a long line; a list of hundreds of versions is cut after two lines."""
    if len(line) <= ZU_LANG:
        return [line]
    lines = textwrap.wrap(
        line, BREITE, subsequent_indent="  ", break_long_words=False,
        break_on_hyphens=False, drop_whitespace=True, replace_whitespace=False,
    )  # fmt: skip
    return [*lines[:2], f"  {MEHR}"] if len(line) > 6 * BREITE else lines


def gekuerzt(panne: Panne, antwort: str, ordner: Path) -> str:
    """Return the lines of an answer that a reader needs, without what is only ours."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", antwort).replace(str(ordner), "~/dl-buch")
    lines = [ZEIT.sub("", ln.rstrip()) for ln in text.splitlines()]
    lines = [ln for ln in lines if not BEIWERK.match(ln)]
    first = next((i for i, ln in enumerate(lines) if re.search(panne.ab, ln)), 0)
    lines = lines[first:]
    if panne.bis:
        last = next(i for i, ln in enumerate(lines) if re.search(panne.bis, ln))
        lines = [*lines[: last + 1], *([MEHR] if last + 1 < len(lines) else [])]
    lines = list(dict.fromkeys(ln for ln in lines if re.search(panne.nur, ln)))
    lines = [part for ln in lines for part in _umbrochen(ln)]
    if len(lines) > panne.zeilen:
        lines = [*lines[: panne.zeilen], MEHR]
    return "\n".join(lines) + "\n"


def loese_aus(name: str) -> str:
    """Provoke a mishap and return what the machine says."""
    panne = PANNEN[name]
    with tempfile.TemporaryDirectory(prefix="panne-") as folder:
        where = Path(folder)
        env = _umgebung(where)
        subprocess.run(["bash", "-c", panne.vorher], cwd=where, env=env, check=False,
                       capture_output=True)  # fmt: skip
        done = subprocess.run(
            [*panne.hier, panne.befehl], cwd=where, env=env, check=False, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
    return gekuerzt(panne, done.stdout, where)


def main(namen: list[str]) -> int:
    ZIEL.mkdir(parents=True, exist_ok=True)
    for name in namen or PANNEN:
        if name not in PANNEN:
            print(f"✘ Die Panne {name} gibt es nicht; bekannt: {', '.join(PANNEN)}.")
            return 1
        text = loese_aus(name)
        (ZIEL / f"{name}.txt").write_text(text, "utf-8")
        print(f"• {name}\n{textwrap.indent(text, '    ')}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
