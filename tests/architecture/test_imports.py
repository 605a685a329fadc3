"""The first wall: what each package may import, also indirectly, and how a breach is caught."""

import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("office", "intake_api", "casework", "observatory", "dashboards")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code in which a breach can be planted."""
    for name in PACKAGES:
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "static", "assets")
        )
    shutil.copy(ROOT / ".importlinter", tmp_path / ".importlinter")
    return tmp_path


def test_the_walls_of_imports_stand() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


BREACHES = [
    ("dashboards", "import sqlmodel\n", "The dashboards see releases"),
    ("dashboards", "from casework import errors\n", "The four packages never import each other"),
    ("dashboards", "from office.stores import facts\n", "The dashboards see releases"),
    ("observatory", "from office.handover import report\n", "The observatory sees facts"),
    ("intake_api", "from office.handover import fact\n", "The residents' service sees neither"),
    ("intake_api", "import pandas\n", "The residents' service sees neither"),
    ("casework", "from office.handover import release\n", "The desk does not publish"),
    ("casework", "import av\n", "What strangers record is decoded"),
    ("office", "import casework\n", "The kernel imports none of the four"),
]


@pytest.mark.parametrize(("package", "line", "contract"), BREACHES)
def test_a_planted_direct_import_is_caught(copy: Path, package: str, line: str, contract: str) -> None:
    (copy / package / "breach.py").write_text(f'"""Planted."""\n\n{line}')
    result = lint(copy)
    assert result.returncode != 0
    broken = [told for told in result.stdout.splitlines() if told.endswith("BROKEN")]
    assert any(told.startswith(contract) for told in broken), result.stdout


def users_of_the_parts_of_the_kernel() -> dict[str, set[str]]:
    """Which of the four packages, and whether the operators' commands, use each part of the kernel."""
    graph = grimp.build_graph(*PACKAGES, include_external_packages=False, cache_dir=None)
    users = {name: graph.find_upstream_modules(name, as_package=True) for name in PACKAGES[1:]}
    users["operators"] = graph.find_upstream_modules("office.__main__") | {"office.__main__"}
    return {
        part: {
            name
            for name, used in users.items()
            if any(module == part or module.startswith(f"{part}.") for module in used)
        }
        for part in graph.find_children("office")
    }


def test_every_part_of_the_kernel_has_two_users_but_what_starts_and_runs_the_office() -> None:
    found = users_of_the_parts_of_the_kernel()
    assert {"office.sealing", "office.stores", "office.deadlines", "office.routing"} <= set(found)
    aside = {"office.__main__", "office.up", "office.launcher"}
    assert {part: users for part, users in found.items() if len(users) < 2 and part not in aside} == {}


def test_a_planted_indirect_import_is_caught(copy: Path) -> None:
    (copy / "office" / "web" / "detour.py").write_text('"""Planted."""\n\nimport office.stores.facts\n')
    (copy / "dashboards" / "breach.py").write_text('"""Planted."""\n\nimport office.web.detour\n')
    result = lint(copy)
    assert result.returncode != 0
    assert "dashboards.breach -> office.web.detour" in result.stdout
