"""The stores on both engines, seen by whatever role a test names."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Engine

from office.stores import migrate
from office.stores.engines import open_store
from tests.support.postgres import Postgres, as_role, the_server

ENGINES: Final = ("sqlite", "postgres")


class Office:
    """Fresh stores on one engine; every engine opened here is closed at the end of the test."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.folder = folder
        self._urls: dict[str, str] = {}
        self._engines: list[Engine] = []

    @property
    def server(self) -> Postgres:
        return the_server()

    def empty_url(self, store: str) -> str:
        return self.server.empty() if self.kind == "postgres" else f"sqlite:///{self.folder / store}.sqlite"

    def url(self, store: str) -> str:
        """The owner's address of the store in its newest shape."""
        if store not in self._urls:
            if self.kind == "postgres":
                self._urls[store] = self.server.database(store)
            else:
                self._urls[store] = self.empty_url(store)
                migrate.upgrade(store, self._urls[store])
        return self._urls[store]

    def role_url(self, store: str, role: str) -> str:
        url = self.url(store)
        return as_role(url, role) if self.kind == "postgres" and role != "owner" else url

    def open(self, store: str, role: str = "owner") -> Engine:
        engine = open_store(self.role_url(store, role), role=role, store=store)
        self._engines.append(engine)
        return engine

    def close(self) -> None:
        for engine in self._engines:
            engine.dispose()


@pytest.fixture(params=[pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    opened = Office(request.param, tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Office]:
    opened = Office("sqlite", tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Office]:
    opened = Office("postgres", tmp_path)
    yield opened
    opened.close()
