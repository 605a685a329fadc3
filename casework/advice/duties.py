"""Deciding about a duty to report, and reading that decision as another person."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.advice.content import DutyWords
from casework.advice.duty_rules import may_be
from casework.advice.errors import DutyAlreadyRead, DutyNotFound, MinorsAlwaysReported, ReaderDecidedIt
from casework.advice.tables import DutyDecision
from casework.cases.sealed_rows import open_rows, seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import refuse_kept_out
from casework.timeline.actions import record
from casework.timeline.queries import names_of


@dataclass(frozen=True, slots=True)
class ShownDuty:
    """A decision in clear, with the names of who decided and who read it."""

    row: DutyDecision
    said: DutyWords
    decided_by: str
    read_by: str


def decide_duty(
    session: Session,
    case: CaseFile,
    *,
    basis: str,
    decision: str,
    is_person_told: bool,
    reasons: str,
    act: Act,
) -> DutyDecision:
    """Keep a decision with its reasons; it waits for a second reader. Another decision is another row.

    Raises:
        MinorsAlwaysReported: of violence against a minor there is nothing to decide.
        AdviserKeepsOut: whoever acts keeps out of the case.
    """
    refuse_kept_out(session, case, act.who.id)
    if not may_be(basis, decision):
        raise MinorsAlwaysReported(case=case.reference)
    row = DutyDecision(
        case_id=case.id,
        basis_code=basis,
        decision_code=decision,
        is_person_told=is_person_told,
        decided_by=act.who.id,
        decided_on=act.on,
    )
    seal_row(session, case, row, DutyWords(reasons=reasons).as_bytes())
    session.flush()
    record(session, "duty_decided", at=act.at, by=act.who.id, case_id=case.id, duty=str(row.id))
    return row


def read_duty(
    session: Session, case: CaseFile, duty_id: UUID | None, reading: str, words: str, act: Act
) -> None:
    """Note what a second person says of a decision.

    Raises:
        DutyNotFound: none of this case.
        ReaderDecidedIt: whoever decided does not read it as the second.
        DutyAlreadyRead: somebody was faster.
        AdviserKeepsOut: whoever acts keeps out of the case.
    """
    refuse_kept_out(session, case, act.who.id)
    wanted = select(DutyDecision).where(DutyDecision.id == duty_id, DutyDecision.case_id == case.id)
    row = session.exec(wanted.with_for_update()).first()
    if row is None:
        raise DutyNotFound(case=case.reference)
    if row.decided_by == act.who.id:
        raise ReaderDecidedIt(case=case.reference)
    if row.reading_code is not None:
        raise DutyAlreadyRead(case=case.reference)
    said = DutyWords.model_validate_json(open_rows(session, case, [row], act)[0])
    row.reading_code, row.read_by, row.read_on = reading, act.who.id, act.on
    seal_row(session, case, row, said.model_copy(update={"reader_words": words}).as_bytes())
    session.flush()
    record(session, "duty_read", at=act.at, by=act.who.id, case_id=case.id, duty=str(row.id))


def duties_of(session: Session, case: CaseFile, act: Act) -> list[ShownDuty]:
    """Return the decisions of a case, the newest first."""
    rows = session.exec(
        select(DutyDecision)
        .where(DutyDecision.case_id == case.id)
        .order_by(col(DutyDecision.decided_on).desc(), col(DutyDecision.id).desc())
    ).all()
    people = [row.decided_by for row in rows] + [row.read_by for row in rows if row.read_by]
    names = names_of(session, people)
    return [
        ShownDuty(
            row,
            DutyWords.model_validate_json(clear),
            names.get(row.decided_by, ""),
            names.get(row.read_by, "") if row.read_by else "",
        )
        for row, clear in zip(rows, open_rows(session, case, rows, act), strict=True)
    ]
