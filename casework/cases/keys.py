"""Case keys: made with the case, granted person by person, and opened only with a grant."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from casework.cases.errors import CannotAssign, CaseNotFound
from casework.cases.rules import key_name
from casework.cases.tables import CaseFile, CaseKey, CaseKeyGrant
from casework.messages.tables import Outbox
from casework.staff.sessions import SignedIn
from office.sealing.boxes import SealingKey, seal, unseal
from office.stores.keyroom import OfficeKey, Staff

ESCROW = "escrow"


def make_case_key(
    session: Session, case: CaseFile, holders: Iterable[Staff], *, by: UUID | None, on: date, week: str
) -> SealingKey:
    """Make the key of `case.key_version`, give it to `holders` and the escrow, and have it announced.

    The public half goes to the mailbox by the outbox, so that what the person writes next is sealed to it.
    """
    key = SealingKey.generate()
    name = key_name(case.reference, case.key_version)
    session.add(
        CaseKey(
            case_id=case.id,
            version=case.key_version,
            public_key=key.public,
            sealed_to_escrow=for_escrow(session, key, name),
            made_on=on,
        )
    )
    for holder in holders:
        grant_case_key(session, case, key, holder, by=by, on=on)
    session.add(
        Outbox(
            kind="case_key",
            case_number=case.reference,
            iso_week=week,
            case_public_key=key.public,
            case_key_version=case.key_version,
        )
    )
    return key


def grant_case_key(
    session: Session,
    case: CaseFile,
    key: SealingKey,
    holder: Staff,
    *,
    by: UUID | None,
    on: date,
    version: int | None = None,
) -> None:
    """Seal one version of the case's private key to a member of staff, who has a key of their own."""
    if holder.public_key is None:
        raise CannotAssign(case=case.reference)
    version = case.key_version if version is None else version
    name = key_name(case.reference, version)
    session.add(
        CaseKeyGrant(
            case_id=case.id,
            version=version,
            holder_id=holder.id,
            sealed_private_key=seal(key.private_bytes, holder.public_key, about=f"grant/{name}"),
            granted_by=by,
            granted_on=on,
        )
    )


def case_key(session: Session, who: SignedIn, case: CaseFile, version: int | None = None) -> SealingKey:
    """Return the case's private key, opened with the person's own.

    Raises:
        CaseNotFound: the person holds no grant of this version.
    """
    version = case.key_version if version is None else version
    wanted = select(CaseKeyGrant).where(
        CaseKeyGrant.case_id == case.id,
        CaseKeyGrant.version == version,
        CaseKeyGrant.holder_id == who.id,
        col(CaseKeyGrant.revoked_on).is_(None),
    )
    grant = session.exec(wanted).first()
    if grant is None:
        raise CaseNotFound(case=case.reference)
    return key_in(grant.sealed_private_key, who, case, version)


def key_in(sealed: bytes, who: SignedIn, case: CaseFile, version: int) -> SealingKey:
    """Return the case's private key of a grant that lies sealed for this person.

    Raises:
        CannotOpen: the grant is damaged, or another person's or case's.
    """
    about = f"grant/{key_name(case.reference, version)}"
    return SealingKey.from_private_bytes(unseal(sealed, who.key, about=about))


def case_public_key(session: Session, case: CaseFile) -> bytes:
    """Return the public half of the case's present key."""
    return session.get_one(CaseKey, (case.id, case.key_version)).public_key


def for_escrow(session: Session, key: SealingKey, name: str) -> bytes | None:
    """Return a private key sealed to the present escrow, if the office has one."""
    wanted = (
        select(OfficeKey)
        .where(OfficeKey.name == ESCROW, col(OfficeKey.retired_on).is_(None))
        .order_by(col(OfficeKey.version).desc())
    )
    escrow = session.exec(wanted).first()
    return seal(key.private_bytes, escrow.public_key, about=f"escrow/{name}") if escrow else None
