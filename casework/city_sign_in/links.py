"""Which account of the city is whose: a hash that only its own person's key can make.

What the city calls somebody may be the number of a document. It is never kept: what is kept is its HMAC under
a key that comes of the person's own private key, so that neither the store nor the desk's machine is enough
to try numbers against it. It can be looked at only once the pass-phrase has opened that key.
"""

import hmac
import json
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.city_sign_in.errors import CitySignInNotFound, LinkedAlready
from casework.city_sign_in.ways import Word
from casework.desk import Desk
from casework.staff.tables import StaffCityLink
from casework.timeline.actions import hold_office, record
from office.clock import day_in
from office.keys.people import SecondFactor
from office.sealing.boxes import SealingKey


def link_of(session: Session, staff_id: UUID) -> StaffCityLink | None:
    """Return the link of somebody with an account of the city, if there is one."""
    return session.exec(select(StaffCityLink).where(StaffCityLink.staff_id == staff_id)).first()


def linked_days(session: Session) -> Mapping[UUID, date]:
    """Return the day on which each linked member of staff was linked."""
    return {one.staff_id: one.linked_on for one in session.exec(select(StaffCityLink))}


def link(session: Session, word: Word, act: Act) -> None:
    """Link the account of the city with whoever acts; raise LinkedAlready if one is."""
    hold_office(session)
    if link_of(session, act.who.id) is not None:
        raise LinkedAlready
    session.add(
        StaffCityLink(
            staff_id=act.who.id,
            issuer=word.issuer,
            account_hash=account_hash(act.who.key, word.issuer, word.subject),
            linked_on=act.on,
        )
    )
    session.flush()
    record(session, "city_sign_in_linked", at=act.at, by=act.who.id)


def unlink(session: Session, staff_id: UUID, act: Act) -> None:
    """Unlink somebody's account of the city, one's own or another's; raise CitySignInNotFound without one."""
    hold_office(session)
    found = link_of(session, staff_id)
    if found is None:
        raise CitySignInNotFound
    session.delete(found)
    session.flush()
    record(session, "city_sign_in_unlinked", at=act.at, by=act.who.id, subject=str(staff_id))


def city_check(desk: Desk, token: str) -> SecondFactor:
    """Return what says whether the city's word, to which `token` leads, is for a member of staff.

    The word is used up when it is: it lets one person in, once. While it is not, it stays good for its
    minutes, so that a wrong pass-phrase and an account that is not linked look alike.
    """

    def is_right(staff_id: UUID, key: SealingKey) -> bool:
        at = desk.clock.now()
        word = desk.ways.word(token, at)
        if word is None or word.links or word.issuer != desk.settings.oidc_issuer:
            return False
        with desk.sessions.begin() as session:
            found = session.exec(
                select(StaffCityLink)
                .where(col(StaffCityLink.staff_id) == staff_id, col(StaffCityLink.issuer) == word.issuer)
                .with_for_update()
            ).first()
            own = account_hash(key, word.issuer, word.subject)
            if found is None or not hmac.compare_digest(found.account_hash, own):
                return False
            if not desk.ways.use_up(token, at):
                return False
            found.used_on = day_in(desk.city.zone, at)
            session.add(found)
        return True

    return is_right


def account_hash(key: SealingKey, issuer: str, subject: str) -> bytes:
    """Return what is kept of an account of the city: nobody can make it without the person's own key."""
    info = b"convivencia/1/staff/city-sign-in"
    own = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key.private_bytes)
    return hmac.digest(own, json.dumps([issuer, subject]).encode(), "sha256")
