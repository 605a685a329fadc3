"""What was kept for a number before there was a case of it comes under the key of that case."""

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.appointments.tables import IncomingBooking
from casework.cases.keys import case_public_key
from casework.cases.rules import key_name
from casework.cases.tables import CaseFile
from casework.staff.keys import names_held, office_key
from office.sealing.boxes import CannotOpen, seal, unseal


def pass_on_bookings(session: Session, act: Act) -> int:
    """Seal to its case what waits under an office key that whoever acts holds; return how many.

    Only the public half of the case's key is used, as with messages (`messages.incoming.pass_on`).
    """
    waiting = session.exec(
        select(IncomingBooking, CaseFile)
        .join(CaseFile, col(CaseFile.reference) == col(IncomingBooking.case_number))
        .where(
            col(IncomingBooking.opened_on).is_(None),
            col(IncomingBooking.key_name).in_(names_held(session, act.who.id)),
        )
        .with_for_update(of=IncomingBooking, skip_locked=True)
    ).all()
    passed = 0
    for row, case in waiting:
        about = f"booking/{case.reference}"
        try:
            clear = unseal(row.sealed or b"", office_key(session, act.who, row.key_name), about=about)
        except CannotOpen:
            continue
        row.sealed = seal(clear, case_public_key(session, case), about=about)
        row.key_name = key_name(case.reference, case.key_version)
        session.add(row)
        passed += 1
    session.flush()
    return passed
