"""What lies sealed of a correction."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from casework.corrections.rules import LONGEST_WORDS
from office.handover.report import ConsentCode, Languages, ReportContact

Words = Annotated[str, StringConstraints(max_length=LONGEST_WORDS)]


class CorrectionWords(BaseModel):
    """What holds now, who said so and how; in clear in the memory of a signed-in person only.

    Attributes:
        contact: how to reach the person from now on.
        languages: how they read and talk, with the interpreter they need.
        was: the code that held before: an urgency, or a language.
        now: the code that holds from now on.
        given: to what they agree from now on.
        withdrawn: to what they agree no longer.
        said_by: a code of `rules.SAID_BY`.
        how: a code of `rules.HOW`.
        told_in: the language in which they said it.
        told_on: on which day.
        words: why, or what they said.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    contact: ReportContact | None = None
    languages: Languages | None = None
    was: str = ""
    now: str = ""
    given: tuple[ConsentCode, ...] = ()
    withdrawn: tuple[ConsentCode, ...] = ()
    said_by: str = ""
    how: str = ""
    told_in: str = ""
    told_on: date | None = None
    words: Words = ""

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
