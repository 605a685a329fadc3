"""Desks for the tests of the case side."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.casework.desk import Desk, desk_in, made_once


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stores with keys and invented staff, to be copied."""
    return made_once(tmp_path_factory.mktemp("made-once"))


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk of its own for one test."""
    tried = desk_in(made, tmp_path / "desk")
    yield tried
    tried.close()
