"""What the advisers' desk says to the observatory of an imported file: what it is called."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from office.handover.codes import Titles

ImportedName = Annotated[str, StringConstraints(pattern=r"^imported:[a-z0-9-]{1,40}$")]


class Source(BaseModel):
    """An imported file and its title, as whoever wrote its mapping put it: text from strangers."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    source: ImportedName
    title: Titles
