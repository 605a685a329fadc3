"""What lies sealed of an appointment."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from casework.appointments.rules import LONGEST_LINE, LONGEST_WORDS
from office.handover.booking import Wish
from office.handover.reply import MeetingTime

Line = Annotated[str, StringConstraints(max_length=LONGEST_LINE)]
Words = Annotated[str, StringConstraints(max_length=LONGEST_WORDS)]


class AppointmentText(BaseModel):
    """The hours of an appointment and what was said about it, in the memory of a signed-in person only.

    Attributes:
        offered: the times the person was given, or the one that is booked.
        slot_id: the hour that is booked.
        agreed_at: the number of the telling of the hour that the office booked, to which answers before it
            cannot refer.
        answer_by: until when the person is asked to choose.
        join: how to join on video.
        interpreter: who interprets, and how to reach them.
        interpreter_id: who it is in the directory of interpreters; none of somebody who is not in it.
        holds_interpreter: this appointment holds their hour; see `interpreter_hours`.
        has_undertaken: somebody who is in no directory has signed, as whoever noted it said.
        speaks: the language of the person, in words.
        wish: how and when they asked to be met.
        said: what the person wrote with their answer.
        step_free: they come only where there are no steps.
        is_taken: a time they chose was gone.
        corrected: why it was corrected whether they came, each time.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    offered: tuple[MeetingTime, ...] = ()
    slot_id: UUID | None = None
    agreed_at: int = 0
    answer_by: date | None = None
    join: Words = ""
    interpreter: Line = ""
    interpreter_id: UUID | None = None
    holds_interpreter: bool = False
    has_undertaken: bool = False
    speaks: Line = ""
    wish: Wish | None = None
    said: Words = ""
    step_free: bool = False
    is_taken: bool = False
    corrected: tuple[Words, ...] = ()

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()

    def with_(self, **changed: object) -> "AppointmentText":
        """Return the same with some of it changed."""
        return self.model_copy(update=changed)
