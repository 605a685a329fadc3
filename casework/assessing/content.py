"""What lies sealed of a sheet. No field asks for papers, a status or a diagnosis."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from casework.assessing.rules import MOST_INDICATIONS

Text = Annotated[str, StringConstraints(max_length=20_000)]
_STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)


class Sheet(BaseModel):
    """One version of a sheet in clear, in the memory of a signed-in person only."""

    model_config = _STRICT

    format: Literal[1] = 1

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()


class Indication(BaseModel):
    """One thing that points to discrimination.

    Attributes:
        key: its number on the sheet, never given to another.
        where: `file`, `message` or `link` of the case, or a code of `rules.PLACES`.
        ref: which file, message or link.
        called: what that was called when it was chosen.
        place: where exactly in it, or where outside the case.
        vanishes: whether it disappears by itself, as recordings do.
    """

    model_config = _STRICT

    key: int
    kind: str
    shows: Text
    strength: str
    where: str
    ref: str = ""
    called: Text = ""
    place: Text = ""
    against: Text = ""
    vanishes: bool = False


class ProofSheet(Sheet):
    """What points to discrimination in one harm."""

    harm: Text
    happened_on: date | None = None
    comparator: Text = ""
    indications: tuple[Indication, ...] = Field(default=(), max_length=MOST_INDICATIONS)
    last_key: int = 0

    def indication(self, key: int) -> Indication | None:
        """Return the indication of this number, or None."""
        return next((one for one in self.indications if one.key == key), None)


class Tick(BaseModel):
    """One indicator of bias, and the sentence that says what points to it here."""

    model_config = _STRICT

    code: str
    words: Text


class BiasSheet(Sheet):
    """Which indicators of bias there are, of which list, and what speaks for another motive."""

    list_version: str
    ticks: tuple[Tick, ...] = ()
    ground_codes: tuple[str, ...] = ()
    against: Text = ""


class Factor(BaseModel):
    """One thing that was looked at, a code of `rules.FACTORS`."""

    model_config = _STRICT

    code: str
    answer: Literal["yes", "no", "unknown"]
    words: Text = ""


class NeedsSheet(Sheet):
    """What the person needs so as not to be hurt again, and when somebody looks at it anew."""

    factors: tuple[Factor, ...]
    measure_codes: tuple[str, ...]
    measures: Text = ""
    review_on: date
