"""Writing to the person, telling them where things stand, and noting something for the office."""

from datetime import date

from sqlmodel import Session

from casework.acts import Act
from casework.advice.sending import require_checked_by_people
from casework.cases.content import story_of
from casework.cases.rules import TOLD_AS
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.messages.consents import applied_changes, consents_now
from casework.messages.content import ThreadEntry
from casework.messages.errors import NobodyReads
from casework.messages.replies import Addressee, say_state, say_text
from casework.messages.thread import add_to_thread
from casework.relays.rules import follower
from casework.safe_contact.guards import require_safe
from casework.safe_contact.rules import OWN_WAY
from casework.timeline.actions import record
from office.handover.reply import StateCode
from office.handover.report import ConsentCode, ReportStory, SentFile


def addressee(case: CaseFile) -> Addressee:
    """Return whom the case's replies are for."""
    return Addressee(case.reference, case.reporter_public_key, case.reporter_key_version)


def consents_of(session: Session, case: CaseFile, story: ReportStory) -> dict[ConsentCode, bool]:
    """Return what the person agrees to now."""
    return consents_now(story.consents, applied_changes(session, case.reference))


def write_to_person(session: Session, case: CaseFile, text: str, act: Act) -> None:
    """Send a message to the person and keep it in the thread.

    Raises:
        NobodyReads: the case came without a receipt.
        WayNotSafe: it was noted that the receipt's page is never safe.
        MachineTranslationUnchecked: a machine's translation of advice stands in it that nobody checked.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    require_free_to_go_on(session, case)
    if case.reporter_public_key is None:
        raise NobodyReads(case=case.reference)
    require_safe(session, case, OWN_WAY)
    require_checked_by_people(session, case, text, act)
    say_text(session, addressee(case), text, act)
    add_to_thread(session, case, "out", ThreadEntry(text=text), act, by=act.who.id)
    case.first_answered_on = case.first_answered_on or act.on
    session.add(case)
    record(session, "message_written", at=act.at, by=act.who.id, case_id=case.id)


def tell_state(
    session: Session,
    case: CaseFile,
    act: Act,
    *,
    state: StateCode | None = None,
    next_on: date | None = None,
    text: str = "",
    story: ReportStory | None = None,
) -> None:
    """Tell the person where the case stands and by which day they hear again; keep it in the thread.

    `story` is given by whoever opens the case and may not be one of those who hold it.
    """
    told: StateCode = state or TOLD_AS
    say_state_of_case(session, case, told, act, story or story_of(session, case, act), next_on, text)
    case.next_on = next_on
    session.add(case)
    record(
        session,
        "state_told",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        state=told,
        next_on=next_on.isoformat() if next_on else None,
    )


def say_state_of_case(
    session: Session,
    case: CaseFile,
    state: StateCode,
    act: Act,
    story: ReportStory,
    next_on: date | None,
    text: str,
) -> None:
    """Say where the case stands, to the person and to an association that may know; keep it in the thread.

    Raises:
        WayNotSafe: there is a text with it, and it was noted that the receipt's page is never safe.
    """
    if text and case.reporter_public_key is not None:
        require_safe(session, case, OWN_WAY)
    now = consents_of(session, case, story)
    may_know = follower(story, now)
    to = addressee(case)
    say_state(session, to, state, act, next_on=next_on, text=text, consents=now, follower=may_know)
    entry = ThreadEntry(text=text, state_code=state, next_on=next_on)
    add_to_thread(session, case, "out", entry, act, by=act.who.id)


def note(session: Session, case: CaseFile, text: str, act: Act, *, files: tuple[SentFile, ...] = ()) -> None:
    """Keep a note that only the office reads; `files` of the case are what it is about."""
    add_to_thread(session, case, "note", ThreadEntry(text=text, files=files), act, by=act.who.id)
    record(session, "note_written", at=act.at, by=act.who.id, case_id=case.id)
