"""Die Locks: vollständig, mit Prüfsummen, ohne Adressen, im Einklang mit pyproject.toml."""

import json
import re
import tomllib

from packaging.requirements import Requirement
from packaging.version import Version

from hilfen import PROJEKT

LOCK = (PROJEKT / "requirements.txt").read_text("utf-8")


def gelockt() -> dict[str, set[str]]:
    """Return {package: its locked versions}; several where platforms differ."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", LOCK, re.M):
        found.setdefault(name, set()).add(version)
    return found


def test_jede_abhaengigkeit_ist_gelockt():
    project = tomllib.loads((PROJEKT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = gelockt()
    for line in project["dependencies"]:
        need = Requirement(line)
        versions = locked.get(need.name.lower(), set())
        assert versions, f"{need.name} fehlt im Lock: make lock"
        assert all(need.specifier.contains(Version(v)) for v in versions), need


def test_jedes_paket_hat_pruefsummen():
    blocks = re.split(r"^(?=[a-z0-9._-]+==)", LOCK, flags=re.M)[1:]
    assert len(blocks) > 100
    assert [b.split()[0] for b in blocks if "--hash=sha256:" not in b] == []


def test_locks_nennen_keine_adressen():
    assert "http" not in LOCK.replace("https://docs", "")
    packages = json.loads((PROJEKT / "package-lock.json").read_text("utf-8"))["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_node_pakete_sind_fest_und_gelockt():
    package = json.loads((PROJEKT / "package.json").read_text("utf-8"))
    locked = json.loads((PROJEKT / "package-lock.json").read_text("utf-8"))["packages"]
    for name, version in {**package["dependencies"], **package["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name}: {version}"
        assert locked[f"node_modules/{name}"]["version"] == version
