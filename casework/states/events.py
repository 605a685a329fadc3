"""What the timeline calls what became of a request about the end of a case."""

from typing import Final

from casework.states.tables import CLOSING, ClosingRequest

EVENTS: Final = {
    (True, "agreed"): "closing_agreed",
    (True, "sent_back"): "closing_sent_back",
    (True, "taken_back"): "closing_taken_back",
    (False, "agreed"): "void_agreed",
    (False, "sent_back"): "void_sent_back",
    (False, "taken_back"): "void_taken_back",
}
"""Kinds of events: whether the request was to close the case, and what became of it."""


def event_of(row: ClosingRequest, what: str) -> str:
    """Return the kind of the event that says what became of a request: agreed, sent back or taken back."""
    return EVENTS[row.kind_code == CLOSING, what]
