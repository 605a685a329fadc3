"""What the courier brings from the desk to the mailbox: replies, keys, receipts issued again, relays."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, col

from casework.courier.carried import Carried
from casework.messages.tables import Outbox
from casework.relays.tables import Relay
from office.stores.mailbox import Receipt, RelayNote, Reply, Sight
from office.stores.mailbox import Relay as KnownRelay

SHOWN: Final = ("id", "token_hash", "kind", "name", "public_key", "channel_code", "valid_until")


def take_out(
    mailbox: sessionmaker[Session], casework: sessionmaker[Session], carried: Carried, *, at_once: int
) -> int:
    """Carry up to `at_once` things of the outbox to the mailbox and return how many.

    A case's keys go in the order of their versions, so that an older one never comes to stand last.
    """
    with casework() as here:
        waiting: Sequence[Outbox] = here.scalars(
            select(Outbox)
            .where(col(Outbox.is_sent).is_(False))
            .order_by(col(Outbox.case_key_version), col(Outbox.id))
            .limit(at_once)
        ).all()
    if not waiting:
        return 0
    with mailbox.begin() as there:
        for each in waiting:
            if PUT[each.kind](there, each):
                carried.give(each.kind)
    with casework.begin() as here:
        ids = [each.id for each in waiting]
        here.execute(update(Outbox).where(col(Outbox.id).in_(ids)).values(is_sent=True))
    return len(waiting)


def _put_reply(there: Session, reply: Outbox) -> bool:
    newer = select(col(Reply.id)).where(
        col(Reply.case_number) == reply.case_number,
        col(Reply.reporter_key_version) > (reply.reporter_key_version or 0),
    )
    if there.execute(newer).first() is not None:
        return False  # it was said again under the person's new key
    if there.execute(select(col(Reply.id)).where(col(Reply.id) == reply.id)).first() is not None:
        return False
    row: dict[str, Any] = {
        "id": reply.id,
        "case_number": reply.case_number,
        "reporter_key_version": reply.reporter_key_version,
        "iso_week": reply.iso_week,
        "sealed": reply.sealed,
    }
    there.execute(insert(Reply), [row])
    # What lies under an older receipt key opens nothing any more once its like under the new one is here.
    there.execute(
        delete(Reply).where(
            col(Reply.case_number) == reply.case_number,
            col(Reply.reporter_key_version) < reply.reporter_key_version,
        )
    )
    return True


def _put_case_key(there: Session, key: Outbox) -> bool:
    there.execute(
        update(Receipt)
        .where(col(Receipt.case_number) == key.case_number)
        .values(case_public_key=key.case_public_key, case_key_version=key.case_key_version)
    )
    return True


def _put_receipt(there: Session, again: Outbox) -> bool:
    """Put a receipt issued again in the place of the lost one; staff saw its key, so a first visit renews it.

    One that the person has meanwhile renewed themselves is newer and stays.
    """
    done = there.execute(
        update(Receipt)
        .where(
            col(Receipt.case_number) == again.case_number,
            col(Receipt.reporter_key_version) < again.reporter_key_version,
        )
        .values(
            salt=again.receipt_salt,
            proof_hash=again.receipt_proof_hash,
            reporter_public_key=again.receipt_public_key,
            reporter_key_version=again.reporter_key_version,
            must_rekey=True,
        )
    )
    return bool(getattr(done, "rowcount", 0))


def _put_note(there: Session, note: Outbox) -> bool:
    """Put a state where the association finds it, if it may still follow the report."""
    sees = select(col(Sight.relay_id)).where(
        col(Sight.relay_id) == note.relay_id, col(Sight.case_number) == note.case_number
    )
    if there.execute(sees).first() is None:
        return False
    if there.execute(select(col(RelayNote.id)).where(col(RelayNote.id) == note.id)).first() is not None:
        return False
    row: dict[str, Any] = {
        "id": note.id,
        "relay_id": note.relay_id,
        "case_number": note.case_number,
        "iso_week": note.iso_week,
        "sealed": note.sealed,
    }
    there.execute(insert(RelayNote), [row])
    return True


PUT: Final[dict[str, Callable[[Session, Outbox], bool]]] = {
    "reply": _put_reply,
    "case_key": _put_case_key,
    "receipt": _put_receipt,
    "relay_note": _put_note,
}


def mirror_relays(
    mailbox: sessionmaker[Session], casework: sessionmaker[Session], carried: Carried, *, on: date
) -> None:
    """Make the mailbox know exactly the relays that hold today; a revoked one sees nothing any more."""
    with casework() as here:
        wanted = select(Relay).where(col(Relay.revoked_on).is_(None), col(Relay.valid_until) >= on)
        holding = {relay.id: relay for relay in here.scalars(wanted)}
    with mailbox() as there:
        known = set(there.scalars(select(col(KnownRelay.id))))
    _sweep_notes(mailbox)
    new = [relay for own, relay in holding.items() if own not in known]
    gone = known - set(holding)
    if not new and not gone:
        return
    with mailbox.begin() as there:
        for relay in new:
            there.execute(insert(KnownRelay), [{name: getattr(relay, name) for name in SHOWN}])
        if gone:
            there.execute(delete(RelayNote).where(col(RelayNote.relay_id).in_(gone)))
            there.execute(delete(Sight).where(col(Sight.relay_id).in_(gone)))
            there.execute(delete(KnownRelay).where(col(KnownRelay.id).in_(gone)))
    carried.relays += len(new) + len(gone)


def _sweep_notes(mailbox: sessionmaker[Session]) -> None:
    """Take away the states of reports that their association may not follow any more."""
    sees = select(col(Sight.relay_id)).where(
        col(Sight.relay_id) == col(RelayNote.relay_id), col(Sight.case_number) == col(RelayNote.case_number)
    )
    with mailbox() as there:
        left = there.scalars(select(col(RelayNote.id)).where(~sees.exists())).all()
    if left:
        with mailbox.begin() as there:
            there.execute(delete(RelayNote).where(col(RelayNote.id).in_(left)))
