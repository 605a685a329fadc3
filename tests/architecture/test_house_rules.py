"""House rules that no linter knows (design, section 9)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("office", "intake_api", "casework", "observatory", "dashboards")
NO_NAMES = {"utils", "util", "common", "helpers", "helper", "base", "core", "manager", "service", "misc"}


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def test_no_module_is_named_for_a_pattern() -> None:
    assert [str(path.relative_to(ROOT)) for path in modules() if path.stem in NO_NAMES] == []


def test_no_module_is_longer_than_about_three_hundred_lines() -> None:
    """Migrations aside: they are written once and never read on."""
    long = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in modules()
        if "versions" not in path.parts
    }
    assert {path: lines for path, lines in long.items() if lines > 310} == {}


def test_only_the_edges_commit() -> None:
    """One request, one transaction: commands, the launcher's steps and the session dependency commit."""
    edges = {"commands.py", "__main__.py", "transactions.py"}
    allowed = {
        "intake_api/letterbox.py",  # the writer threads are the residents' edge
        "office/stores/in_turn.py",  # a driver's connection, which passes the turn on when it has committed
    }
    found = []
    for path in modules():
        where = path.relative_to(ROOT).as_posix()
        if path.name in edges or where in allowed or "/migrations/" in where:
            continue
        found += [
            f"{where}:{n}"
            for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)
            if ".commit(" in line
        ]
    assert found == []


def test_time_comes_only_from_the_clock() -> None:
    told = re.compile(r"datetime\.now\(|date\.today\(|time\.time\(|utcnow\(")
    found = []
    for path in modules():
        if path.relative_to(ROOT).as_posix() == "office/clock.py":
            continue
        found += [
            f"{path.relative_to(ROOT)}:{n}"
            for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)
            if told.search(line)
        ]
    assert found == []


def test_every_silenced_warning_has_a_reason() -> None:
    silenced = re.compile(r"#\s*(noqa|type:\s*ignore)")
    reasoned = re.compile(
        r"#\s*noqa:\s*[A-Z0-9, ]+\s*[-#]\s*\S|#\s*type:\s*ignore\[[a-z-]+(, ?[a-z-]+)*\]\s*#\s*\S"
    )
    found = []
    for path in modules():
        found += [
            f"{path.relative_to(ROOT)}:{n}"
            for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)
            if silenced.search(line) and not reasoned.search(line)
        ]
    assert found == []


def test_code_knows_the_shape_of_vocabularies_and_none_of_their_grounds() -> None:
    from office.vocabulary import load

    grounds = set(load("grounds").codes) - {"unknown", "other", "sex", "language", "health", "disability"}
    found = []
    for path in modules():
        if "demonstration" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Compare):
                words = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant)]
                found += [
                    f"{path.relative_to(ROOT)}:{node.lineno}: {word}" for word in words if word in grounds
                ]
    assert found == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_what_it_is_for(package: str) -> None:
    tree = ast.parse((ROOT / package / "__init__.py").read_text("utf-8"))
    assert len(ast.get_docstring(tree) or "") > 40
