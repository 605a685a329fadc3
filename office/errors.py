"""Errors the office expects, named for what happened.

They know nothing of HTTP (see `office.web.problems`). `detail` holds only what is safe to log:
references and codes, never a name, a text or an address.

    OfficeError
    ├── NotFound      no such thing, or not for you
    ├── Refused       who you are does not allow this
    ├── Conflict      right request, but the present state forbids it
    ├── Invalid       the request itself is wrong
    ├── TooLarge      more than the office takes
    ├── TooMany       too often in too short a time
    └── Unavailable   the office itself cannot do it now
"""

from typing import ClassVar


class OfficeError(Exception):
    """Base of every expected error.

    Attributes:
        code: stable name for machines, translated for people by the catalogues.
        sentence: plain English sentence, the message id in the `office` catalogues.
        detail: what is safe to log.
        ends_with: exit code of a command that ends with it (`office.terminal`).
        may_be_done: nobody knows whether it was done after all, so nobody is told to send it again by itself.
    """

    code: ClassVar[str] = "office_error"
    sentence: ClassVar[str] = "Something went wrong. Nothing you were told was received has been lost."
    ends_with: ClassVar[int] = 1
    may_be_done: ClassVar[bool] = False

    def __init__(self, **detail: str) -> None:
        super().__init__(self.code)
        self.detail = detail

    @property
    def for_operators(self) -> str:
        """Return the sentence for whoever runs a command; residents and staff read `sentence`."""
        return self.sentence

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.detail.items())
        return f"{self.code} ({told})" if told else self.code


class NotFound(OfficeError):
    """No such thing, or not for you: the caller cannot tell which."""

    code = "not_found"
    sentence = "We cannot find this page."


class Refused(OfficeError):
    """The office knows who asks, and that person may not do this."""

    code = "refused"
    sentence = "You cannot do this."


class Conflict(OfficeError):
    """The request is well formed but the present state forbids it."""

    code = "conflict"
    sentence = "This cannot be done now, because something changed in the meantime."


class Invalid(OfficeError):
    """The request is wrong in itself."""

    code = "invalid"
    sentence = "Something in what was sent is not right. Please check it."


class TooLarge(OfficeError):
    """More than the office takes in one go."""

    code = "too_large"
    sentence = "This is too large to be sent in one go."


class TooMany(OfficeError):
    """Too often in too short a time."""

    code = "too_many"
    sentence = "There were too many tries. Please wait a little and try again."


class Unavailable(OfficeError):
    """The office cannot do this now; nothing was kept."""

    code = "unavailable"
    sentence = "We cannot take this now, and nothing was kept. Please try again later."
