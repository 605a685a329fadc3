"""Looking for cases. Only those one may open are looked into, and of the others nothing is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.content import story_of
from casework.cases.queries import may_open
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.conflicts.blind_index import index_keys, terms_of
from casework.conflicts.content import PartyName
from casework.conflicts.queries import called_of
from casework.conflicts.tables import CaseParty, PartyTerm
from casework.messages.content import ThreadEntry
from casework.messages.incoming import UNREADABLE
from casework.messages.tables import CaseMessage
from casework.search.rules import begins_with, has_all, numbers_meant
from casework.seeing import Seen, seen
from casework.staff.sessions import SignedIn
from casework.written import place_in
from office.errors import NotFound
from office.handover.report import ReportStory

PAGE = 25
MOST_OPENED = 150
"""Cases of which everything is opened for one request: somebody waits for it."""


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
    rows = (
        select(CaseParty, PartyTerm.likeness)
        .join(PartyTerm, col(PartyTerm.party_id) == col(CaseParty.id))
        .where(col(PartyTerm.term).in_(terms), col(CaseParty.removed_on).is_(None))
    )
    named = select(CaseParty.case_id).join(PartyTerm, col(PartyTerm.party_id) == col(CaseParty.id))
    named = named.where(col(PartyTerm.term).in_(terms), col(CaseParty.removed_on).is_(None))
    cases, onwards = _page(session, act.who, [col(CaseFile.id).in_(named)], after, PAGE)
    parties: dict[UUID, dict[UUID, tuple[CaseParty, str]]] = {case.id: {} for case in cases}
    for party, likeness in session.exec(rows.where(col(CaseParty.case_id).in_(list(parties)))):
        of_case = parties[party.case_id]
        if party.id not in of_case or likeness == "name":
            of_case[party.id] = party, likeness
    return Results([_named(session, case, parties[case.id], act) for case in cases], onwards)


def by_words(session: Session, words: str, act: Act, after: str) -> Results:
    """Return the cases in which all the words stand: in the story, the messages or the notes.

    At most `MOST_OPENED` cases are opened, in memory, for this request only; `next` goes on with older ones.
    """
    cases, onwards = _page(session, act.who, [], after, MOST_OPENED)
    found, damaged = list[Found](), 0
    for case in cases:
        try:
            texts = _texts(session, case, act)
        except (*UNREADABLE, NotFound):
            damaged += 1
            continue
        if has_all(words, (text for _, text in texts)):
            where = (place for place, text in texts if any(has_all(word, (text,)) for word in words.split()))
            found.append(Found(case, tuple(dict.fromkeys(where))))
    return Results(found, onwards, len(cases), damaged)


def _texts(session: Session, case: CaseFile, act: Act) -> list[tuple[str, str]]:
    """Return every text of a case with the place where it stands."""
    told = [("story", text) for text in _of_story(story_of(session, case, act))]
    rows = session.exec(
        select(CaseMessage).where(CaseMessage.case_id == case.id).order_by(col(CaseMessage.seq))
    ).all()
    said = [ThreadEntry.model_validate_json(clear).text for clear in open_rows(session, case, rows, act)]
    return told + [(row.direction, text) for row, text in zip(rows, said, strict=True) if text]


def _of_story(story: ReportStory) -> list[str]:
    told = (story.what_happened, story.ground_text, story.respondent_text, story.where.place_text)
    return [text for text in told if text]


def _named(session: Session, case: CaseFile, parties: dict[UUID, tuple[CaseParty, str]], act: Act) -> Found:
    called = []
    for party, likeness in parties.values():
        try:
            called.append((called_of(session, case, party, act).name, party.role_code, likeness))
        except (*UNREADABLE, NotFound):
            called.append(("", party.role_code, likeness))
    return Found(case, called=tuple(sorted(called)))


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
    return here, f"{here[-1].opened_on.isoformat()}_{here[-1].id}" if len(found) > limit else None
