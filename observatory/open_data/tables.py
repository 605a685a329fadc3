"""The bytes of a release's tables: CSV, its Parquet twin, its CSVW description, and code lists.

Every cell is a number, a code of a list or a label, and no text may be taken for a formula by a spreadsheet.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from observatory.disclosure.bands import BandedTable
from observatory.lists import CodeList
from observatory.plan import Plan
from office.handover.release import LABEL_PREFIX, LEADING, MEASURES
from office.vocabulary import LABEL_TAGS

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
NOTE_FIRST_BAND: Final = "first_band"
NOTE_WIDER: Final = "wider"
NOTE_MENTIONS: Final = "mentions"
NOTE_INVENTED: Final = "invented"
Line = tuple[str | int, ...]


def columns_of(table: BandedTable) -> tuple[str, ...]:
    """Return the column names of a table's file."""
    dims = (table.cuboid.dimension,) if table.cuboid.dimension else ()
    return (*LEADING, *dims, *MEASURES)


def lines_of(table: BandedTable, period_basis: str) -> list[Line]:
    """Return the lines of a table's file: every planned cell, in the order of its list."""
    lines: list[Line] = []
    for row, period in enumerate(table.periods):
        for column, code in enumerate(table.codes):
            lo, hi = int(table.lo[row, column]), int(table.hi[row, column])
            notes = " ".join(_notes(table, lo, hi, period_basis))
            dims = (code,) if table.cuboid.dimension else ()
            lines.append((period, period_basis, table.cuboid.universe, *dims, lo, hi, 0, "A", "F", notes))
    return lines


def _notes(table: BandedTable, lo: int, hi: int, period_basis: str) -> list[str]:
    notes = []
    if lo == 0:
        notes.append(NOTE_FIRST_BAND)
    if hi - lo + 1 > table.cuboid.width:
        notes.append(NOTE_WIDER)
    if table.cuboid.universe == "mentions":
        notes.append(NOTE_MENTIONS)
    if period_basis == "demonstration":
        notes.append(NOTE_INVENTED)
    return notes


def csv_bytes(columns: Sequence[str], lines: Iterable[Sequence[str | int]]) -> bytes:
    """Return a CSV file (RFC 4180, UTF-8) in which no text can start a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8")


def harmless(cell: str | int) -> str | int:
    """Return a cell that a spreadsheet takes for text or a number, never for a formula."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return "'" + cell
    return cell


def parquet_bytes(columns: Sequence[str], lines: Sequence[Line]) -> bytes:
    """Return the same table as Parquet: numbers as int32, the rest as text."""
    arrays = []
    for index, column in enumerate(columns):
        values = [line[index] for line in lines]
        arrays.append(pa.array(values, pa.int32() if column in ("lo", "hi", "exact") else pa.string()))
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(arrays, names=list(columns)), sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def code_list_bytes(codes: CodeList) -> bytes:
    """Return a code list with its labels in every language."""
    columns = ("code", *(f"{LABEL_PREFIX}{tag}" for tag in LABEL_TAGS), "parent")
    lines = [(row.code, *(row.labels.get(tag, "") for tag in LABEL_TAGS), row.parent) for row in codes.rows]
    return csv_bytes(columns, lines)


def csvw(table: BandedTable, lists: Mapping[str, CodeList]) -> bytes:
    """Return the description of a table for machines (CSV on the Web, W3C 2015)."""
    columns = [_column(name) for name in columns_of(table)]
    dims = [table.cuboid.dimension] if table.cuboid.dimension else []
    schema: dict[str, Any] = {"columns": columns, "primaryKey": ["period", *dims]}
    if dims:
        schema["foreignKeys"] = [
            {
                "columnReference": dims[0],
                "reference": {"resource": f"../codes/{lists[dims[0]].name}.csv", "columnReference": "code"},
            }
        ]
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": f"{table.cuboid.id}.csv",
        "dc:description": table.cuboid.definition,
        "tableSchema": schema,
    }
    return json_bytes(described)


def _column(name: str) -> dict[str, Any]:
    if name in ("lo", "hi"):
        kind: Any = {"base": "integer", "minimum": 0}
    elif name == "exact":
        kind = {"base": "boolean", "format": "1|0"}
    elif name == "period":
        kind = {"base": "string", "format": "[0-9]{4}(-Q[1-4])?"}
    else:
        kind = "string"
    column: dict[str, Any] = {"name": name, "titles": name, "datatype": kind, "required": name != "note_ids"}
    if name == "note_ids":
        column["separator"] = " "
    return column


def notes_bytes(plan: Plan) -> bytes:
    """Return the notes of a release, by language."""
    return json_bytes({"notes": [{"id": note.id, "text": dict(note.text)} for note in plan.note]})


def json_bytes(told: object) -> bytes:
    """Return a JSON file: sorted, readable, UTF-8."""
    return (json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8")
