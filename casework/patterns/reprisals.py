"""Whether somebody who reported is treated badly again by the same side within twelve months.

Law 15/2022, article 47.3.b, a serious infraction; a lawyer is yet to confirm. It is told to who may open both
cases; supervisors find those of all cases they may open, and how many others there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

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
MOST_SHOWN = 100

later, earlier = aliased(CaseFile), aliased(CaseFile)


@dataclass(frozen=True, slots=True)
class Alert:
    """A case in which somebody names whom they named in an earlier one."""

    case: CaseFile
    before: CaseFile


def earlier_cases(session: Session, case: CaseFile, who: SignedIn) -> list[CaseFile]:
    """Return the earlier cases of the same person and respondent that the reader may open, newest first."""
    return [one.before for one in _alerts(session, col(later.id) == case.id, _among(earlier, may_open(who)))]


@dataclass(frozen=True, slots=True)
class Alerts:
    """Those that are shown, how many more could be, and how many others are not for the reader."""

    shown: Sequence[Alert]
    more: int
    kept_from: int


def alerts_for(session: Session, act: Act) -> Alerts:
    """Return the alerts of a year that a supervisor may see whole, and how many others there are."""
    recent = col(later.reported_on) >= year_before(act.on)
    counted = _alerts(session, recent, *(_among(side, may_count(act.who)) for side in (later, earlier)))
    openable = set(session.exec(select(CaseFile.id).where(may_open(act.who))))
    whole = [one for one in counted if {one.case.id, one.before.id} <= openable]
    shown = whole[:MOST_SHOWN]
    return Alerts(shown, len(whole) - len(shown), len(counted) - len(whole))


def _alerts(session: Session, *asked: ColumnElement[bool]) -> list[Alert]:
    linked = select(CaseLink.id).where(
        or_(
            and_(col(CaseLink.from_number) == later.reference, col(CaseLink.to_number) == earlier.reference),
            and_(col(CaseLink.from_number) == earlier.reference, col(CaseLink.to_number) == later.reference),
        )
    )
    wanted = (
        select(later, earlier)
        .where(
            col(earlier.reported_on) < col(later.reported_on),
            _named_in_both((RESPONDENT,)),
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


def _named_in_both(roles: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the condition that somebody is called alike in one of these roles in both cases."""
    own, theirs = aliased(CaseParty), aliased(CaseParty)
    own_term, their_term = aliased(PartyTerm), aliased(PartyTerm)
    wanted = (
        select(own.id)
        .join(own_term, col(own_term.party_id) == col(own.id))
        .join(their_term, col(their_term.term) == col(own_term.term))
        .join(theirs, col(theirs.id) == col(their_term.party_id))
        .where(
            own.case_id == later.id,
            theirs.case_id == earlier.id,
            col(own.role_code).in_(roles),
            col(theirs.role_code).in_(roles),
            col(own.removed_on).is_(None),
            col(theirs.removed_on).is_(None),
            own_term.likeness == "name",
        )
    )
    return wanted.exists()


def _among(side: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = col(side.id).in_(select(CaseFile.id).where(condition))
    return found
