"""How a text of the register is checked: short, without the number of a document or of a case."""

from typing import Final

from casework.authority_requests.rules import names_a_case
from casework.forms import Checked
from office.languages import mark

LONGER_THAN: Final = mark("This is too long: %(count)s characters, and %(most)s fit.")
NAMES_A_CASE: Final = mark("This looks like a case number. The register names no case: take it out.")


def checked_text(checked: Checked, name: str, most: int, *, needed: bool = True) -> str:
    """Return a short text of the register, in which no document's number and no case number may stand."""
    written = checked.text(name, needed=needed)
    if len(written) > most:
        checked.wrong(name, LONGER_THAN, count=len(written), most=most)
    if names_a_case(written):
        checked.wrong(name, NAMES_A_CASE)
    return written
