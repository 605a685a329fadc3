"""The desk on PostgreSQL, each process as its own database user."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from office.clock import SetClock
from office.stores.engines import open_store, sessions
from tests.casework.desk import NOW, Desk, begin
from tests.support.postgres import as_role, postgres, postgres_url  # noqa: F401 - fixtures


class PostgresDesk(Desk):
    """A desk whose stores are on PostgreSQL; the owner's address is used for looking only."""

    def __init__(self, folder: Path, mailbox: str, casework: str) -> None:
        self.mailbox_owner, self.casework_owner = mailbox, casework
        super().__init__(folder, mailbox, as_role(casework, "casework"), clock=SetClock(NOW))

    def _as(self, store: str, role: str):  # type: ignore[no-untyped-def]  # as in Desk
        owner = self.mailbox_owner if store == "mailbox" else self.casework_owner
        engine = open_store(owner if role == "owner" else as_role(owner, role), role=role, store=store)
        self._engines.append(engine)
        return sessions(engine)

    def reading(self) -> Session:
        found: Session = self._as("casework", "owner")()
        return found


def postgres_desk(url_of: Callable[[str], str], folder: Path) -> Iterator[PostgresDesk]:
    """Give a desk on fresh databases, below a folder; both are gone afterwards."""
    mailbox, casework = url_of("mailbox"), url_of("casework")
    folder = folder / "desk"
    (folder / "keys").mkdir(parents=True)
    engine = open_store(as_role(casework, "casework"), role="casework", store="casework")
    begin(sessions(engine), folder)
    engine.dispose()
    tried = PostgresDesk(folder, mailbox, casework)
    yield tried
    tried.close()
    shutil.rmtree(folder)


@pytest.fixture
def desk(postgres_url: Callable[[str], str], tmp_path: Path) -> Iterator[PostgresDesk]:  # noqa: F811 - a fixture
    yield from postgres_desk(postgres_url, tmp_path)
