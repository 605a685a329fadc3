"""What in a case says that it was not opened in error; each asks for rows only, and opens nothing."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from casework.advice.tables import Advice, DutyDecision
from casework.appointments.tables import CaseAppointment
from casework.cases.queries import SENT
from casework.cases.rules import FIRST_STAGE
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out, waits_for_a_decision
from casework.deadlines.periods import SET
from casework.deadlines.tables import Deadline
from casework.documents.tables import CaseDocument
from casework.dossiers.tables import Dossier
from casework.harms.rules import FIRST
from casework.harms.tables import CaseHarm, HarmInvolvement
from casework.hearings.rules import CANCELLED
from casework.hearings.tables import CaseHearing
from casework.incidents.tables import IncidentMember
from casework.letters.tables import Letter
from casework.mediation.tables import Mediation
from casework.merges.standing import family_of
from casework.patterns.tables import PatternMember
from casework.referrals.rules import HANDED_OVER
from casework.referrals.tables import Referral
from casework.states.tables import VOID, ClosingRequest
from casework.states.void_rules import GUARDS
from casework.taking_back.tables import TakenBack
from casework.tracks.queries import tracks_of
from casework.tracks.rules import in_force

COUNTED: Final = ("confirmed", "met", "missed", "waived")
"""Deadlines that somebody answers for, unlike one that was only computed or replaced."""
ANSWERED_FOR: Final = or_(
    col(Deadline.state).in_(COUNTED), (col(Deadline.state) == "computed") & (col(Deadline.route_code) == SET)
)
"""The same, and a period that a paper set: an authority or a court wrote to somebody in this case."""
TO_COME_OR_CAME: Final = ("offered", "asked", "booked", "attended")
NOTHING_FILED: Final = frozenset({"prepared", "proposed", "withdrawn"})


def no_error(session: Session, case: CaseFile) -> tuple[str, ...]:
    """Return everything that says a case was no error, codes of `void_rules.GUARDS` in their order."""
    return tuple(code for code in GUARDS if _GUARDS[code](session, case))


def _of_case(table: type[Any], *rules: ColumnElement[bool]) -> Callable[[Session, CaseFile], bool]:
    """Return a question whether a case has rows of a table that fit all rules."""

    def has(session: Session, case: CaseFile) -> bool:
        wanted = select(table.case_id).where(table.case_id == case.id, *rules)
        return session.exec(wanted.limit(1)).first() is not None

    return has


_answers_for_a_day: Final = _of_case(Deadline, ANSWERED_FOR)
_took_one_back: Final = _of_case(TakenBack, col(TakenBack.deadline_id).is_not(None))
"""A day that was noted as over stays on record as that, also when it binds again."""


def _has_conflict(session: Session, case: CaseFile) -> bool:
    return waits_for_a_decision(session, case.id) or case.assigned_to in kept_out(session, case.id)


def _has_harms(session: Session, case: CaseFile) -> bool:
    has_part = (
        select(HarmInvolvement.id)
        .where(HarmInvolvement.harm_id == CaseHarm.id, col(HarmInvolvement.ended_on).is_(None))
        .exists()
    )
    is_kept = col(CaseHarm.removed_on).is_(None)
    return _of_case(CaseHarm, is_kept, or_(col(CaseHarm.place) > FIRST, has_part))(session, case)


def _has_unread(session: Session, case: CaseFile) -> bool:
    return any(
        session.exec(
            select(sent.id).where(sent.case_number == case.reference, done_on.is_(None)).limit(1)
        ).first()
        is not None
        for sent, done_on in SENT
    )


def _has_filed(session: Session, case: CaseFile) -> bool:
    return any(
        one.step_code not in NOTHING_FILED
        for standing in tracks_of(session, case.id)
        for one in in_force(standing.steps)
    )


def _has_paper(session: Session, case: CaseFile) -> bool:
    return any(
        _of_case(table, col(table.state_code) != "draft")(session, case) for table in (Letter, Dossier)
    )


def _is_of_an_event(session: Session, case: CaseFile) -> bool:
    in_pattern = _of_case(PatternMember, col(PatternMember.answer_code) == "agreed")
    return session.get(IncidentMember, case.reference) is not None or in_pattern(session, case)


def _leads_a_void_one(session: Session, case: CaseFile) -> bool:
    wanted = (
        select(ClosingRequest.id)
        .join(CaseFile, col(CaseFile.id) == col(ClosingRequest.case_id))
        .where(
            ClosingRequest.goes_on_id == case.id,
            ClosingRequest.kind_code == VOID,
            or_(
                col(ClosingRequest.settled_on).is_(None),
                (col(ClosingRequest.settled_code) == "closed") & col(CaseFile.voided_on).is_not(None),
            ),
        )
    )
    return session.exec(wanted.limit(1)).first() is not None


_GUARDS: Final[Mapping[str, Callable[[Session, CaseFile], bool]]] = {
    "city": lambda _session, case: case.routing_code == "city",
    "stage": lambda _session, case: case.stage_code != FIRST_STAGE,
    "conflict": _has_conflict,
    "deadlines": lambda session, case: _answers_for_a_day(session, case) or _took_one_back(session, case),
    "harms": _has_harms,
    "unread": _has_unread,
    "appointment": _of_case(CaseAppointment, col(CaseAppointment.state_code).in_(TO_COME_OR_CAME)),
    "advice": _of_case(Advice, col(Advice.state_code) == "delivered"),
    "duty": _of_case(DutyDecision),
    "track": _has_filed,
    "hearing": _of_case(CaseHearing, col(CaseHearing.state_code) != CANCELLED),
    "mediation": _of_case(Mediation),
    "referral": _of_case(Referral, col(Referral.state).in_(HANDED_OVER)),
    "letter": _has_paper,
    "document": _of_case(CaseDocument, col(CaseDocument.voided_on).is_(None)),
    "together": lambda session, case: len(family_of(session, case.id)) > 1,
    "event": _is_of_an_event,
    "goes_on": _leads_a_void_one,
}
