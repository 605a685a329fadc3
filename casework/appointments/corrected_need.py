"""An appointment to come heeds that the person needs an interpreter after all."""

from casework.appointments import interpreting
from casework.appointments.actions import Hand, keep, record
from casework.appointments.queries import standing
from casework.appointments.rules import LONGEST_LINE
from casework.appointments.waiting import open_row


def heed_need(hand: Hand, speaks: str) -> bool:
    """Note that an interpreter is still to be found, and tell the person; say whether it was noted.

    Where one is arranged, or the day is past, nothing changes: who was met is not rewritten.

    Args:
        hand: who corrected it, in which case.
        speaks: the language of the person, in words.
    """
    row = open_row(hand.session, hand.case.id)
    if row is None or row.interpreter_code != "none" or (row.on_day is not None and row.on_day < hand.act.on):
        return False
    text = standing(hand.session, hand.case, row, hand.act).text
    row.interpreter_code = "needed"
    if row.state_code == "booked":
        interpreting.ask_in_time(hand.session, hand.case, row, hand.act, hand.language)
    keep(hand, row, text.with_(speaks=text.speaks or speaks[:LONGEST_LINE]), row.state_code)
    record(hand, "interpreter_noted", row, interpreter="needed")
    return True
