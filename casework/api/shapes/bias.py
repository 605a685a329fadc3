"""The checklist of bias for a program: what was ticked, what it may mean, and the form."""

from typing import Any, Final

from pydantic import Field

from casework.api.shapes.assessing import (
    SheetVersion,
    SheetVersions,
    version_in,
    version_of,
    versions_of,
)
from casework.api.shapes.forms import Versioned, labelled
from casework.api.shapes.parts import Choice, Code, choices
from casework.api.shown import Page, Shape, Shown


class Ticked(Shown):
    """An indicator that was ticked, and what points to it here."""

    indicator: Choice
    words: str


class GroundNamed(Shown):
    """A ground to which the indicators point, and the articles that name it; empty if none does."""

    ground: Choice
    named_in: str


class BiasTold(Shown):
    """What was ticked, and what speaks for another motive."""

    version: SheetVersion
    list_version: str
    ticks: tuple[Ticked, ...]
    against: str


class BiasShown(Shown):
    """The checklist of a case: indications, not a verdict. No lawyer has confirmed the articles."""

    case_number: str
    sheet: BiasTold | None
    grounds: tuple[GroundNamed, ...]
    articles: tuple[str, ...]
    source: str
    reviewed_by: str = Field(description="Empty while nobody reviewed the list against its sources.")
    may_write: bool
    versions: tuple[SheetVersions, ...]


class IndicatorGroup(Shown):
    """Indicators that stand together on the list."""

    name: str
    tick: tuple[Choice, ...]


class TickNow(Shown):
    """An indicator that is ticked in the newest version, with the words of it."""

    code: Code
    words: str


class BiasTextShown(Versioned):
    """The form of the checklist; the words of each tick are sent as `words_` with its code."""

    case_number: str
    groups: tuple[IndicatorGroup, ...]
    bias_ground: tuple[Choice, ...]
    ticks_now: tuple[TickNow, ...]
    ground_codes: tuple[Code, ...]
    against_now: str


def bias(page: Page) -> BiasShown:
    """Return the shape of the checklist of bias."""
    one = page["one"]
    codes = one.sheet.ground_codes if one else ()
    return BiasShown(
        case_number=page["case"].reference,
        sheet=BiasTold(
            version=version_of(one),
            list_version=one.sheet.list_version,
            ticks=_ticked(page["groups"]),
            against=one.sheet.against,
        )
        if one
        else None,
        grounds=tuple(
            GroundNamed(ground=labelled(page, "grounds", code), named_in=articles)
            for code, (_, articles) in zip(codes, page["grounds_named"], strict=True)
        ),
        articles=tuple(page["articles"]),
        source=page["authority"],
        reviewed_by=page["reviewed_by"],
        may_write=page["may_write"] and (one is None or one.is_newest),
        versions=versions_of(one),
    )


def bias_text(page: Page) -> BiasTextShown:
    """Return the shape of the form of the checklist."""
    sheet = page["one"].sheet if page["one"] else None
    return BiasTextShown(
        version=version_in(page),
        case_number=page["case"].reference,
        groups=tuple(
            IndicatorGroup(name=name, tick=tuple(Choice(code=code, label=label) for code, label, _ in items))
            for name, items in page["groups"]
        ),
        bias_ground=choices(page["grounds"]),
        ticks_now=tuple(TickNow(code=each.code, words=each.words) for each in sheet.ticks) if sheet else (),
        ground_codes=sheet.ground_codes if sheet else (),
        against_now=sheet.against if sheet else "",
    )


def _ticked(groups: Any) -> tuple[Ticked, ...]:
    return tuple(
        Ticked(indicator=Choice(code=code, label=label), words=words)
        for _, items in groups
        for code, label, words in items
        if words
    )


SHAPES: Final[dict[str, Shape]] = {"bias.html": bias, "bias_text.html": bias_text}
