"""Looking for cases. Only those one may open are looked into, and of the others nothing is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from casework.acts import Act
from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.conflicts.blind_index import index_keys, terms_of
from casework.conflicts.content import PartyName
from casework.conflicts.queries import called_of
from casework.conflicts.rules import LIKENESS, surer
from casework.conflicts.tables import CaseParty, PartyTerm
from casework.messages.incoming import UNREADABLE
from casework.search.rules import begins_with, folded, numbers_meant
from casework.search.texts import Opened
from casework.seeing import Seen, seen
from casework.staff.sessions import SignedIn
from casework.written import place_in
from office.errors import NotFound

PAGE = 25
MOST_OPENED = 300
"""Cases of which everything is opened for one request: somebody waits for it."""
AT_ONCE: Final = 50
"""Cases whose sealed rows are in memory together."""
MOST_SECONDS: Final = 6.0
"""For so long cases are opened for one request; what is left is for the next."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Codes and days to look for; what is empty does not matter."""

    area: str = ""
    respondent: str = ""
    district: str = ""
    ground: str = ""
    conduct: str = ""
    stage: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A case that was found, and by what: places in it for words, roles with the name for a name."""

    case: CaseFile
    where: tuple[str, ...] = ()
    called: tuple[tuple[str, str, str], ...] = ()
    """Of each match of a name: what they are called, their role, how alike."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found. `next`: where the older ones begin, None at the end."""

    found: Sequence[Found]
    next: str | None = None
    opened: int = 0
    damaged: int = 0


def by_number(session: Session, who: SignedIn, typed: str) -> list[Seen]:
    """Return the reports and cases whose number may be meant, of those this person may open."""
    meant = numbers_meant(typed)
    if not meant and (beginning := begins_with(typed)):
        wanted = select(CaseFile.reference).where(
            may_open(who), col(CaseFile.reference).startswith(beginning, autoescape=True)
        )
        meant = list(session.exec(wanted.order_by(CaseFile.reference).limit(PAGE)))
    return list(seen(session, who, meant).values())


def by_codes(session: Session, who: SignedIn, wanted: Wanted, after: str) -> Results:
    """Return the cases with these codes and days, the newest first."""
    cases, onwards = _page(session, who, _conditions(wanted), after, PAGE)
    return Results([Found(case) for case in cases], onwards)


def by_name(session: Session, name: str, act: Act, after: str) -> Results:
    """Return the cases in which somebody is called so or alike.

    Raises:
        NamesKeyNeeded: whoever looks cannot compare it.
    """
    keys, called = index_keys(session, act.who), PartyName(name=name)
    terms = {
        term.term for kind in (True, False) for term in terms_of(called, is_organisation=kind, keys=keys)
    }
    met = col(PartyTerm.term).in_(terms), col(CaseParty.removed_on).is_(None)
    rows = (
        select(CaseParty, PartyTerm.likeness)
        .join(PartyTerm, col(PartyTerm.party_id) == col(CaseParty.id))
        .where(*met)
    )
    named = select(CaseParty.case_id).join(PartyTerm, col(PartyTerm.party_id) == col(CaseParty.id))
    cases, onwards = _surest_first(session, act.who, named.where(*met), after)
    parties: dict[UUID, dict[UUID, tuple[CaseParty, str]]] = {case.id: {} for case in cases}
    for party, likeness in session.exec(rows.where(col(CaseParty.case_id).in_(list(parties)))):
        known = parties[party.case_id].get(party.id)
        parties[party.case_id][party.id] = party, surer(known[1], likeness) if known else likeness
    return Results([_named(session, case, parties[case.id], act) for case in cases], onwards)


def _surest_first(
    session: Session, who: SignedIn, named: SelectOfScalar[UUID], after: str
) -> tuple[list[CaseFile], str | None]:
    """Return the next cases: those with the name itself, then those where it sounds so, then those near it.

    A place in them is the way in which the names agree and the place among the cases of that way.
    """
    way, _, place = after.partition(" ")
    found, ways = list[CaseFile](), LIKENESS[_place_of(way) :]
    for number, one in enumerate(ways):
        surer_ways = LIKENESS[: LIKENESS.index(one)]
        asked = [col(CaseFile.id).in_(named.where(PartyTerm.likeness == one))]
        if surer_ways:
            asked.append(col(CaseFile.id).not_in(named.where(col(PartyTerm.likeness).in_(surer_ways))))
        cases, onwards = _page(session, who, asked, place if number == 0 else "", PAGE - len(found))
        found += cases
        if onwards:
            return found, f"{one} {onwards}"
        if len(found) == PAGE and number + 1 < len(ways):
            return found, f"{ways[number + 1]} "
    return found, None


def _place_of(way: str) -> int:
    return LIKENESS.index(way) if way in LIKENESS else 0


def by_words(session: Session, words: str, act: Act, after: str) -> Results:
    """Return the cases in which all the words stand: in the story or in what was written about it since.

    At most `MOST_OPENED` cases are opened, for at most `MOST_SECONDS`, in memory, for this request only;
    `next` goes on with older ones.
    """
    sought, ends = folded(words).split(), monotonic() + MOST_SECONDS
    if not sought:
        return Results([], None, 0, 0)
    cases, onwards = _page(session, act.who, [], after, MOST_OPENED)
    found, damaged, looked = list[Found](), 0, 0
    for case in cases:
        if looked and monotonic() > ends:
            break
        if looked % AT_ONCE == 0:
            opened = Opened(session, cases[looked : looked + AT_ONCE], act)
        looked += 1
        try:
            texts = [(place, folded(text)) for place, text in opened.texts_of(case)]
        except (*UNREADABLE, ValueError, NotFound, KeyError):
            damaged += 1
            continue
        if all(any(word in text for _, text in texts) for word in sought):
            where = (place for place, text in texts if any(word in text for word in sought))
            found.append(Found(case, tuple(dict.fromkeys(where))))
    if looked < len(cases):
        onwards = _place(cases[looked - 1])
    return Results(found, onwards, looked, damaged)


def _named(session: Session, case: CaseFile, parties: dict[UUID, tuple[CaseParty, str]], act: Act) -> Found:
    called = []
    for party, likeness in parties.values():
        try:
            called.append((called_of(session, case, party, act).name, party.role_code, likeness))
        except (*UNREADABLE, NotFound):
            called.append(("", party.role_code, likeness))
    return Found(case, called=tuple(sorted(called, key=lambda one: (LIKENESS.index(one[2]), *one))))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    for column, code in (
        (CaseFile.area_code, wanted.area),
        (CaseFile.respondent_code, wanted.respondent),
        (CaseFile.district_code, wanted.district),
        (CaseFile.stage_code, wanted.stage),
    ):
        if code:
            asked.append(col(column) == code)
    for joined, code in ((CaseFile.ground_codes, wanted.ground), (CaseFile.conduct_codes, wanted.conduct)):
        if code:
            asked.append((" " + col(joined) + " ").contains(f" {code} ", autoescape=True))
    if wanted.first:
        asked.append(col(CaseFile.reported_on) >= wanted.first)
    if wanted.last:
        asked.append(col(CaseFile.reported_on) <= wanted.last)
    return asked


def _page(
    session: Session, who: SignedIn, asked: Sequence[ColumnElement[bool]], after: str, limit: int
) -> tuple[Sequence[CaseFile], str | None]:
    """Return the next cases, the newest first, and the place where the older ones begin."""
    opened, own = col(CaseFile.opened_on), col(CaseFile.id)
    wanted = select(CaseFile).where(may_open(who), *asked)
    if (place := place_in(after)) is not None:
        day, last = place
        wanted = wanted.where(or_(opened < day, and_(opened == day, own > last)))
    found = session.exec(wanted.order_by(opened.desc(), own).limit(limit + 1)).all()
    here = found[:limit]
    return here, _place(here[-1]) if len(found) > limit else None


def _place(case: CaseFile) -> str:
    return f"{case.opened_on.isoformat()}_{case.id}"
