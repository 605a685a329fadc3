"""Correcting whether the person came: what was noted before stays in the timeline, the reason lies sealed.

Of an appointment that is over the person is not told whether they came, so nothing is told them anew.
"""

from datetime import timedelta

from sqlmodel import col, select

from casework.appointments.actions import Hand, Heard, after, record
from casework.appointments.errors import AppointmentChanged, InterpreterNotSettled
from casework.appointments.going_on import GOES_ON, MISSED
from casework.appointments.interpreting import end_task
from casework.appointments.queries import Standing
from casework.appointments.rules import AFTER_DAYS, SETTLED, SOON_DAYS
from casework.appointments.tables import CaseAppointment
from casework.cases.sealed_rows import seal_row

OTHERWISE = {"attended": "no_show", "no_show": "attended"}


def asks_who_interpreted(row: CaseAppointment) -> bool:
    """Say whether nobody may have been met so far: it is not noted who interpreted, and that is needed."""
    return row.state_code == "no_show" and row.interpreter_code not in SETTLED


def correct(hand: Hand, one: Standing, was: str, reason: str, heard: Heard | None = None) -> None:
    """Note that the person came after all, or did not, with why; what the adviser does next follows.

    It counts from today on: a month that is over stays as it was.

    Args:
        hand: who acts in which case.
        one: the appointment.
        was: what the page had of it, a key of `OTHERWISE`.
        reason: why it is corrected, in the adviser's words.
        heard: who interpreted, where that is asked.

    Raises:
        AppointmentChanged: it is not over, not the last of the case that was met or missed, or was
            corrected since the page was made.
        InterpreterNotSettled: they came, and it is not noted who interpreted.
    """
    session, row, act = hand.session, one.row, hand.act
    if was not in OTHERWISE or row.state_code != was or row.id != last_noted(hand) or row.settled_on is None:
        raise AppointmentChanged(case=hand.case.reference)
    before, now, text = row.settled_on, OTHERWISE[was], one.text
    if asks_who_interpreted(row):
        if heard is None or heard.code not in SETTLED:
            raise InterpreterNotSettled(case=hand.case.reference)
        text = heard.put(row, text)
    row.state_code, row.settled_on = now, act.on
    seal_row(session, hand.case, row, text.with_(corrected=(*text.corrected, reason)).as_bytes())
    session.flush()
    if _is_newest(hand, row):
        days, then = (AFTER_DAYS, GOES_ON) if now == "attended" else (SOON_DAYS, MISSED)
        after(hand, row, "adviser", act.on + timedelta(days=days), then)
    else:  # another was agreed since, which says who acts next
        end_task(session, hand.case, row.then_task_id, "dropped", act)
        row.then_task_id = None
    record(hand, "appointment_corrected", row, corrected_to=now, noted_on=before.isoformat())


def last_noted(hand: Hand) -> object:
    """Return the id of the last appointment of the case to which the person came or did not; None without."""
    wanted = select(CaseAppointment.id).where(
        CaseAppointment.case_id == hand.case.id, col(CaseAppointment.state_code).in_(tuple(OTHERWISE))
    )
    return hand.session.exec(wanted.order_by(col(CaseAppointment.version).desc())).first()


def _is_newest(hand: Hand, row: CaseAppointment) -> bool:
    newer = select(CaseAppointment.id).where(
        CaseAppointment.case_id == hand.case.id, CaseAppointment.version > row.version
    )
    return hand.session.exec(newer).first() is None
