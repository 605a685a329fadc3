"""The second wall: each process holds only its own modules and its own environment.

A linter does not see an import made while running, so each process is started and asked.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from office.launcher import INHERITED, Service

ROOT = Path(__file__).parents[2]

MUST_NOT_HOLD = {
    "dashboards": (
        "sqlalchemy",
        "sqlmodel",
        "psycopg",
        "office.stores",
        "office.sealing",
        "office.keys",
        "casework",
        "intake_api",
        "observatory",
    ),
    "observatory": (
        "fastapi",
        "dash",
        "office.sealing",
        "office.keys",
        "office.handover.report",
        "office.handover.reply",
        "casework",
        "intake_api",
        "dashboards",
    ),
    "intake_api": (
        "pandas",
        "dash",
        "office.handover.fact",
        "office.handover.release",
        "office.stores.facts",
        "office.keys",
        "casework",
        "observatory",
        "dashboards",
    ),
    "casework": ("dash", "pandas", "office.handover.release", "intake_api", "observatory", "dashboards"),
}
MODULES = {
    "dashboards": "import dashboards.app, dashboards.__main__",
    "observatory": "import observatory.__main__",
    "intake_api": "import intake_api.app, intake_api.__main__",
    "casework": "import casework.app, casework.__main__",
}


def loaded(program: str, folder: Path = ROOT) -> set[str]:
    """The modules a fresh interpreter holds after the program."""
    said = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={name: os.environ[name] for name in INHERITED if name in os.environ},
    )
    return set(json.loads(said.stdout.splitlines()[-1]))


def trespassers(package: str, modules: set[str]) -> list[str]:
    walls = MUST_NOT_HOLD[package]
    return sorted(
        name for name in modules if any(name == wall or name.startswith(wall + ".") for wall in walls)
    )


@pytest.mark.parametrize("package", MUST_NOT_HOLD)
def test_a_started_process_holds_no_module_from_beyond_its_walls(package: str) -> None:
    assert trespassers(package, loaded(MODULES[package])) == []


def test_a_dynamic_import_is_caught_where_a_linter_is_blind() -> None:
    program = "import dashboards.app\nimport importlib; importlib.import_module('sql' + 'model')"
    assert "sqlmodel" in trespassers("dashboards", loaded(program))


def test_a_child_process_gets_its_own_settings_and_nothing_of_its_parents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CONVIVENCIA_CASEWORK_URL", "sqlite:///somewhere")
    monkeypatch.setenv("PGPASSWORD", "secret")
    environment = Service("dashboards", ("-m", "dashboards"), {"SHELF": "shelf"}).environment()
    assert environment["CONVIVENCIA_SHELF"] == "shelf"
    assert "CONVIVENCIA_CASEWORK_URL" not in environment
    assert "PGPASSWORD" not in environment
