"""Another telephone for somebody who lost theirs, has the pass-phrase, and was allowed to by others."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, select

from office.keys.errors import SignInRefused
from office.keys.events import KeyEvent, Recorder, recorded
from office.keys.people import cells_of, factor_kept, folded
from office.keys.personal import new_factor, opened_private, work_like_a_sign_in
from office.stores.keyroom import Staff


def renew_factor(
    sessions: sessionmaker[Session],
    name: str,
    passphrase: str,
    totp_secret: str,
    totp_code: str,
    *,
    at: datetime,
    is_allowed: Callable[[Session, UUID], bool],
    record: Recorder | None = None,
) -> KeyEvent:
    """Replace the second factor of somebody who has the pass-phrase and was allowed to by others.

    Args:
        is_allowed: says so; asked again in the transaction that makes the change.

    Raises:
        SignInRefused: an unknown name, a wrong pass-phrase, or nobody allowed it: one cannot tell which.
        CodeDoesNotFit: the new telephone does not show the right code; it may be tried again.
    """
    with sessions.begin() as session:
        person = session.exec(select(Staff).where(Staff.sign_in_name == folded(name))).first()
        may_try = person is not None and is_allowed(session, person.id)
    cells = None if person is None else cells_of(person)
    if person is None or cells is None or not person.active or not may_try:
        work_like_a_sign_in(passphrase)
        raise SignInRefused
    key = opened_private(person.id, cells, passphrase)
    factor = new_factor(key, person.id, totp_secret, totp_code, at=at)
    with sessions.begin() as session:
        if not is_allowed(session, person.id):
            raise SignInRefused  # used a moment ago
        if not factor_kept(session, person.id, cells, factor):
            raise SignInRefused
        return recorded(session, KeyEvent("factor_renewed", at, by=person.id, subject=person.id), record)
