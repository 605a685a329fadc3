"""Reads the limits of a route, with what stops them and their countings by hand."""

from typing import Final

from office.vocabulary.reader import Reader, Table
from office.vocabulary.route_limits import (
    LaterStart,
    LimitStop,
    ReckonedStart,
    RouteDeadline,
    StopEvent,
    WorkedExample,
)

DEADLINE: Final = {
    "label",
    "count",
    "unit",
    "start",
    "kind",
    "august",
    "dec24_jan6",
    "roll_if_nonworking",
    "counts_start_day",
    "note",
    "article",
    "valid_from",
    "valid_until",
    "stop",
    "later_start",
    "reckoned",
    "example",
}
STOP: Final = {"event", "effect", "article", "count", "unit", "unanswered", "anew_from", "note", "valid_from"}
EXAMPLE: Final = {"start", "due", "counted", "reckoned_from", "later", "stops", "as_of", "seat", "with_home"}


def read_deadline(reader: Reader, table: Table) -> RouteDeadline:
    """Return one limit of a route."""
    reader.only(table, DEADLINE)
    return RouteDeadline(
        count=reader.number(table, "count"),
        unit=reader.text(table, "unit"),
        start=reader.text(table, "start"),
        kind=reader.text(table, "kind"),
        august=reader.text(table, "august"),
        dec24_jan6=reader.text(table, "dec24_jan6"),
        roll_if_nonworking=reader.flag(table, "roll_if_nonworking"),
        counts_start_day=reader.flag(table, "counts_start_day", False),
        label=reader.text(table, "label", ""),
        note=reader.text(table, "note", ""),
        article=reader.text(table, "article", ""),
        valid_from=reader.day_or_none(table, "valid_from"),
        valid_until=reader.day_or_none(table, "valid_until"),
        stops=tuple(_read_stop(reader, one) for one in reader.tables(table, "stop")),
        later_starts=tuple(_read_later(reader, one) for one in reader.tables(table, "later_start")),
        reckoned=tuple(_read_reckoned(reader, one) for one in reader.tables(table, "reckoned")),
        examples=tuple(_read_example(reader, one) for one in reader.tables(table, "example")),
    )


def _read_stop(reader: Reader, table: Table) -> LimitStop:
    reader.only(table, STOP)
    return LimitStop(
        event=reader.text(table, "event"),
        effect=reader.text(table, "effect"),
        article=reader.text(table, "article"),
        count=reader.number(table, "count") if "count" in table else 0,
        unit=reader.text(table, "unit", "none"),
        unanswered=reader.text(table, "unanswered", ""),
        anew_from=reader.text(table, "anew_from", "begun"),
        note=reader.text(table, "note", ""),
        valid_from=reader.day_or_none(table, "valid_from"),
    )


def _read_later(reader: Reader, table: Table) -> LaterStart:
    reader.only(table, {"event", "article", "note"})
    return LaterStart(
        event=reader.text(table, "event"),
        article=reader.text(table, "article"),
        note=reader.text(table, "note", ""),
    )


def _read_reckoned(reader: Reader, table: Table) -> ReckonedStart:
    reader.only(table, {"event", "count", "unit", "article", "note"})
    return ReckonedStart(
        event=reader.text(table, "event"),
        count=reader.number(table, "count"),
        unit=reader.text(table, "unit"),
        article=reader.text(table, "article"),
        note=reader.text(table, "note", ""),
    )


def _read_example(reader: Reader, table: Table) -> WorkedExample:
    reader.only(table, EXAMPLE)
    later = reader.table(table, "later") if "later" in table else {}
    return WorkedExample(
        start=reader.day(table, "start"),
        due=reader.day(table, "due"),
        counted=reader.text(table, "counted"),
        reckoned_from=reader.text(table, "reckoned_from", ""),
        later=tuple((event, reader.day(later, event)) for event in later),
        stops=tuple(_read_told(reader, one) for one in reader.tables(table, "stops")),
        as_of=reader.day_or_none(table, "as_of"),
        seat=reader.text(table, "seat", "own"),
        with_home=reader.flag(table, "with_home", False),
    )


def _read_told(reader: Reader, table: Table) -> StopEvent:
    reader.only(table, {"event", "begun", "ended", "answered"})
    return StopEvent(
        code=reader.text(table, "event"),
        begun_on=reader.day(table, "begun"),
        ended_on=reader.day_or_none(table, "ended"),
        answered_on=reader.day_or_none(table, "answered"),
    )
