"""What the three sheets of a case share, and the assessment of needs, for a program."""

from datetime import date
from typing import Any, Final

from pydantic import Field

from casework.api.shapes.forms import By, Versioned, by
from casework.api.shapes.parts import Choice, choices, worded
from casework.api.shown import Page, Shape, Shown
from office.web.parts import value_of


class SheetVersion(Shown):
    """Which version of a sheet this is."""

    number: int
    written: By | None
    is_newest: bool


class SheetVersions(Shown):
    """A version there is of a sheet; `text` in the address shows an older one."""

    number: int
    written: By | None


class FactorTold(Shown):
    """One thing that was looked at."""

    factor: Choice | None
    answer: Choice | None
    words: str


class NeedsFound(Shown):
    """What was found, and what is done about it."""

    factors: tuple[FactorTold, ...]
    measures: tuple[Choice, ...]
    measures_text: str


class NeedsTold(NeedsFound):
    """One version of the assessment, and the day it named."""

    version: SheetVersion
    review_on: date


class NeedsShown(Shown):
    """The assessment of needs of a case."""

    case_number: str
    sheet: NeedsTold | None
    review_on: date | None = Field(description="When it is done again: null if no task is open for it.")
    may_write: bool
    versions: tuple[SheetVersions, ...]


class NeedsTextShown(Versioned):
    """The form of the assessment, with the newest version in it."""

    case_number: str
    factors: tuple[Choice, ...] = Field(description="Each is answered as `factor_` with its code.")
    answers: tuple[Choice, ...]
    measure: tuple[Choice, ...]
    now: NeedsFound | None


def needs(page: Page) -> NeedsShown:
    """Return the shape of the assessment of needs."""
    one = page["one"]
    return NeedsShown(
        case_number=page["case"].reference,
        sheet=NeedsTold(**_found(page, one), version=version_of(one), review_on=one.sheet.review_on)
        if one
        else None,
        review_on=page["review_on"],
        may_write=page["may_write"] and (one is None or one.is_newest),
        versions=versions_of(one),
    )


def needs_text(page: Page) -> NeedsTextShown:
    """Return the shape of the form of the assessment of needs."""
    one = page["one"]
    return NeedsTextShown(
        version=version_in(page),
        case_number=page["case"].reference,
        factors=choices(page["factors"]),
        answers=choices(page["answers"]),
        measure=choices(page["measures"]),
        now=NeedsFound(**_found(page, one)) if one else None,
    )


def version_of(one: Any) -> SheetVersion:
    """Return which version of a sheet is shown."""
    return SheetVersion(
        number=one.row.number, written=by(one.writer, one.row.written_on), is_newest=one.is_newest
    )


def versions_of(one: Any) -> tuple[SheetVersions, ...]:
    """Return the versions of a sheet, the newest first; none if there is only one."""
    every = one.versions if one else ()
    return tuple(
        SheetVersions(number=row.number, written=by(name, row.written_on))
        for row, name in (every if len(every) > 1 else ())
    )


def version_in(page: Page) -> int:
    """Return the version a form of a sheet is sent back with."""
    return int(value_of(page["given"], "version") or 0)


def _found(page: Page, one: Any) -> dict[str, Any]:
    words = page["measures"]
    return {
        "factors": tuple(
            FactorTold(
                factor=worded(page["factors"], each.code),
                answer=worded(page["answers"], each.answer),
                words=each.words,
            )
            for each in one.sheet.factors
        ),
        "measures": tuple(Choice(code=code, label=words[code]) for code in one.sheet.measure_codes),
        "measures_text": one.sheet.measures,
    }


SHAPES: Final[dict[str, Shape]] = {"needs.html": needs, "needs_text.html": needs_text}
