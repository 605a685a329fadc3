"""Taking over that a person asks for an appointment: the case waits for times, which the adviser offers.

What they wish for lies sealed in the appointment, and in words, with what they wrote, in the thread. Beside
an appointment that is to come or to be agreed already only the wish is added; nothing that is agreed changes.
"""

from datetime import timedelta

from casework.appointments import interpreting
from casework.appointments.actions import Hand, after, begin, keep, record
from casework.appointments.going_on import WISHED
from casework.appointments.queries import standing
from casework.appointments.rules import SOON_DAYS
from casework.appointments.waiting import open_row
from office.handover.booking import AppointmentWish


def take_wish(hand: Hand, told: AppointmentWish) -> None:
    """Note what the person asks for; in a case that is closed it stands in the thread only.

    Where closing is asked the case waits for times as ever: so nobody closes it who has not seen the wish.
    """
    session, case = hand.session, hand.case
    record(hand, "booking_read", count=1, texts=1)
    record(hand, "appointment_wished")
    if case.is_closed:
        return
    row = open_row(session, case.id)
    if row is None:
        row, text = begin(hand, None, 0, while_closing=True)
    else:
        text = standing(session, case, row, hand.act).text
    if told.needs_interpreter and row.interpreter_code == "none":
        row.interpreter_code = "needed"
    text = text.with_(
        wish=told.wish,
        said=told.text or text.said,
        step_free=text.step_free or told.needs_step_free,
    )
    if row.state_code == "booked":
        interpreting.ask_in_time(session, case, row, hand.act, hand.language)
    keep(hand, row, text, row.state_code)
    after(hand, row, "adviser", hand.act.on + timedelta(days=SOON_DAYS), WISHED)
