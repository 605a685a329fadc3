"""The glossary speaks of the code as it is: every module, table and column it names exists."""

import importlib.util
import re
from pathlib import Path

from casework.store import metadata as casework
from office.stores.facts import metadata as facts
from office.stores.mailbox import metadata as mailbox

TOLD = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text("utf-8")
PACKAGES = ("office", "intake_api", "casework", "observatory", "dashboards")


def exists(name: str) -> bool:
    """Whether `name` is a module, or something in one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.util.find_spec(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        if found is None:
            continue
        thing: object = importlib.import_module(".".join(parts[:length]))
        for part in parts[length:]:
            if not hasattr(thing, part):
                return False
            thing = getattr(thing, part)
        return True
    return False


def test_every_module_the_glossary_names_exists() -> None:
    named = [
        name for name in re.findall(r"`([a-z_]+(?:\.[a-z_]+)+)`", TOLD) if name.split(".")[0] in PACKAGES
    ]
    assert len(named) > 15
    assert [name for name in named if not exists(name)] == []


def test_every_table_the_glossary_names_exists() -> None:
    tables = {*mailbox.tables, *casework.tables, *facts.tables}
    named = {
        name
        for told in re.findall(r"tables? ((?:`[a-z_]+`(?:, )?)+)", TOLD)
        for name in re.findall(r"`([a-z_]+)`", told)
    }
    assert len(named) > 8
    assert named - tables == set()
