"""The list of cases as a file for a spreadsheet: numbers, codes and days. No names and no words."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Final

from casework.queues.queries import Line
from office.ids import shown

FIELDS: Final = (
    "opened_on",
    "closed_on",
    "stage_code",
    "outcome_code",
    "urgency_code",
    "routing_code",
    "channel_code",
    "language",
    "area_code",
    "respondent_code",
    "district_code",
    "ground_codes",
    "conduct_codes",
    "next_on",
    "limit_on",
    "assigned_on",
)
BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(lines: Sequence[Line]) -> bytes:
    """Return the cases as CSV in UTF-8, one a row, under the names of the fields.

    A case that stands under another follows it; its unread messages are counted in the row before.
    """
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["case", *FIELDS, "unread"])
    for line in lines:
        for case, unread in ((line.case, line.unread), *((one, None) for one in line.under)):
            values = [getattr(case, name) for name in FIELDS]
            rows.writerow([cell(value) for value in (shown(case.reference), *values, unread)])
    return written.getvalue().encode()


def cell(value: str | int | date | None) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
