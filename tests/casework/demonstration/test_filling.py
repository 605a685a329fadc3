"""The demonstration's desk looks like an office at work: few wait too long, and nobody is forgotten."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from casework.appointments.tables import CaseAppointment, Clinic, MeetingSlot
from casework.authority_requests.queries import waiting_total
from casework.authority_requests.tables import AuthorityRequest
from casework.cases.tables import CaseFile
from casework.deadlines.tables import Deadline, Lawyer, LimitScan
from casework.demonstration.filling import UNOPENED_DAYS, Stage, fill
from casework.demonstration.invention import at_work, news_days
from casework.documents.tables import CaseDocument, DocumentPiece
from casework.harms.tables import CaseHarm
from casework.hearings.tables import CaseHearing
from casework.inbox.tables import InboxReport
from casework.letters.tables import Letter
from casework.month_end.counting import count_month
from casework.profile.tables import CaseProfile, ProfileGrant
from casework.staff.sessions import SignedIn
from casework.states.tables import ClosingRequest
from casework.store import open_casework
from casework.walls.tables import CityWall
from office.keys.people import sign_in
from office.stores.keyroom import Staff
from tests.casework.desk import CITY, NOW, STAFF, Desk, desk_in

TODAY = NOW.date()


@pytest.fixture(scope="module")
def filled(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = desk_in(made, tmp_path_factory.mktemp("filled") / "desk")
    amparo = STAFF["amparo"]
    sessions = desk.app.state.desk.sessions
    signed = sign_in(sessions, amparo.sign_in_name, amparo.passphrase, amparo.code(NOW), at=NOW, demo=True)
    engine, courier = open_casework(desk.casework_url, role="courier")
    fill(sessions, courier, Stage(CITY, desk.keys, SignedIn.from_door(signed), NOW, desk.folder))
    engine.dispose()
    yield desk
    desk.close()


def test_a_few_cases_of_the_office_are_late_and_most_of_each_adviser_are_not(filled: Desk) -> None:
    with filled.reading() as session:
        rows = session.exec(
            select(Staff.display_name, CaseFile.next_on)
            .join(CaseFile, col(CaseFile.assigned_to) == col(Staff.id))
            .where(col(CaseFile.closed_on).is_(None))
        ).all()
    open_cases = Counter(name for name, _ in rows)
    late = Counter(name for name, next_on in rows if next_on is None or next_on < TODAY)
    assert len(open_cases) == 4
    assert min(open_cases.values()) >= 5
    assert 1 <= sum(late.values()) <= 0.2 * len(rows)
    assert all(late[name] <= 0.4 * open_cases[name] for name in open_cases)


def test_nothing_lies_unopened_for_weeks(filled: Desk) -> None:
    with filled.reading() as session:
        waiting = session.exec(select(InboxReport.received_on).where(InboxReport.state == "received")).all()
    assert waiting
    assert min(waiting) >= TODAY - timedelta(days=UNOPENED_DAYS)


def test_its_months_agree_with_the_timeline(filled: Desk) -> None:
    with filled.reading() as session:
        found = {line.count: line.number for line in count_month(session, "2026-10", CITY.zone, TODAY)}
        session.rollback()
    assert found.pop("harms") == 0  # nobody codes forms of discrimination in it
    assert all(found.values())


def test_cases_stand_at_several_stages(filled: Desk) -> None:
    with filled.reading() as session:
        stages = Counter(
            session.exec(select(CaseFile.stage_code).where(col(CaseFile.report_id).is_not(None)))
        )
    assert {"triage", "advice", "action", "closed"} <= set(stages)


def test_there_is_something_of_each_to_be_seen(filled: Desk) -> None:
    """Appointments, a clinic, a letter, a wall, a voiding, two harms, two documents, a hearing."""
    with filled.reading() as session:
        assert sorted(session.exec(select(CaseAppointment.state_code))) == ["booked", "offered"]
        kept_free = session.exec(select(MeetingSlot).where(MeetingSlot.for_walk_ins)).all()
        assert len(session.exec(select(Clinic)).all()) == 1 and len(kept_free) == 2
        assert session.exec(select(Letter.state_code)).all() == ["draft"]
        services = session.exec(select(CityWall.service_code).where(CityWall.service_code == "housing"))
        assert services.all()
        (asked,) = session.exec(select(ClosingRequest).where(col(ClosingRequest.settled_on).is_(None))).all()
        assert (asked.kind_code, asked.reason_code) == ("void", "twice")
        assert asked.asked_by == filled.staff_id("vicent")  # so that Amparo, who is shown, may decide
        documents = session.exec(select(CaseDocument).order_by(col(CaseDocument.number))).all()
        assert [one.number for one in documents] == [1, 2] and documents[0].case_id == documents[1].case_id
        assert len(session.exec(select(DocumentPiece)).all()) == 2
        second = session.exec(select(CaseHarm).where(CaseHarm.place == 2)).all()
        assert [one.conduct_codes for one in second] == ["retaliation"]
        (hearing,) = session.exec(select(CaseHearing)).all()
        assert (hearing.state_code, hearing.on_day > TODAY, hearing.on_day.weekday()) == ("set", True, 3)


def test_requests_of_authorities_wait_and_the_data_protection_officer_may_sign_each(filled: Desk) -> None:
    with filled.reading() as session:
        waiting = session.exec(select(AuthorityRequest).order_by(col(AuthorityRequest.number))).all()
        assert waiting_total(session) == len(waiting) == 3
    assert [one.number for one in waiting] == [1, 2, 3]
    assert all(one.received_on <= TODAY for one in waiting)
    assert filled.staff_id("remei") not in {one.entered_by for one in waiting}


def test_open_cases_have_deadlines_a_few_wait_for_a_look_and_no_closed_one_has_any_left(filled: Desk) -> None:
    with filled.reading() as session:
        rows = session.exec(
            select(Deadline.state, CaseFile.closed_on).join(
                CaseFile, col(CaseFile.id) == col(Deadline.case_id)
            )
        ).all()
        scanned = set(session.exec(select(LimitScan.case_id)))
        cases = session.exec(select(CaseFile.id).where(col(CaseFile.closed_on).is_(None))).all()
        assert len(session.exec(select(Lawyer)).all()) == 1
    states = Counter((state, closed_on is None) for state, closed_on in rows)
    assert set(states) == {("computed", True), ("waived", False)}
    assert states["computed", True] >= 10
    assert 0 < len([one for one in cases if one not in scanned]) < 0.6 * len(cases)


@pytest.mark.parametrize("seed", range(40))
def test_people_hear_again_by_the_day_they_were_promised_but_a_few(seed: int) -> None:
    first = at_work(TODAY - timedelta(days=10 + seed))
    news = list(news_days(first, TODAY, random.Random(seed)))
    assert news[0].on == first
    assert all(one.on <= TODAY for one in news)
    assert all(later.on <= earlier.promised_on for earlier, later in zip(news, news[1:], strict=False))
    assert all(one.on.weekday() < 5 for one in news)
    assert list(news_days(first, TODAY, random.Random(seed))) == news


def test_how_many_wait_longer_than_promised() -> None:
    chance = random.Random(7)
    last = [list(news_days(date(2026, 10, 1), TODAY, chance))[-1].promised_on for _ in range(1000)]
    late = [day for day in last if day < TODAY]
    assert 50 <= len(late) <= 130
    assert min(late) >= TODAY - timedelta(days=8)


def test_one_case_says_what_its_person_is_under_a_key_of_its_own(filled: Desk) -> None:
    with filled.reading() as session:
        profile = session.exec(select(CaseProfile)).one()
        adviser = session.get_one(CaseFile, profile.case_id).assigned_to
        grants = session.exec(select(ProfileGrant)).all()
    assert profile.consent_noted_by == adviser
    assert [one.holder_id for one in grants if one.way_code == "reads"] == [adviser]
    assert len(grants) > 1
