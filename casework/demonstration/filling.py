"""Fills the desk of a demonstration: five invented years behind it, two invented months on it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.rules import joined
from casework.cases.tables import CaseFile
from casework.coding.actions import ABOUT
from casework.coding.rules import coded_report
from casework.coding.tables import SealedCodedRecord
from casework.deadlines.lawyers import name_lawyer
from casework.demonstration.clocks import look_at_limits
from casework.demonstration.invention import Invented, at_work, invent, news_days
from casework.demonstration.meetings import add_meetings
from casework.demonstration.papers import add_papers
from casework.demonstration.requests import enter_requests
from casework.demonstration.standing import close_by_two, go_on
from casework.demonstration.stories import answer_in, report_of, stories
from casework.demonstration.tongues import add_tongues
from casework.demonstration.turns import add_turns
from casework.harms.codes import begin_harms
from casework.inbox.actions import do_not_take_up, take_up
from casework.inbox.tables import InboxReport
from casework.mediation.mediators import name_mediator
from casework.messages.actions import write_to_person
from casework.staff.sessions import SignedIn
from office.clock import iso_week
from office.handover.report import CodedRecord
from office.ids import new_case_number
from office.sealing.boxes import seal
from office.sealing.public_keys import PublicKeys
from office.stores.keyroom import Staff
from office.vocabulary import City

SEED = 20221115
ON_THE_DESK_DAYS = 60
UNOPENED_DAYS = 9
CLOSED_SHARE = 0.25  # of the cases old enough to be closed
STEP_SHARE = 0.5  # how often the case has moved on when the person hears again
WAY = ("triage", "advice", "action", "follow_up")


@dataclass(frozen=True, slots=True)
class Filled:
    """How much was invented."""

    situations: int
    reports: int
    cases: int


@dataclass(frozen=True, slots=True)
class Stage:
    """What the filling works with: the city, the keys, the invented supervisor who acts, and its folder."""

    city: City
    keys: PublicKeys
    supervisor: SignedIn
    now: datetime
    home: Path

    def act_on(self, day: date) -> Act:
        """Return an act of the supervisor on that day, never later than now."""
        at = min(datetime.combine(day, time(10), UTC), self.now)
        return Act(who=self.supervisor, at=at, city=self.city, keys=self.keys)

    def act_of(self, person: Staff, day: date) -> Act:
        """Return an act of somebody else on that day: they seal and note, and open nothing."""
        theirs = replace(
            self.supervisor, id=person.id, display_name=person.display_name, role_code=person.role_code
        )
        return replace(self.act_on(day), who=theirs)


def fill(
    desk: sessionmaker[Session], courier: sessionmaker[Session], stage: Stage, *, seed: int = SEED
) -> Filled:
    """Invent everything: reports come by the courier's door, as real ones do; the desk does the rest.

    Raises:
        NoActiveKey: the ceremony has not been held.
    """
    chance = random.Random(seed)
    today = stage.act_on(stage.now.date()).on
    past: list[Invented] = []
    recent: list[Invented] = []
    for invented in invent(seed, stage.city, today):
        (recent if (today - invented.told_on).days <= ON_THE_DESK_DAYS else past).append(invented)
    with courier.begin() as session:
        had_time_for = _delivered(session, stage, recent, chance, today)
    with desk.begin() as session:
        wanted = select(Staff).where(
            col(Staff.role_code).in_(("adviser", "supervisor")), col(Staff.is_demonstration)
        )
        advisers = session.exec(wanted.order_by(Staff.sign_in_name)).all()
        lawyer = next(one for one in advisers if one.role_code == "adviser")
        name_lawyer(session, lawyer.id, stage.act_on(today))
        for one in advisers:
            if one.role_code == "adviser":
                name_mediator(session, one.id, stage.act_on(today))
        _past_cases(session, stage, past, advisers, chance)
        for number, wants_advice in had_time_for:
            if wants_advice:
                _worked_on(session, stage, number, advisers, chance)
            else:
                _settled(session, stage, number)
        enter_requests(session, stage.act_on, today)
        add_meetings(session, stage.act_on(today), stage.act_of, lawyer, stage.home)
        second = next(
            one for one in advisers if one.role_code == "supervisor" and one.id != stage.supervisor.id
        )
        add_tongues(session, stage.act_on(today), stage.act_of, advisers)
        add_turns(session, stage.act_of(second, today), stage.act_on(today))
        add_papers(session, stage.act_on(today))
    cases = sum(wants_advice for _, wants_advice in had_time_for)
    return Filled(len(past) + len(recent), len(recent), cases)


def _past_cases(
    session: Session, stage: Stage, past: Sequence[Invented], advisers: Sequence[Staff], chance: random.Random
) -> None:
    """Closed cases whose stories were deleted long ago, as the retention table asks: codes are left."""
    for invented in past:
        record = invented.record.model_copy(
            update={"stage_code": "closed", "outcome_code": invented.record.outcome_code or "unknown_outcome"}
        )
        case = CaseFile(
            reference=new_case_number(),
            reported_week=iso_week(invented.told_on),
            reported_on=invented.told_on,
            language=record.language,
            channel_code=record.channel_code,
            urgency_code="normal",
            routing_code="normal",
            area_code=record.area_code,
            respondent_code=record.respondent_code,
            district_code=record.district_code,
            ground_codes=joined(record.ground_codes),
            stage_code="closed",
            response_codes=joined(record.response_codes),
            outcome_code=record.outcome_code,
            reason_code="completed",
            opened_on=invented.told_on,
            closed_on=invented.told_on + timedelta(days=chance.randrange(20, 60)),
            assigned_to=chance.choice(advisers).id,
            assigned_on=invented.told_on,
            looked_on=invented.told_on,
            is_demonstration=True,
        )
        session.add(case)
        begin_harms(session, case)
        if invented.is_counted:
            session.add(_sealed(record, stage, invented.told_on, case_id=case.id))
    session.flush()


def _delivered(
    session: Session, stage: Stage, recent: Sequence[Invented], chance: random.Random, today: date
) -> list[tuple[UUID, bool]]:
    """Put sealed reports with stories in the inbox.

    Returns those the office has had time for, and of each whether the person wants advice.
    """
    had_time_for = []
    for number, invented in enumerate(recent):
        story = stories()[number % len(stories())]
        report, clear = report_of(
            story, invented.told_on, invented.record.channel_code, chance, stage.keys, stage.city
        )
        session.add(report)
        session.flush()
        consents = {each.code: each.given for each in clear.consents}
        if consents["count"]:
            coded = coded_report(report, clear, stage.city)
            session.add(_sealed(coded, stage, report.received_on, report_id=report.id))
        if (today - invented.told_on).days > UNOPENED_DAYS:
            had_time_for.append((report.id, consents["advise"]))
    return had_time_for


def _sealed(record: CodedRecord, stage: Stage, on: date, **owner: UUID) -> SealedCodedRecord:
    """Return a coded record as it lies at the desk; `owner` is the report or the case it belongs to."""
    key_name, public_key = stage.keys.active("statistics")
    sealed = seal(record.as_bytes(), public_key, about=ABOUT)
    return SealedCodedRecord(key_name=key_name, sealed=sealed, written_on=on, is_demonstration=True, **owner)


def _settled(session: Session, stage: Stage, number: UUID) -> None:
    """Settle a report of somebody who wanted no advice."""
    report = session.get_one(InboxReport, number)
    act = stage.act_on(at_work(report.received_on + timedelta(days=2)))
    do_not_take_up(session, report, "anonymous_record", "", act)


def _worked_on(
    session: Session, stage: Stage, number: UUID, advisers: Sequence[Staff], chance: random.Random
) -> None:
    """Make a case of a report and work on it until today."""
    report = session.get_one(InboxReport, number)
    able = [one for one in advisers if report.routing_code != "city" or one.role_code == "supervisor"]
    adviser = chance.choice(able)
    first = at_work(report.received_on + timedelta(days=chance.randrange(1, 6)))
    today = stage.act_on(stage.now.date()).on
    news = list(news_days(first, today, chance))
    case = take_up(session, report, adviser, stage.act_on(first), next_on=news[0].promised_on)
    later = stage.act_on(at_work(first + timedelta(days=3)))
    write_to_person(session, case, answer_in(case.language), later)
    if len(news) > 1:  # the newest wait for somebody to look
        look_at_limits(session, case, later)
    closed_on = at_work(first + timedelta(days=20))
    is_closed = chance.random() < CLOSED_SHARE and closed_on <= today
    for told in news[1:]:
        if is_closed and told.on >= closed_on:
            break
        steps = WAY[WAY.index(case.stage_code) :]
        stage_code = steps[1] if len(steps) > 1 and chance.random() < STEP_SHARE else steps[0]
        act = stage.act_on(told.on)
        go_on(session, case, stage_code, stage.act_of(adviser, told.on), act, next_on=told.promised_on)
    if is_closed:
        asker = next(one for one in (adviser, *advisers) if one.id != stage.supervisor.id)
        asked = stage.act_of(asker, closed_on)
        close_by_two(session, case, answer_in(case.language), asked, stage.act_on(closed_on))
