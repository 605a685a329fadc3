"""Noting what somebody is, saying why one opens it, taking it out, destroying it. Each act is one event.

No event tells a ground, a purpose or a word: the timeline is read by more people than the profile.
"""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col, delete, func, select

from casework.acts import Act
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.profile.access import Door
from casework.profile.content import EntryWords, OpeningWords
from casework.profile.errors import ProfileFull, ProfileKeyAway, ProfileNotFound
from casework.profile.keys import begin_profile, destroy_key, seal_for
from casework.profile.rules import MOST_ENTRIES
from casework.profile.tables import ProfileEntry, ProfileOpening
from casework.timeline.actions import record


def note_entry(
    session: Session, door: Door, words: EntryWords, consented_on: date | None, act: Act, *, version: int
) -> None:
    """Note something the person says they are; with the first entry their consent is noted.

    Raises:
        CaseChanged: somebody changed the case since `version`, or the consent was withdrawn meanwhile.
        CaseAlreadyClosed: nothing is noted in a closed case.
        ProfileNotFound: whoever acts is not the adviser of the case.
        ProfileKeyAway: the key has not reached them.
        ProfileFull: no more fit.
    """
    case, profile = door.case, door.profile
    _require(door, version)
    if not door.is_adviser:
        raise ProfileNotFound(case=case.reference)
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    if profile is None:
        if consented_on is None:  # withdrawn while this was typed
            raise CaseChanged(case=case.reference)
        profile = begin_profile(session, case, consented_on, act)
    elif door.grant is None:
        raise ProfileKeyAway(case=case.reference)
    own = select(func.count()).select_from(ProfileEntry).where(ProfileEntry.profile_id == profile.id)
    if session.exec(own).one() >= MOST_ENTRIES:
        raise ProfileFull(case=case.reference)
    sealed = seal_for(profile, words.as_bytes(), "entry")
    session.add(ProfileEntry(profile_id=profile.id, noted_by=act.who.id, noted_on=act.on, sealed=sealed))
    _end(session, door)
    record(session, "profile_noted", at=act.at, by=act.who.id, case_id=case.id)


def take_out(session: Session, door: Door, entry_id: UUID, act: Act, *, version: int) -> None:
    """Take one entry out: its words are destroyed, and that one was taken out stays on record.

    Raises:
        CaseChanged: somebody changed the case since `version`.
        ProfileNotFound: there is no such entry, or whoever acts is not the adviser of the case.
    """
    _require(door, version)
    entry = session.get(ProfileEntry, entry_id)
    if not door.is_adviser or door.grant is None or entry is None or door.profile is None:
        raise ProfileNotFound(case=door.case.reference)
    if entry.profile_id != door.profile.id:
        raise ProfileNotFound(case=door.case.reference)
    session.delete(entry)
    _end(session, door)
    record(session, "profile_taken_out", at=act.at, by=act.who.id, case_id=door.case.id)


def withdraw(session: Session, door: Door, withdrawn_on: date, act: Act, *, version: int) -> None:
    """Destroy what is noted, because the person withdrew their consent: words, reasons, and every key.

    No key is needed for it: whoever passes the door may do it, so that it never waits for somebody.

    Raises:
        CaseChanged: somebody changed the case since `version`.
        ProfileNotFound: nothing is noted.
    """
    _require(door, version)
    profile = door.profile
    if profile is None:
        raise ProfileNotFound(case=door.case.reference)
    for table in (ProfileEntry, ProfileOpening):
        session.exec(delete(table).where(col(table.profile_id) == profile.id))
    destroy_key(session, profile)
    profile.withdrawn_on, profile.withdrawn_noted_by = withdrawn_on, act.who.id
    session.add(profile)
    _end(session, door)
    record(session, "profile_destroyed", at=act.at, by=act.who.id, case_id=door.case.id)


def say_why(session: Session, door: Door, words: OpeningWords, act: Act) -> None:
    """Keep why a supervisor opens a profile, before it is opened. The reason may tell: it is sealed with it.

    Only the public half is needed, so that nothing is open yet when this is on record.

    Raises:
        ProfileNotFound: nothing is noted, or no reason is asked of whoever acts.
        ProfileKeyAway: the key has not reached them.
    """
    profile = door.profile
    if profile is None or door.is_adviser:
        raise ProfileNotFound(case=door.case.reference)
    if door.grant is None:
        raise ProfileKeyAway(case=door.case.reference)
    sealed = seal_for(profile, words.as_bytes(), "opening")
    session.add(ProfileOpening(profile_id=profile.id, opened_by=act.who.id, opened_at=act.at, sealed=sealed))
    session.flush()
    record(session, "profile_opened", at=act.at, by=act.who.id, case_id=door.case.id)


def _require(door: Door, version: int) -> None:
    if door.case.version != version:
        raise CaseChanged(case=door.case.reference)


def _end(session: Session, door: Door) -> None:
    door.case.version += 1
    session.add(door.case)
    session.flush()
