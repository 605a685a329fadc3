"""A receipt as its cookie holds it, and the case it opens, in memory for one request."""

from dataclasses import dataclass, field
from datetime import date

from office.errors import OfficeError
from office.handover.reply import Reply
from office.ids import checked_case_number
from office.routing import Routing
from office.sealing.boxes import SealingKey
from office.sealing.receipts import checked


@dataclass(frozen=True, slots=True)
class Visit:
    """A receipt as its cookie holds it."""

    case_number: str
    key: str

    def __repr__(self) -> str:
        return "Visit(…)"

    def cookie(self) -> str:
        """Return the value of the cookie."""
        return f"{self.case_number}.{self.key}"

    @classmethod
    def of(cls, cookie: str | None) -> "Visit | None":
        """Return the receipt a cookie holds, or None if it holds none."""
        number, _, key = (cookie or "")[:200].partition(".")
        try:
            return cls(checked_case_number(number), checked(key))
        except OfficeError:
            return None


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case as the person with its receipt sees it, in memory for one request.

    `has_older`: something was said under an earlier key, and nobody has sealed it to this one yet.
    """

    case_number: str
    key: SealingKey
    key_version: int
    case_public_key: bytes | None
    case_key_version: int | None
    routing: Routing
    opened_week: str
    replies: tuple[Reply, ...]
    unreadable: int
    has_older: bool = False
    proof: bytes = field(default=b"", repr=False)
    is_followed: bool = False

    @property
    def status(self) -> Reply | None:
        """The newest state the office told, or None if it has told none yet."""
        told = [reply for reply in self.replies if reply.kind == "status"]
        return told[-1] if told else None

    @property
    def next_on(self) -> date | None:
        """The day of the next news, as the newest state told it; a closed case promises none."""
        told = self.status
        return told.next_on if told and told.state_code != "closed" else None

    def is_late(self, today: date) -> bool:
        """Return whether the promised day is over and the office has said nothing since it promised."""
        told, promised = self.status, self.next_on
        if told is None or promised is None or promised >= today:
            return False
        return all(reply.said_on <= told.said_on for reply in self.replies)

    @property
    def messages(self) -> tuple[Reply, ...]:
        """What the office wrote, oldest first."""
        return tuple(reply for reply in self.replies if reply.text)
