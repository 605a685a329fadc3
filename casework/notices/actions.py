"""Noting that somebody is to be told of news: whenever something was said to them, if they wished so.

Nobody is told more than once a day. The desk knows that an address was left and cannot open it.
"""

from datetime import date

from sqlmodel import Session, select

from casework.notices.rules import TOLD
from casework.notices.tables import NoticeAddress, NoticeDue


def note_news(session: Session, case_number: str, on: date) -> None:
    """Note that there is news for the person of this case number, once, if they left an address for it."""
    left = select(NoticeAddress.case_number).where(NoticeAddress.case_number == case_number)
    if session.exec(left).first() is None:
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
