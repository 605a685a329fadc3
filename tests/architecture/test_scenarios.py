"""Each acceptance scenario of the desk has a test with its number, and the list of them says which."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LATER = {20, 21, 23, 24}
"""Those that issue 4 leaves to what comes after the desk."""


def listed() -> dict[int, set[str]]:
    """The files that the list names for each scenario."""
    rows = re.findall(
        r"^\| (\d+)\. .*? \| (.*) \|$", (ROOT / "docs/scenarios.md").read_text("utf-8"), re.MULTILINE
    )
    return {int(number): set(re.findall(r"`(tests/[^`*]+\.py)`", files)) for number, files in rows}


def walked() -> dict[int, set[str]]:
    """The files whose tests have the number of a scenario of the desk in their names."""
    found: dict[int, set[str]] = {}
    for folder in ("casework", "journeys", "office/deadlines"):
        for path in (ROOT / "tests" / folder).rglob("test_*.py"):
            for one in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(one, ast.FunctionDef) and one.name.startswith(
                    ("test_scenario_", "test_scenarios_")
                ):
                    numbers = re.match(r"test_scenarios?_((?:\d+_)(?:and_\d+_)*)", one.name)
                    assert numbers, f"{path}: {one.name}"
                    for number in re.findall(r"\d+", numbers.group(1)):
                        found.setdefault(int(number), set()).add(str(path.relative_to(ROOT)))
    return found


def test_every_scenario_has_its_tests_and_the_list_names_them() -> None:
    named, there = listed(), walked()
    assert set(named) == set(range(1, 26))
    assert {number for number, files in named.items() if not files} == LATER
    assert {number: files for number, files in named.items() if files} == there
