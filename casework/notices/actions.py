"""Noting that somebody is to be told of news: whenever something was said to them, if they wished so.

Nobody is told more than once a day. The desk knows that an address was left and cannot open it.
"""

from datetime import date

from sqlmodel import Session, col, delete, select

from casework.notices.rules import TOLD
from casework.notices.tables import NoticeAddress, NoticeDue


def note_news(session: Session, case_number: str, on: date) -> None:
    """Note that there is news for the person of this case number, once, if they left an address for it."""
    if not has_address(session, case_number):
        return
    next_on = on
    due = session.exec(select(NoticeDue).where(NoticeDue.case_number == case_number)).first()
    if due is not None:
        if due.tries != TOLD:
            return
        next_on = max(on, due.next_on)
        session.delete(due)
        session.flush()
    session.add(NoticeDue(case_number=case_number, next_on=next_on))
    session.flush()


def has_address(session: Session, case_number: str) -> bool:
    """Say whether the person of this case number left an address for notices."""
    left = select(NoticeAddress.case_number).where(NoticeAddress.case_number == case_number)
    return session.exec(left).first() is not None


def forget_address(session: Session, case_number: str) -> bool:
    """Forget the address for notices, with what waits to be said there; say whether there was one.

    The person can leave one anew with their receipt.
    """
    was_there = has_address(session, case_number)
    session.exec(delete(NoticeDue).where(col(NoticeDue.case_number) == case_number))
    session.exec(delete(NoticeAddress).where(col(NoticeAddress.case_number) == case_number))
    return was_there
