"""What the advisers' desk sends back to the person who reported, sealed to their receipt."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Final, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from office.handover.codes import LanguageTag
from office.handover.report import ConsentCode, ShortText, Words

StateCode = Literal["received", "read", "in_progress", "waiting_for_you", "closed"]


MeetingWay = Literal["place", "phone", "video", "clinic"]
AppointmentState = Literal["offered", "asked", "booked", "cancelled", "over"]
MOST_TIMES: Final = 5
"""Times that are offered at once."""


class MeetingTime(BaseModel):
    """One time of an appointment, by the clocks of the city, and where it is.

    Attributes:
        id: by which it is chosen.
        on: the city's day.
        minute: of that day.
        minutes: how long it lasts.
        place: the name of a place anybody may go to, with its address; empty on the telephone.
        at_the_door: what to say there; it names neither the office nor the matter.
        step_free: whether one gets in without steps.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: UUID
    on: date
    minute: int = Field(ge=0, lt=1440)
    minutes: int = Field(ge=5, le=480)
    way_code: MeetingWay
    place: ShortText = ""
    address: ShortText = ""
    room: ShortText = ""
    at_the_door: ShortText = ""
    step_free: bool | None = None
    languages: tuple[LanguageTag, ...] = Field(default=(), max_length=20)

    def starts_at(self, zone: ZoneInfo) -> datetime:
        """Return the instant at which it starts, in UTC."""
        hour, minute = divmod(self.minute, 60)
        return datetime.combine(self.on, time(hour, minute), zone).astimezone(UTC)


class AppointmentTold(BaseModel):
    """Where one appointment stands, as the person is told; what was told last holds.

    Attributes:
        number: grows with everything told about it.
        times: those offered, or the one that is booked.
        is_taken: the time they chose was gone, or cannot be; these are new ones.
        interpreter: whether somebody interprets, when somebody must.
        answer_by: until when what is offered is kept in mind; nothing is kept free by it.
        join: how to join on video.
        by_person: they cancelled it themselves.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    appointment_id: UUID
    number: int = Field(ge=1)
    state_code: AppointmentState
    times: tuple[MeetingTime, ...] = Field(default=(), max_length=MOST_TIMES)
    is_taken: bool = False
    interpreter: Literal["none", "needed", "arranged"] = "none"
    answer_by: date | None = None
    join: Words = ""
    by_person: bool = False


class Reply(BaseModel):
    """A message, the state of the matter and the day of the next news, an appointment, or what is agreed to.

    `said_on` is a day, never a time: replies wait in the mailbox, sealed, until they are read.
    `consents` are those the desk goes by on that day, and may be a few of them; format 1 told none. `turn`
    is how many changes of them it had applied by then: replies of one day arrive in no order. Only format 3
    tells of an appointment.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1, 2, 3] = 3
    kind: Literal["message", "status", "consents", "appointment"]
    said_on: date
    text: Annotated[str, StringConstraints(max_length=20_000)] = ""
    state_code: StateCode | None = None
    next_on: date | None = None
    from_role: Literal["adviser", "office"] = "office"
    consents: dict[ConsentCode, bool] = Field(default_factory=dict)
    turn: int = Field(default=0, ge=0)
    appointment: AppointmentTold | None = None

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()


class RelayNote(BaseModel):
    """The state of a report, for the association that filed it and may follow it: never its text."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    said_on: date
    state_code: StateCode
    next_on: date | None = None

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
