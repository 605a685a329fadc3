"""Whether somebody who reported is treated badly again by the same side within twelve months.

Law 15/2022, article 47.3.b, a serious infraction; a lawyer is yet to confirm. It is told to who may open both
cases; supervisors find those of all cases they may open, and how many others there are.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from casework.acts import Act
from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.conflicts.rules import RESPONDENT
from casework.conflicts.tables import CaseParty, PartyTerm
from casework.incidents.tables import CaseLink
from casework.patterns.queries import may_count
from casework.patterns.rules import is_within_a_year, year_before
from casework.staff.sessions import SignedIn

PERSONS = ("affected", "represented")
OF_ONE_PERSON = ("lost_key", "one_person")
"""The links that say who told both; of any other, two people may have told."""
MOST_SHOWN = 100

later, earlier = aliased(CaseFile), aliased(CaseFile)


@dataclass(frozen=True, slots=True)
class Alert:
    """A case in which somebody names whom they named in an earlier one."""

    case: CaseFile
    before: CaseFile


def earlier_cases(session: Session, case: CaseFile, who: SignedIn) -> list[CaseFile]:
    """Return the earlier cases of the same person and respondent that the reader may open, newest first."""
    return [one.before for one in _alerts(session, [case.id], _among(earlier, may_open(who)))]


@dataclass(frozen=True, slots=True)
class Alerts:
    """Those that are shown, how many more could be, and how many others are not for the reader."""

    shown: Sequence[Alert]
    more: int
    kept_from: int


def alerts_for(session: Session, act: Act) -> Alerts:
    """Return the alerts of a year that a supervisor may see whole, and how many others there are."""
    recent = select(CaseFile.id).where(col(CaseFile.reported_on) >= year_before(act.on), may_count(act.who))
    counted = _alerts(session, recent, _among(earlier, may_count(act.who)))
    openable = set(session.exec(select(CaseFile.id).where(may_open(act.who))))
    whole = [one for one in counted if {one.case.id, one.before.id} <= openable]
    shown = whole[:MOST_SHOWN]
    return Alerts(shown, len(whole) - len(shown), len(counted) - len(whole))


def _alerts(
    session: Session, among: Collection[UUID] | SelectOfScalar[UUID], *asked: ColumnElement[bool]
) -> list[Alert]:
    """Return the alerts of these later cases: looked for from their names on, not among all cases."""
    linked = select(CaseLink.id).where(
        col(CaseLink.relation).in_(OF_ONE_PERSON),
        or_(
            and_(col(CaseLink.from_number) == later.reference, col(CaseLink.to_number) == earlier.reference),
            and_(col(CaseLink.from_number) == earlier.reference, col(CaseLink.to_number) == later.reference),
        ),
    )
    alike = _alike((RESPONDENT,)).where(col(_own.case_id).in_(among)).distinct().subquery()
    wanted = (
        select(later, earlier)
        .join(alike, alike.c.later_id == col(later.id))
        .join(earlier, col(earlier.id) == alike.c.earlier_id)
        .where(
            col(earlier.reported_on) < col(later.reported_on),
            or_(_named_in_both(PERSONS), linked.exists()),
            *asked,
        )
        .order_by(col(earlier.reported_on).desc(), col(earlier.id))
    )
    return [
        Alert(case, before)
        for case, before in session.exec(wanted)
        if is_within_a_year(before.reported_on, case.reported_on)
    ]


_own, _theirs = aliased(CaseParty), aliased(CaseParty)


def _alike(roles: tuple[str, ...]) -> Any:
    """Return the pairs of cases in which somebody is called alike in one of these roles."""
    own_term, their_term = aliased(PartyTerm), aliased(PartyTerm)
    return (
        select(col(_own.case_id).label("later_id"), col(_theirs.case_id).label("earlier_id"))
        .join(own_term, col(own_term.party_id) == col(_own.id))
        .join(their_term, col(their_term.term) == col(own_term.term))
        .join(_theirs, col(_theirs.id) == col(their_term.party_id))
        .where(
            col(_own.case_id) != col(_theirs.case_id),
            col(_own.role_code).in_(roles),
            col(_theirs.role_code).in_(roles),
            col(_own.removed_on).is_(None),
            col(_theirs.removed_on).is_(None),
            own_term.likeness == "name",
        )
    )


def _named_in_both(roles: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the condition that somebody is called alike in one of these roles in both cases."""
    of_both = _alike(roles).where(_own.case_id == later.id, _theirs.case_id == earlier.id)
    found: ColumnElement[bool] = of_both.correlate(later, earlier).exists()
    return found


def _among(side: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = col(side.id).in_(select(CaseFile.id).where(condition))
    return found
