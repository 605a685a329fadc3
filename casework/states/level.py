"""What a person got from the office, the highest of three levels: derived from the record, never typed.

Whoever calls this has been to the door of the case.
"""

from typing import Final
from uuid import UUID

from sqlmodel import Session, col, select

from casework.advice.tables import AdviceStep
from casework.hearings.rules import HELD
from casework.hearings.tables import CaseHearing
from casework.letters.rules import PERSON
from casework.letters.tables import Letter
from casework.mediation.tables import MediationStep
from casework.tracks.queries import tracks_of
from casework.tracks.rules import FILING, in_force
from office.languages import mark

INFORMATION, ADVICE, ACCOMPANIMENT = "information", "advice", "accompaniment"
LEVELS: Final = {
    INFORMATION: mark("Information"),
    ADVICE: mark("Advice"),
    ACCOMPANIMENT: mark("Representation or accompaniment"),
}
"""From the lowest to the highest."""


def level_of(session: Session, case_id: UUID) -> str:
    """Return the highest level of service of a case, a code of `LEVELS`."""
    if _accompanied(session, case_id):
        return ACCOMPANIMENT
    delivered = select(AdviceStep.id).where(
        AdviceStep.case_id == case_id, AdviceStep.kind_code == "delivered"
    )
    return ADVICE if session.exec(delivered).first() else INFORMATION


def _accompanied(session: Session, case_id: UUID) -> bool:
    """Say whether the office did something beside the person: filed, was at a hearing, wrote, or mediated."""
    if any(step.step_code in FILING for one in tracks_of(session, case_id) for step in in_force(one.steps)):
        return True
    held = select(CaseHearing.id).where(CaseHearing.case_id == case_id, CaseHearing.state_code == HELD)
    wrote = select(Letter.id).where(
        Letter.case_id == case_id, Letter.state_code == "sent", col(Letter.to_code) != PERSON
    )
    undone = select(MediationStep.takes_back).where(
        MediationStep.case_id == case_id, col(MediationStep.takes_back).is_not(None)
    )
    sat = select(MediationStep.id).where(
        MediationStep.case_id == case_id,
        MediationStep.step_code == "session",
        col(MediationStep.id).not_in(undone),
    )
    return any(session.exec(one).first() is not None for one in (held, wrote, sat))
