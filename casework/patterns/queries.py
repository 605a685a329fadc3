"""Which patterns there are, who was asked about them, and what they answered.

Everybody may know how many cases make a pattern. Which they are is told when the adviser of each has agreed,
to these advisers and to supervisors. A case against the city counts only for who may open it: for others a
pattern is what it would be without it. A case that somebody keeps out of is never named to them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.conflicts.rules import RESPONDENT
from casework.conflicts.tables import CaseParty, CaseWall, PartyTerm
from casework.lists import UNKNOWN
from casework.mediation.tables import MediationStep
from casework.patterns.errors import PatternNotFound
from casework.patterns.litigation_tables import LitigationStep
from casework.patterns.rules import LOOK_BACK, THRESHOLDS, handle_of, is_about, joined, newest_window
from casework.patterns.tables import CasePattern, PatternMember
from casework.staff.rules import Permission
from casework.staff.sessions import SignedIn
from casework.timeline.queries import names_of

MOST_SHOWN = 100
Codes = tuple[str, str, str]
"""Respondent, district, conduct; empty for an organisation."""


@dataclass(frozen=True, slots=True)
class Found:
    """Enough cases of one pattern. `known`: the request about it; `added`: how many cases that one lacks."""

    kind: str
    codes: Codes
    cases: frozenset[UUID]
    handle: str
    known: CasePattern | None
    added: int


@dataclass(frozen=True, slots=True)
class _Like:
    """Cases that are alike in one thing, with the day of each; however many and however far apart."""

    kind: str
    codes: Codes
    days: Mapping[UUID, date]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: of how many cases the adviser agreed or declined; of the cases that count for the reader.

    `litigation` is where strategic litigation with it stands; told only once all have agreed.
    """

    pattern: CasePattern
    cases: int
    agreed: int
    declined: int
    litigation: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether the adviser of each agreed."""
        return 0 < self.cases == self.agreed

    @property
    def is_pattern(self) -> bool:
        """Whether they are enough; if not, whoever knows the threshold would learn that there are others."""
        return self.cases >= THRESHOLDS[self.pattern.kind_code].reports


@dataclass(frozen=True, slots=True)
class Question:
    """A request about a case of the reader's own."""

    asked: Asked
    case: CaseFile
    answer: str


@dataclass(frozen=True, slots=True)
class Group:
    """A pattern to which all agreed: its cases with their advisers, and how many are not for the reader."""

    asked: Asked
    lines: Sequence[tuple[CaseFile, str]]
    kept_from: int


def found_patterns(session: Session, act: Act) -> list[Found]:
    """Return the patterns there are now, the greatest first."""
    alike, asked = [*_by_respondent(session, act), *_by_codes(session, act)], _members(session)
    found: dict[str, Found] = {}
    for one in alike:
        cases = newest_window(one.days, THRESHOLDS[one.kind])
        if not cases:
            continue
        rivals = [other.days.keys() for other in alike if (other.kind, other.codes) == (one.kind, one.codes)]
        near = [own for own, has in asked.items() if has & cases and is_about(has, one.days.keys(), rivals)]
        known = _known(session, near, one)
        added = len(cases - asked[known.id]) if known else len(cases)
        handle = handle_of(one.kind, one.codes, cases)
        found[handle] = Found(one.kind, one.codes, cases, handle, known, added)
    return sorted(found.values(), key=lambda one: (-len(one.cases), one.kind, one.codes, one.handle))


def asked_patterns(session: Session, who: SignedIn) -> list[Asked]:
    """Return the requests that are about a pattern for this person too, the newest first."""
    wanted = select(CasePattern).order_by(col(CasePattern.asked_on).desc(), col(CasePattern.id))
    asked = (_asked(session, one, who) for one in session.exec(wanted).all())
    return list(islice((one for one in asked if one.is_pattern), MOST_SHOWN))


def questions(session: Session, who: SignedIn, *about: ColumnElement[bool]) -> list[Question]:
    """Return what this person is or was asked about their own cases, or those of a kind, what waits first."""
    rows = session.exec(
        select(PatternMember, CasePattern, CaseFile)
        .join(CasePattern, col(CasePattern.id) == col(PatternMember.pattern_id))
        .join(CaseFile, col(CaseFile.id) == col(PatternMember.case_id))
        .where(CaseFile.assigned_to == who.id, may_open(who), *about)
        .order_by(col(CasePattern.asked_on).desc(), col(CaseFile.id))
        .limit(MOST_SHOWN)
    ).all()
    told = [
        Question(_asked(session, pattern, who), case, answer_of(member, case))
        for member, pattern, case in rows
    ]
    return sorted(told, key=lambda one: one.answer != "")


def waiting_total(session: Session, who: SignedIn) -> int:
    """Return how many requests wait for this person."""
    return session.exec(
        select(func.count())
        .select_from(PatternMember)
        .join(CaseFile, col(CaseFile.id) == col(PatternMember.case_id))
        .where(
            CaseFile.assigned_to == who.id,
            may_open(who),
            or_(
                col(PatternMember.answered_by).is_(None),
                col(PatternMember.answered_by) != col(CaseFile.assigned_to),
            ),
        )
    ).one()


def card_of(session: Session, case: CaseFile, who: SignedIn) -> dict[str, object]:
    """Return what the page of a case tells of its patterns: whether its adviser is asked, and open groups."""
    mine = questions(session, who, col(CaseFile.id) == case.id)
    return {
        "asked": any(not one.answer for one in mine),
        "groups": [one.asked.pattern.id for one in mine if one.asked.is_open],
    }


def group_for(session: Session, who: SignedIn, pattern_id: UUID, *, to_change: bool = False) -> Group:
    """Return a pattern with its cases; the only door to it.

    Raises:
        PatternNotFound: there is none, not everybody has agreed, or it is not for this person.
    """
    wanted = select(CasePattern).where(CasePattern.id == pattern_id)
    pattern = session.exec(wanted.with_for_update() if to_change else wanted).first()
    if pattern is None or not who.may(Permission.CASES):
        raise PatternNotFound
    asked, rows = _asked(session, pattern, who), _rows(session, pattern.id)
    is_owner = any(case.assigned_to == who.id for _, case in rows)
    if not asked.is_open or not (is_owner or who.may(Permission.SUPERVISE)):
        raise PatternNotFound
    agreed = [case.id for case in agreed_cases(session, pattern.id)]
    cases = session.exec(
        select(CaseFile)
        .where(col(CaseFile.id).in_(agreed), may_count(who), ~_kept_from(who))
        .order_by(col(CaseFile.reported_on), col(CaseFile.reference))
    ).all()
    names = names_of(session, [case.assigned_to for case in cases])
    lines = [(case, names.get(case.assigned_to, "")) for case in cases]
    return Group(asked, lines, asked.cases - len(lines))


def agreed_cases(session: Session, pattern_id: UUID) -> list[CaseFile]:
    """Return the cases of a pattern that agreed, whoever may open them: words about it are sealed in each."""
    rows = _rows(session, pattern_id)
    return [case for member, case in rows if answer_of(member, case) == "agreed"]


def members(session: Session, pattern_id: UUID) -> list[UUID]:
    """Return every case of a pattern by its id, whoever may open it."""
    return [case.id for _, case in _rows(session, pattern_id)]


def answer_of(member: PatternMember, case: CaseFile) -> str:
    """Return what the present adviser of a case answered; empty while they did not."""
    return member.answer_code or "" if member.answered_by == case.assigned_to else ""


def may_count(who: SignedIn) -> ColumnElement[bool]:
    """Return the condition that a case counts for this person: one against the city only with its key."""
    return col(CaseFile.voided_on).is_(None) & or_(col(CaseFile.routing_code) != "city", may_open(who))


def _kept_from(who: SignedIn) -> ColumnElement[bool]:
    walled = select(CaseWall.case_id).where(CaseWall.staff_id == who.id)
    mediated = select(MediationStep.case_id).where(MediationStep.mediator_id == who.id)
    return or_(col(CaseFile.id).in_(walled), col(CaseFile.id).in_(mediated))


def _by_respondent(session: Session, act: Act) -> Iterable[_Like]:
    """Return the cases of each organisation; one in which two are named is with each of them."""
    rows = session.exec(
        select(CaseFile, PartyTerm)
        .join(CaseParty, col(CaseParty.case_id) == col(CaseFile.id))
        .join(PartyTerm, col(PartyTerm.party_id) == col(CaseParty.id))
        .where(
            CaseParty.role_code == RESPONDENT,
            CaseParty.kind_code == "organisation",
            col(CaseParty.removed_on).is_(None),
            PartyTerm.likeness == "name",
            col(CaseFile.reported_on) >= act.on - LOOK_BACK,
            may_count(act.who),
        )
    ).all()
    case_of = {term.party_id: case for case, term in rows}
    for parties in joined((term.party_id, term.term) for _, term in rows):
        cases = [case_of[one] for one in parties]
        yield _Like("respondent", ("", "", ""), {case.id: case.reported_on for case in cases})


def _by_codes(session: Session, act: Act) -> Iterable[_Like]:
    cases = session.exec(
        select(CaseFile).where(
            col(CaseFile.reported_on) >= act.on - LOOK_BACK,
            col(CaseFile.respondent_code) != UNKNOWN,
            col(CaseFile.district_code) != UNKNOWN,
            col(CaseFile.conduct_codes) != "",
            may_count(act.who),
        )
    )
    groups: dict[Codes, dict[UUID, date]] = {}
    for case in cases:
        for conduct in case.conduct_codes.split():
            codes = case.respondent_code, case.district_code, conduct
            groups.setdefault(codes, {})[case.id] = case.reported_on
    for codes, days in groups.items():
        yield _Like("codes", codes, days)


def _known(session: Session, near: Sequence[UUID], alike: _Like) -> CasePattern | None:
    """Return the newest of these requests that is about the same thing."""
    respondent, district, conduct = alike.codes
    wanted = select(CasePattern).where(
        col(CasePattern.id).in_(near),
        CasePattern.kind_code == alike.kind,
        CasePattern.respondent_code == respondent,
        CasePattern.district_code == district,
        CasePattern.conduct_code == conduct,
    )
    return session.exec(wanted.order_by(col(CasePattern.asked_on).desc(), col(CasePattern.id))).first()


def _members(session: Session) -> Mapping[UUID, set[UUID]]:
    """Return the cases of each request."""
    found: dict[UUID, set[UUID]] = {}
    for one in session.exec(select(PatternMember)):
        found.setdefault(one.pattern_id, set()).add(one.case_id)
    return found


def _rows(session: Session, pattern_id: UUID) -> Sequence[tuple[PatternMember, CaseFile]]:
    found = session.exec(
        select(PatternMember, CaseFile)
        .join(CaseFile, col(CaseFile.id) == col(PatternMember.case_id))
        .where(PatternMember.pattern_id == pattern_id)
        .execution_options(populate_existing=True)  # as they stand once they are held
    )
    return [(member, case) for member, case in found]


def _asked(session: Session, pattern: CasePattern, who: SignedIn) -> Asked:
    rows = _rows(session, pattern.id)
    counted = select(CaseFile.id).where(col(CaseFile.id).in_([case.id for _, case in rows]), may_count(who))
    counts = set(session.exec(counted))
    told = [answer_of(member, case) for member, case in rows if case.id in counts]
    return Asked(
        pattern, len(told), told.count("agreed"), told.count("declined"), _litigation(session, pattern.id)
    )


def _litigation(session: Session, pattern_id: UUID) -> str | None:
    wanted = select(LitigationStep.step_code).where(LitigationStep.pattern_id == pattern_id)
    return session.exec(wanted.order_by(col(LitigationStep.seq).desc())).first()
