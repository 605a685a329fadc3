"""A list as a file for a spreadsheet: numbers, codes and days. No names and no words."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

Cell = str | int | date | None
BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as CSV in UTF-8 under the names of the fields."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(names)
    lines.writerows([cell(value) for value in row] for row in rows)
    return written.getvalue().encode()


def cell(value: Cell) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
