"""What the person agrees to now: the consents of the report, and every change since."""

from collections.abc import Iterable, Sequence
from typing import Final, cast

from sqlmodel import Session, col, select

from casework.messages.tables import ConsentChangeRow
from office.handover.report import Consent, ConsentCode

CODES: Final[tuple[ConsentCode, ...]] = ("count", "advise", "refer")


def consents_now(given: Iterable[Consent], changes: Sequence[ConsentChangeRow]) -> dict[ConsentCode, bool]:
    """Return each consent as it stands; one never asked for is not given."""
    now: dict[ConsentCode, bool] = dict.fromkeys(CODES, False)
    now.update({consent.code: consent.given for consent in given})
    for change in changes:
        now.update(changed_in(change))
    return now


def changed_in(change: ConsentChangeRow) -> dict[ConsentCode, bool]:
    """Return the consents that an applied change gave or took back."""
    given, withdrawn = change.given_codes.split(), change.withdrawn_codes.split()
    told = {**dict.fromkeys(given, True), **dict.fromkeys(withdrawn, False)}
    return cast("dict[ConsentCode, bool]", told)  # they were codes when the change was opened


def applied_changes(session: Session, case_number: str) -> Sequence[ConsentChangeRow]:
    """Return the changes of consent that were opened and applied, in order."""
    return session.exec(
        select(ConsentChangeRow)
        .where(ConsentChangeRow.case_number == case_number, col(ConsentChangeRow.applied_on).is_not(None))
        .order_by(col(ConsentChangeRow.applied_on), col(ConsentChangeRow.seq))
    ).all()
