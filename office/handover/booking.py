"""What a person answers about their appointment, on its way to the desk."""

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

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
