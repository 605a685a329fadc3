"""From which browsers a member of staff signs in: known by a random cookie of their own, kept hashed.

No address is kept and no minute. A browser keeps its cookie for all who sign in there; a cookie that the
office did not make is not taken over, so that nobody plants one.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func
from sqlalchemy.orm import aliased, sessionmaker
from sqlmodel import Session, col, delete, select

from casework.staff.tables import StaffCityLink, StaffDevice, StaffSignIn
from casework.timeline.actions import hold_office
from casework.timeline.rules import OFFICE
from casework.timeline.tables import ChainHead
from office.keys.people import folded
from office.languages import mark
from office.stores.keyroom import Staff

COOKIE: Final = "device"
COOKIE_LASTS: Final = timedelta(days=400)
KEPT: Final = timedelta(days=90)
"""How long a sign-in is kept, whether or not its person comes again; the last one stays until they leave."""
BROWSER_NAMES: Final = {
    "firefox": mark("Firefox"),
    "chrome": mark("Chrome or Chromium"),
    "edge": mark("Edge"),
    "safari": mark("Safari"),
    "other": mark("Another browser"),
}
WAY_NAMES: Final = {
    "code": mark("with the six digits"),
    "passkey": mark("with a passkey"),
    "city": mark("with the city's sign-in"),
}
SIGNS: Final = (
    ("firefox", ("Firefox/", "FxiOS/")),
    ("edge", ("Edg/", "EdgA/", "EdgiOS/")),
    ("chrome", ("Chrome/", "CriOS/", "Chromium/")),
    ("safari", ("Safari/",)),
)


@dataclass(frozen=True, slots=True)
class Noted:
    """A sign-in as it was noted: the cookie of its browser, and of what its person is to be told.

    Attributes:
        strange: sign-ins from devices that had not been seen before.
        since: the line of the office's timeline after which everything is news; None at the very first.
    """

    token: str
    strange: Sequence[StaffSignIn]
    since: int | None


def browser_of(agent: str) -> str:
    """Return the family of a browser by what it says of itself."""
    return next((code for code, signs in SIGNS if any(sign in agent for sign in signs)), "other")


def hashed(token: str) -> bytes:
    """Return what is kept of a device's cookie."""
    return hashlib.sha256(token.encode()).digest()


def is_known(sessions: sessionmaker[Session], name: str, token: str) -> bool:
    """Say whether the person of this sign-in name has signed in from this device before."""
    if not token:
        return False
    wanted = (
        select(StaffDevice.id)
        .join(Staff, col(Staff.id) == col(StaffDevice.staff_id))
        .where(Staff.sign_in_name == folded(name), StaffDevice.token_hash == hashed(token))
    )
    with sessions.begin() as session:
        return session.exec(wanted).first() is not None


def note_sign_in(
    session: Session, staff_id: UUID, token: str, agent: str, way: str, *, at: datetime, zone: ZoneInfo
) -> Noted:
    """Note a sign-in, and return of which new devices its person is to be told on this one.

    It is noted after its line in the timeline. Those are the devices first seen since this one was last used;
    on a device that is new itself, those of the last ninety days. So whoever signed in as somebody else
    cannot take the news away from them.
    """
    session.exec(select(Staff.id).where(Staff.id == staff_id).with_for_update()).one()
    here = at.astimezone(zone)
    token = token if _is_ours(session, token) else secrets.token_urlsafe(32)
    device = session.exec(
        select(StaffDevice).where(StaffDevice.staff_id == staff_id, StaffDevice.token_hash == hashed(token))
    ).first()
    is_new = device is None
    if device is None:
        device = StaffDevice(
            staff_id=staff_id, token_hash=hashed(token), first_on=here.date(), last_on=here.date()
        )
    device.last_on = here.date()
    session.add(device)
    session.flush()
    own = select(func.max(StaffSignIn.number)).where(StaffSignIn.staff_id == staff_id)
    last = session.exec(own).one() or 0
    last_here = session.exec(own.where(StaffSignIn.device_id == device.id)).one() or 0
    lines = select(func.max(StaffSignIn.told_up_to), func.min(StaffSignIn.told_up_to))
    told_here, _ = session.exec(lines.where(StaffSignIn.device_id == device.id)).one()
    _, first_told = session.exec(lines.where(StaffSignIn.staff_id == staff_id)).one()
    strange = session.exec(
        select(StaffSignIn)
        .where(
            StaffSignIn.staff_id == staff_id,
            StaffSignIn.is_new_device,
            StaffSignIn.number > max(last_here, 1),  # the first of all is news to nobody
            StaffSignIn.device_id != device.id,
        )
        .order_by(col(StaffSignIn.number))
    ).all()
    session.add(
        StaffSignIn(
            staff_id=staff_id,
            number=last + 1,
            device_id=device.id,
            signed_in_on=here.date(),
            hour=here.hour,
            browser_code=browser_of(agent),
            is_new_device=is_new,
            way_code=way,
            told_up_to=session.get_one(ChainHead, OFFICE).seq,
        )
    )
    session.flush()
    _forget_old(session, here.date())
    return Noted(token, strange, told_here if told_here is not None else first_told)


def sign_ins_of(session: Session, staff_id: UUID) -> Sequence[StaffSignIn]:
    """Return the sign-ins of one person that are kept, the newest first."""
    wanted = select(StaffSignIn).where(StaffSignIn.staff_id == staff_id)
    return session.exec(wanted.order_by(col(StaffSignIn.number).desc())).all()


def last_days(session: Session) -> Mapping[UUID, date]:
    """Return the day on which each member of staff last signed in."""
    wanted = select(StaffSignIn.staff_id, func.max(StaffSignIn.signed_in_on)).group_by(
        col(StaffSignIn.staff_id)
    )
    return dict(session.exec(wanted).all())


def _is_ours(session: Session, token: str) -> bool:
    wanted = select(StaffDevice.id).where(StaffDevice.token_hash == hashed(token))
    return bool(token) and session.exec(wanted.limit(1)).first() is not None


def forget_sign_ins(session: Session, staff_id: UUID) -> None:
    """Delete every sign-in, every device and the link with the city's sign-in of somebody who leaves.

    Their row and the office's chain are held as a sign-in holds them, in this order.
    """
    session.exec(select(Staff.id).where(Staff.id == staff_id).with_for_update()).one()
    hold_office(session)
    _forget_all_of(session, [staff_id])


def _forget_all_of(session: Session, staff_ids: Sequence[UUID]) -> None:
    session.exec(delete(StaffSignIn).where(col(StaffSignIn.staff_id).in_(staff_ids)))
    session.exec(delete(StaffDevice).where(col(StaffDevice.staff_id).in_(staff_ids)))
    session.exec(delete(StaffCityLink).where(col(StaffCityLink.staff_id).in_(staff_ids)))


def _forget_old(session: Session, today: date) -> None:
    """Delete what is old of everybody but their last sign-in, and all of whoever left at the terminal."""
    _forget_all_of(session, session.exec(select(Staff.id).where(col(Staff.active).is_(False))).all())
    later = aliased(StaffSignIn)
    is_not_the_last = exists().where(
        col(later.staff_id) == col(StaffSignIn.staff_id), col(later.number) > col(StaffSignIn.number)
    )
    old = select(StaffSignIn.id).where(col(StaffSignIn.signed_in_on) < today - KEPT, is_not_the_last)
    session.exec(delete(StaffSignIn).where(col(StaffSignIn.id).in_(session.exec(old).all())))
    session.exec(
        delete(StaffDevice).where(
            col(StaffDevice.last_on) < today - COOKIE_LASTS,
            col(StaffDevice.id).not_in(select(StaffSignIn.device_id)),
        )
    )
