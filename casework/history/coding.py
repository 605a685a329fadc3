"""One row of a file becomes codes, or a reason why it cannot. Pure: a row in, a result out."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from casework.history.mapping import Coding, Dates, HistoryMapping
from casework.history.reading import Row

MANY = 2
EARLIEST_YEAR = 1900
NOT_IN_THE_FILE = ""
"""A kind of code the file has no column for, which is another thing than a cell that says nothing."""


@dataclass(frozen=True, slots=True)
class CodedRow:
    """What is kept of a row: nothing but codes, a month and a year."""

    key: str
    month: str
    occurred_year: int | None
    ground_codes: str
    district_code: str
    area_code: str
    respondent_code: str
    conduct_codes: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """Why a row is not taken; `column` tells where to look."""

    reason: str
    column: str = ""


@dataclass(slots=True)
class Seen:
    """What the file says that the mapping does not know, and how often."""

    unlisted: Counter[tuple[str, str]] = field(default_factory=Counter)
    several_values: int = 0
    several_grounds: int = 0


class _Rejected(Exception):
    def __init__(self, reason: str, column: str) -> None:
        super().__init__(reason)
        self.row = RejectedRow(reason, column)


def code_row(row: Row, mapping: HistoryMapping, seen: Seen, *, today: date) -> CodedRow | RejectedRow:
    """Return the coded row, or why not; `seen` is counted up on the way.

    All unlisted values of the row are counted before it is rejected, so that one dry run shows an
    operator everything the mapping still lacks.
    """
    problems: list[RejectedRow] = []

    def one(coding: Coding | None) -> str:
        if coding is None:
            return NOT_IN_THE_FILE
        try:
            return _code(row[coding.column], coding, seen)
        except _Rejected as rejected:
            problems.append(rejected.row)
            return "unknown"

    grounds = _grounds(row, mapping, seen, problems)
    district, area, respondent, conduct = (
        one(each) for each in (mapping.district, mapping.area, mapping.respondent, mapping.conduct)
    )
    counted = _date(row[mapping.date.column], mapping.date)
    key = "\x1f".join(row[name].strip() for name in mapping.rows.id)
    if not key.strip("\x1f"):
        return RejectedRow("no_id", mapping.rows.id[0])
    if counted is None:
        return RejectedRow("date_unreadable", mapping.date.column)
    if counted > today or counted.year < EARLIEST_YEAR:
        return RejectedRow("date_impossible", mapping.date.column)
    if problems:
        return problems[0]
    return CodedRow(
        key=hashlib.sha256(f"{mapping.source.name}\x1e{key}".encode()).hexdigest(),
        month=f"{counted.year:04d}-{counted.month:02d}",
        occurred_year=_year(row, mapping.date, counted),
        ground_codes=" ".join(sorted(grounds)) or "unknown",
        district_code=district,
        area_code=area,
        respondent_code=respondent,
        conduct_codes="" if conduct in {"unknown", NOT_IN_THE_FILE} else conduct,
    )


def _grounds(row: Row, mapping: HistoryMapping, seen: Seen, problems: list[RejectedRow]) -> set[str]:
    codes: set[str] = set()
    said = 0
    for coding in mapping.grounds:
        cell = row[coding.column]
        for part in cell.split(coding.split) if coding.split else [cell]:
            if _says_nothing(part, coding):
                continue
            said += 1
            try:
                codes.add(_code(part, coding, seen))
            except _Rejected as rejected:
                problems.append(rejected.row)
    seen.several_values += said >= MANY
    seen.several_grounds += len(codes) >= MANY
    if len(codes) > 1:
        codes.discard("unknown")
    return codes


def _says_nothing(cell: str, coding: Coding) -> bool:
    return cell.strip().casefold() in {each.casefold() for each in coding.empty}


def _code(cell: str, coding: Coding, seen: Seen) -> str:
    if _says_nothing(cell, coding):
        return coding.when_empty
    asked = " ".join(cell.split()).casefold()
    for value, code in coding.values.items():
        if " ".join(value.split()).casefold() == asked:
            return code
    if coding.default is not None:
        return coding.default
    seen.unlisted[(coding.column, " ".join(cell.split()))] += 1
    if coding.unlisted == "reject":
        raise _Rejected("value_not_in_mapping", coding.column)
    return "unknown"


def _date(cell: str, dates: Dates) -> date | None:
    for pattern in dates.formats:
        try:
            return datetime.strptime(cell.strip(), pattern).date()  # noqa: DTZ007 - a day, no instant
        except ValueError:
            continue
    return None


def _year(row: Row, dates: Dates, counted: date) -> int | None:
    if dates.basis == "occurred":
        return counted.year
    if dates.occurred_column is None:
        return None
    happened = _date(row[dates.occurred_column], dates)
    return None if happened is None or happened > counted else happened.year
