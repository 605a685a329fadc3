"""Views of the list of cases that somebody keeps for themselves, under names only they can read."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.listing.asked import LONGEST_QUERY
from casework.queues.rules import Asked
from casework.queues.tables import SavedView
from casework.timeline.actions import record
from office.languages import mark
from office.sealing.boxes import CannotOpen, seal, unseal

LONGEST_NAME: Final = 40
MOST: Final = 20
TOO_MANY: Final = mark("You keep %(count)s views already. Remove one first.")


@dataclass(frozen=True, slots=True)
class Kept:
    """A view as its owner sees it; without a name if it was sealed to a key they have lost."""

    id: UUID
    name: str
    query: str


def of(session: Session, act: Act) -> list[Kept]:
    """Return the views of whoever acts, by name."""
    rows = session.exec(select(SavedView).where(SavedView.staff_id == act.who.id)).all()
    return sorted((_kept(row, act) for row in rows), key=lambda one: (one.name.casefold(), str(one.id)))


def keep(session: Session, name: str, asked: Asked, act: Act) -> bool:
    """Keep a view under a name; say whether there was room for one more."""
    held = select(func.count()).select_from(SavedView).where(SavedView.staff_id == act.who.id)
    if session.exec(held).one() >= MOST:
        return False
    sealed = seal(name.encode(), act.who.key.public, about=_about(act.who.id))
    session.add(
        SavedView(staff_id=act.who.id, sealed_name=sealed, query=asked.query[:LONGEST_QUERY], made_on=act.on)
    )
    record(session, "view_kept", at=act.at, by=act.who.id)
    return True


def remove(session: Session, written: str, act: Act) -> bool:
    """Forget a view of one's own and say whether it was there; one of somebody else is not."""
    try:
        own = UUID(written)
    except ValueError:
        return False
    wanted = select(SavedView).where(col(SavedView.id) == own, SavedView.staff_id == act.who.id)
    found = session.exec(wanted).first()
    if found is None:
        return False
    session.delete(found)
    record(session, "view_removed", at=act.at, by=act.who.id)
    return True


def _kept(row: SavedView, act: Act) -> Kept:
    try:
        name = unseal(row.sealed_name, act.who.key, about=_about(row.staff_id)).decode()
    except CannotOpen:
        name = ""
    return Kept(row.id, name, row.query)


def _about(staff_id: UUID) -> str:
    return f"view/{staff_id}"
