"""The sheets of indications for a program: all of a case, one with what it lacks, and its forms."""

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.assessing import (
    SheetVersion,
    SheetVersions,
    version_in,
    version_of,
    versions_of,
)
from casework.api.shapes.forms import Versioned, shortened
from casework.api.shapes.parts import Choice, Code, choices, worded
from casework.api.shown import Page, Shape, Shown
from casework.assessing.content import Indication
from casework.assessing.keeping import value_of as kept_value
from office.web.parts import value_of

LONGEST_HARM: Final = 120
"""Characters of a harm in the list."""


class ProofLine(Shown):
    """A sheet in the list of a case, by its place in the address."""

    place: int
    harm: str = Field(description="As much of it as the list shows.")
    indications: int
    version: int
    written_on: date


class ProofListShown(Shown):
    """The sheets of a case, one for each harm, as they were begun."""

    case_number: str
    sheets: tuple[ProofLine, ...]
    may_begin: bool
    day_told: date | None = Field(description="The day the person told, suggested for a new sheet.")


class IndicationTold(Shown):
    """One thing that points to discrimination."""

    key: int
    kind: Choice | None
    strength: Choice | None
    shows: str
    kept_in: str
    file: UUID | None = Field(description="The file of the case in which it is kept.")
    place: str = Field(description="Where exactly.")
    is_kept_in_case: bool
    vanishes: bool = Field(description="It disappears by itself.")
    against: str


class ProofStandard(Shown):
    """Who has to prove what on a track that is open."""

    track: str
    result: Choice
    article: str
    words: str
    sure: str


class Keeping(Shown):
    """Making it a task to ask that what disappears is kept."""

    keep_text: str
    recording_days: int = Field(description="After about how many days recordings are usually erased.")


class ProofShown(Shown):
    """One sheet of indications."""

    case_number: str
    place: int
    version: SheetVersion
    harm: str
    happened_on: date | None
    comparator: str = Field(description="Who was treated better in the same situation, or would have been.")
    indications: tuple[IndicationTold, ...]
    lacks: tuple[str, ...] = Field(description="What is still missing on it.")
    standards: tuple[ProofStandard, ...]
    confirmed_by: str = Field(description="The lawyer who confirmed the standards; empty while nobody has.")
    may_write: bool
    keeping: Keeping | None
    versions: tuple[SheetVersions, ...]


class ProofHarmShown(Versioned):
    """The form of the harm a sheet is about, as it stands."""

    case_number: str
    place: int
    the_harm: str
    happened_on: date | None
    the_comparator: str


class IndicationNow(Shown):
    """An indication as it stands, by the names under which it is sent."""

    kind: Code
    it_shows: str
    strength: Code
    kept_in: Code
    kept_place: str
    speaks_against: str
    vanishes: bool


class IndicationChoices(Shown):
    """What may be chosen for an indication, by the names under which it is sent."""

    kind: tuple[Choice, ...]
    strength: tuple[Choice, ...]
    kept_in: tuple[Choice, ...]


class ProofIndicationShown(Versioned):
    """The form of one indication; without a key it is a new one."""

    case_number: str
    place: int
    key: int | None
    now: IndicationNow | None
    choices: IndicationChoices


def proof_list(page: Page) -> ProofListShown:
    """Return the shape of the sheets of a case."""
    given, may_begin = page["given"], page["may_write"]
    day = [value_of(given, f"happened_on-{part}") for part in ("year", "month", "day")]
    return ProofListShown(
        case_number=page["case"].reference,
        sheets=tuple(
            ProofLine(
                place=one.row.place,
                harm=shortened(one.sheet.harm, LONGEST_HARM),
                indications=len(one.sheet.indications),
                version=one.row.number,
                written_on=one.row.written_on,
            )
            for one in page["found"]
        ),
        may_begin=may_begin,
        day_told=date(*(int(part) for part in day)) if may_begin and all(day) else None,
    )


def proof(page: Page) -> ProofShown:
    """Return the shape of one sheet of indications."""
    one = page["one"]
    sheet, writes = one.sheet, page["may_write"] and one.is_newest
    return ProofShown(
        case_number=page["case"].reference,
        place=one.row.place,
        version=version_of(one),
        harm=sheet.harm,
        happened_on=sheet.happened_on,
        comparator=sheet.comparator,
        indications=tuple(_indication(page, each) for each in sheet.indications),
        lacks=tuple(page["lacks"]),
        standards=tuple(
            ProofStandard(
                track=each["track"],
                result=Choice(code=each["result"], label=each["result_words"]),
                article=each["article"],
                words=each["words"],
                sure=each["sure"],
            )
            for each in page["standards"]
        ),
        confirmed_by=page["confirmed_by"],
        may_write=writes,
        keeping=Keeping(keep_text=value_of(page["given"], "keep_text"), recording_days=page["recording_days"])
        if writes and page["vanishes"]
        else None,
        versions=versions_of(one),
    )


def proof_harm(page: Page) -> ProofHarmShown:
    """Return the shape of the form of a harm."""
    one = page["one"]
    return ProofHarmShown(
        version=version_in(page),
        case_number=page["case"].reference,
        place=one.row.place,
        the_harm=one.sheet.harm,
        happened_on=one.sheet.happened_on,
        the_comparator=one.sheet.comparator,
    )


def proof_indication(page: Page) -> ProofIndicationShown:
    """Return the shape of the form of an indication."""
    before: Indication | None = page["before"]
    return ProofIndicationShown(
        version=version_in(page),
        case_number=page["case"].reference,
        place=page["one"].row.place,
        key=before.key if before else None,
        now=IndicationNow(
            kind=before.kind,
            it_shows=before.shows,
            strength=before.strength,
            kept_in=kept_value(before),
            kept_place=before.place,
            speaks_against=before.against,
            vanishes=before.vanishes,
        )
        if before
        else None,
        choices=IndicationChoices(
            kind=choices(page["kinds"]),
            strength=choices(page["strengths"]),
            kept_in=choices(page["kept_in"]),
        ),
    )


def _indication(page: Page, one: Indication) -> IndicationTold:
    is_file = one.where == page["file"]
    return IndicationTold(
        key=one.key,
        kind=worded(page["kinds"], one.kind),
        strength=worded(page["strengths"], one.strength),
        shows=one.shows,
        kept_in=one.called,
        file=UUID(one.ref) if is_file else None,
        place=one.place,
        is_kept_in_case=one.where not in page["places"],
        vanishes=one.vanishes,
        against=one.against,
    )


SHAPES: Final[dict[str, Shape]] = {
    "proof.html": proof,
    "proof_list.html": proof_list,
    "proof_harm.html": proof_harm,
    "proof_indication.html": proof_indication,
}
