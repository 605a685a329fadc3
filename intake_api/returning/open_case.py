"""A receipt as its cookie holds it, and the case it opens, in memory for one request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from office.errors import OfficeError
from office.handover.booking import BookingAnswer
from office.handover.reply import AppointmentTold, Reply
from office.handover.report import ConsentCode
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


class BookingAsked(BaseModel):
    """What a person answered last about an appointment: of which telling of it, and the time they chose."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    appointment_id: UUID
    number: int
    answer: BookingAnswer
    time_id: UUID | None = None


class Asked(BaseModel):
    """What a person asked for last, of each consent they changed and of their appointment.

    Attributes:
        consents: yes or no, of each they changed.
        booking: their last answer about an appointment.
        wished_on: the day on which they asked for one; `wished_at`: what had been told of one by then.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    consents: dict[ConsentCode, bool] = Field(default_factory=dict)
    booking: BookingAsked | None = None
    wished_on: date | None = None
    wished_at: int = 0

    def beside(self, confirmed: Mapping[ConsentCode, bool]) -> dict[ConsentCode, bool]:
        """Return what the desk does not go by yet, as far as it has said."""
        return {code: given for code, given in self.consents.items() if confirmed.get(code) != given}


class Confirmed(NamedTuple):
    """A consent the office goes by, and the day on which it said so."""

    given: bool
    on: date


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case as the person with its receipt sees it, in memory for one request.

    `has_older`: something was said under an earlier key, and nobody has sealed it to this one yet.
    """

    case_number: str
    visit: Visit
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
    asked: Asked = field(default_factory=Asked)

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
        return all(reply.said_on <= told.said_on for reply in self.news)

    @property
    def news(self) -> tuple[Reply, ...]:
        """What the office said, oldest first, without what only confirms a change of the person's."""
        return tuple(reply for reply in self.replies if reply.kind != "consents")

    @property
    def appointment(self) -> AppointmentTold | None:
        """The appointment as it was told last; of one day, replies come in no order."""
        told = [reply.appointment for reply in self.replies if reply.appointment is not None]
        return max(told, key=lambda one: one.number, default=None)

    @property
    def answered(self) -> BookingAsked | None:
        """What the person answered about it, until the office has told something newer."""
        told, asked = self.appointment, self.asked.booking
        is_on_its_way = told is not None and asked is not None and asked.number >= told.number
        return asked if is_on_its_way else None

    @property
    def wished_on(self) -> date | None:
        """The day on which they asked for an appointment, until the office has told something newer.

        That may be of the appointment or of the case: a state told on a later day ends the waiting too.
        """
        told, asked, on = self.appointment, self.asked, self.asked.wished_on
        if on is None or (told is not None and told.number > asked.wished_at):
            return None
        return None if self.status is not None and self.status.said_on > on else on

    @property
    def confirmed(self) -> dict[ConsentCode, Confirmed]:
        """Each consent as the office said last that it goes by it."""
        now: dict[ConsentCode, Confirmed] = {}
        for reply in self.replies:
            now.update({code: Confirmed(given, reply.said_on) for code, given in reply.consents.items()})
        return now

    @property
    def on_their_way(self) -> dict[ConsentCode, bool]:
        """What the person changed and the office has not confirmed."""
        return self.asked.beside({code: told.given for code, told in self.confirmed.items()})

    @property
    def messages(self) -> tuple[Reply, ...]:
        """What the office wrote, oldest first."""
        return tuple(reply for reply in self.replies if reply.text)
