"""The end of a consent to a dossier. It asks for no version, for it may never wait."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from casework.dossiers.tables import Dossier
from casework.timeline.actions import record


def revoke(session: Session, row: Dossier, *, by: UUID | None, at: datetime, on: date) -> None:
    """Note that the person took their consent to a dossier back: nothing of it is handed out any more."""
    if row.state_code not in ("consented", "made"):
        return
    row.state_code, row.revoked_on = "revoked", on
    row.version += 1
    session.add(row)
    session.flush()
    record(session, "dossier_revoked", at=at, by=by, case_id=row.case_id, dossier=row.to_code)


def revoke_all(session: Session, case_id: UUID, *, by: UUID | None, at: datetime, on: date) -> None:
    """Do so with every dossier of a case: the person wants to be handed on to nobody any more."""
    wanted = select(Dossier).where(
        Dossier.case_id == case_id, col(Dossier.state_code).in_(("consented", "made"))
    )
    for row in session.exec(wanted.with_for_update()).all():
        revoke(session, row, by=by, at=at, on=on)
