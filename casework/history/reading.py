"""Reading rows of a CSV or XLSX file one at a time, as text, without keeping the file in memory."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from casework.history.errors import ColumnMissing, HistoryFileUnreadable
from casework.history.mapping import Source

Row = dict[str, str]
LARGEST: Final = 2 * 1024**3
SMALL: Final = 64 * 1024**2
MOST_SWELLING: Final = 200
"""Times a part may be larger than it lies packed; honest tables are 5 to 50 times larger."""


def rows_of(path: Path, source: Source, needed: Sequence[str]) -> Iterator[tuple[int, Row]]:
    """Yield `(line, {heading: cell})`; the first line of data is line 2, as a spreadsheet shows it.

    Raises:
        HistoryFileUnreadable: missing, empty, another kind of file, or other characters.
        ColumnMissing: a needed heading is not there.
    """
    kind = path.suffix.lower()
    if kind not in {".csv", ".xlsx"}:
        raise HistoryFileUnreadable(file=path.name, problem="only .csv and .xlsx are read")
    rows = _xlsx(path, source) if kind == ".xlsx" else _csv(path, source)
    try:
        first = next(rows, None)
        if first is None:
            raise HistoryFileUnreadable(file=path.name, problem="the file is empty")
        headings = [heading.strip() for heading in first[1]]
        missing = [name for name in needed if name not in headings]
        if missing:
            raise ColumnMissing(file=path.name, column=", ".join(sorted(set(missing))))
        for line, cells in rows:
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * (len(headings) - len(cells))]
                yield line, dict(zip(headings, padded, strict=False))
    except UnicodeDecodeError as problem:
        raise HistoryFileUnreadable(file=path.name, problem=f"not written in {source.encoding}") from problem
    except (OSError, csv.Error, KeyError, ValueError, EOFError) as problem:
        raise HistoryFileUnreadable(file=path.name, problem=type(problem).__name__) from problem


def _csv(path: Path, source: Source) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding=source.encoding, newline="") as file:
        reader = csv.reader(file, delimiter=source.delimiter)
        line = 1
        for cells in reader:
            yield line, cells
            line += 1


def _xlsx(path: Path, source: Source) -> Iterator[tuple[int, list[str]]]:
    _refuse_swelling(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as problem:  # openpyxl raises whatever the zip or the XML raised
        raise HistoryFileUnreadable(file=path.name, problem="not a spreadsheet") from problem
    try:
        sheet = book[source.sheet] if source.sheet else book.worksheets[0]
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield line, [_text(cell) for cell in cells]
    finally:
        book.close()


def _refuse_swelling(path: Path) -> None:
    """Raise HistoryFileUnreadable if the packed parts of a spreadsheet are a trap for the memory."""
    try:
        with ZipFile(path) as packed:
            parts = packed.infolist()
    except (OSError, BadZipFile):
        return  # said by whoever reads it
    swells = any(
        part.file_size > SMALL and part.file_size > MOST_SWELLING * part.compress_size for part in parts
    )
    if swells or sum(part.file_size for part in parts) > LARGEST:
        raise HistoryFileUnreadable(file=path.name, problem="it unpacks to far more than a spreadsheet holds")


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
