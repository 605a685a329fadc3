"""Last days that come near are told by mail to whoever has the case, once, whatever the server does."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from casework.deadlines.tables import DeadlineReminder
from casework.notices.errors import PostClosed
from casework.notices.posts import MailPost
from office.ids import shown
from tests.casework.deadlines.clocks import act, binding, with_clocks
from tests.casework.deadlines.reminding import DAYS, WORK, by_command, letters, remind, wants
from tests.casework.desk import Desk, said
from tests.casework.notices.post_office import mail_server
from tests.casework.notices.test_mailer import words


def test_whoever_has_the_case_gets_one_mail_on_each_day_that_says_how_many(desk: Desk) -> None:
    """The same days as above; a round that is begun again sends nothing twice."""
    reporter = with_clocks(desk, "laila")
    with_clocks(desk, "pau")  # left no address
    with mail_server() as server:
        assert remind(desk, server, date(2026, 11, 26)).startswith("reminders: 0 sent")
        wants(desk)
        for on in (date(2026, 11, 26), date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 28)):
            remind(desk, server, on)
        assert letters(server) == [[DAYS["near"] + "1"], [DAYS["near"] + "1"]]
        remind(desk, server, date(2026, 12, 4))
        remind(desk, server, date(2026, 12, 5))
        assert letters(server)[2:] == [[DAYS["today"] + "1"]]
        raw = b"".join(server.raw).decode()
        sender, recipients, letter = server.letters[0]
    assert (sender, recipients, letter["Subject"]) == ("news@post.example", [WORK], "La lista de hoy")
    for secret in (reporter.case_number, shown(reporter.case_number), "Laila", "Convivencia", "expediente"):
        assert secret not in raw and not any(secret in words(one) for _, _, one in server.letters)
    page = said(desk.signed_in("laila").get("/en/calendar").text)
    assert "The last mail went on 4 December 2026." in page and WORK in page


def test_several_days_of_one_person_go_in_one_mail_and_what_is_settled_in_none(desk: Desk) -> None:
    first, second = with_clocks(desk, "laila"), with_clocks(desk, "laila")
    wants(desk)
    laila = desk.signed_in("laila")
    with mail_server() as server:
        remind(desk, server, date(2026, 11, 24))
        assert letters(server) == [[DAYS["near"] + "2"]]
        waived = {"waived_by": "person", "waived_why": "No quiere."}
        assert act(desk, laila, first, binding(desk, first)[0], "waiving", **waived).status_code == 303
        remind(desk, server, date(2026, 11, 27))
        assert letters(server)[1:] == [[DAYS["near"] + "1"]]
        with desk.reading() as session:
            kept = {one.deadline_id for one in session.exec(select(DeadlineReminder))}
            assert kept == {binding(desk, second)[0].id}, "what is settled is forgotten"
        assert laila.post("/es/calendar/reminders", data={"do": "end"}).status_code == 303
        remind(desk, server, date(2026, 12, 4))
        assert len(server.letters) == 2
    assert [one for one in desk.events() if one.startswith("reminders")] == [
        "reminders_wanted",
        "reminders_ended",
    ]
    assert binding(desk, second)


def test_a_server_that_is_down_or_refuses_loses_no_reminder(desk: Desk) -> None:
    with_clocks(desk, "laila")
    wants(desk)
    with mail_server() as server:
        pass
    with pytest.raises(PostClosed):
        remind(desk, server, date(2026, 11, 27))
    with desk.reading() as session:
        assert session.exec(select(DeadlineReminder)).all() == []
    with mail_server() as server:
        server.refuses.add(WORK)
        assert "1 not taken" in remind(desk, server, date(2026, 11, 27))
        assert "0 not taken" in remind(desk, server, date(2026, 11, 27), at="12:00")
        assert "was not taken" in said(desk.signed_in("laila").get("/en/calendar").text)
        server.refuses.clear()
        assert "1 sent" in remind(desk, server, date(2026, 11, 28))
        assert letters(server) == [[DAYS["near"] + "1"]]


def test_what_is_refused_for_the_moment_goes_within_the_hour_and_another_address_has_it_at_once(
    desk: Desk,
) -> None:
    """4 December 2026 is the last day: what waits until tomorrow is too late."""
    with_clocks(desk, "laila")
    wants(desk)
    with mail_server() as server:
        server.is_busy = True
        assert "1 not taken" in remind(desk, server, date(2026, 12, 4))
        server.is_busy = False
        assert "0 sent, 0 not taken" in remind(desk, server, date(2026, 12, 4), at="10:30")
        assert "1 sent" in remind(desk, server, date(2026, 12, 4), at="11:00")
        assert letters(server) == [[DAYS["today"] + "1"]]
    with_clocks(desk, "laila")
    with mail_server() as server:
        server.refuses.add(WORK)
        assert "1 not taken" in remind(desk, server, date(2026, 12, 4), at="11:10")
        wants(desk, address=WORK)
        assert "0 sent" in remind(desk, server, date(2026, 12, 4), at="11:20")
        wants(desk, address="laila@other.example")
        assert "1 sent" in remind(desk, server, date(2026, 12, 4), at="11:30")


class Killed(MailPost):
    """A process that is killed when the server has just taken the mail."""

    def send(self, mail: Any, to: str) -> Any:
        super().send(mail, to)
        raise SystemExit


def test_a_round_that_is_killed_sends_at_most_once_more(desk: Desk) -> None:
    with_clocks(desk, "laila")
    wants(desk)
    with mail_server() as server:
        with pytest.raises(SystemExit):
            remind(desk, server, date(2026, 11, 27), Killed)
        remind(desk, server, date(2026, 11, 27))
        assert len(server.letters) == 1
        for at in ("11:00", "12:00"):
            remind(desk, server, date(2026, 11, 27), at=at)
        assert len(server.letters) == 2


def test_the_command_says_what_it_did_and_that_nobody_is_reminded_without_a_server(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with_clocks(desk, "laila")
    wants(desk)
    assert by_command(desk, monkeypatch, "remind", None) == 0
    assert capsys.readouterr().out == "no mail server set: nobody is reminded by mail\n"
    with mail_server() as server:
        assert by_command(desk, monkeypatch, "remind", server) == 0
    said_so = capsys.readouterr()
    assert said_so.out == "reminders: 1 sent, 0 not taken and tried again\n"
    assert WORK not in said_so.out + said_so.err and len(server.letters) == 1
