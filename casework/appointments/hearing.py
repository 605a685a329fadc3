"""What two forms say of who interprets, or interpreted, at an appointment."""

from typing import Final

from casework.appointments.actions import Heard
from casework.appointments.rules import INTERPRETERS, LONGEST_LINE, SETTLED
from casework.forms import Checked
from casework.interpreters.errors import MUST_UNDERTAKE
from casework.interpreters.showing import chosen_interpreter
from casework.interpreters.tables import Interpreter
from casework.showing import View
from office.languages import mark

WHO_INTERPRETS: Final = mark("Write who interprets.")
WHO_INTERPRETED: Final = mark("Write who interpreted.")


def who_interprets(view: View, checked: Checked) -> Heard:
    """Return what was sent of who interprets: somebody of the directory, or another by name.

    Nobody interprets for a person who has not undertaken in writing to keep silent.
    """
    code = checked.one("interpreting", tuple(INTERPRETERS))
    named = checked.text("who_interprets", needed=False, most=LONGEST_LINE)
    speaks = checked.text("speaks_in", needed=False, most=LONGEST_LINE)
    if code != "arranged":
        return Heard(code, named, speaks)
    found = chosen_interpreter(view, checked, "chosen_interpreter")
    if found is not None:
        return Heard(code, _reached(found), speaks, found.id)
    if not named:
        checked.wrong("who_interprets", WHO_INTERPRETS)
    elif not checked.some("has_undertaken", ("yes",), needed=False):
        checked.wrong("has_undertaken", MUST_UNDERTAKE)
    return Heard(code, named, speaks, has_undertaken=bool(named))


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


def _reached(one: Interpreter) -> str:
    """Return who interprets and how they are reached; half a telephone number would be somebody else's."""
    whole = f"{one.name}, {one.way}"
    return whole if len(whole) <= LONGEST_LINE else one.name
