"""What is done with a mediation, by the adviser of its case or by its mediator: one step and one event each.

None commits. Whoever calls has been to the door of the case, or to that of the mediation.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.mediation import notes
from casework.mediation.bars import ASKED, barring
from casework.mediation.content import StepWords
from casework.mediation.errors import MediationBarred, MediationChanged, MediationRefused
from casework.mediation.mediators import possible_mediators
from casework.mediation.queries import Standing, found_in, open_mediation
from casework.mediation.rules import (
    ADVISER,
    AGREED,
    BEGIN_ANEW,
    ENDS,
    HANDED_OVER,
    MEDIATOR,
    STOPPED_BY_A_BAR,
    mediator_of,
    not_taken_back,
    refused,
)
from casework.mediation.tables import Mediation, MediationStep
from casework.timeline.actions import record
from casework.tracks.actions import open_agreed
from casework.tracks.rules import TAKEN_BACK
from office.ids import ALPHABET
from office.stores.keyroom import Staff

MAY_STILL_END: Final = ENDS | {"stepped_down"}
"""What may be noted in a closed case."""


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step as somebody notes it.

    Attributes:
        code: one of `rules.STATES`.
        on: when it happened.
        note: what an adviser wrote with it; a mediator's step has no word.
        evidence: how a consent is shown.
        party: who ended a mediation that was withdrawn.
        language: what the other side reads, of an invitation.
    """

    code: str
    on: date
    note: str = ""
    evidence: str | None = None
    party: str | None = None
    language: str | None = None


def screen(
    session: Session, case: CaseFile, one: Standing | None, answers: Mapping[str, str], note: str, act: Act,
    *, version: int,
) -> Standing:  # fmt: skip
    """Note a screening: the first begins a mediation, a later one sends it back to its beginning.

    Raises:
        CaseAlreadyClosed, ConflictUndecided, AdviserKeepsOut: nothing is begun in such a case.
        MediationChanged: somebody was faster.
        MediationRefused: it has ended.
    """
    _require_case(session, case)
    if one is None:
        if open_mediation(session, case.id) is not None:
            raise MediationChanged(case=case.reference)
        mediation = Mediation(
            case_id=case.id,
            reference="".join(secrets.choice(ALPHABET) for _ in range(8)),
            opened_on=act.on,
            opened_by=act.who.id,
        )
        session.add(mediation)
        session.flush()
        one = Standing(mediation, ())
    else:
        _require(case, one, "screened", act.on, ADVISER, version)
    asked = [bar.code for bar in ASKED]
    said = [code for code in asked if answers.get(code) == "yes"]
    unknown = [code for code in asked if answers.get(code, "unknown") == "unknown"]
    return _put(
        session, case, one, "screened", act.on, act, words=StepWords(note=note),
        said_codes=" ".join(said), open_codes=" ".join(unknown),
    )  # fmt: skip


def offer(
    session: Session, case: CaseFile, one: Standing, mediator_id: UUID, on: date, safeguards: str, act: Act,
    *, version: int,
) -> Standing:  # fmt: skip
    """Offer a mediation to the person, with a mediator. It begins the consents anew.

    Raises:
        CaseAlreadyClosed, ConflictUndecided, AdviserKeepsOut: see `screen`.
        MediationBarred: the law, or a rule of the office, keeps the case from it.
        MediationRefused: the screening is not complete, nobody wrote how the person is protected, or the
            mediator is none, or of the case.
        MediationChanged: somebody was faster.
    """
    _require_case(session, case)
    _require(case, one, "offered", on, ADVISER, version)
    found = found_in(session, case, one, act, with_story=True)
    _refuse_barred(session, case, one, act, with_story=True)
    if one.screening.open_codes:
        raise MediationRefused(case=case.reference, guard="unknown")
    if found and not safeguards:
        raise MediationRefused(case=case.reference, guard="safeguards")
    if mediator_id not in {person.id for person in possible_mediators(session, case)}:
        raise MediationRefused(case=case.reference, guard="mediator")
    return _put(
        session, case, one, "offered", on, act, words=StepWords(note=safeguards), mediator_id=mediator_id
    )


def hand_over(
    session: Session, case: CaseFile, one: Standing, words: StepWords, act: Act, *, version: int
) -> Standing:
    """Hand over to the mediator what they may know; the case keeps what that was.

    Raises:
        See `offer`; MediationRefused also while the person has not consented.
    """
    _require_case(session, case)
    _require(case, one, HANDED_OVER, act.on, ADVISER, version)
    _refuse_barred(session, case, one, act, with_story=True)
    mediator = _mediator_of(session, case, one)
    notes.keep(session, one, mediator, "extract", words.as_bytes(), act)
    return _put(session, case, one, HANDED_OVER, act.on, act, words=words)


def note_step(
    session: Session, case: CaseFile, one: Standing, new: NewStep, side: str, act: Act, *, version: int
) -> Standing:
    """Note what happened. To end a mediation is always possible, also where nobody goes on otherwise.

    Raises:
        MediationChanged: somebody noted a step since `version`.
        MediationRefused: a guard keeps the mediation where it is.
        MediationBarred: the law, or a rule of the office, keeps the case from it by now.
        CaseAlreadyClosed: nothing but an end is noted in such a case.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    _require(case, one, new.code, new.on, side, version)
    if case.is_closed and new.code not in MAY_STILL_END:
        raise CaseAlreadyClosed(case=case.reference)
    if new.code in STOPPED_BY_A_BAR:
        require_free_to_go_on(session, case)
        _refuse_barred(session, case, one, act, with_story=side == ADVISER)
    if new.code == "invited":
        one.mediation.respondent_language = new.language
    elif new.code == "respondent_refused":
        one.mediation.respondent_language = None
    return _put(
        session, case, one, new.code, new.on, act,
        words=StepWords(note=new.note) if side == ADVISER else None,
        evidence_code=new.evidence, party_code=new.party,
    )  # fmt: skip


def agree(
    session: Session, case: CaseFile, one: Standing, on: date, text: str, promises: Sequence[str],
    check_on: date, act: Act, *, version: int,
) -> Standing:  # fmt: skip
    """End a mediation with what was agreed: it is sealed to the case, and each promise is looked at on a day.

    The mediator keeps a copy, for what is sealed to the case they cannot open.

    Raises:
        See `note_step`.
    """
    _require(case, one, AGREED, on, MEDIATOR, version)
    _require_case(session, case)
    _refuse_barred(session, case, one, act, with_story=False)
    track = open_agreed(session, case, text, promises, on, check_on, act)
    one.mediation.track_id = track.id
    notes.keep(session, one, session.get_one(Staff, act.who.id), "agreement", text.encode(), act)
    return _put(session, case, one, AGREED, on, act)


def take_back(
    session: Session, case: CaseFile, one: Standing, step_id: UUID, why: str, side: str, act: Act,
    *, version: int,
) -> Standing:  # fmt: skip
    """Take the newest step in force back by another step; it stays on record.

    Raises:
        MediationChanged: somebody noted a step since `version`.
        MediationRefused: it is not the newest, the first, of the other side, or the mediation has ended.
    """
    _require_version(case, one, version)
    guard = not_taken_back(one.steps, step_id, side)
    if guard:
        raise MediationRefused(case=case.reference, guard=guard)
    if any(step.id == step_id and step.step_code == HANDED_OVER for step in one.steps):
        notes.forget_extract(session, one)
    return _put(
        session, case, one, TAKEN_BACK, act.on, act,
        words=StepWords(note=why) if side == ADVISER else None, takes_back=step_id,
    )  # fmt: skip


def _require_case(session: Session, case: CaseFile) -> None:
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    require_free_to_go_on(session, case)


def _require_version(case: CaseFile, one: Standing, version: int) -> None:
    if one.mediation.version != version:
        raise MediationChanged(case=case.reference)


def _require(case: CaseFile, one: Standing, code: str, on: date, side: str, version: int) -> None:
    _require_version(case, one, version)
    guard = refused(one.steps, code, on, side)
    if guard:
        raise MediationRefused(case=case.reference, guard=guard)


def _refuse_barred(session: Session, case: CaseFile, one: Standing, act: Act, *, with_story: bool) -> None:
    bars = barring(found_in(session, case, one, act, with_story=with_story))
    if bars:
        raise MediationBarred(case=case.reference, bars=" ".join(bar.code for bar in bars))


def _mediator_of(session: Session, case: CaseFile, one: Standing) -> Staff:
    """Return who mediates, if they still may.

    Raises:
        MediationRefused: they may not any more.
    """
    people = {person.id: person for person in possible_mediators(session, case)}
    mediator = people.get(one.mediation.mediator_id) if one.mediation.mediator_id else None
    if mediator is None:
        raise MediationRefused(case=case.reference, guard="mediator")
    return mediator


def _put(
    session: Session,
    case: CaseFile,
    one: Standing,
    code: str,
    on: date,
    act: Act,
    *,
    words: StepWords | None = None,
    said_codes: str = "",
    open_codes: str = "",
    evidence_code: str | None = None,
    party_code: str | None = None,
    mediator_id: UUID | None = None,
    takes_back: UUID | None = None,
) -> Standing:
    """Add a step and its event, and return the mediation as it stands after it."""
    mediation = one.mediation
    row = MediationStep(
        case_id=case.id,
        mediation_id=mediation.id,
        seq=len(one.steps) + 1,
        step_code=code,
        said_codes=said_codes,
        open_codes=open_codes,
        evidence_code=evidence_code,
        party_code=party_code,
        mediator_id=mediator_id,
        takes_back=takes_back,
        happened_on=on,
        noted_on=act.on,
        noted_by=act.who.id,
    )
    if words is not None and words != StepWords():
        seal_row(session, case, row, words.as_bytes())
    else:
        session.add(row)
    if code in BEGIN_ANEW or code in ENDS:
        notes.forget_extract(session, one)
    mediation.version += 1
    mediation.mediator_id = mediator_of((*one.steps, row))
    session.add(mediation)
    session.flush()
    record(
        session,
        "mediation_step",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        mediation_step=code,
        to=str(mediator_id) if mediator_id else None,
    )
    return Standing(mediation, (*one.steps, row))
