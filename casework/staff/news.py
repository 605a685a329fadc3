"""What a member of staff is to be told when they come in: the escrow, help after a loss, passkeys and
the city's sign-in.

It stands in the office's timeline anyway; here it is found for whoever it concerns.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session, col, or_, select

from casework.staff.devices import KEPT
from casework.timeline.rules import OFFICE
from casework.timeline.tables import Event

TO_EVERYBODY: Final = ("escrow_opened", "escrow_renewed")
TO_WHOM_IT_CONCERNS: Final = (
    "recovery_asked",
    "recovery_confirmed",
    "recovery_ended",
    "factor_renewed",
    "city_sign_in_unlinked",
)
OF_THEIR_OWN: Final = ("passkey_added", "passkey_stopped", "city_sign_in_linked")


def news_since(session: Session, staff_id: UUID, line: int) -> Sequence[Event]:
    """Return what this person is to be told of what came after a line of the office's timeline."""
    wanted = select(Event).where(Event.chain == OFFICE, Event.seq > line)
    return _theirs(session, staff_id, wanted)


def recent_news(session: Session, staff_id: UUID, now: datetime) -> Sequence[Event]:
    """Return what this person was told of in the last ninety days, the newest first."""
    wanted = select(Event).where(Event.chain == OFFICE, col(Event.at) > now - KEPT)
    return list(reversed(_theirs(session, staff_id, wanted)))


def _theirs(session: Session, staff_id: UUID, wanted: Any) -> Sequence[Event]:
    concerns = col(Event.detail).contains(f'"subject":"{staff_id}"', autoescape=True)
    found = session.exec(
        wanted.where(
            or_(
                col(Event.kind).in_(TO_EVERYBODY),
                col(Event.kind).in_(TO_WHOM_IT_CONCERNS) & concerns,
                col(Event.kind).in_(OF_THEIR_OWN) & (col(Event.by) == staff_id),
            )
        ).order_by(col(Event.seq))
    ).all()
    return [one for one in found if one.kind not in TO_EVERYBODY or _is_told(one, staff_id)]


def _is_told(event: Event, staff_id: UUID) -> bool:
    return str(staff_id) in json.loads(event.detail).get("told", [])
