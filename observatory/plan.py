"""The plan: which tables are ever published, at which width, and who answers for that.

Read once from `plan.toml` and `parameters.toml` and refused if anything in them was not agreed. It knows no
figure: a plan is decided before one is counted.
"""

import hashlib
import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from observatory.errors import PlanBroken

HERE: Final = Path(__file__).parent
PLAN_FILE: Final = HERE / "plan.toml"
PARAMETERS_FILE: Final = HERE / "parameters.toml"
TOTAL: Final = "total"
IMPORTED: Final = "imported:"
Words = Mapping[str, str]
PeriodKind = Literal["quarter", "year"]
Universe = Literal["situations", "mentions"]


class Agreed(BaseModel):
    """Base of everything read from the plan: frozen, and nothing more than what is written here."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dimension(Agreed):
    """One classification.

    Attributes:
        list: the vocabulary whose published codes are its rows.
        column: the fact's column.
        alone: a code counted only where no other is told.
    """

    name: str
    list: str
    column: str
    universe: Universe
    alone: str = ""
    definition: str


class Cuboid(Agreed):
    """One published table: a period, at most one dimension, a universe and a band width."""

    id: str
    period: PeriodKind
    dimension: str = ""
    universe: Universe
    width: int = Field(ge=2)
    definition: str

    @property
    def part(self) -> str:
        """Return the dimension, or `total`."""
        return self.dimension or TOTAL


class Residual(Agreed):
    """A row that tables have beside their list."""

    code: str
    label: Words


class Note(Agreed):
    """A sentence shown with a cell, by language."""

    id: str
    text: Words


class PlanMeta(Agreed):
    """Who made the plan, who checked it, and when it must be read again."""

    plan: str
    version: str
    author: str
    checked_by: str
    next_review: date
    authority: str


class Plan(Agreed):
    """All tables, in the order in which they are published."""

    meta: PlanMeta
    dimension: tuple[Dimension, ...]
    cuboid: tuple[Cuboid, ...]
    residual: tuple[Residual, ...]
    note: tuple[Note, ...]

    def telling(self, dimensions: Collection[str]) -> "Plan":
        """Return the plan without the tables of dimensions that a source does not tell of at all."""
        kept = tuple(one for one in self.cuboid if one.part == TOTAL or one.dimension in dimensions)
        return self.model_copy(update={"cuboid": kept})

    def readings(self, source: str) -> tuple["Plan", ...]:
        """Return how the figures of a source may be read, the plan itself first.

        A reader may know of an imported file that it names one ground for each situation. Then mentions add
        up to the total like any other dimension.
        """
        if not source.startswith(IMPORTED):
            return (self,)
        one_ground = tuple(
            one.model_copy(update={"universe": "situations", "alone": ""}) for one in self.dimension
        )
        return self, self.model_copy(update={"dimension": one_ground})

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        universes = {dimension.name: dimension.universe for dimension in self.dimension}
        for cuboid in self.cuboid:
            if cuboid.id != f"{cuboid.period}_{cuboid.part}":
                raise ValueError(f"{cuboid.id}: named otherwise than its period and dimension")
            if cuboid.universe != universes.get(cuboid.dimension, "situations"):
                raise ValueError(f"{cuboid.id}: another universe than its dimension")
        return self

    @property
    def version(self) -> str:
        """Return name and version, `smallest-1`."""
        return f"{self.meta.plan}-{self.meta.version}"

    def of(self, dimension: str) -> Dimension:
        """Return a dimension by its name; raise PlanBroken."""
        for one in self.dimension:
            if one.name == dimension:
                return one
        raise PlanBroken(dimension=dimension)

    def width(self, cuboid: str) -> int:
        """Return the band width of a table; raise PlanBroken if it is not planned."""
        for one in self.cuboid:
            if one.id == cuboid:
                return one.width
        raise PlanBroken(table=cuboid)


class ParametersMeta(Agreed):
    """Who chose the numbers."""

    version: str
    author: str
    checked_by: str
    next_review: date


class Bands(Agreed):
    """Widths of bands."""

    width: int = Field(ge=2)
    sensitive_width: int = Field(ge=2)
    sensitive_from: str


class AuditRules(Agreed):
    """What must stay possible, and how long the solver may take; see `observatory.disclosure.rules`."""

    small: int = Field(default=5, ge=2)
    others_keep: int = Field(default=3, ge=1)
    derived_keep: int = Field(default=5, ge=1)
    known_records: int = Field(default=2, ge=0)
    year_from: int = Field(default=80, ge=0)
    solver_seconds: float = Field(default=60, gt=0)
    widening_rounds: int = Field(default=20, ge=1)


class Times(Agreed):
    """When a quarter may be counted."""

    frozen_after_days: int = Field(ge=0)


class Parameters(Agreed):
    """The numbers of the disclosure rules."""

    meta: ParametersMeta
    bands: Bands
    audit: AuditRules
    time: Times


@cache
def load_plan(path: Path = PLAN_FILE) -> Plan:
    """Return the plan; raise PlanBroken."""
    try:
        return Plan.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise PlanBroken(file=path.name) from error


@cache
def load_parameters(path: Path = PARAMETERS_FILE) -> Parameters:
    """Return the parameters; raise PlanBroken."""
    try:
        return Parameters.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise PlanBroken(file=path.name) from error


def plan_digest() -> str:
    """Return the sha256 of the plan and parameter files, so that a draft knows which it was made with."""
    return hashlib.sha256(PLAN_FILE.read_bytes() + PARAMETERS_FILE.read_bytes()).hexdigest()
