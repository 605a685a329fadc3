"""Reads the days off of a city or of the seat of a court."""

from calendar import monthrange
from collections.abc import Mapping
from pathlib import Path

from office.vocabulary.city_calendar import Calendar, DayChange, Holiday
from office.vocabulary.district_reading import read_pair
from office.vocabulary.reader import Reader, Table
from office.vocabulary.reading import read_meta


def read_calendar(path: Path) -> Calendar:
    """Return the days off of a place.

    Raises:
        VocabularyBroken: the file is missing or says something nobody agreed on.
    """
    reader = Reader(path)
    document = reader.document()
    reader.only(
        document, {"meta", "holiday", "change", "confirmed_year", "closures", "library", "listed_year"}
    )
    meta = read_meta(reader, document)
    reader.place = "closures"
    closures = reader.table(document, "closures")
    rules = {name: _texts_of(reader, reader.table(closures, name)) for name in closures}
    reader.place = "library"
    library = reader.table(document, "library") if "library" in document else {}
    reader.only(library, {"country", "region"})
    return Calendar(
        meta=meta,
        holidays=tuple(_read_holiday(reader, table) for table in reader.tables(document, "holiday")),
        changes=tuple(_read_change(reader, table) for table in reader.tables(document, "change")),
        confirmed_years={
            reader.number(table, "year"): reader.text(table, "confirmed_by")
            for table in reader.tables(document, "confirmed_year")
        },
        closures=rules,
        listed_years={
            reader.number(table, "year"): reader.text(table, "source")
            for table in reader.tables(document, "listed_year")
        },
        country=reader.text(library, "country", ""),
        region=reader.text(library, "region", ""),
    )


def _texts_of(reader: Reader, table: Table) -> Mapping[str, str]:
    return {name: reader.text(table, name) for name in table}


def _read_holiday(reader: Reader, table: Table) -> Holiday:
    reader.place = "holiday"
    reader.only(table, {"name", "scope", "month_day", "easter_offset_days"})
    if ("month_day" in table) == ("easter_offset_days" in table):
        raise reader.refusal("a holiday has either month_day or easter_offset_days")
    month_day = read_pair(reader, table, "month_day") if "month_day" in table else None
    if month_day is not None and not _is_in_every_year(*month_day):
        raise reader.refusal("month_day must be a day that every year has")
    return Holiday(
        name=reader.text(table, "name"),
        scope=reader.text(table, "scope"),
        month_day=month_day,
        easter_offset_days=(
            reader.number(table, "easter_offset_days") if "easter_offset_days" in table else None
        ),
    )


def _is_in_every_year(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(2001, month)[1]


def _read_change(reader: Reader, table: Table) -> DayChange:
    reader.place = "change"
    reader.only(table, {"day", "is_holiday", "is_supposed", "scope", "source"})
    is_holiday, is_supposed = reader.flag(table, "is_holiday"), reader.flag(table, "is_supposed", False)
    if is_supposed and not is_holiday:
        raise reader.refusal("a day that is supposed to be off has is_holiday = true")
    return DayChange(
        day=reader.day(table, "day"),
        is_holiday=is_holiday,
        is_supposed=is_supposed,
        scope=reader.text(table, "scope"),
        source=reader.text(table, "source"),
    )
