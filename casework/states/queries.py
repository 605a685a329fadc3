"""In which state cases are, what is missing before one goes on, and what somebody asked of a supervisor.

Whoever calls this has been to the door of the case, or asks only about cases the reader may open.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, not_, or_
from sqlmodel import Session, col, select

from casework.advice.tables import Advice, AdviceStep
from casework.assessing.queries import rows_of
from casework.assessing.rules import NEEDS
from casework.cases.content import has_contact
from casework.cases.rules import FIRST_STAGE
from casework.cases.tables import CaseFile
from casework.competence.deciding import is_decided
from casework.conflicts.guards import kept_out, waits_for_a_decision
from casework.conflicts.nobody_known import is_compared, nobody_known
from casework.conflicts.tables import CaseWall
from casework.deadlines.still_open import last_scan
from casework.mediation.queries import open_mediation
from casework.safe_contact.guards import any_way_noted, rules_of
from casework.safe_contact.rules import NEVER, OWN_WAY
from casework.states.rules import Facts, state_of
from casework.states.tables import KINDS, CaseReturn, ClosingRequest
from casework.states.untouched import is_returned
from casework.tasks.on_hold import is_held
from casework.tracks.queries import open_tracks
from office.vocabulary import City

UNKNOWN: Final = "unknown"


def facts_of(session: Session, case: CaseFile, today: date, city: City) -> Facts:
    """Return what the state of a case follows from."""
    held = select(CaseFile.id).where(CaseFile.id == case.id, is_held(today))
    back = select(CaseFile.id).where(CaseFile.id == case.id, is_given_back())
    lay = select(CaseFile.id).where(CaseFile.id == case.id, is_returned(today, city))
    return Facts(
        stage=case.stage_code,
        is_looked_at=case.looked_on is not None,
        is_given_back=session.exec(back).first() is not None,
        is_returned=session.exec(lay).first() is not None,
        is_held=session.exec(held).first() is not None,
        is_closing_asked=open_request(session, case.id) is not None,
        is_void=case.is_void,
    )


def state_of_case(session: Session, case: CaseFile, today: date, city: City) -> str:
    """Return the state of a case on that day, a code of `rules.STATES`."""
    return state_of(facts_of(session, case, today, city))


def in_state(state: str, today: date, city: City) -> ColumnElement[bool]:
    """Return the condition that a case is in a state: `rules.state_of`, asked of the store."""
    stage = col(CaseFile.stage_code)
    in_order: Mapping[str, ColumnElement[bool]] = {
        "void": col(CaseFile.voided_on).is_not(None),
        "closed": col(CaseFile.closed_on).is_not(None),
        "closure_requested": closing_is_asked(),
        "new": or_(and_(stage == FIRST_STAGE, is_given_back()), waits_untouched(today, city)),
        "on_hold": is_held(today),
        "assessment": and_(stage == FIRST_STAGE, col(CaseFile.looked_on).is_not(None)),
        "assigned": stage == FIRST_STAGE,
        "advised": stage == "advice",
        "in_progress": stage != FIRST_STAGE,
    }
    before: list[ColumnElement[bool]] = []
    for code, rule in in_order.items():
        if code == state:
            return and_(rule, *(not_(one) for one in before))
        before.append(rule)
    raise KeyError(state)


def closing_is_asked() -> ColumnElement[bool]:
    """Return the condition that somebody asked to close or to void a case and nobody has decided."""
    asked = select(ClosingRequest.id).where(
        ClosingRequest.case_id == CaseFile.id, col(ClosingRequest.settled_on).is_(None)
    )
    return asked.exists()


def closing_waits_for(supervisor_id: UUID) -> ColumnElement[bool]:
    """Return the condition that a case waits for this supervisor: a colleague asked, or the head agreed."""
    asked = select(ClosingRequest.id).where(
        ClosingRequest.case_id == CaseFile.id,
        col(ClosingRequest.settled_on).is_(None),
        (col(ClosingRequest.asked_by) != supervisor_id) | col(ClosingRequest.agreed_on).is_not(None),
    )
    return asked.exists()


def is_given_back() -> ColumnElement[bool]:
    """Return the condition that its adviser gave a case back or keeps out of it, and nobody else has it."""
    back = select(CaseReturn.id).where(
        CaseReturn.case_id == CaseFile.id, col(CaseReturn.settled_on).is_(None)
    )
    walled = select(CaseWall.id).where(
        CaseWall.case_id == CaseFile.id, CaseWall.staff_id == CaseFile.assigned_to
    )
    return back.exists() | walled.exists()


def waits_untouched(today: date, city: City) -> ColumnElement[bool]:
    """Return the condition that a case waits for another adviser because its own did nothing with it.

    One that waits for somebody outside the office until a day does not lie about.
    """
    return and_(is_returned(today, city), not_(is_held(today)))


def open_request(session: Session, case_id: UUID, kinds: Collection[str] = KINDS) -> ClosingRequest | None:
    """Return what is asked about the end of a case and nobody has decided, if it is of these kinds."""
    wanted = select(ClosingRequest).where(
        ClosingRequest.case_id == case_id,
        col(ClosingRequest.settled_on).is_(None),
        col(ClosingRequest.kind_code).in_(kinds),
    )
    return session.exec(wanted).first()


def last_request(session: Session, case_id: UUID) -> ClosingRequest | None:
    """Return the newest request about the end of a case, decided or not."""
    wanted = select(ClosingRequest).where(ClosingRequest.case_id == case_id)
    return session.exec(wanted.order_by(col(ClosingRequest.seq).desc())).first()


def open_return(session: Session, case_id: UUID) -> CaseReturn | None:
    """Return that the adviser gave a case back, while nobody else has it."""
    wanted = select(CaseReturn).where(CaseReturn.case_id == case_id, col(CaseReturn.settled_on).is_(None))
    return session.exec(wanted).first()


def missing(session: Session, case: CaseFile, guards: tuple[str, ...]) -> tuple[str, ...]:
    """Return which of these guards fail now, all of them, in their order."""
    return tuple(
        "keeps_out" if one == "conflict" and not waits_for_a_decision(session, case.id) else one
        for one in guards
        if not _GUARDS[one](session, case)
    )


def _no_conflict(session: Session, case: CaseFile) -> bool:
    return not waits_for_a_decision(session, case.id) and case.assigned_to not in kept_out(session, case.id)


def _has_adviser(session: Session, case: CaseFile) -> bool:
    return open_return(session, case.id) is None


def _is_scanned(session: Session, case: CaseFile) -> bool:
    return last_scan(session, case.id) is not None


def _has_safe_channel(session: Session, case: CaseFile) -> bool:
    """Say whether a way was decided; without a contact the receipt is one; with neither nobody is reached."""
    rules = rules_of(session, case)
    if has_contact(session, case):
        return any_way_noted(session, case) and any(rule != NEVER for rule in rules.values())
    return case.reporter_public_key is None or rules.get(OWN_WAY) != NEVER


def _has_needs(session: Session, case: CaseFile) -> bool:
    return bool(rows_of(session, case, NEEDS))


def _has_facts(session: Session, case: CaseFile) -> bool:
    return case.area_code != UNKNOWN and bool(set(case.ground_codes.split()) - {UNKNOWN})


def _has_track(session: Session, case: CaseFile) -> bool:
    """Say whether a way is open on which somebody decides; a mediation is one."""
    return bool(open_tracks(session, case.id)) or open_mediation(session, case.id) is not None


def _has_decision(session: Session, case: CaseFile) -> bool:
    """Say whether the newest decision about advice that was delivered is to go on."""
    decided = (
        select(AdviceStep.decision_code)
        .join(Advice, col(Advice.id) == col(AdviceStep.advice_id))
        .where(
            AdviceStep.case_id == case.id,
            AdviceStep.kind_code == "decided",
            Advice.state_code == "delivered",
        )
        .order_by(col(AdviceStep.happened_on).desc(), col(AdviceStep.place).desc())
    )
    return session.exec(decided).first() == "go_on"


def _is_compared(session: Session, case: CaseFile) -> bool:
    return is_compared(session, case) or nobody_known(session, case) is not None


def _has_way(session: Session, case: CaseFile) -> bool:
    return _has_track(session, case) or _has_decision(session, case)


_GUARDS: Final = {
    "conflict": _no_conflict,
    "adviser": _has_adviser,
    "scan": _is_scanned,
    "channel": _has_safe_channel,
    "needs": _has_needs,
    "facts": _has_facts,
    "track": _has_track,
    "decision": _has_decision,
    "compared": _is_compared,
    "competence": is_decided,
    "way": _has_way,
}
