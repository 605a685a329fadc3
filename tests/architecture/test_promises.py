"""`docs/security.md` says where each promise is kept and which test guards it; here it is held to that."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOLD = (ROOT / "docs" / "security.md").read_text("utf-8")
SECTIONS = re.split(r"^## (?=\d+\. )", TOLD, flags=re.MULTILINE)[1:]
PATH = re.compile(r"`((?:[a-z_0-9.-]+/)+[A-Za-z_0-9.-]+\.[a-z]+|\.importlinter)`")


def part(section: str, name: str) -> str:
    """The paragraph of a section that begins with this word."""
    return section.partition(f"**{name}**")[2].partition("\n- **")[0].partition("\n## ")[0]


def test_there_are_ten_promises_in_their_order() -> None:
    assert [int(section.partition(".")[0]) for section in SECTIONS] == list(range(1, 11))


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.partition(".")[0])
def test_each_promise_names_files_that_exist_and_tests_that_guard_it(section: str) -> None:
    kept, guarded = PATH.findall(part(section, "Kept in")), PATH.findall(part(section, "Guarded by"))
    assert kept and guarded
    assert [path for path in (*kept, *guarded) if not (ROOT / path).is_file()] == []
    assert [path for path in guarded if not re.fullmatch(r"tests/.*/test_\w+\.py", path)] == []
    assert [path for path in guarded if "def test_" not in (ROOT / path).read_text("utf-8")] == []
    assert "**Not protected**" in section or "**Blind spots**" in section


def test_every_path_the_document_names_exists() -> None:
    made_while_running = {"heads/timeline.key"}
    named = set(PATH.findall(TOLD)) - made_while_running
    assert len(named) > 60
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
