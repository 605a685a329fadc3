"""Strategic litigation with the cases of a pattern: proposed, decided by two, and followed. None commits."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.conflicts.guards import kept_out
from casework.merges.standing import hold_together
from casework.patterns import litigation_words
from casework.patterns.errors import CannotDecideOwnProposal, PatternChanged
from casework.patterns.litigation_rules import (
    COMMITTEE,
    NOTED,
    PROPOSED,
    decided_by_two,
    may_be_proposed,
)
from casework.patterns.litigation_tables import LitigationStep
from casework.patterns.litigation_words import StepWords
from casework.patterns.queries import agreed_cases, group_for, members
from casework.patterns.tables import CasePattern
from casework.staff.rules import MAY, Permission
from casework.timeline.actions import record
from office.stores.keyroom import Staff


@dataclass(frozen=True, slots=True)
class Noted:
    """A step to be noted once it was accepted: its code, its day, and the result of a ruling."""

    code: str
    on: date
    result: str | None = None


def steps_of(session: Session, pattern_id: UUID) -> list[LitigationStep]:
    """Return the steps of a pattern in their order; whoever calls this has been to its door."""
    wanted = select(LitigationStep).where(LitigationStep.pattern_id == pattern_id)
    return list(session.exec(wanted.order_by(col(LitigationStep.seq))))


def propose(session: Session, pattern_id: UUID, words: StepWords, act: Act, *, version: int) -> None:
    """Propose strategic litigation with the cases of a pattern; again after it was declined, or ended.

    Raises:
        PatternNotFound: not for them, or not everybody has agreed.
        PatternChanged: it was proposed, or decided, since the page was shown.
        CannotDecideOwnProposal: they keep out of one of its cases.
    """
    pattern = _held(session, pattern_id, act, version)
    steps = steps_of(session, pattern.id)
    if not may_be_proposed(steps[-1].step_code if steps else None):
        raise PatternChanged
    _add(session, pattern, _next(steps, pattern, PROPOSED, act), words)
    record(session, "litigation_proposed", at=act.at, by=act.who.id, pattern=str(pattern.id))


def speak(
    session: Session, pattern_id: UUID, voice: str, words: StepWords, act: Act, *, version: int
) -> None:
    """Say as one of two whether a proposal is accepted; with the second voice it is decided.

    Raises:
        PatternNotFound: not for them, or not everybody has agreed.
        PatternChanged: nothing waits for a voice, or somebody was faster.
        CannotDecideOwnProposal: they proposed it, spoke already or keep out of one of its cases, or no
            supervisor spoke and they are none.
    """
    pattern = _held(session, pattern_id, act, version)
    steps = steps_of(session, pattern.id)
    state = steps[-1].step_code if steps else ""
    if state not in (PROPOSED, COMMITTEE):
        raise PatternChanged
    proposed = next(one for one in reversed(steps) if one.step_code == PROPOSED)
    first = steps[-1] if state == COMMITTEE else None
    if not may_speak(session, steps, act):
        raise CannotDecideOwnProposal
    code = decided_by_two(first.voice_code or "", voice) if first else COMMITTEE
    step = _next(steps, pattern, code, act)
    step.voice_code, step.proposed_by = voice, proposed.noted_by
    step.first_by = first.noted_by if first else None
    _add(session, pattern, step, words)
    record(
        session,
        "litigation_decided" if first else "litigation_voiced",
        at=act.at,
        by=act.who.id,
        pattern=str(pattern.id),
        step=code,
        voice=voice,
    )


def note(
    session: Session, pattern_id: UUID, noted: Noted, words: StepWords, act: Act, *, version: int
) -> None:
    """Note what happened once it was accepted: that it runs, a ruling, its follow-up, or its end.

    Raises:
        PatternNotFound: not for them, or not everybody has agreed.
        PatternChanged: this does not follow from where it stands now, or its day is before the last step.
        CannotDecideOwnProposal: they keep out of one of its cases.
    """
    pattern = _held(session, pattern_id, act, version)
    steps = steps_of(session, pattern.id)
    if not steps or noted.code not in NOTED.get(steps[-1].step_code, ()):
        raise PatternChanged
    if noted.on < steps[-1].happened_on:
        raise PatternChanged
    step = _next(steps, pattern, noted.code, act)
    step.happened_on, step.result_code = noted.on, noted.result
    _add(session, pattern, step, words)
    record(
        session,
        "litigation_step",
        at=act.at,
        by=act.who.id,
        pattern=str(pattern.id),
        step=noted.code,
        result=noted.result,
    )


def may_speak(session: Session, steps: list[LitigationStep], act: Act) -> bool:
    """Say whether whoever acts may be one of the two who decide now."""
    if not steps or steps[-1].step_code not in (PROPOSED, COMMITTEE):
        return False
    last = steps[-1]
    if last.step_code == PROPOSED:
        return act.who.id != last.noted_by
    if act.who.id in (last.noted_by, last.proposed_by):
        return False
    return act.who.may(Permission.SUPERVISE) or _supervises(session, last.noted_by)


def _supervises(session: Session, staff_id: UUID) -> bool:
    return Permission.SUPERVISE in MAY[session.get_one(Staff, staff_id).role_code]


def _held(session: Session, pattern_id: UUID, act: Act, version: int) -> CasePattern:
    """Hold a pattern and then its cases, in their order: none gets a new key before the words are sealed."""
    group_for(session, act.who, pattern_id, to_change=True)
    hold_together(session, frozenset(case.id for case in agreed_cases(session, pattern_id)))
    pattern = group_for(session, act.who, pattern_id).asked.pattern  # who has them now, and what they answer
    if pattern.version != version:
        raise PatternChanged
    if keeps_out(session, pattern.id, act):
        raise CannotDecideOwnProposal
    return pattern


def keeps_out(session: Session, pattern_id: UUID, act: Act) -> bool:
    """Say whether whoever acts keeps out of a case of a pattern, and so decides nothing about it."""
    return any(act.who.id in kept_out(session, one) for one in members(session, pattern_id))


def _next(steps: list[LitigationStep], pattern: CasePattern, code: str, act: Act) -> LitigationStep:
    return LitigationStep(
        pattern_id=pattern.id,
        seq=steps[-1].seq + 1 if steps else 1,
        step_code=code,
        happened_on=act.on,
        noted_on=act.on,
        noted_by=act.who.id,
    )


def _add(session: Session, pattern: CasePattern, step: LitigationStep, words: StepWords) -> None:
    pattern.version += 1
    session.add(pattern)
    session.add(step)
    session.flush()
    litigation_words.write(session, step, words)
