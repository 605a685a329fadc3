"""What every act on advice begins and ends with, and the rows it adds."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.advice.content import AdviceText, StepWords
from casework.advice.errors import AdviceChanged, AdviceNotReady
from casework.advice.rules import STATES_BEFORE
from casework.advice.tables import Advice, AdviceStep, AdviceVersion
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.sealed_rows import open_rows, seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on


def require_open(session: Session, case: CaseFile) -> None:
    """Refuse to go on in a closed case and in one with an open conflict of interest.

    Raises:
        CaseAlreadyClosed: it has an outcome.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    require_free_to_go_on(session, case)


def require_begun(session: Session, case: CaseFile, advice: Advice, what: str, version: int) -> None:
    """Refuse what was made from an older page, and what does not start from the state the advice is in.

    Raises:
        AdviceChanged: somebody changed the advice since `version`.
        AdviceNotReady: see `rules.STATES_BEFORE`.
        CaseAlreadyClosed, ConflictUndecided, AdviserKeepsOut: see `steps.require_open`.
    """
    require_open(session, case)
    if advice.version != version:
        raise AdviceChanged(case=case.reference)
    if advice.state_code not in STATES_BEFORE[what]:
        raise AdviceNotReady(case=case.reference)


def newest_text(
    session: Session, case: CaseFile, advice: Advice, act: Act
) -> tuple[AdviceVersion, AdviceText]:
    """Return the newest text of a piece of advice, with its row."""
    wanted = select(AdviceVersion).where(
        AdviceVersion.advice_id == advice.id, AdviceVersion.number == advice.number
    )
    row = session.exec(wanted).one()
    return row, AdviceText.model_validate_json(open_rows(session, case, [row], act)[0])


def writers_of(session: Session, advice: Advice) -> frozenset[UUID]:
    """Return who wrote a text of this advice."""
    wanted = select(AdviceVersion.written_by).where(AdviceVersion.advice_id == advice.id)
    return frozenset(session.exec(wanted))


def note_step(
    session: Session, case: CaseFile, advice: Advice, kind: str, on: date, said: StepWords, act: Act
) -> None:
    """Add a step that is told in words only."""
    row = AdviceStep(**step_fields(session, advice, kind, on, act))
    seal_row(session, case, row, said.as_bytes())
    keep(session, advice)


def step_fields(session: Session, advice: Advice, kind: str, on: date, act: Act) -> dict[str, Any]:
    """Return what every step has: whose it is, which text it is about, when and by whom."""
    last = select(func.count()).select_from(AdviceStep).where(col(AdviceStep.advice_id) == advice.id)
    return {
        "case_id": advice.case_id,
        "advice_id": advice.id,
        "place": session.exec(last).one() + 1,
        "number": advice.number,
        "kind_code": kind,
        "happened_on": on,
        "entered_by": act.who.id,
        "entered_on": act.on,
    }


def keep(session: Session, advice: Advice) -> None:
    """Keep the change: what was made from a page before it is refused from now on."""
    advice.version += 1
    session.add(advice)
    session.flush()


def told(advice: Advice) -> dict[str, str | int]:
    """Return what the timeline tells of every act: which advice and which of its texts."""
    return {"advice": str(advice.id), "text": advice.number}
