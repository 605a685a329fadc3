"""What a release and a shelf say about themselves: `release.json` and `shelf.json`."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from office.errors import NotFound, Unavailable
from office.handover.codes import Titles

MANIFEST: Final = "release.json"

SHELF_CARD: Final = "shelf.json"

FORMAT: Final = 1

Name = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(Q[1-4])?(-[0-9]{4}(Q[1-4])?)?\.[1-9][0-9]{0,3}$")]

PeriodName = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-Q[1-4])?$")]

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

FilePath = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)?(\.[a-z-]+)+$")]

Universe = Literal["situations", "mentions"]


class ReleaseDamaged(Unavailable):
    """A release was changed, is incomplete, or was not signed by this office."""

    code = "release_damaged"
    sentence = "This release is damaged or was not signed by the office, so it cannot be shown."


class ShelfDamaged(Unavailable):
    """A folder that should be a shelf is none."""

    code = "shelf_damaged"
    sentence = "This collection of figures is damaged, so it cannot be shown."


class TableNotPublished(NotFound):
    """The release has no table of this name."""

    code = "table_not_published"
    sentence = "These figures are not published."


class AuditSummary(BaseModel):
    """What the disclosure audit did before the signature.

    Attributes:
        targets: quantities whose possible values were worked out.
        narrowed: those that could still be narrowed below the guarantee; a release has none.
        widened: published bands wider than the plan's width, so that nothing can be narrowed.
        lp_count: questions put to the solver.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    targets: int = Field(ge=0)
    narrowed: int = Field(ge=0)
    widened: int = Field(ge=0)
    lp_count: int = Field(ge=0)


class Withdrawal(BaseModel):
    """The notice by which a later version takes an earlier one back; the earlier folder stays as it was."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name
    reason: str
    on: date


class ReleaseManifest(BaseModel):
    """`release.json`: what a release is, which files it has, and who answers for it.

    Attributes:
        title: what an imported file is called, by language; nothing for the office's own figures.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1]
    name: Name
    version: int = Field(ge=1)
    shelf: str
    source: str
    period_basis: Literal["registration", "imported", "demonstration"]
    plan_version: str
    periods: tuple[PeriodName, ...]
    made_at: datetime
    signed_by: Annotated[str, StringConstraints(min_length=1)]
    signed_on: date
    files: Mapping[FilePath, Digest]
    audit: AuditSummary
    withdrawn: Withdrawal | None = None
    title: Titles | None = None
    signature: str


class ShelfCard(BaseModel):
    """`shelf.json`: what a shelf says about itself.

    Attributes:
        source: `live`, `demonstration` or `imported:<name>`.
        title: its name, by language.
        period_basis: what a period counts.
        invented: everything on it is made up.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    source: str
    title: Mapping[str, str]
    period_basis: Literal["registration", "imported", "demonstration"]
    invented: bool


def canonical(manifest: Mapping[str, Any]) -> bytes:
    """Return the bytes that are signed: the manifest without its signature, sorted, without spaces, UTF-8."""
    signed = {key: value for key, value in manifest.items() if key != "signature"}
    return json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
