"""What a person answers about their appointment, on its way to the desk."""

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from office.handover.report import Sealable, Words

BookingAnswer = Literal["choose", "other_times", "cancel"]


class Booking(Sealable):
    """What the person answers about an appointment, sealed as a message is.

    Attributes:
        appointment_id: which one.
        number: of the telling that was answered; what was told later is not answered by it.
        answer: whether they choose a time, ask for other times, or cancel.
        time_id: the time they chose.
        needs_interpreter: somebody must interpret; `text` says for which language.
        needs_step_free: they come only where there are no steps.
    """

    kind: Literal["booking"] = "booking"
    case_number: str
    told_at: datetime
    appointment_id: UUID
    number: int = Field(ge=1)
    answer: BookingAnswer
    time_id: UUID | None = None
    needs_interpreter: bool = False
    needs_step_free: bool = False
    text: Words = ""

    @model_validator(mode="after")
    def _names_its_time(self) -> Self:
        if (self.answer == "choose") != (self.time_id is not None):
            raise ValueError("a time is named by who chooses one, and by nobody else")
        return self


WishWay = Literal["place", "phone", "video"]
WishDay = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]
WishHalf = Literal["morning", "afternoon"]


class Wish(BaseModel):
    """How and when somebody would like to be met; no day and no half of a day named is any of them."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    ways: tuple[WishWay, ...] = Field(min_length=1, max_length=3)
    days: tuple[WishDay, ...] = Field(default=(), max_length=5)
    halves: tuple[WishHalf, ...] = Field(default=(), max_length=2)


class AppointmentWish(Sealable):
    """That the person asks for an appointment, before the office offered any; sealed as an answer is.

    Attributes:
        wish: how and when.
        needs_interpreter: somebody must interpret; `text` says for which language.
        needs_step_free: they come only where there are no steps.
    """

    kind: Literal["appointment_wish"] = "appointment_wish"
    case_number: str
    told_at: datetime
    wish: Wish
    needs_interpreter: bool = False
    needs_step_free: bool = False
    text: Words = ""
