"""Hearings that come near are told by the mails of last days: once for each warning, and only how many."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from casework.conflicts.tables import CaseWall
from casework.hearings.tables import CaseHearing, HearingReminder
from office.ids import shown
from tests.casework.deadlines.clocks import path, with_clocks
from tests.casework.deadlines.reminding import DAYS, WORK, letters, remind, wants
from tests.casework.deadlines.test_reminders import Killed
from tests.casework.deadlines.test_weekly_mail import weekly
from tests.casework.desk import Desk, said
from tests.casework.hearings.hearings import a_hearing, end, put_off, rows
from tests.casework.notices.post_office import MailServer, mail_server
from tests.casework.notices.test_mailer import words
from tests.casework.queues.test_cover import away

ON = date(2026, 12, 17)
"""No other day of these cases is near it."""
NEAR, TODAY = "Citas a hora fija que se acercan: ", "Citas a hora fija hoy: "
COVERED = "De ellos, en expedientes de personas a las que cubres: "


def sent_on(desk: Desk, server: MailServer, first: date, last: date) -> dict[date, list[str]]:
    """What went out on each day of a span on which anything did; another round of that day sends nothing."""
    found = {}
    for ahead in range((last - first).days + 1):
        day, before = first + timedelta(days=ahead), len(server.letters)
        if "0 sent" not in remind(desk, server, day):
            remind(desk, server, day, at="15:00")
            (found[day],) = letters(server)[before:]
    return found


def kept(desk: Desk) -> set[tuple[object, int]]:
    with desk.reading() as session:
        return {(one.hearing_id, one.days) for one in session.exec(select(HearingReminder))}


def test_whoever_has_the_case_is_told_ten_five_and_two_days_before_and_on_the_day(desk: Desk) -> None:
    reporter, _ = a_hearing(desk, on=ON)
    wants(desk)
    with mail_server() as server:
        assert sent_on(desk, server, date(2026, 12, 5), date(2026, 12, 20)) == {
            date(2026, 12, 7): [NEAR + "1"],
            date(2026, 12, 12): [NEAR + "1"],
            date(2026, 12, 15): [NEAR + "1"],
            ON: [TODAY + "1"],
        }, "on no day that is past, whether its end is noted or not"
        everything = b"".join(server.raw).decode() + "".join(words(one) for _, _, one in server.letters)
    secrets = ("Laila", "Convivencia", "expediente", "señalamiento", "Juicio", "Juzgado", "9:40", "labour")
    for secret in (reporter.case_number, shown(reporter.case_number), *secrets):
        assert secret not in everything
    page = said(desk.signed_in("laila").get("/en/calendar").text)
    assert "The last mail went on 17 December 2026." in page


def test_last_days_and_hearings_go_in_one_mail(desk: Desk) -> None:
    """The ten working days end on 4 December: five are left on 27 November, as to the hearing of the 2nd."""
    with_clocks(desk, "laila")
    a_hearing(desk, on=date(2026, 12, 2))
    wants(desk)
    with mail_server() as server:
        remind(desk, server, date(2026, 11, 27))
        assert letters(server) == [[DAYS["near"] + "1", NEAR + "1"]]


def test_one_that_was_put_off_is_warned_of_for_its_new_day_and_one_that_ended_not_at_all(desk: Desk) -> None:
    reporter, row = a_hearing(desk, on=ON)
    laila = desk.signed_in("laila")
    wants(desk)
    with mail_server() as server:
        remind(desk, server, date(2026, 12, 12))
        assert kept(desk) == {(row.id, 5)}
        assert put_off(laila, reporter, row, date(2026, 12, 22)).status_code == 303
        (new,) = (one for one in rows(desk) if one.is_open)
        assert sent_on(desk, server, date(2026, 12, 12), date(2026, 12, 19)) == {
            date(2026, 12, 12): [NEAR + "1"],  # ten days are left, and five from the 17th on
            date(2026, 12, 17): [NEAR + "1"],
        }
        assert kept(desk) == {(new.id, 10), (new.id, 5)}, "what has ended is forgotten"
        assert end(laila, reporter, new, "cancelled").status_code == 303
        assert sent_on(desk, server, date(2026, 12, 20), date(2026, 12, 22)) == {}
        assert kept(desk) == set()


def test_whoever_covers_is_told_of_those_they_may_open_and_only_while_they_cover(desk: Desk) -> None:
    a_hearing(desk, on=ON)
    apart, _ = a_hearing(desk, on=ON)
    wants(desk, "pau", "pau@office.example")
    with desk.writing() as session:
        session.add(
            CaseWall(
                case_id=desk.case(apart).id,
                staff_id=desk.staff_id("pau"),
                relation_code="friendship_enmity",
                made_on=date(2026, 11, 23),
                made_by=desk.staff_id("laila"),
            )
        )
    away(desk, desk.signed_in("laila"), "pau", date(2026, 12, 11), date(2026, 12, 14), "laila")
    with mail_server() as server:
        found = sent_on(desk, server, date(2026, 12, 6), ON)
    assert found == {
        date(2026, 12, 11): [NEAR + "1", COVERED + "1"],  # the warning of ten days, then that of five
        date(2026, 12, 12): [NEAR + "1", COVERED + "1"],
    }


def test_who_gave_the_case_away_is_told_no_more_and_who_leaves_is_forgotten(desk: Desk) -> None:
    reporter, row = a_hearing(desk, on=ON)
    for name in ("laila", "pau"):
        wants(desk, name, f"{name}@office.example")
    given = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id("pau")),
        "reason": "load",
    }
    with mail_server() as server:
        assert desk.signed_in("laila").post(f"{path(reporter)}/adviser", data=given).status_code == 303
        remind(desk, server, date(2026, 12, 12))
        assert [to for _, to, _ in server.letters] == [["pau@office.example"]]
        assert kept(desk) == {(row.id, 5)}
        left = {f"adviser-{desk.staff_id('pau')}": str(desk.staff_id("laila"))}
        gone = desk.signed_in("joana").post(f"/en/staff/{desk.staff_id('pau')}/leaving", data=left)
        assert gone.status_code == 303, said(gone.text)
        assert kept(desk) == set()


def test_a_round_that_is_killed_sends_at_most_once_more_and_a_refused_one_waits(desk: Desk) -> None:
    a_hearing(desk, on=ON)
    wants(desk)
    day = date(2026, 12, 12)
    with mail_server() as server:
        with pytest.raises(SystemExit):
            remind(desk, server, day, Killed)
        remind(desk, server, day)
        assert len(server.letters) == 1
        for at in ("11:00", "12:00"):
            remind(desk, server, day, at=at)
        assert len(server.letters) == 2
    with mail_server() as server:
        server.refuses.add(WORK)
        assert "1 not taken" in remind(desk, server, ON)
        assert "was not taken" in said(desk.signed_in("laila").get("/en/calendar").text)
        wants(desk, address="laila@other.example")
        assert "1 sent" in remind(desk, server, ON, at="10:10")
        assert letters(server) == [[TODAY + "1"]]


def test_the_weekly_mail_counts_the_hearings_of_the_week_but_those_against_the_city(
    desk: Desk,
) -> None:
    """It goes out on 27 November 2026."""
    today, _, _ = (a_hearing(desk, on=date(2026, 11, 27) + timedelta(days=n)) for n in (0, 7, 8))
    _, over = a_hearing(desk, on=date(2026, 11, 30))
    with desk.writing() as session:
        row = session.get_one(CaseHearing, over.id)
        row.state_code = "cancelled"
        session.add(row)
    with mail_server() as server:
        assert weekly(desk, server).returncode == 0
        assert "Señalamientos hoy o en siete días: 2" in words(server.letters[0][2]).splitlines()
        with desk.writing() as session:
            case = session.merge(desk.case(today[0]))
            case.routing_code = "city"
            session.add(case)
        assert weekly(desk, server, weekly_language="en").returncode == 0
        assert "Hearings today or within seven days: 1" in words(server.letters[-1][2]).splitlines()


@pytest.mark.parametrize("role", ["reminder", "weekly"])
def test_who_sends_them_reads_neither_the_hour_nor_what_it_is(desk: Desk, role: str) -> None:
    a_hearing(desk, on=ON)
    with desk._as("casework", role)() as session:
        told = "SELECT count(*) FROM case_hearing WHERE state_code = 'set'"
        assert session.execute(text(told)).scalar() == 1
        for forbidden in ("minute", "kind_code", "track_id", "sealed", "noted_by"):
            with pytest.raises(Exception, match=r"(?i)not|prohibited"):
                session.execute(text(f"SELECT {forbidden} FROM case_hearing"))
