"""What is sealed of the people of a case, sealed anew when the case gets a new key."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from casework.cases.tables import CaseFile
from casework.conflicts.tables import CaseParty, ConflictCheck
from office.sealing.boxes import SealingKey, seal, unseal


def about_party(case: CaseFile) -> str:
    """Return what the sealed name of a party is about."""
    return f"party/{case.reference}"


def about_reason(case: CaseFile) -> str:
    """Return what the sealed reason of a decision is about."""
    return f"conflict/{case.reference}"


def reseal_people(
    session: Session, case: CaseFile, old_keys: Mapping[int, SealingKey], public: bytes
) -> None:
    """Seal names and reasons to `public`, the public half of the case's present key.

    Raises:
        CannotOpen: one of them is damaged.
    """
    for party in session.exec(select(CaseParty).where(CaseParty.case_id == case.id)).all():
        clear = unseal(party.sealed, old_keys[party.key_version], about=about_party(case))
        party.sealed, party.key_version = seal(clear, public, about=about_party(case)), case.key_version
        session.add(party)
    decided = select(ConflictCheck).where(
        ConflictCheck.case_id == case.id, col(ConflictCheck.decision_code).is_not(None)
    )
    for check in session.exec(decided).all():
        if check.sealed_reason is None or check.key_version is None:
            continue
        clear = unseal(check.sealed_reason, old_keys[check.key_version], about=about_reason(case))
        check.sealed_reason = seal(clear, public, about=about_reason(case))
        check.key_version = case.key_version
        session.add(check)
    session.flush()
