"""What a person sends to a case is sealed to its present key, also what came under an older one.

The person's page learns of a new key with the next round of the courier. What they write before lies under
the old one, which somebody who left may have kept. No key but the old one's is needed to open it, and only
the public half of the present one to seal it.
"""

from collections.abc import Mapping

from sqlmodel import Session

from casework.acts import Act
from casework.appointments.tables import IncomingBooking
from casework.appointments.waiting import waiting_bookings
from casework.cases.errors import CaseNotFound
from casework.cases.keys import case_key, case_public_key
from casework.cases.queries import older_versions
from casework.cases.rules import key_name, version_in
from casework.cases.tables import CaseFile
from casework.feedback.tables import Feedback
from casework.feedback.waiting import waiting_feedback
from casework.messages.queries import waiting_changes, waiting_messages
from casework.messages.tables import ConsentChangeRow, IncomingMessage
from office.sealing.boxes import CannotOpen, SealingKey, seal, unseal


def reseal_older(session: Session, case: CaseFile, act: Act) -> bool:
    """Seal anew what waits under an older key of a case; say whether there was something that opened."""
    if case.key_version == 1 or not older_versions(session, case):
        return False
    session.refresh(case, with_for_update=True)  # the case before its messages, as everywhere
    keys: dict[int, SealingKey] = {}
    for version in older_versions(session, case):
        try:
            keys[version] = case_key(session, act.who, case, version)
        except (CaseNotFound, CannotOpen):  # somebody else who holds the case may have it
            continue
    return reseal_waiting(session, case, keys) > 0


def reseal_waiting(session: Session, case: CaseFile, old_keys: Mapping[int, SealingKey]) -> int:
    """Seal to the present key what the person sent under an older one and nobody has opened; return how much.

    Args:
        session: the request's transaction.
        case: whose present key is in the store.
        old_keys: the older keys, by version.
    """
    public, done = case_public_key(session, case), 0
    waiting: list[tuple[IncomingMessage | ConsentChangeRow | Feedback | IncomingBooking, str]] = [
        *((row, f"message/{case.reference}") for row in waiting_messages(session, case.reference)),
        *((row, f"consent/{case.reference}") for row in waiting_changes(session, case.reference)),
        *((row, f"feedback/{case.reference}") for row in waiting_feedback(session, case.reference)),
        *((row, f"booking/{case.reference}") for row in waiting_bookings(session, case.reference)),
    ]
    for row, about in waiting:
        old = old_keys.get(version_in(row.key_name, case.reference))
        if old is None or row.sealed is None:
            continue
        try:
            clear = unseal(row.sealed, old, about=about)
        except CannotOpen:  # it waits as it is; whoever opens the case is not held up by it either
            continue
        row.sealed = seal(clear, public, about=about)
        row.key_name = key_name(case.reference, case.key_version)
        session.add(row)
        done += 1
    session.flush()
    return done
