"""What a piece of advice goes through, and what each step needs. Pure: no store, no clock.

Nothing is delivered that nobody else has read; the person decides; nothing is filed without their mandate.
"""

from typing import Final

from office.languages import mark

STATES: Final = {
    "draft": mark("Draft"),
    "reviewed": mark("Reviewed"),
    "delivered": mark("Delivered"),
    "withdrawn": mark("Withdrawn"),
}
STEPS: Final = {
    "sent_back": mark("Sent back"),
    "reviewed": mark("Reviewed"),
    "delivered": mark("Delivered"),
    "decided": mark("The person decided"),
    "withdrawn": mark("Withdrawn"),
}
"""What is noted of a piece of advice beside its texts, each a row that is never changed."""

STATES_BEFORE: Final = {
    "write": ("draft", "reviewed"),
    "translate": ("draft", "reviewed"),
    "sent_back": ("draft",),
    "reviewed": ("draft",),
    "delivered": ("reviewed",),
    "decided": ("delivered",),
    "withdrawn": ("draft", "reviewed", "delivered"),
}
"""From which states each act starts."""

CHANNELS: Final = ("in_person", "outreach", "phone", "video", "messaging", "email", "post")
"""Codes of the list `channels` by which advice can reach somebody."""
RECEIPT: Final = "receipt"
WAYS: Final = (RECEIPT, *CHANNELS)
READ: Final = frozenset({RECEIPT, "messaging", "email", "post"})
"""Ways by which advice is read and not told, whatever else was done."""
BY_RECEIPT: Final = mark("In writing, read with the receipt")

UNDERSTOOD: Final = {
    "speaks": mark("Told by somebody of the office who speaks the language"),
    "interpreter": mark("Told with an interpreter"),
    "in_writing": mark("In writing only"),
}
NO_INTERPRETER: Final = "none"
"""The code of the list `interpreters` of who needs none."""

DECISIONS: Final = {
    "go_on": mark("They want to go on"),
    "not": mark("They do not want to go on"),
    "thinks": mark("They think about it"),
}
TO_FILE: Final = "in_writing"
"""The mandate (list `mandates`) with which something may be filed: Law 39/2015 art. 5.4, to be confirmed."""

MOST_LAWS: Final = 12
MOST_OPTIONS: Final = 8


def is_same_language(one: str, other: str | None) -> bool:
    """Say whether two tags name one language; an easy or regional variant is the same."""
    return other is not None and one.partition("-")[0] == other.partition("-")[0]


def needs_interpreter(code: str | None) -> bool:
    """Say whether somebody who said this of themselves needs an interpreter, spoken or signed."""
    return bool(code) and code != NO_INTERPRETER
