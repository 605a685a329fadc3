"""The harms of a case as they are read; whoever calls this has been to the door of the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.conflicts.content import PartyName
from casework.conflicts.rules import RESPONDENT
from casework.conflicts.tables import CaseParty
from casework.harms.codes import present_harms
from casework.harms.content import HarmWords, InvolvementWords
from casework.harms.errors import HarmNotFound
from casework.harms.rules import FIRST, PARTS
from casework.harms.tables import CaseHarm, HarmInvolvement


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody of the case as they are called, and whether they were taken out of it since."""

    id: UUID
    name: str
    role: str
    is_out: bool


@dataclass(frozen=True, slots=True)
class ShownInvolvement:
    """The part somebody had in a harm."""

    row: HarmInvolvement
    words: InvolvementWords
    who: Named


@dataclass(frozen=True, slots=True)
class ShownHarm:
    """One harm in clear.

    Attributes:
        person: to whom it was done; None for the person of the case.
        involved: who had which part in it, those who did it first.
    """

    row: CaseHarm
    words: HarmWords
    person: Named | None
    involved: Sequence[ShownInvolvement]

    @property
    def is_first(self) -> bool:
        """Whether it is the one the case began with, coded on the page of codes."""
        return self.row.place == FIRST


def harms_of(session: Session, case: CaseFile, act: Act) -> list[ShownHarm]:
    """Return the harms of a case, the first first."""
    return _shown(session, case, present_harms(session, case), act)


def harm_of(session: Session, case: CaseFile, place: str, act: Act) -> ShownHarm:
    """Return one harm of a case by its number.

    Raises:
        HarmNotFound: there is none of this number, or it was removed.
    """
    rows = [row for row in present_harms(session, case) if str(row.place) == place]
    if not rows:
        raise HarmNotFound(case=case.reference)
    return _shown(session, case, rows, act)[0]


def noted_so_far(session: Session, case: CaseFile) -> int:
    """Return the highest number a harm of the case ever had."""
    wanted = select(func.max(CaseHarm.place)).where(CaseHarm.case_id == case.id)
    return session.exec(wanted).one() or 0


def present_involvement(session: Session, harm: CaseHarm, party_id: UUID) -> HarmInvolvement | None:
    """Return the part that somebody has in a harm, if it is noted."""
    wanted = select(HarmInvolvement).where(
        HarmInvolvement.harm_id == harm.id,
        HarmInvolvement.party_id == party_id,
        col(HarmInvolvement.ended_on).is_(None),
    )
    return session.exec(wanted).first()


def party_in(session: Session, case: CaseFile, party_id: UUID, *, respondent: bool) -> CaseParty:
    """Return somebody who is in the case now: a respondent, or anybody else.

    Raises:
        HarmNotFound: nobody of this id is.
    """
    party = session.get(CaseParty, party_id)
    if (
        party is None
        or party.case_id != case.id
        or party.removed_on is not None
        or (party.role_code == RESPONDENT) != respondent
    ):
        raise HarmNotFound(case=case.reference)
    return party


def _shown(session: Session, case: CaseFile, rows: Sequence[CaseHarm], act: Act) -> list[ShownHarm]:
    found = session.exec(
        select(HarmInvolvement)
        .where(
            col(HarmInvolvement.harm_id).in_([row.id for row in rows]),
            col(HarmInvolvement.ended_on).is_(None),
        )
        .order_by(col(HarmInvolvement.noted_on), col(HarmInvolvement.id))
    ).all()
    needed = {one.party_id for one in found} | {row.party_id for row in rows if row.party_id}
    parties = session.exec(select(CaseParty).where(col(CaseParty.id).in_(needed))).all() if needed else ()
    named = _named(session, case, parties, act)
    order = list(PARTS)
    involved = sorted(
        (
            ShownInvolvement(one, InvolvementWords.model_validate_json(clear), named[one.party_id])
            for one, clear in zip(found, open_rows(session, case, found, act), strict=True)
        ),
        key=lambda one: (order.index(one.row.part_code), one.row.noted_on, one.who.name),
    )
    return [
        ShownHarm(
            row,
            HarmWords.model_validate_json(clear) if clear else HarmWords(),
            named[row.party_id] if row.party_id else None,
            [one for one in involved if one.row.harm_id == row.id],
        )
        for row, clear in zip(rows, open_rows(session, case, rows, act), strict=True)
    ]


def _named(session: Session, case: CaseFile, parties: Sequence[CaseParty], act: Act) -> dict[UUID, Named]:
    found = {}
    for one, clear in zip(parties, open_rows(session, case, parties, act), strict=True):
        called = PartyName.model_validate_json(clear)
        found[one.id] = Named(one.id, called.name, one.role_code, one.removed_on is not None)
    return found
