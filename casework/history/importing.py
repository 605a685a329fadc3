"""Bringing a file in: every row is accepted or rejected with its reason, and never counted twice."""

import csv
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import insert
from sqlmodel import Session, col, select

from casework.history.coding import CodedRow, RejectedRow, Seen, code_row
from casework.history.mapping import HistoryMapping
from casework.history.reading import rows_of
from casework.history.tables import HistoryFact, HistorySource
from office.ids import new_id

BATCH = 5_000


@dataclass(slots=True)
class Outcome:
    """What became of a file. `rows == new + already_here + rejected`, always.

    Attributes:
        unlisted: (column, value) → how often, of values the mapping does not name.
        reasons: reason → rejected rows.
        several_values: rows that say two or more grounds in the file's own words.
        several_grounds: rows with two or more of the office's ground codes.
    """

    rows: int = 0
    new: int = 0
    already_here: int = 0
    rejected: int = 0
    unlisted: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    several_values: int = 0
    several_grounds: int = 0

    @property
    def accepted(self) -> int:
        """Rows that are in the store after this run, or would be after a dry one."""
        return self.new + self.already_here


def import_history(
    session: Session | None,
    file: Path,
    mapping: HistoryMapping,
    *,
    rejects: Path,
    today: date,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Outcome:
    """Bring `file` in and write every rejected row, with its reason, to `rejects`.

    Does not commit. The rejects file holds the file's own rows and belongs beside it; nothing of a
    row's free text enters the store.

    Args:
        session: on the desk's store; None before that is made, for a dry run.

    Raises:
        HistoryFileUnreadable, ColumnMissing: nothing was brought in.
    """
    outcome, seen = Outcome(), Seen()
    known = set() if session is None else _known_keys(session, mapping.source.name)
    in_this_file: set[str] = set()
    keeping = None if dry_run else session
    if keeping is not None:
        _remember_source(keeping, mapping, today)
    batch: list[CodedRow] = []
    with _reject_writer(rejects) as reject:
        for line, row in rows_of(file, mapping.source, mapping.columns()):
            outcome.rows += 1
            result = code_row(row, mapping, seen, today=today)
            if isinstance(result, CodedRow) and result.key in in_this_file:
                result = RejectedRow("same_id_as_an_earlier_row", mapping.rows.id[0])
            if isinstance(result, RejectedRow):
                outcome.rejected += 1
                outcome.reasons[result.reason] += 1
                reject(line, result, row)
            else:
                in_this_file.add(result.key)
                if result.key in known:
                    outcome.already_here += 1
                else:
                    outcome.new += 1
                    batch.append(result)
            if keeping is not None and len(batch) >= BATCH:
                _keep(keeping, mapping, batch)
                batch.clear()
            if outcome.rows % BATCH == 0:
                progress(outcome.rows)
    if keeping is not None and batch:
        _keep(keeping, mapping, batch)
    outcome.unlisted, outcome.several_values = seen.unlisted, seen.several_values
    outcome.several_grounds = seen.several_grounds
    return outcome


def _known_keys(session: Session, source: str) -> set[str]:
    return set(session.exec(select(HistoryFact.row_key).where(col(HistoryFact.source_name) == source)))


def _remember_source(session: Session, mapping: HistoryMapping, today: date) -> None:
    source = mapping.source
    title = json.dumps(source.title, ensure_ascii=False, sort_keys=True)
    known = session.get(HistorySource, source.name)
    if known is not None:
        known.title = title
    else:
        session.add(
            HistorySource(
                name=source.name,
                title=title,
                licence=source.licence,
                basis_code=mapping.date.basis,
                first_imported_on=today,
            )
        )
        session.flush()


def _keep(session: Session, mapping: HistoryMapping, batch: list[CodedRow]) -> None:
    rows = []
    for coded in batch:
        values = asdict(coded)
        values["row_key"] = values.pop("key")
        rows.append(
            values
            | {
                "id": new_id(),
                "source_name": mapping.source.name,
                "channel_code": mapping.channel_code,
                "language": mapping.language,
            }
        )
    session.execute(insert(HistoryFact), rows)


@contextmanager
def _reject_writer(path: Path) -> Iterator[Callable[[int, RejectedRow, dict[str, str]], None]]:
    """Give a function that writes one rejected row as `line, reason, column` and the file's own cells."""
    path.unlink(missing_ok=True)  # the mode below is only given to a new file
    with open(path, "w", encoding="utf-8", newline="", opener=_for_its_owner) as file:
        writer = csv.writer(file)
        headings: list[str] = []

        def reject(line: int, why: RejectedRow, row: dict[str, str]) -> None:
            if not headings:
                headings.extend(row)
                writer.writerow(["line", "reason", "column", *map(_defused, headings)])
            writer.writerow([line, why.reason, why.column, *(_defused(cell) for cell in row.values())])

        yield reject


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _defused(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
