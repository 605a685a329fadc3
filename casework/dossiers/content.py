"""What lies sealed of a dossier: for whom, what is in it and blacked out, and the index of each made."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True)]


class Line(BaseModel):
    """One document in the index of a dossier that was made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    sha256: str
    is_file: bool = False


class MadeDossier(BaseModel):
    """A dossier as it was handed out: the fingerprint of its PDF, and its index. The PDF is not kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    made_on: date
    sha256: str
    lines: tuple[Line, ...]


class DossierText(BaseModel):
    """A dossier in clear, as it exists in the memory of a signed-in person only.

    Attributes:
        recipient: which prosecutor or court, by name.
        their_number: by which they know the matter.
        parts: keys of the texts in it (`parts.Part`).
        files: for each file, `in` or a code of `rules.LEFT_OUT`.
        blacked: what is blacked out, one a line.
        agreed: the fingerprint of what the person consented to (`making.Whole`).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    language: str = "es"
    recipient: Text = ""
    their_number: Text = ""
    parts: tuple[str, ...] = ()
    files: dict[str, str] = {}
    blacked: Text = ""
    evidence: Text = ""
    agreed: str = ""
    made: tuple[MadeDossier, ...] = ()

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
