"""Opening what the courier brought for a case: messages into its thread, changes of consent into effect."""

from collections.abc import Callable
from typing import Final

from pydantic import ValidationError
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.errors import CaseNotFound
from casework.cases.keys import case_key, case_public_key
from casework.cases.rules import joined, key_name, version_in
from casework.cases.tables import CaseFile
from casework.messages.content import ThreadEntry
from casework.messages.effects import put_into_effect
from casework.messages.queries import waiting_changes, waiting_messages
from casework.messages.tables import ConsentChangeRow, IncomingMessage
from casework.messages.thread import add_to_thread
from casework.staff.keys import names_held, office_key
from casework.timeline.actions import record
from office.handover.report import ConsentChange, Message
from office.sealing.boxes import CannotOpen, SealingKey, seal, unseal

UNREADABLE: Final = (CannotOpen, ValidationError)
"""What cannot be opened, or says nothing we know, stays where it is and holds up nothing else."""

KeyOf = Callable[[str], SealingKey | None]
"""Gives the private key of a full key name, or None when whoever acts does not hold it."""


def keys_for(session: Session, act: Act, case: CaseFile | None) -> KeyOf:
    """Return what opens sealed parts of one case number: office keys held, and the case's key."""
    held = names_held(session, act.who.id)
    opened: dict[str, SealingKey] = {}

    def key_of(name: str) -> SealingKey | None:
        if name not in opened:
            if name in held:
                opened[name] = office_key(session, act.who, name)
            elif case is not None and (version := version_in(name, case.reference)):
                try:
                    opened[name] = case_key(session, act.who, case, version)
                except CaseNotFound:  # no grant of this version
                    return None
            else:
                return None
        return opened[name]

    return key_of


def read_waiting(session: Session, case: CaseFile, act: Act) -> int:
    """Move the messages that wait for a case into its thread, under its key; return how many.

    A message sealed to an office key before the case's key was known stays where it is until somebody
    who holds that office key passes it on (see `pass_on`).
    """
    key_of = keys_for(session, act, case)
    read = 0
    for message in waiting_messages(session, case.reference):
        key = key_of(message.key_name)
        if key is None or message.sealed is None:
            continue
        told = readable(message, key)
        if told is None:
            continue
        entry = ThreadEntry(text=told.text, files=told.files)
        add_to_thread(session, case, "in", entry, act, by=None, on=message.received_on)
        read += message.opened_on is None
        message.sealed, message.opened_on = None, message.opened_on or act.on
        session.add(message)
    if read:
        record(session, "messages_read", at=act.at, by=act.who.id, case_id=case.id, count=read)
    return read


def pass_on(session: Session, act: Act) -> int:
    """Seal to their case what the person wrote before they could know the case's key; return how many.

    Whoever holds the office key may do this without any access to the case: only its public half is used.
    """
    held = names_held(session, act.who.id)
    waiting = session.exec(
        select(IncomingMessage, CaseFile)
        .join(CaseFile, col(CaseFile.reference) == col(IncomingMessage.case_number))
        .where(col(IncomingMessage.opened_on).is_(None), col(IncomingMessage.key_name).in_(held))
    ).all()
    passed = 0
    for message, case in waiting:
        told = readable(message, office_key(session, act.who, message.key_name))
        if told is None:
            continue
        public = case_public_key(session, case)
        message.sealed = seal(told.as_bytes(), public, about=f"message/{message.case_number}")
        message.key_name = key_name(case.reference, case.key_version)
        session.add(message)
        passed += 1
    return passed


def note_read(session: Session, number: str, act: Act) -> int:
    """Note that the messages about a report were read and dealt with; return how many were new.

    They stay where they are, sealed as they came: a report has no thread. One that cannot be opened waits.
    """
    key_of, read = keys_for(session, act, None), 0
    for message in waiting_messages(session, number):
        key = key_of(message.key_name)
        if message.opened_on is None and key is not None and readable(message, key) is not None:
            message.opened_on = act.on
            session.add(message)
            read += 1
    if read:
        record(session, "messages_read", at=act.at, by=act.who.id, report=number, count=read)
    return read


def bring_into_thread(session: Session, case: CaseFile, act: Act) -> None:
    """Put into a new case what was read while its report was settled; it was counted when it was read."""
    key_of = keys_for(session, act, None)
    for message in waiting_messages(session, case.reference):
        key = key_of(message.key_name)
        if message.opened_on is None or key is None or (told := readable(message, key)) is None:
            continue
        entry = ThreadEntry(text=told.text, files=told.files)
        add_to_thread(session, case, "in", entry, act, by=None, on=message.received_on)
        message.sealed = None
        session.add(message)


def apply_consents(session: Session, act: Act, case: CaseFile | None = None) -> int:
    """Apply the changes of consent that whoever acts can open, and tell the person so; return how many.

    They are applied as they were told: envelopes come in no order, and the word told last counts.
    Taking `count` back deletes the coded record at once.
    """
    opened = []
    for change in waiting_changes(session, case.reference if case else None):
        key = keys_for(session, act, case)(change.key_name)
        told = _told(change, key) if key is not None else None
        if told is not None:
            opened.append((change, told))
    for change, told in sorted(opened, key=lambda one: one[1].told_at):
        _apply(session, change, told, act)
    return len(opened)


def _told(change: ConsentChangeRow, key: SealingKey) -> ConsentChange | None:
    """Return what the person changed, or None if this cannot be opened: it waits, and others are read."""
    try:
        sealed = unseal(change.sealed or b"", key, about=f"consent/{change.case_number}")
        return ConsentChange.model_validate_json(sealed)
    except UNREADABLE:
        return None


def _apply(session: Session, change: ConsentChangeRow, told: ConsentChange, act: Act) -> None:
    change.given_codes = joined(consent.code for consent in told.consents if consent.given)
    change.withdrawn_codes = joined(consent.code for consent in told.consents if not consent.given)
    case = session.exec(select(CaseFile).where(CaseFile.reference == change.case_number)).first()
    dropped = put_into_effect(session, change, case, act)
    record(
        session,
        "consent_changed",
        at=act.at,
        by=act.who.id,
        case_id=case.id if case else None,
        report=None if case else change.case_number,
        given=change.given_codes.split(),
        withdrawn=change.withdrawn_codes.split(),
        coded_records_deleted=dropped,
    )


def readable(message: IncomingMessage, key: SealingKey) -> Message | None:
    """Return what the person wrote, or None if this cannot be opened: it waits, and others are read."""
    try:
        sealed = unseal(message.sealed or b"", key, about=f"message/{message.case_number}")
        return Message.model_validate_json(sealed)
    except UNREADABLE:
        return None
