"""What stands in the way of voiding a case, one row at a time, and what may still be sent in a void one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Integer, LargeBinary, Uuid, text
from sqlmodel import Session, SQLModel, select
from starlette.requests import Request
from starlette.routing import Route

from casework.advice.tables import Advice, DutyDecision
from casework.appointments.tables import CaseAppointment, IncomingBooking
from casework.cases.tables import CaseFile
from casework.conflicts.tables import CaseWall, ConflictCheck
from casework.deadlines.tables import Deadline
from casework.documents.tables import CaseDocument
from casework.dossiers.tables import Dossier
from casework.feedback.tables import Feedback
from casework.harms.tables import CaseHarm, HarmInvolvement
from casework.hearings.tables import CaseHearing
from casework.incidents.tables import IncidentMember
from casework.letters.tables import Letter
from casework.mediation.tables import Mediation
from casework.merges.tables import CaseMerge
from casework.messages.tables import ConsentChangeRow, IncomingMessage
from casework.patterns.tables import PatternMember
from casework.referrals.tables import Referral
from casework.states.tables import ClosingRequest
from casework.states.void_door import sends
from casework.states.void_guards import no_error
from casework.states.void_rules import GUARDS, PAGE_OF
from casework.taking_back.tables import TakenBack
from casework.tracks.tables import CaseTrack, TrackStep
from office.ids import new_id
from tests.casework.desk import NOW, Desk, desk_in

DAY = NOW.date()


@dataclass
class Case:
    """A case in a session that is never kept, and another one beside it."""

    session: Session
    own: CaseFile
    other: CaseFile

    def has(self, table: type[SQLModel], **told: Any) -> None:
        """Let the case have a row of a table; what it must have and nobody told is filled with anything."""
        columns = table.__table__.columns  # type: ignore[attr-defined]  # of a table model
        whose = {"case_id": self.own.id, "case_number": self.own.reference}
        for name, field in table.model_fields.items():
            if field.is_required() and name not in told:
                told[name] = whose.get(name) or anything(columns[name])
        self.session.add(table(**told))
        self.session.flush()

    def guards(self) -> tuple[str, ...]:
        return no_error(self.session, self.own)


def anything(column: Any) -> Any:
    """Return some value that a column takes."""
    if isinstance(column.type, Uuid):
        return new_id()
    if isinstance(column.type, Date):
        return DAY
    if isinstance(column.type, LargeBinary):
        return b"x" * column.info.get("exactly", 1)
    if isinstance(column.type, Integer | Boolean):
        return column.type.python_type(1)
    return column.info.get("codes", ["x" * column.info.get("exactly", 1)])[0]


@pytest.fixture(scope="module")
def two_cases(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = desk_in(made, tmp_path_factory.mktemp("guards") / "desk")
    desk.numbers = [desk.a_case().case_number for _ in range(2)]  # type: ignore[attr-defined]  # for these tests
    yield desk
    desk.close()


@pytest.fixture
def case(two_cases: Desk) -> Iterator[Case]:
    with two_cases.reading() as session:
        session.execute(text("PRAGMA defer_foreign_keys = ON"))  # whose rows these are is not asked here
        own, other = (
            session.exec(select(CaseFile).where(CaseFile.reference == number)).one()
            for number in two_cases.numbers  # type: ignore[attr-defined]
        )
        yield Case(session, own, other)
        session.rollback()


def row(table: type[SQLModel], **told: Any) -> Callable[[Case], None]:
    return lambda case: case.has(table, **told)


def deadline(state: str, **more: Any) -> Callable[[Case], None]:
    settled = {} if state in ("computed", "confirmed") else {"settled_by": new_id(), "settled_on": DAY}
    own = {
        "confirmed": {"confirmed_by": new_id(), "confirmed_on": DAY},
        "met": {"met_on": DAY},
        "waived": {"waived_by_code": "person"},
    }
    return row(Deadline, state=state, **settled, **own.get(state, {}), **more)


def referral(state: str) -> Callable[[Case], None]:
    if state == "drafted":
        return row(Referral, state=state)
    if state == "revoked":
        return row(Referral, state=state, withdrawn_on=DAY)
    agreed = {
        "consent_items": "story", "consented_on": DAY, "consent_until": DAY, "asked_in": "es",
        "evidence_code": "spoken",
    }  # fmt: skip
    sent = {"way_code": "printed", "sent_on": DAY, "sent_by": new_id(), "answer_by": DAY}
    return row(Referral, state=state, **agreed, **sent)


def appointment(state: str) -> Callable[[Case], None]:
    when = {} if state in ("offered", "asked") else {"way_code": "phone", "on_day": DAY}
    return row(
        CaseAppointment,
        state_code=state,
        settled_on=None if state in ("offered", "asked", "booked") else DAY,
        **when,
    )


def steps(*codes: str) -> Callable[[Case], None]:
    """A track with these steps; `taken_back` takes the one before it back."""

    def act(case: Case) -> None:
        track, before = new_id(), None
        case.has(CaseTrack, id=track)
        for seq, code in enumerate(codes, start=1):
            own = new_id()
            back = before if code == "taken_back" else None
            case.has(TrackStep, id=own, track_id=track, seq=seq, step_code=code, takes_back=back)
            before = own

    return act


def city(case: Case) -> None:
    case.own.routing_code = "city"


def left_triage(case: Case) -> None:
    case.own.stage_code = "advice"


def adviser_keeps_out(case: Case) -> None:
    case.has(CaseWall, staff_id=case.own.assigned_to)


def involved(ended_on: date | None) -> Callable[[Case], None]:
    def act(case: Case) -> None:
        first = case.session.exec(select(CaseHarm.id).where(CaseHarm.case_id == case.own.id)).one()
        case.has(HarmInvolvement, harm_id=first, ended_on=ended_on)

    return act


def merged(*, leads: bool, undone: bool = False) -> Callable[[Case], None]:
    def act(case: Case) -> None:
        leading, under = (case.own, case.other) if leads else (case.other, case.own)
        ended = {"undone_on": DAY, "undone_by": new_id()} if undone else {}
        case.has(CaseMerge, case_id=leading.id, under_id=under.id, **ended)

    return act


def carries(settled: str | None, *, is_void: bool = False) -> Callable[[Case], None]:
    """Let the report of the other case go on in this one."""

    def act(case: Case) -> None:
        if is_void:
            case.other.stage_code, case.other.closed_on, case.other.voided_on = "closed", DAY, DAY
        ended = {"settled_code": settled, "settled_on": DAY, "settled_by": new_id()} if settled else {}
        own = {"case_id": case.other.id, "goes_on_id": case.own.id, "kind_code": "void"}
        case.has(ClosingRequest, **own, **ended)

    return act


IN_THE_WAY: dict[str, Callable[[Case], None]] = {
    "city": city,
    "stage": left_triage,
    "conflict: a match is undecided": row(ConflictCheck),
    "conflict: the adviser keeps out": adviser_keeps_out,
    "deadlines: confirmed": deadline("confirmed"),
    "deadlines: met": deadline("met"),
    "deadlines: missed": deadline("missed"),
    "deadlines: waived": deadline("waived"),
    "deadlines: one that was noted as missed, and taken back": row(
        TakenBack, deadline_id=new_id(), was_code="missed", noted_by=new_id(), taken_by=new_id()
    ),
    "deadlines: set by a paper": deadline("computed", route_code="set_period"),
    "harms: a second": row(CaseHarm, place=2, noted_on=DAY),
    "harms: somebody had a part": involved(None),
    "unread: a message": row(IncomingMessage),
    "unread: a change of consent": row(ConsentChangeRow),
    "unread: what they say at the end": row(Feedback),
    "unread: an answer about an appointment": row(IncomingBooking),
    "appointment: offered": appointment("offered"),
    "appointment: asked": appointment("asked"),
    "appointment: booked": appointment("booked"),
    "appointment: they came": appointment("attended"),
    "advice": row(Advice, state_code="delivered"),
    "duty": row(DutyDecision, decision_code="report"),
    "track: a mandate": steps("prepared", "mandate_signed"),
    "track: filed": steps("prepared", "mandate_signed", "filed"),
    "track: a strategic one in the committee": steps("proposed", "committee"),
    "hearing": row(CaseHearing, track_id=new_id(), on_day=DAY, minute=570, kind_code="trial"),
    "mediation": row(Mediation),
    **{f"referral: {one}": referral(one) for one in ("sent", "accepted", "declined", "no_answer", "done")},
    "letter: a letter": row(Letter, state_code="made"),
    "letter: a dossier": row(
        Dossier, state_code="made", consented_on=DAY, consent_until=DAY, evidence_code="spoken"
    ),
    "document": row(CaseDocument, number=1),
    "together: it leads": merged(leads=True),
    "together: it is put under another": merged(leads=False),
    "event: of several people": row(IncidentMember),
    "event: a pattern": row(PatternMember, answer_code="agreed", answered_on=DAY, answered_by=new_id()),
    "goes_on: asked for": carries(None),
    "goes_on: done": carries("closed", is_void=True),
}
"""The guard, and one thing each that it is for."""

NOT_IN_THE_WAY: dict[str, Callable[[Case], None]] = {
    "a match was decided": row(
        ConflictCheck, decision_code="none", decided_on=DAY, decided_by=new_id(), key_version=1, sealed=b"x"
    ),
    "somebody else keeps out": row(CaseWall),
    "a deadline was only computed": deadline("computed"),
    "a deadline was counted anew": deadline("superseded"),
    "a harm was taken out": row(CaseHarm, place=2, noted_on=DAY, removed_on=DAY),
    "a part in a harm was taken back": involved(DAY),
    "a message was read": row(IncomingMessage, opened_on=DAY),
    "an appointment was cancelled": appointment("cancelled_person"),
    "they did not come": appointment("no_show"),
    "advice is a draft": row(Advice, state_code="reviewed"),
    "a track was prepared and given up": steps("prepared", "withdrawn"),
    "a strategic one was proposed": steps("proposed"),
    "a mandate was noted by mistake": steps("prepared", "mandate_signed", "taken_back"),
    "a referral is a draft": referral("drafted"),
    "a referral was taken back": referral("revoked"),
    "a letter is a draft": row(Letter, state_code="draft"),
    "a dossier is a draft": row(Dossier, state_code="draft"),
    "a hearing was cancelled": row(
        CaseHearing, track_id=new_id(), on_day=DAY, minute=570, kind_code="trial", state_code="cancelled"
    ),
    "a document was void": row(CaseDocument, number=1, voided_on=DAY, voided_by=new_id()),
    "it was read with another": merged(leads=True, undone=True),
    "a pattern was declined": row(
        PatternMember, answer_code="declined", answered_on=DAY, answered_by=new_id()
    ),
    "another was to go on in it": carries("taken_back"),
    "another went on in it and is no longer void": carries("closed"),
}


def routes(desk: Desk, method: str) -> list[Route]:
    return [one for one in desk.app.routes if isinstance(one, Route) and method in (one.methods or ())]


def test_every_guard_is_tried_and_leads_to_a_page_of_the_case(two_cases: Desk) -> None:
    assert {one.partition(":")[0] for one in IN_THE_WAY} == set(GUARDS) == set(PAGE_OF)
    pages = {one.path for one in routes(two_cases, "GET")}
    assert {f"/{{language}}/cases/{{number}}/{one}".rstrip("/") for one in PAGE_OF.values()} <= pages


def test_nothing_else_may_be_sent_in_a_void_case(two_cases: Desk) -> None:
    sent = {
        one.path: sends(Request({"type": "http", "method": "POST", "path": "/", "route": one}))
        for one in routes(two_cases, "POST")
    }
    taken = {path.removeprefix("/{language}") for path, is_refused in sent.items() if not is_refused}
    assert taken == {
        "/cases/{number}/voiding", "/cases/{number}/voiding/decision",
        "/cases/{number}/voiding/sending-back", "/cases/{number}/voiding/taking-back",
        "/cases/{number}/wall/down", "/cases/{number}/wall/outside", "/cases/{number}/wall/service",
        "/cases/{number}/people/decision", "/cases/{number}/profile/withdrawal", "/cases/{number}/receipt",
        "/supervision/reviews/{review}",
    }  # fmt: skip
    assert len(sent) > 100


@pytest.mark.parametrize("what", IN_THE_WAY)
def test_it_is_named_as_what_stands_in_the_way(case: Case, what: str) -> None:
    assert case.guards() == ()
    IN_THE_WAY[what](case)
    guard = what.partition(":")[0]
    assert case.guards() == (guard,)
    if guard != "together":
        assert guard not in replace(case, own=case.other).guards()


@pytest.mark.parametrize("what", NOT_IN_THE_WAY)
def test_what_came_to_nothing_is_not_in_the_way(case: Case, what: str) -> None:
    NOT_IN_THE_WAY[what](case)
    assert case.guards() == ()
