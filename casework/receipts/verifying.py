"""Whether a new receipt key comes from whoever held the old one: nothing is sealed to it before."""

from collections.abc import Sequence

from pydantic import ValidationError
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.inbox.tables import InboxReport
from casework.messages.incoming import keys_for
from casework.receipts.tables import ReceiptKeyChange
from casework.staff.errors import KeyNotHeld
from casework.staff.keys import office_key
from casework.timeline.actions import record
from office.handover.report import Rekey, ReportStory
from office.sealing.boxes import CannotOpen, SealingKey, unseal
from office.sealing.successions import is_successor


def verify(session: Session, changes: Sequence[ReceiptKeyChange], act: Act) -> None:
    """Check the new keys that whoever acts can check; one that is nobody's is set aside and recorded.

    Whoever holds the key to which the word was sealed may check it, without any access to the case.
    """
    for change in sorted(changes, key=lambda one: one.reporter_key_version):
        if change.sealed is None or change.verified_on is not None:
            continue
        number = change.case_number
        case = session.exec(select(CaseFile).where(CaseFile.reference == number)).first()
        report = session.exec(select(InboxReport).where(InboxReport.case_number == number)).first()
        readers = keys_for(session, act, case)(change.key_name)
        if readers is None:
            continue
        if case is None and report is not None and not put_right(session, report, act):
            continue
        if any(_is_named(change, readers, old) for old in _known(session, change, case, report)):
            change.verified_on, change.sealed = act.on, None
        else:
            change.applied_on, change.sealed = act.on, None
            record(
                session,
                "receipt_key_refused",
                at=act.at,
                by=act.who.id,
                case_id=case.id if case else None,
                report=None if case else number,
                key_version=change.reporter_key_version,
            )
        session.add(change)
        session.flush()


def put_right(session: Session, report: InboxReport, act: Act) -> bool:
    """Take the key that stands in the sealed story where an envelope came with another on its outside.

    Whoever carries a report could write a key of their own there, and would be told what is for the person.
    Return whether the story could be opened; one who cannot open it knows nothing of its key.
    """
    number, outside = report.case_number, report.reporter_public_key
    try:
        key = office_key(session, act.who, report.key_name)
        clear = unseal(report.sealed_story or b"", key, about=f"story/{number}")
        told = ReportStory.model_validate_json(clear).receipt_key
    except (KeyNotHeld, CannotOpen, ValidationError):
        return False
    if told is None or outside in (own := bytes.fromhex(told), *_verified_once(session, number)):
        return True
    version, report.reporter_public_key, report.reporter_key_version = report.reporter_key_version, own, 1
    session.add(report)
    record(session, "receipt_key_refused", at=act.at, by=act.who.id, report=number, key_version=version)
    return True


def _verified_once(session: Session, number: str) -> Sequence[bytes]:
    wanted = select(ReceiptKeyChange.reporter_public_key).where(
        ReceiptKeyChange.case_number == number, col(ReceiptKeyChange.verified_on).is_not(None)
    )
    return session.exec(wanted).all()


def _is_named(change: ReceiptKeyChange, readers: SealingKey, old: bytes) -> bool:
    try:
        clear = unseal(change.sealed or b"", readers, about=f"rekey/{change.case_number}")
        told = Rekey.model_validate_json(clear)
    except (CannotOpen, ValidationError):
        return False
    return told.key_version == change.reporter_key_version and is_successor(
        bytes.fromhex(told.by_old_key),
        readers,
        old=old,
        about=f"{change.case_number}/{told.key_version}",
        new=change.reporter_public_key,
    )


def _known(
    session: Session, change: ReceiptKeyChange, case: CaseFile | None, report: InboxReport | None
) -> list[bytes]:
    """Return the public keys that may name a successor.

    The present one, those verified since, and for what was under way when a receipt was issued again, the one
    before it.
    """
    verified = session.exec(
        select(ReceiptKeyChange).where(
            ReceiptKeyChange.case_number == change.case_number,
            col(ReceiptKeyChange.verified_on).is_not(None),
            col(ReceiptKeyChange.applied_on).is_(None),
        )
    ).all()
    of = case or report
    present = [of.reporter_public_key] if of is not None else []
    is_under_way = case is not None and change.reporter_key_version <= case.reporter_key_version
    former = [case.former_reporter_key] if case is not None and is_under_way else []
    return [key for key in (*present, *former, *(one.reporter_public_key for one in verified)) if key]
