"""How codes, months and language tags are written in every handover."""

from typing import Annotated

from pydantic import StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,59}$")]
Codes = Annotated[str, StringConstraints(pattern=r"^([a-z0-9][a-z0-9_]{0,59}( [a-z0-9][a-z0-9_]{0,59})*)?$")]
"""Several codes, joined by single spaces; none is an empty text."""
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
