"""Beginning, writing, making and sending a letter. Each act is one change and one event; none commits.

What was made is never changed: another making is another file. What was sent ends the letter.
"""

import hashlib
from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from casework.acts import Act
from casework.advice.steps import require_open
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.letters.content import LetterText, MadeFile
from casework.letters.errors import AddressNotSafe, LetterChanged, LetterIncomplete, LetterTooLarge
from casework.letters.filling import Filled
from casework.letters.queries import shown_letter
from casework.letters.rules import PERSON, WAY_OF
from casework.letters.shelf import Template
from casework.letters.tables import Letter, LetterFile
from casework.safe_contact.errors import WayNotSafe
from casework.safe_contact.guards import require_safe
from casework.states.settling import refuse_while_closing
from casework.timeline.actions import record
from office.stores.columns import LARGEST_SEALED

ROOM_FOR_THE_SEAL = 1024
"""Bytes that sealing adds at the most."""


def begin(session: Session, case: CaseFile, template: Template, text: LetterText, act: Act) -> Letter:
    """Begin a letter from a template, with what the case tells.

    Raises:
        CaseAlreadyClosed, ConflictUndecided, AdviserKeepsOut: see `steps.require_open`.
        ClosingAsked: somebody asked to close the case.
    """
    require_open(session, case)
    refuse_while_closing(session, case)
    letter = Letter(
        case_id=case.id,
        template=template.name,
        to_code=template.head.to,
        begun_on=act.on,
        written_by=act.who.id,
    )
    seal_row(session, case, letter, text.as_bytes())
    session.flush()
    _note(session, "letter_begun", letter, act)
    return letter


def write(
    session: Session, case: CaseFile, letter: Letter, fields: Mapping[str, str], act: Act, *, version: int
) -> None:
    """Keep what was typed; a letter that was made is a draft again, and its files stay.

    Raises:
        LetterChanged: it was sent, or changed since `version`.
        CaseAlreadyClosed, ConflictUndecided, AdviserKeepsOut: see `steps.require_open`.
    """
    _require(session, case, letter, version, ("draft", "made"))
    text = shown_letter(session, case, letter, act).text.model_copy(update={"fields": dict(fields)})
    letter.state_code, letter.written_by = "draft", act.who.id
    _keep(session, case, letter, text)
    _note(session, "letter_written", letter, act)


def require_whole(session: Session, case: CaseFile, letter: Letter, filled: Filled, version: int) -> None:
    """Refuse to make a letter in which something is missing, or with an address that is not safe.

    Raises:
        LetterChanged and others: see `write`.
        LetterIncomplete: see `Filled.missing`.
        AddressNotSafe: to the person's home, while a letter there is not noted as safe.
    """
    _require(session, case, letter, version, ("draft", "made"))
    if filled.missing:
        raise LetterIncomplete(case=case.reference)
    if letter.to_code == PERSON and filled.values.get("recipient_address"):
        try:
            require_safe(session, case, WAY_OF["post"])
        except WayNotSafe:
            raise AddressNotSafe(case=case.reference) from None


def make(
    session: Session,
    case: CaseFile,
    letter: Letter,
    template: Template,
    filled: Filled,
    files: Mapping[str, bytes],
    act: Act,
    *,
    version: int,
) -> None:
    """Keep the finished files, each with its fingerprint and the fields as they were merged.

    Raises:
        LetterTooLarge: one does not fit into a sealed row.
        LetterChanged, LetterIncomplete, AddressNotSafe and others: see `require_whole`.
    """
    require_whole(session, case, letter, filled, version)
    text = shown_letter(session, case, letter, act).text
    number = max((one.number for one in text.made), default=0) + 1
    used = template.fields(text.language)
    for code, clear in files.items():
        if len(clear) > LARGEST_SEALED - ROOM_FOR_THE_SEAL:
            raise LetterTooLarge(case=case.reference)
        row = LetterFile(case_id=case.id, letter_id=letter.id, number=number, format_code=code)
        seal_row(session, case, row, clear)
        made = MadeFile(
            number=number,
            format=code,
            sha256=hashlib.sha256(clear).hexdigest(),
            template_version=template.head.version,
            made_on=act.on,
            fields={name: filled.values.get(name, "") for name in used},
        )
        text = text.model_copy(update={"made": (*text.made, made)})
    letter.state_code = "made"
    _keep(session, case, letter, text)
    _note(session, "letter_made", letter, act)


def note_sent(
    session: Session, case: CaseFile, letter: Letter, via: str, on: date, act: Act, *, version: int
) -> None:
    """Note by which way and on which day the letter left; it never changes after that.

    Raises:
        LetterChanged: nothing was made of it, it was sent already, or it changed since `version`.
        WayNotSafe: to the person through a registry, or by a way that is not known to be safe.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    require_free_to_go_on(session, case)
    _changed_since(case, letter, version, ("made",))  # also of a closed case: it had left, or is the last one
    if letter.to_code == PERSON and via == "registry":
        raise WayNotSafe(case=case.reference)
    if letter.to_code == PERSON and via in WAY_OF:
        require_safe(session, case, WAY_OF[via])
    letter.state_code, letter.via_code, letter.sent_on, letter.sent_by = "sent", via, on, act.who.id
    letter.version += 1
    session.add(letter)
    session.flush()
    _note(session, "letter_sent", letter, act, via=via, sent_on=on.isoformat())


def note_opened(session: Session, letter: Letter, act: Act) -> None:
    """Record that a letter was looked at as it is on paper."""
    _note(session, "letter_opened", letter, act)


def note_taken(session: Session, letter: Letter, act: Act) -> None:
    """Record that a letter was taken out to be written on in a word processor."""
    _note(session, "letter_taken", letter, act)


def _require(session: Session, case: CaseFile, letter: Letter, version: int, states: tuple[str, ...]) -> None:
    require_open(session, case)
    _changed_since(case, letter, version, states)


def _changed_since(case: CaseFile, letter: Letter, version: int, states: tuple[str, ...]) -> None:
    if letter.version != version or letter.state_code not in states:
        raise LetterChanged(case=case.reference)


def _keep(session: Session, case: CaseFile, letter: Letter, text: LetterText) -> None:
    letter.version += 1
    seal_row(session, case, letter, text.as_bytes())
    session.flush()


def _note(session: Session, kind: str, letter: Letter, act: Act, **detail: str) -> None:
    record(session, kind, at=act.at, by=act.who.id, case_id=letter.case_id, letter=letter.template, **detail)
