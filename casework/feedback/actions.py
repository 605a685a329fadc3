"""Opening what people said at the end: the answer is kept as a code, the words go into the case's thread.

Whoever answers twice is counted once, as they answered last: only the newest keeps its code.
"""

from collections.abc import Sequence

from pydantic import ValidationError
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.keys import case_public_key
from casework.cases.rules import key_name
from casework.cases.tables import CaseFile
from casework.feedback.tables import Feedback
from casework.feedback.waiting import waiting_feedback
from casework.messages.content import ThreadEntry
from casework.messages.incoming import KeyOf, keys_for
from casework.messages.thread import add_to_thread
from casework.staff.keys import names_held, office_key
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
    """Deal with what came under the office's keys: pass it on to its case, or count it if there is none.

    A report that was settled without a case has no thread: the words stay sealed where they are.
    """
    held = names_held(session, act.who.id)
    wanted = select(Feedback).where(col(Feedback.opened_on).is_(None), col(Feedback.key_name).in_(held))
    counted = 0
    waiting = session.exec(wanted.with_for_update()).all()
    for number in sorted({row.case_number for row in waiting}):
        own = [row for row in waiting if row.case_number == number]
        opened = _readable(own, lambda name: office_key(session, act.who, name))
        case = session.exec(select(CaseFile).where(CaseFile.reference == number)).first()
        if case is not None:
            _pass_on(session, case, opened)
        elif opened:
            _count_the_newest(session, opened, act)
            record(session, "feedback_read", at=act.at, by=act.who.id, report=number, count=len(opened))
            counted += len(opened)
    return counted


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
