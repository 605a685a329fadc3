"""What a body does at its address: it opens the pack and answers. It signs in nowhere; each time is noted."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from casework.cases.tables import CaseFile
from casework.referrals.actions import settle, write
from casework.referrals.content import Pack
from casework.referrals.errors import PackNotFound, ReferralChanged
from casework.referrals.links import link_at, opened
from casework.referrals.queries import change_waits
from casework.referrals.rules import OPEN_FOR_THE_BODY, answers_from
from casework.referrals.tables import Referral, ReferralLink
from casework.referrals.withdrawing import note


@dataclass(frozen=True, slots=True)
class Handed:
    """A pack as its body sees it, and what it may answer."""

    referral: Referral
    link: ReferralLink
    case: CaseFile
    pack: Pack
    answers: tuple[str, ...]

    @property
    def can_look_again(self) -> bool:
        """Say whether the pack still lies there."""
        return self.referral.state in OPEN_FOR_THE_BODY


def open_pack(session: Session, token: str, *, at: datetime, on: date) -> Handed:
    """Return what lies at an address, and note that it was opened.

    Raises:
        PackNotFound: nothing lies there, or the person wrote to take something back and nobody has read yet
            what.
    """
    handed = look(session, token, on)
    note_opening(session, handed, at=at, on=on)
    return handed


def note_opening(session: Session, handed: Handed, *, at: datetime, on: date) -> None:
    """Note that a body is shown its pack: each time, also when it comes back with something to correct."""
    handed.link.opened_on = on
    session.add(handed.link)
    note(session, handed.referral, "referral_opened", at=at, by=None)


def look(session: Session, token: str, on: date) -> Handed:
    """Return the same without a note, for an answer that is being given.

    The case is held first, then the referral, then what lies under the code: the order of the desk. A
    withdrawal that is under way is waited for.
    """
    found = link_at(session, token, on)
    case = session.exec(
        select(CaseFile)
        .join(Referral, col(Referral.case_id) == col(CaseFile.id))
        .where(Referral.id == found.referral_id)
        .with_for_update(of=CaseFile)
        .execution_options(populate_existing=True)
    ).one()
    referral = session.exec(
        select(Referral)
        .where(Referral.id == found.referral_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    link = link_at(session, token, on, to_change=True)
    if referral.state not in OPEN_FOR_THE_BODY or change_waits(session, case):
        raise PackNotFound
    answers = answers_from(referral.state, by_the_body=True)
    return Handed(referral, link, case, opened(link, referral, token), answers)


def answer(session: Session, handed: Handed, given: str, text: str, *, at: datetime, on: date) -> None:
    """Keep what a body answered; a refusal and the end of its work end the address too."""
    if given not in handed.answers:
        raise ReferralChanged
    referral, case = handed.referral, handed.case
    if text:
        write(session, case, referral, "answer", text.encode(), by=None, on=on)
    settle(session, referral, given, on)
    note(session, referral, "referral_answered", at=at, by=None, answered=given)
