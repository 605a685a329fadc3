"""One round of the courier: letters and files from the mailbox to the desk, replies and keys back.

It holds no key and opens nothing. Whatever moment it is killed at, nothing is lost and nothing is there
twice: what is carried is first committed where it goes, and only then taken away where it was; a thing
already there is known by its id.
"""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, col

from casework.attachments.tables import AttachmentPiece
from casework.coding.tables import SealedCodedRecord
from casework.courier.bringing import mirror_relays, take_out
from casework.courier.carried import Carried
from casework.courier.letters import ROWS, TABLES, coded_record_row, notice_row, report_row
from casework.equality.tables import EqualityAnswer
from casework.notices.tables import NoticeAddress
from office.stores.casework import CaseworkTable
from office.stores.mailbox import Envelope, Upload, UploadPiece
from office.stores.mailbox import EqualityAnswer as WaitingAnswer

__all__ = ["AT_ONCE", "Carried", "carry", "take_in", "take_out"]

AT_ONCE: Final = 50
"""Envelopes carried in one transaction: 50 of them with a megabyte each still fit a small machine."""


def carry(
    mailbox: sessionmaker[Session], casework: sessionmaker[Session], *, on: date, demo: bool = False
) -> Carried:
    """Make one round and return what was carried.

    Files go before the letters that speak of them, so that nobody opens a report whose files are missing.

    Args:
        mailbox: opened as `courier`.
        casework: opened as `courier`.
        on: the city's day.
        demo: what arrives now is a demonstration's.

    Raises:
        StoreUnavailable: one of the stores cannot be reached; the next round goes on from there.
    """
    carried = Carried()
    take_all_pieces(mailbox, casework, carried, on=on)
    last: UUID | None = None
    while (last := take_in(mailbox, casework, carried, after=last, on=on, demo=demo)) is not None:
        pass
    while take_answers(mailbox, casework, carried):
        pass
    mirror_relays(mailbox, casework, carried, on=on)
    while take_out(mailbox, casework, carried, at_once=AT_ONCE) == AT_ONCE:
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
    take_all_pieces(mailbox, casework, carried, on=on)  # those of a letter sent a moment ago too
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
    if envelope.kind == "notice":
        _put_notice(here, envelope, on)
        carried.take(envelope.kind)
        return
    table = TABLES[envelope.kind]
    if _is_there(here, table, envelope.id):
        carried.duplicates += 1
        return
    if envelope.kind == "report":
        here.execute(insert(table), [report_row(envelope, on, is_demonstration=demo)])
        if envelope.sealed_statistics is not None:
            record = coded_record_row(envelope, on, is_demonstration=demo)
            here.execute(insert(SealedCodedRecord), [record])
        if envelope.sealed_notice is not None:
            _put_notice(here, envelope, on)
    else:
        here.execute(insert(table), [ROWS[envelope.kind](envelope, on)])
    carried.take(envelope.kind)


def _put_notice(here: Session, envelope: Envelope, on: date) -> None:
    """Keep the address an envelope brings in the place of the earlier one; without one, keep none."""
    number = envelope.case_number
    here.execute(delete(NoticeAddress).where(col(NoticeAddress.case_number) == number))
    if envelope.sealed_notice is not None:
        here.execute(insert(NoticeAddress), [notice_row(envelope, on)])


def _is_there(here: Session | Connection, table: type[CaseworkTable], own: UUID) -> bool:
    own_id = table.__table__.c.id  # type: ignore[attr-defined]  # SQLModel tells mypy nothing of it
    return here.execute(select(own_id).where(own_id == own)).first() is not None


def take_all_pieces(
    mailbox: sessionmaker[Session], casework: sessionmaker[Session], carried: Carried, *, on: date
) -> None:
    """Carry every piece of the files that were sent until now."""
    while take_pieces(mailbox, casework, carried, on=on):
        pass


def take_pieces(
    mailbox: sessionmaker[Session], casework: sessionmaker[Session], carried: Carried, *, on: date
) -> int:
    """Carry the next pieces of files that were sent to the desk; return how many."""
    with mailbox() as there:
        sent = there.execute(
            select(UploadPiece, col(Upload.case_number))
            .join(Upload, col(Upload.file_id) == col(UploadPiece.file_id))
            .where(col(Upload.case_number).is_not(None))
            .order_by(col(UploadPiece.file_id), col(UploadPiece.number))
            .limit(AT_ONCE)
        ).all()
    if not sent:
        _forget_files(mailbox)
        return 0
    pieces = [(piece, str(number)) for piece, number in sent]
    keys = [(piece.file_id, piece.number) for piece, _ in pieces]
    of_desk = tuple_(col(AttachmentPiece.file_id), col(AttachmentPiece.number))
    with casework.begin() as here:
        there_already = {
            (row[0], row[1])
            for row in here.execute(
                select(col(AttachmentPiece.file_id), col(AttachmentPiece.number)).where(of_desk.in_(keys))
            )
        }
        new = [one for one in pieces if (one[0].file_id, one[0].number) not in there_already]
        if new:
            here.execute(insert(AttachmentPiece), [_piece(*one, on) for one in new])
    with mailbox.begin() as there:
        in_mailbox = tuple_(col(UploadPiece.file_id), col(UploadPiece.number))
        there.execute(delete(UploadPiece).where(in_mailbox.in_(keys)))
    carried.pieces += len(new)
    return len(pieces)


def _forget_files(mailbox: sessionmaker[Session]) -> None:
    """Delete what the mailbox still says of files whose pieces have all been carried."""
    left = select(col(UploadPiece.file_id)).where(col(UploadPiece.file_id) == col(Upload.file_id))
    with mailbox() as there:
        done = there.scalars(
            select(col(Upload.file_id)).where(col(Upload.case_number).is_not(None), ~left.exists())
        ).all()
    if done:
        with mailbox.begin() as there:
            there.execute(delete(Upload).where(col(Upload.file_id).in_(done)))


def _piece(piece: UploadPiece, case_number: str, on: date) -> dict[str, object]:
    return {
        "file_id": piece.file_id,
        "number": piece.number,
        "case_number": case_number,
        "sealed": piece.sealed,
        "received_on": on,
    }


def take_answers(mailbox: sessionmaker[Session], casework: sessionmaker[Session], carried: Carried) -> int:
    """Carry the next answers about oneself; return how many. Nothing says whose they are."""
    with mailbox() as there:
        answers = there.scalars(select(WaitingAnswer).order_by(col(WaitingAnswer.id)).limit(AT_ONCE)).all()
    if not answers:
        return 0
    with casework.begin() as here:
        for answer in answers:
            if not _is_there(here, EqualityAnswer, answer.id):
                row = {name: getattr(answer, name) for name in ("id", "quarter", "key_name", "sealed")}
                here.execute(insert(EqualityAnswer), [row])
                carried.answers += 1
    with mailbox.begin() as there:
        there.execute(delete(WaitingAnswer).where(col(WaitingAnswer.id).in_([one.id for one in answers])))
    return len(answers)
