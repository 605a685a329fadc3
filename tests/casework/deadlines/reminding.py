"""Rounds of reminders as a process that was just started does them, and what they sent."""

from datetime import date

import pytest

from casework.__main__ import main
from casework.deadlines.reminder_round import Round
from casework.notices.posts import MailPost
from casework.notices.settings import MailSettings
from tests.casework.desk import CITY, Desk, said
from tests.casework.notices.post_office import MailServer, by_mail, mailer
from tests.casework.notices.test_mailer import words

WORK = "laila@office.example"
DAYS = {"near": "Últimos días que se acercan: ", "today": "Último día hoy: "}


def wants(desk: Desk, name: str = "laila", address: str = WORK, tag: str = "es") -> None:
    answer = desk.signed_in(name).post(
        f"/{tag}/calendar/reminders", data={"do": "keep", "remind_at": address}
    )
    assert answer.status_code == 303, said(answer.text)


def remind(
    desk: Desk, server: MailServer, on: date, post: type[MailPost] = MailPost, at: str = "10:00"
) -> str:
    """One round on a day, as a process that was just started."""
    told = mailer(desk, on=on.isoformat(), **by_mail(server)).settings
    told["DEMO_NOW"] = f"{on}T{at}:00+00:00"
    settings = MailSettings(**{name.lower(): value for name, value in told.items() if name != "NOTICE_KEY"})
    sessions = desk._as("casework", "reminder")
    return str(Round(sessions, post(settings), settings.clock(), CITY, True).go())


def letters(server: MailServer) -> list[list[str]]:
    return [words(letter).splitlines()[:-2] for _, _, letter in server.letters]


def by_command(
    desk: Desk, patch: pytest.MonkeyPatch, command: str, server: MailServer | None, **more: object
) -> int:
    told = mailer(desk, on="2026-11-27", **(by_mail(server) if server else {}), **more).settings
    for name in told.keys() - {"NOTICE_KEY"}:
        patch.setenv(f"CONVIVENCIA_{name}", told[name])
    return main([command])
