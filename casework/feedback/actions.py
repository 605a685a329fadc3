"""Opening what people said at the end: the answer is kept as a code, the words go into the case's thread.

Whoever answers twice is counted once, as they answered last: only the newest keeps its code.
"""

from collections.abc import Sequence

from pydantic import ValidationError
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.keys import case_public_key
from casework.cases.rules import key_name
from casework.cases.tables import CaseFile
from casework.feedback.tables import Feedback
from casework.feedback.waiting import waiting_feedback
from casework.inbox.tables import InboxReport
from casework.messages.content import ThreadEntry
from casework.messages.incoming import KeyOf, keys_for
from casework.messages.thread import add_to_thread
from casework.staff.keys import names_held
from casework.timeline.actions import record
from office.handover.report import Feedback as Said
from office.sealing.boxes import CannotOpen, seal, unseal

Opened = tuple[Feedback, Said]


def open_feedback(session: Session, case: CaseFile, act: Act) -> int:
    """Open what the person of a case said; return how many answers there were."""
    key_of = keys_for(session, act, case)
    opened = _readable(waiting_feedback(session, case.reference), key_of)
    for row, said in opened:
        entry = ThreadEntry(text=said.text, helped_code=said.helped)
        add_to_thread(session, case, "in", entry, act, by=None, on=row.received_on)
        row.sealed = None
    if opened:
        _count_the_newest(session, opened, act)
        record(session, "feedback_read", at=act.at, by=act.who.id, case_id=case.id, count=len(opened))
    return len(opened)


def sort_feedback(session: Session, act: Act) -> int:
    """Deal with what came under the office's keys: pass it on to its case, or count it if there will be none.

    A report that was settled without a case has no thread: the words stay sealed where they are, and whoever
    opens the report reads them there.
    """
    return _sort(session, act, col(Feedback.key_name).in_(names_held(session, act.who.id)))


def bring_into_thread(session: Session, case: CaseFile, act: Act) -> None:
    """Put into a new case what was said at the end of its report; it was counted when it was opened."""
    wanted = select(Feedback).where(
        Feedback.case_number == case.reference,
        col(Feedback.opened_on).is_not(None),
        col(Feedback.sealed).is_not(None),
    )
    for row, said in _readable(session.exec(wanted).all(), keys_for(session, act, None)):
        entry = ThreadEntry(text=said.text, helped_code=said.helped)
        add_to_thread(session, case, "in", entry, act, by=None, on=row.received_on)
        row.sealed = None
        session.add(row)


def feedback_of_report(session: Session, number: str, act: Act) -> tuple[Said, ...]:
    """Return what was said about a report that is no case, the newest last; what is new is counted.

    Args:
        session: the request's transaction.
        number: of a report from `inbox.access.report_for`.
        act: who opens the report, and leaves the trace of that.
    """
    _sort(session, act, col(Feedback.case_number) == number)
    rows = session.exec(select(Feedback).where(Feedback.case_number == number)).all()
    return tuple(said for _, said in _readable(rows, keys_for(session, act, None)))


def _sort(session: Session, act: Act, which: ColumnElement[bool]) -> int:
    wanted = select(Feedback).where(col(Feedback.opened_on).is_(None), which)
    counted = 0
    waiting = session.exec(wanted.with_for_update()).all()
    for number in sorted({row.case_number for row in waiting}):
        own = [row for row in waiting if row.case_number == number]
        opened = _readable(own, keys_for(session, act, None))
        case = session.exec(select(CaseFile).where(CaseFile.reference == number)).first()
        if case is not None:
            _pass_on(session, case, opened)
        elif opened and _is_settled(session, number):
            _count_the_newest(session, opened, act)
            record(session, "feedback_read", at=act.at, by=act.who.id, report=number, count=len(opened))
            counted += len(opened)
    return counted


def _is_settled(session: Session, number: str) -> bool:
    """Say whether a report was settled without a case; what is said of another waits for its case."""
    wanted = select(InboxReport.state).where(InboxReport.case_number == number)
    return session.exec(wanted).first() == "not_taken_up"


def _readable(rows: Sequence[Feedback], key_of: KeyOf) -> list[Opened]:
    """Return what opens, in the order in which it was said; the rest waits and holds up nothing."""
    opened: list[Opened] = []
    for row in rows:
        key = key_of(row.key_name)
        if key is None or row.sealed is None:
            continue
        try:
            clear = unseal(row.sealed, key, about=f"feedback/{row.case_number}")
            opened.append((row, Said.model_validate_json(clear)))
        except (CannotOpen, ValidationError):
            continue
    return sorted(opened, key=lambda one: one[1].told_at)


def _pass_on(session: Session, case: CaseFile, opened: list[Opened]) -> None:
    public = case_public_key(session, case)
    for row, said in opened:
        row.sealed = seal(said.as_bytes(), public, about=f"feedback/{row.case_number}")
        row.key_name = key_name(case.reference, case.key_version)
        session.add(row)
    session.flush()


def _count_the_newest(session: Session, opened: list[Opened], act: Act) -> None:
    number = opened[-1][0].case_number
    earlier = session.exec(
        select(Feedback).where(Feedback.case_number == number, col(Feedback.helped_code).is_not(None))
    ).all()
    for row in earlier:
        row.helped_code = None
        session.add(row)
    for row, _ in opened:
        row.opened_on = act.on
        session.add(row)
    newest, said = opened[-1]
    newest.helped_code = said.helped
    session.flush()
