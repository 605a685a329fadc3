"""The mapping: how the columns and values of one file become the office's codes.

A mapping is a TOML file beside the spreadsheet. Every code it names must be in the office's
vocabularies; a value it does not name is counted and listed, never guessed.
"""

import tomllib
from collections.abc import Mapping as MappingOf
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from casework.history.errors import MappingInvalid
from office.handover.codes import Titles
from office.vocabulary import City, load

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Unlisted = Literal["reject", "unknown"]


class Part(BaseModel):
    """A part of the mapping file; a word it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Part):
    """Where the file comes from: shown beside every chart made of it."""

    name: Name
    title: Titles
    licence: str = ""
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    sheet: str | None = None


class Rows(Part):
    """Which columns tell one row from another."""

    id: tuple[str, ...] = Field(min_length=1)


class Dates(Part):
    """The date by which the row is counted, and the year it happened if that is another column."""

    column: str
    formats: tuple[str, ...] = Field(min_length=1)
    basis: Literal["registered", "occurred"]
    occurred_column: str | None = None


class Coding(Part):
    """How one column becomes one code.

    Attributes:
        column: heading in the file.
        values: cell (compared without case and outer spaces) → code.
        empty: cells that say nothing.
        when_empty: the code of a cell that says nothing.
        unlisted: what becomes of a row whose cell is not in `values`.
        default: code of any other cell, where the column itself says enough.
    """

    column: str
    values: dict[str, str] = Field(default_factory=dict)
    empty: tuple[str, ...] = ("",)
    when_empty: str = "unknown"
    unlisted: Unlisted = "reject"
    default: str | None = None


class GroundColumn(Coding):
    """One of possibly several columns of grounds; `split` parts several grounds in one cell."""

    split: str | None = None


class HistoryMapping(Part):
    """The whole mapping file."""

    source: Source
    rows: Rows
    date: Dates
    grounds: tuple[GroundColumn, ...] = Field(min_length=1)
    district: Coding | None = None
    area: Coding | None = None
    respondent: Coding | None = None
    conduct: Coding | None = None
    channel_code: str = "unknown"
    language: str = "und"

    def columns(self) -> tuple[str, ...]:
        """Return every heading the mapping needs."""
        single = [each.column for each in (self.district, self.area, self.respondent, self.conduct) if each]
        dated = [self.date.column] + ([self.date.occurred_column] if self.date.occurred_column else [])
        return (*self.rows.id, *dated, *(each.column for each in self.grounds), *single)


def read_mapping(path: Path, city: City) -> HistoryMapping:
    """Return the checked mapping.

    Raises:
        MappingInvalid: it cannot be read, says a word that is not known, or names a code that is in
            no vocabulary.
    """
    try:
        mapping = HistoryMapping.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise MappingInvalid(file=path.name, problem=type(problem).__name__) from problem
    except ValidationError as problem:
        first = problem.errors(include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise MappingInvalid(file=path.name, problem=f"{where}: {first['msg']}") from problem
    _refuse_unknown_codes(path, mapping, city)
    return mapping


def _refuse_unknown_codes(path: Path, mapping: HistoryMapping, city: City) -> None:
    districts = {each.code for each in city.districts} | {"outside", "unknown"}
    allowed: MappingOf[str, set[str]] = {
        "grounds": set(load("grounds", city).codes),
        "district": districts,
        "area": set(load("areas", city).codes) | {"unknown"},
        "respondent": set(load("respondents", city).codes) | {"unknown"},
        "conduct": set(load("conduct", city).codes) | {"unknown"},
    }
    used: list[tuple[str, Coding]] = [("grounds", each) for each in mapping.grounds]
    for kind in ("district", "area", "respondent", "conduct"):
        coding = getattr(mapping, kind)
        if coding is not None:
            used.append((kind, coding))
    for kind, coding in used:
        named = {*coding.values.values(), coding.when_empty} | ({coding.default} if coding.default else set())
        wrong = sorted(named - allowed[kind])
        if wrong:
            raise MappingInvalid(file=path.name, problem=f"{kind}: no such code: {', '.join(wrong)}")
    if mapping.channel_code not in {*load("channels", city).codes, "unknown"}:
        raise MappingInvalid(file=path.name, problem=f"channel_code: no such code: {mapping.channel_code}")
