"""What can go wrong with interpreters. Only staff read these sentences."""

from casework.cases.errors import CaseChanged
from office.errors import NotFound
from office.languages import mark

NOT_UNDERTAKEN = mark(
    "%(who)s has not signed the confidentiality undertaking, so nobody of a case is put through to them. "
    "A supervisor notes in the directory on which day it was signed."
)
"""What is said of somebody of the directory who may not be used yet."""
MUST_UNDERTAKE = mark(
    "Choose somebody of the directory, or tick that this person has signed the confidentiality undertaking."
)
"""What is said of somebody who is in no directory."""


class InterpreterNotFound(NotFound):
    """Nobody of this name in the directory."""

    code = "interpreter_not_found"


class InterpreterChanged(CaseChanged):
    """Somebody changed this entry of the directory since the page was made."""

    code = "interpreter_changed"
