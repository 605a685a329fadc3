"""Referrals for a program: those that wait, those of a case, and the page of one that is printed."""

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.forms import ChoiceCounted
from casework.api.shapes.listing import Narrowed, narrowed
from casework.api.shapes.parts import Choice, Code, apart, choices, worded
from casework.api.shapes.referral import Item, ToldForm, items_of, referral, told_form
from casework.api.shown import Page, Shape, Shown
from casework.referrals.tables import Referral


class ReferralState(Shown):
    """Where a referral stands."""

    state: Choice | None
    is_overdue: bool


class ReferralWaiting(Shown):
    """A referral in the list of those that wait."""

    id: UUID
    case_number: str
    apart: Choice | None = Field(description="The case is against the city.")
    due: date
    is_late: bool
    body: str
    standing: ReferralState
    adviser: str


class ReferralsShown(Narrowed):
    """Referrals that wait, by themselves the most pressing first; what is asked for stands in the address."""

    referrals: tuple[ReferralWaiting, ...]
    next: str | None = Field(description="`after` of the next page.")
    whose: Code
    may_see_the_teams: bool
    which: Code
    choices: tuple[ChoiceCounted, ...]


class CaseReferralLine(Shown):
    """A referral of a case."""

    id: UUID
    body: str
    standing: ReferralState
    drafted_on: date
    sent_on: date | None
    answer_by: date | None


class Drafting(ToldForm):
    """Drafting a referral; nothing leaves the office by it."""

    body: tuple[Choice, ...]


class CaseReferralsShown(Shown):
    """The referrals of a case, the newest first."""

    case_number: str
    referrals: tuple[CaseReferralLine, ...]
    drafting: Drafting | None


class ReferralPackShown(Shown):
    """The page that is printed for a body: exactly what the person consented to."""

    case_number: str
    id: UUID
    body: str
    consented_on: date
    items: tuple[Item, ...]
    answer_by: date


def referrals(page: Page) -> ReferralsShown:
    """Return the shape of the referrals that wait."""
    return ReferralsShown(
        referrals=tuple(
            ReferralWaiting(
                id=line.referral.id,
                case_number=line.case.reference,
                apart=apart(page, line.case.routing_code),
                due=line.due,
                is_late=line.is_late,
                body=body,
                standing=_standing(page, line.referral),
                adviser=line.adviser,
            )
            for line, body in page["lines"]
        ),
        next=page["next"],
        **narrowed(page),
        whose=page["asked"].whose,
        may_see_the_teams=page["supervises"],
        which=page["asked"].which,
        choices=tuple(
            ChoiceCounted(code=code, label=label, count=page["counts"][code])
            for code, label in page["names"].items()
        ),
    )


def case_referrals(page: Page) -> CaseReferralsShown:
    """Return the shape of the referrals of a case."""
    case = page["case"]
    return CaseReferralsShown(
        case_number=case.reference,
        referrals=tuple(
            CaseReferralLine(
                id=one.id,
                body=body,
                standing=_standing(page, one),
                drafted_on=one.drafted_on,
                sent_on=one.sent_on,
                answer_by=one.answer_by,
            )
            for one, body in page["referrals"]
        ),
        drafting=Drafting(**told_form(page), body=choices(page["bodies"])) if not case.is_closed else None,
    )


def referral_pack(page: Page) -> ReferralPackShown:
    """Return the shape of a referral on paper."""
    one = page["referral"]
    return ReferralPackShown(
        case_number=page["case"].reference,
        id=one.id,
        body=page["body"],
        consented_on=one.consented_on,
        items=items_of(page["told"]),
        answer_by=one.answer_by,
    )


def _standing(page: Page, one: Referral) -> ReferralState:
    is_overdue = one.state == "sent" and one.answer_by is not None and one.answer_by < page.view.act.on
    return ReferralState(state=worded(page["states"], one.state), is_overdue=is_overdue)


SHAPES: Final[dict[str, Shape]] = {
    "referral.html": referral,
    "referrals.html": referrals,
    "referral_pack.html": referral_pack,
    "case_referrals.html": case_referrals,
}
