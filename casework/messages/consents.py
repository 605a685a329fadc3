"""What the person agrees to now: the consents of the report, and every change since."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlmodel import Session, col, select

from casework.messages.tables import ConsentChangeRow
from office.handover.report import Consent

CODES: Final = ("count", "advise", "refer")


def consents_now(given: Iterable[Consent], changes: Sequence[ConsentChangeRow]) -> dict[str, bool]:
    """Return each consent as it stands; one never asked for is not given."""
    now = dict.fromkeys(CODES, False)
    now.update({consent.code: consent.given for consent in given})
    for change in changes:
        now.update(dict.fromkeys(change.given_codes.split(), True))
        now.update(dict.fromkeys(change.withdrawn_codes.split(), False))
    return now


def applied_changes(session: Session, case_number: str) -> Sequence[ConsentChangeRow]:
    """Return the changes of consent that were opened and applied, in order."""
    return session.exec(
        select(ConsentChangeRow)
        .where(ConsentChangeRow.case_number == case_number, col(ConsentChangeRow.applied_on).is_not(None))
        .order_by(col(ConsentChangeRow.applied_on), col(ConsentChangeRow.seq))
    ).all()
