"""Drafting a referral, noting the person's consent, handing it over, and what the body answered."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, func, select

from casework.acts import Act
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.referrals.content import Pack
from casework.referrals.errors import ConsentMissing, ReferralChanged
from casework.referrals.links import make_link
from casework.referrals.queries import change_waits, pack_of
from casework.referrals.rules import (
    OPEN_FOR_THE_BODY,
    RETURNED,
    TIMES,
    ConsentGiven,
    answers_from,
    in_order,
)
from casework.referrals.tables import Referral, ReferralWords
from casework.referrals.withdrawing import end_link, note

BEFORE = ("drafted", "consented")


def draft(session: Session, case: CaseFile, body: str, pack: Pack, act: Act) -> Referral:
    """Begin a referral to a body with what could be told; nothing of it leaves the office yet.

    Raises:
        CaseAlreadyClosed: a closed case is handed on to nobody.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    _require_open(session, case)
    referral = Referral(
        case_id=case.id, body_code=body, state="drafted", drafted_on=act.on, drafted_by=act.who.id
    )
    session.add(referral)
    session.flush()
    write(session, case, referral, "pack", pack.as_bytes(), by=act.who.id, on=act.on)
    note(session, referral, "referral_drafted", at=act.at, by=act.who.id)
    return referral


def redraft(
    session: Session, case: CaseFile, referral: Referral, pack: Pack, act: Act, *, version: int
) -> None:
    """Change what could be told. A consent was for exactly what stood there, so it is asked for again.

    Raises:
        ReferralChanged: it was handed over, or changed since `version`.
    """
    _require_open(session, case)
    _require(referral, version, BEFORE)
    write(session, case, referral, "pack", pack.as_bytes(), by=act.who.id, on=act.on)
    referral.state, referral.consent_items, referral.asked_in = "drafted", None, None
    referral.evidence_code, referral.consented_on, referral.consent_until = None, None, None
    _changed(session, referral)
    note(session, referral, "referral_drafted", at=act.at, by=act.who.id)


def note_consent(
    session: Session,
    case: CaseFile,
    referral: Referral,
    given: ConsentGiven,
    evidence: str,
    act: Act,
    *,
    version: int,
) -> None:
    """Note what the person consented to: these items, to this body, until a day.

    Raises:
        ReferralChanged: it was handed over, or changed since `version`.
        ConsentMissing: they said yes to nothing that stands in the draft, or only for the past.
    """
    _require_open(session, case)
    _require(referral, version, BEFORE)
    items = tuple(code for code in pack_of(session, case, referral, act).items if code in given.items)
    if not items or given.until < act.on or given.on > act.on:
        raise ConsentMissing(case=case.reference)
    referral.state, referral.consent_items = "consented", " ".join(in_order(items))
    referral.asked_in, referral.evidence_code = given.asked_in, given.evidence_code
    referral.consented_on, referral.consent_until = given.on, given.until
    _changed(session, referral)
    if evidence:
        write(session, case, referral, "evidence", evidence.encode(), by=act.who.id, on=act.on)
    note(
        session,
        referral,
        "referral_consented",
        at=act.at,
        by=act.who.id,
        items=list(in_order(items)),
        last_on=given.until.isoformat(),
    )


def send(
    session: Session,
    case: CaseFile,
    referral: Referral,
    way: str,
    answer_by: date,
    act: Act,
    *,
    version: int,
) -> str:
    """Hand over what the person consented to, and return the random part of the body's address if asked for.

    It may be done again while the body has not finished; an older address ends with it.

    Raises:
        ConsentMissing: nobody consented, or not any more, or a change of consent waits unread.
        ReferralChanged: it does not go out from where it stands, or it changed since `version`.
    """
    _require_open(session, case)
    _require_nothing_unread(session, case)
    require_consent(referral, act.on)
    _require(referral, version, ("consented", *OPEN_FOR_THE_BODY))
    if referral.state in ("consented", "no_answer"):
        referral.state = "sent"
    referral.way_code, referral.sent_on, referral.sent_by = way, act.on, act.who.id
    referral.answer_by, referral.reminder_on = answer_by, None
    _changed(session, referral)
    end_link(session, referral)
    token = ""
    if way == "link":
        token = make_link(session, referral, consented(session, case, referral, act), act.on)
    note(
        session,
        referral,
        "referral_sent",
        at=act.at,
        by=act.who.id,
        way=way,
        items=(referral.consent_items or "").split(),
    )
    return token


def consented(session: Session, case: CaseFile, referral: Referral, act: Act) -> Pack:
    """Return what may be handed over, and nothing else; raise ConsentMissing."""
    _require_nothing_unread(session, case)
    require_consent(referral, act.on)
    return pack_of(session, case, referral, act).only(tuple((referral.consent_items or "").split()))


def require_consent(referral: Referral, on: date) -> None:
    """Raise ConsentMissing unless the person's consent is there on that day, whoever asks."""
    if referral.consented_on is None or referral.withdrawn_on is not None:
        raise ConsentMissing
    if referral.consent_until is None or referral.consent_until < on:
        raise ConsentMissing


def note_answer(
    session: Session, case: CaseFile, referral: Referral, answer: str, text: str, act: Act, *, version: int
) -> None:
    """Note what the body said, or that it was silent.

    Raises:
        ReferralChanged: that answer leads nowhere from here, or it changed since `version`.
    """
    _require(referral, version, OPEN_FOR_THE_BODY)
    if answer not in answers_from(referral.state, by_the_body=False):
        raise ReferralChanged(case=case.reference)
    if text:
        write(session, case, referral, "answer", text.encode(), by=act.who.id, on=act.on)
    settle(session, referral, answer, act.on)
    note(session, referral, "referral_answered", at=act.at, by=act.who.id, answered=answer)


def follow_up(
    session: Session,
    case: CaseFile,
    referral: Referral,
    text: str,
    again_on: date | None,
    act: Act,
    *,
    version: int,
) -> None:
    """Note what was done about a referral that came back; it waits no more, or until another day.

    Raises:
        ReferralChanged: it did not come back, or changed since `version`.
    """
    _require(referral, version, RETURNED)
    write(session, case, referral, "note", text.encode(), by=act.who.id, on=act.on)
    referral.reminder_on = again_on
    _changed(session, referral)
    note(
        session,
        referral,
        "referral_followed_up",
        at=act.at,
        by=act.who.id,
        last_on=again_on.isoformat() if again_on else None,
    )


def settle(session: Session, referral: Referral, answer: str, on: date) -> None:
    """Move a referral to what was answered; one that comes back has a day to be looked at again."""
    referral.state = answer
    referral.reminder_on = on + TIMES["reminder"] if answer in RETURNED else None
    _changed(session, referral)
    if answer not in OPEN_FOR_THE_BODY:
        end_link(session, referral)


def write(
    session: Session,
    case: CaseFile,
    referral: Referral,
    kind: str,
    clear: bytes,
    *,
    by: UUID | None,
    on: date,
) -> None:
    """Seal something that was written in a referral under the case's key."""
    last = session.exec(
        select(func.max(ReferralWords.seq)).where(ReferralWords.referral_id == referral.id)
    ).one()
    row = ReferralWords(
        case_id=case.id,
        referral_id=referral.id,
        seq=(last or 0) + 1,
        kind=kind,
        written_by=by,
        written_on=on,
    )
    seal_row(session, case, row, clear)
    session.flush()


def _require_open(session: Session, case: CaseFile) -> None:
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    require_free_to_go_on(session, case)


def _require_nothing_unread(session: Session, case: CaseFile) -> None:
    """Raise ConsentMissing while the person's own word about a consent lies there unopened."""
    if change_waits(session, case):
        raise ConsentMissing(case=case.reference)


def _require(referral: Referral, version: int, states: tuple[str, ...]) -> None:
    if referral.version != version or referral.state not in states:
        raise ReferralChanged


def _changed(session: Session, referral: Referral) -> None:
    referral.version += 1
    session.add(referral)
    session.flush()
