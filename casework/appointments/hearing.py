"""What two forms say of who interprets, or interpreted, at an appointment."""

from typing import Final

from casework.appointments.actions import Heard
from casework.appointments.rules import INTERPRETERS, LONGEST_LINE, SETTLED
from casework.forms import Checked
from office.languages import mark

WHO_INTERPRETS: Final = mark("Write who interprets.")
WHO_INTERPRETED: Final = mark("Write who interpreted.")


def who_interprets(checked: Checked) -> Heard:
    """Return what was sent of who interprets."""
    heard = Heard(
        checked.one("interpreting", tuple(INTERPRETERS)),
        checked.text("who_interprets", needed=False, most=LONGEST_LINE),
        checked.text("speaks_in", needed=False, most=LONGEST_LINE),
    )
    if heard.code == "arranged" and not heard.name:
        checked.wrong("who_interprets", WHO_INTERPRETS)
    return heard


def who_interpreted(checked: Checked) -> Heard:
    """Return what was sent of who interpreted: beside it the next appointment may ask who will."""
    heard = Heard(
        checked.one("interpreted", SETTLED),
        checked.text("who_interpreted", needed=False, most=LONGEST_LINE),
        checked.text("spoken_in", needed=False, most=LONGEST_LINE),
    )
    if heard.code == "arranged" and not heard.name:
        checked.wrong("who_interpreted", WHO_INTERPRETED)
    return heard
