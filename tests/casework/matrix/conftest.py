"""The office of the matrix, built once for each process of the tests."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.casework.matrix.people import Office
from tests.casework.matrix.straight import without_threads
from tests.casework.matrix.world import World, built


@pytest.fixture(scope="session")
def one_world(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An office with everything in it."""
    folder = tmp_path_factory.mktemp("matrix") / "desk"
    shutil.copytree(made, folder)
    office = Office(folder, f"sqlite:///{folder}/mailbox.db", f"sqlite:///{folder}/casework.db")
    with closing(office):
        with pytest.MonkeyPatch.context() as patch:
            without_threads(patch)
            world = built(office)
        yield world


@pytest.fixture
def world(one_world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The same, as it was built."""
    without_threads(monkeypatch)
    one_world.restore()
    return one_world
