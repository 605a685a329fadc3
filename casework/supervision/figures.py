"""Figures of the team, of the cases whoever looks may open. No figure belongs to one person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy import select as columns
from sqlmodel import Session, col, or_, select

from casework.acts import Act
from casework.advice.tables import Advice, DutyDecision
from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.merges.standing import stands_under
from casework.messages.tables import IncomingMessage
from casework.staff.sessions import SignedIn
from casework.supervision.rules import BACK_DAYS, Band, Sent, Turn, Wait, Waits, aged, answers, waited
from casework.tasks.on_hold import is_held
from casework.timeline.queries import Entry, entry_of, names_of
from casework.timeline.tables import Event
from office.clock import day_in, iso_week
from office.deadlines.promises import FIRST_ANSWER, kept_by

AT_ONCE = 500
SHOWN = 25
"""Lines of each list; the count says how many there are."""


@dataclass(frozen=True, slots=True)
class Ageing:
    """Open cases by their age, and how many wait for somebody outside and are in no band."""

    bands: Sequence[Band]
    held: int

    @property
    def cases(self) -> int:
        """Cases in all bands."""
        return sum(band.cases for band in self.bands)


@dataclass(frozen=True, slots=True)
class Despite:
    """A case that was closed although something was open."""

    case: CaseFile
    entry: Entry


@dataclass(frozen=True, slots=True)
class Second:
    """A case in which something waits for a second person: advice to review, or a decision to read."""

    case: CaseFile
    what: str


def ageing(session: Session, who: SignedIn, today: date) -> Ageing:
    """Return how old the open cases are that nobody outside is waited for."""
    wanted = columns(col(CaseFile.opened_on), is_held(today)).where(
        col(CaseFile.closed_on).is_(None), may_open(who), ~stands_under(who)
    )
    rows = session.execute(wanted).all()
    return Ageing(aged([on for on, held in rows if not held], today), sum(bool(held) for _, held in rows))


def first_answers(session: Session, act: Act) -> Waits:
    """Return how long people waited for a first answer of the last days, and how many still wait."""
    since = act.on - timedelta(days=BACK_DAYS)
    waits = col(CaseFile.first_answered_on).is_(None) & col(CaseFile.closed_on).is_(None)
    wanted = columns(
        col(CaseFile.reported_on), col(CaseFile.first_answered_on), col(CaseFile.reported_week)
    ).where(
        may_open(act.who),
        col(CaseFile.reporter_public_key).is_not(None),
        or_(col(CaseFile.first_answered_on) >= since, waits),
    )
    return waited(
        [
            Wait(on, until, kept_by(act.city, FIRST_ANSWER, week))
            for on, until, week in session.execute(wanted)
        ],
        act.on,
    )


def message_answers(session: Session, act: Act) -> Waits:
    """Return how long people waited for an answer to a message that came in the last days."""
    since = act.on - timedelta(days=BACK_DAYS)
    wanted = (
        columns(col(CaseFile.id), col(IncomingMessage.received_on), col(IncomingMessage.opened_on))
        .join(CaseFile, col(CaseFile.reference) == col(IncomingMessage.case_number))
        .where(
            may_open(act.who),
            or_(col(IncomingMessage.received_on) >= since, col(IncomingMessage.opened_on).is_(None)),
        )
        .order_by(col(IncomingMessage.received_on), col(IncomingMessage.id))
    )
    by_case: dict[UUID, list[Sent]] = defaultdict(list)
    for own, received_on, opened_on in session.execute(wanted):
        by_case[own].append(Sent(received_on, opened_on))
    turns = _turns(session, list(by_case), act)
    return waited(
        [
            Wait(one.received_on, on, kept_by(act.city, FIRST_ANSWER, iso_week(one.received_on)))
            for own, sent in by_case.items()
            for one, on in answers(sent, turns[own])
        ],
        act.on,
    )


def _turns(session: Session, cases: Sequence[UUID], act: Act) -> dict[UUID, list[Turn]]:
    found: dict[UUID, list[Turn]] = defaultdict(list)
    for start in range(0, len(cases), AT_ONCE):
        part = [str(own) for own in cases[start : start + AT_ONCE]]
        wanted = select(Event).where(
            col(Event.chain).in_(part), col(Event.kind).in_(("messages_read", "message_written"))
        )
        for event in session.exec(wanted.order_by(col(Event.chain), col(Event.seq))):
            entry = entry_of(event, "")
            if "about" in entry.detail:  # that somebody else has the case answers nothing
                continue
            count = entry.detail.get("count")
            on = day_in(act.zone, entry.at)
            found[UUID(event.chain)].append(Turn(on, count if isinstance(count, int) else 0))
    return found


def closed_despite(session: Session, act: Act) -> list[Despite]:
    """Return the cases closed in the last days although something was open, the newest first."""
    since = act.at - timedelta(days=BACK_DAYS)
    wanted = select(Event).where(
        Event.kind == "case_closed", col(Event.at) >= since, col(Event.detail).contains('"over_')
    )
    events = session.exec(wanted.order_by(col(Event.at).desc())).all()
    theirs = _openable(session, act.who, [UUID(event.chain) for event in events])
    names = names_of(session, [event.by for event in events if event.by])
    return [
        Despite(theirs[own], entry_of(event, names.get(event.by, "") if event.by else ""))
        for event in events
        if (own := UUID(event.chain)) in theirs
    ]


def waiting_for_second(session: Session, who: SignedIn) -> list[Second]:
    """Return the open cases in which something waits for a second person, the oldest first."""
    is_open = (col(CaseFile.closed_on).is_(None), may_open(who))
    found = []
    for what, table, rule in (
        ("advice", Advice, Advice.state_code == "draft"),
        ("duty", DutyDecision, col(DutyDecision.reading_code).is_(None)),
    ):
        wanted = (
            select(CaseFile)
            .where(*is_open, _has(table, rule))
            .order_by(col(CaseFile.opened_on), col(CaseFile.id))
        )
        found += [Second(case, what) for case in session.exec(wanted)]
    return found


def _has(table: type[Advice] | type[DutyDecision], rule: ColumnElement[bool] | bool) -> ColumnElement[bool]:
    return select(table.id).where(col(table.case_id) == col(CaseFile.id), rule).exists()


def _openable(session: Session, who: SignedIn, ids: Sequence[UUID]) -> dict[UUID, CaseFile]:
    found: dict[UUID, CaseFile] = {}
    for start in range(0, len(ids), AT_ONCE):
        wanted = select(CaseFile).where(col(CaseFile.id).in_(ids[start : start + AT_ONCE]), may_open(who))
        found |= {case.id: case for case in session.exec(wanted)}
    return found
