"""Two processes that remind at once send each warning once, on either kind of store."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from casework.notices.posts import MailPost
from tests.casework.deadlines.clocks import with_clocks
from tests.casework.deadlines.reminding import DAYS, letters, remind, wants
from tests.casework.desk import Desk
from tests.casework.hearings.hearings import a_hearing
from tests.casework.hearings.test_reminding import NEAR
from tests.casework.notices.post_office import mail_server
from tests.casework.on_postgres.conftest import PostgresDesk, postgres_desk
from tests.support.postgres import postgres, postgres_url  # noqa: F401 - fixtures

ON = date(2026, 11, 27)


@pytest.fixture(params=["sqlite", "postgres"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """A desk on an embedded store, and one on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("desk")
    else:
        url: Callable[[str], str] = request.getfixturevalue("postgres_url")
        yield from postgres_desk(url, tmp_path)


def test_rounds_that_have_both_seen_that_a_mail_is_due_send_one(either: Desk | PostgresDesk) -> None:
    """Each waits, with the server's greeting, until the other has seen it too."""
    with_clocks(either, "laila")
    a_hearing(either, on=date(2026, 12, 2))
    wants(either)
    both_have_seen = Barrier(2, timeout=60)
    told: list[str] = []
    wrong: list[BaseException] = []

    class Waits(MailPost):
        def open(self) -> None:
            if self.server is None:
                both_have_seen.wait()
            super().open()

    def go() -> None:
        try:
            told.append(remind(either, server, ON, Waits))
        except BaseException as error:  # a thread of its own swallows it
            wrong.append(error)

    with mail_server() as server:
        rounds = [Thread(target=go) for _ in range(2)]
        for one in rounds:
            one.start()
        for one in rounds:
            one.join(90)
        assert wrong == []
        assert letters(server) == [[DAYS["near"] + "1", NEAR + "1"]]
        assert sorted(told) == [
            "reminders: 0 sent, 0 not taken and tried again",
            "reminders: 1 sent, 0 not taken and tried again",
        ]
        remind(either, server, ON)
        assert len(server.letters) == 1
