"""Keeping a draft and forgetting it. Sealing needs only the public half of its writer's key.

None of it is in the timeline of a case: a draft is no part of a case before it is sent.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from casework.drafts.access import may_write_at
from casework.drafts.content import DraftText, about, written_in
from casework.drafts.errors import DraftHasNoPlace, DraftMoved, TooManyDrafts
from casework.drafts.places import Place
from casework.drafts.rules import KEPT_FOR, MOST_DRAFTS
from casework.drafts.tables import StaffDraft
from office.sealing.boxes import seal
from office.stores.keyroom import Staff


def keep_draft(
    session: Session,
    staff: Staff,
    place: Place,
    form: Mapping[str, list[str]],
    *,
    at: datetime,
    on: date,
    made_from: int | None = None,
) -> int:
    """Seal what was typed to its writer's own key, in the place of what they kept there before.

    Args:
        session: the transaction.
        staff: whose draft it is; they need not be signed in.
        place: the form.
        form: what was typed.
        at: the instant, in UTC.
        on: the city's day of it.
        made_from: the version the window knows; None keeps it over any other.

    Returns:
        The draft's new version.

    Raises:
        DraftHasNoPlace: they may not open what the form is about, or have no key.
        DraftMoved: another window has kept a newer one.
        TooManyDrafts: they keep too many.
    """
    if staff.public_key is None or not may_write_at(session, staff, place):
        raise DraftHasNoPlace
    _forget_old(session, on)
    text = DraftText(kept_at=at, fields=written_in(form))
    sealed = seal(text.as_bytes(), staff.public_key, about=about(staff.id, place.path))
    row = session.get(StaffDraft, (staff.id, place.path), with_for_update=True)
    if row is None:
        held = select(func.count()).select_from(StaffDraft).where(StaffDraft.staff_id == staff.id)
        if session.exec(held).one() >= MOST_DRAFTS:
            raise TooManyDrafts
        row = StaffDraft(
            staff_id=staff.id, place=place.path, case_number=place.number, kept_on=on, sealed=sealed
        )
    elif made_from is not None and made_from != row.version:
        raise DraftMoved
    else:
        row.version, row.kept_on, row.sealed = row.version + 1, on, sealed
    session.add(row)
    try:
        session.flush()
    except IntegrityError:  # two windows at once, and neither knew of the other
        raise DraftMoved from None
    return row.version


def forget_draft(session: Session, staff_id: UUID, place: str) -> None:
    """Delete one draft: it was sent, or thrown away. Nothing happens if there is none."""
    session.execute(
        delete(StaffDraft).where(col(StaffDraft.staff_id) == staff_id, col(StaffDraft.place) == place)
    )


def forget_of_case(session: Session, number: str, *, but_of: Collection[UUID] = ()) -> None:
    """Delete what was begun about a case or report by everybody who does not hold it (any more)."""
    session.execute(
        delete(StaffDraft).where(
            col(StaffDraft.case_number) == number, col(StaffDraft.staff_id).not_in(tuple(but_of))
        )
    )


def forget_all_of(session: Session, staff_id: UUID) -> None:
    """Delete every draft of somebody who left, or whose key is lost: nobody could open it."""
    session.execute(delete(StaffDraft).where(col(StaffDraft.staff_id) == staff_id))


def _forget_old(session: Session, on: date) -> None:
    session.execute(delete(StaffDraft).where(col(StaffDraft.kept_on) < on - KEPT_FOR))
