"""One round of the courier: envelopes from the mailbox to the desk, replies and case keys back.

It holds no key and opens nothing. Whatever moment it is killed at, nothing is lost and nothing is there
twice: what is carried is first committed where it goes, and only then taken away where it was; a thing
already there is known by its id.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, col

from casework.coding.tables import SealedCodedRecord
from casework.inbox.tables import InboxReport
from casework.messages.tables import ConsentChangeRow, IncomingMessage, Outbox
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import URGENCIES
from office.stores.mailbox import Envelope, Receipt, Reply

AT_ONCE: Final = 50
"""Envelopes carried in one transaction: 50 of them with a megabyte each still fit a small machine."""


@dataclass(slots=True)
class Carried:
    """What one round did, in numbers: never what was in it."""

    reports: int = 0
    messages: int = 0
    consents: int = 0
    duplicates: int = 0
    refused: int = 0
    replies: int = 0
    case_keys: int = 0

    def __str__(self) -> str:
        return (
            f"carried in: {self.reports} reports, {self.messages} messages, {self.consents} consents "
            f"({self.duplicates} were already there, {self.refused} refused); "
            f"carried out: {self.replies} replies, {self.case_keys} case keys"
        )

    @property
    def is_empty(self) -> bool:
        """Say whether there was nothing to carry."""
        return self == Carried()


def carry(
    mailbox: sessionmaker[Session], casework: sessionmaker[Session], *, on: date, demo: bool = False
) -> Carried:
    """Make one round and return what was carried.

    Args:
        mailbox: opened as `courier`.
        casework: opened as `courier`.
        on: the city's day.
        demo: what arrives now is a demonstration's.

    Raises:
        StoreUnavailable: one of the stores cannot be reached; the next round goes on from there.
    """
    carried = Carried()
    last: UUID | None = None
    while (last := take_in(mailbox, casework, carried, after=last, on=on, demo=demo)) is not None:
        pass
    while take_out(mailbox, casework, carried) == AT_ONCE:
        pass
    return carried


def take_in(
    mailbox: sessionmaker[Session],
    casework: sessionmaker[Session],
    carried: Carried,
    *,
    after: UUID | None,
    on: date,
    demo: bool = False,
) -> UUID | None:
    """Carry the next envelopes to the desk; return the last one looked at, or None when there was none.

    An envelope the desk refuses stays in the mailbox, is counted, and does not hold up the others.
    """
    wanted = select(Envelope).order_by(col(Envelope.id)).limit(AT_ONCE)
    with mailbox() as there:
        envelopes = there.scalars(wanted if after is None else wanted.where(col(Envelope.id) > after)).all()
    if not envelopes:
        return None
    arrived = []
    with casework.begin() as here:
        for envelope in envelopes:
            try:
                with here.begin_nested():
                    _take_in(here, envelope, carried, on=on, demo=demo)
                arrived.append(envelope.id)
            except IntegrityError:
                carried.refused += 1
    with mailbox.begin() as there:
        there.execute(delete(Envelope).where(col(Envelope.id).in_(arrived)))
    return envelopes[-1].id


def _take_in(here: Session, envelope: Envelope, carried: Carried, *, on: date, demo: bool) -> None:
    table: type[CaseworkTable]
    match envelope.kind:
        case "report":
            table, row = InboxReport, _report(envelope, on, demo)
        case "message":
            table, row = IncomingMessage, _message(envelope, on)
        case _:
            table, row = ConsentChangeRow, _consent(envelope, on)
    if _is_there(here, table, envelope):
        carried.duplicates += 1
        return
    here.execute(insert(table), [row])
    if envelope.kind == "report":
        if envelope.sealed_statistics is not None:
            here.execute(insert(SealedCodedRecord), [_coded_record(envelope, on, demo)])
        carried.reports += 1
    elif envelope.kind == "message":
        carried.messages += 1
    else:
        carried.consents += 1


def _is_there(here: Session, table: type[CaseworkTable], envelope: Envelope) -> bool:
    own_id = table.__table__.c.id  # type: ignore[attr-defined]  # SQLModel tells mypy nothing of it
    return here.execute(select(own_id).where(own_id == envelope.id)).first() is not None


def _report(envelope: Envelope, on: date, demo: bool) -> dict[str, object]:
    return {
        "id": envelope.id,
        "case_number": envelope.case_number,
        "reporter_public_key": envelope.reporter_public_key,
        "reporter_key_version": envelope.reporter_key_version,
        "iso_week": envelope.iso_week,
        "language": envelope.language,
        "channel_code": envelope.channel_code,
        "urgency_code": envelope.urgency_code,
        "urgency_rank": URGENCIES.index(envelope.urgency_code),
        "routing_code": envelope.routing_code,
        "key_name": envelope.key_name,
        "sealed_story": envelope.sealed_story,
        "contact_key_name": envelope.contact_key_name,
        "sealed_contact": envelope.sealed_contact,
        "state": "received",
        "received_on": on,
        "is_demonstration": demo,
    }


def _message(envelope: Envelope, on: date) -> dict[str, object]:
    return {
        "id": envelope.id,
        "case_number": envelope.case_number,
        "key_name": envelope.key_name,
        "sealed": envelope.sealed_story,
        "iso_week": envelope.iso_week,
        "language": envelope.language,
        "received_on": on,
    }


def _consent(envelope: Envelope, on: date) -> dict[str, object]:
    return {
        "id": envelope.id,
        "case_number": envelope.case_number,
        "key_name": envelope.key_name,
        "sealed": envelope.sealed_story,
        "received_on": on,
        "seq": 0,
        "given_codes": "",
        "withdrawn_codes": "",
    }


def _coded_record(envelope: Envelope, on: date, demo: bool) -> dict[str, object]:
    return {
        "id": new_id(),
        "report_id": envelope.id,
        "key_name": envelope.statistics_key_name,
        "sealed": envelope.sealed_statistics,
        "written_on": on,
        "is_demonstration": demo,
    }


def take_out(mailbox: sessionmaker[Session], casework: sessionmaker[Session], carried: Carried) -> int:
    """Carry up to `AT_ONCE` things of the outbox to the mailbox and return how many.

    A case's keys go in the order of their versions, so that an older one never comes to stand last.
    """
    with casework() as here:
        waiting: Sequence[Outbox] = here.scalars(
            select(Outbox)
            .where(col(Outbox.is_sent).is_(False))
            .order_by(col(Outbox.case_key_version), col(Outbox.id))
            .limit(AT_ONCE)
        ).all()
    if not waiting:
        return 0
    with mailbox.begin() as there:
        for each in waiting:
            if each.kind == "reply":
                carried.replies += _put_reply(there, each)
            else:
                carried.case_keys += _put_case_key(there, each)
    with casework.begin() as here:
        ids = [each.id for each in waiting]
        here.execute(update(Outbox).where(col(Outbox.id).in_(ids)).values(is_sent=True))
    return len(waiting)


def _put_reply(there: Session, reply: Outbox) -> int:
    if there.execute(select(col(Reply.id)).where(col(Reply.id) == reply.id)).first() is not None:
        return 0
    row = {
        "id": reply.id,
        "case_number": reply.case_number,
        "reporter_key_version": reply.reporter_key_version,
        "iso_week": reply.iso_week,
        "sealed": reply.sealed,
    }
    there.execute(insert(Reply), [row])
    return 1


def _put_case_key(there: Session, key: Outbox) -> int:
    there.execute(
        update(Receipt)
        .where(col(Receipt.case_number) == key.case_number)
        .values(case_public_key=key.case_public_key, case_key_version=key.case_key_version)
    )
    return 1
