"""`python -m casework month-end 2026-10 FOLDER`: the six counts of a month, as files for inside only."""

import csv
import io
import re
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from pydantic import Field

from casework.month_end.counting import Line, count_month
from casework.month_end.errors import MonthNotOver, MonthUnclear
from casework.month_end.rules import first_day, month_after
from office.clock import day_in
from office.sealing.public_keys import replace_file
from office.settings import ProcessSettings, usual_store
from office.stores.engines import open_store, sessions
from office.vocabulary import load_city

FOR_ITS_USER_ONLY: Final = 0o600
MARK: Final = "internal, not for publication: small numbers"
A_MONTH: Final = re.compile(r"2\d{3}-(0[1-9]|1[0-2])")


class MonthEndSettings(ProcessSettings):
    """What the month's counting is told: one store."""

    casework_url: str = Field(default_factory=usual_store("casework"))


def add_commands(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Register the command."""
    command = subparsers.add_parser(
        "month-end", help="count a month that is over, and compare it with the timeline"
    )
    command.add_argument("month", help="year and month, like 2026-10")
    command.add_argument("folder", type=Path, help="where the two files go")
    command.set_defaults(run=run)


def run(given: Namespace) -> None:
    """Count the month and write its two files; of a month that was counted, the same files again.

    Raises:
        MonthUnclear, MonthNotOver, MonthDoesNotReconcile, StoreUnavailable: nothing was written.
    """
    settings, month = MonthEndSettings(), str(given.month)
    if not A_MONTH.fullmatch(month):
        raise MonthUnclear
    city = load_city(settings.city)
    today = day_in(city.zone, settings.clock().now())
    if first_day(month_after(month)) > today:
        raise MonthNotOver(month=month)
    store = open_store(settings.casework_url, role="month_end", store="casework")
    try:
        with sessions(store).begin() as session:
            if store.dialect.name == "postgresql":  # tables and timeline of one instant
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            lines = count_month(session, month, city.zone, today)
    finally:
        store.dispose()
    for name, content in files_of(month, lines).items():
        replace_file(given.folder / name, content, mode=FOR_ITS_USER_ONLY)
        print(f"written: {name}", flush=True)


def files_of(month: str, lines: Sequence[Line]) -> dict[str, bytes]:
    """Return the two files of a month, by name: the counts, and how each follows from the events."""
    counts = ((month, line.count, line.number) for line in lines)
    return {
        f"month-{month}-internal-counts.csv": _csv(("month", "count", "number"), counts),
        f"month-{month}-internal-reconciliation.csv": _csv(
            ("month", "count", "from", "number"), (row for line in lines for row in _reconciled(month, line))
        ),
    }


def _reconciled(month: str, line: Line) -> Iterable[tuple[str | int, ...]]:
    for kind, number in sorted(line.events.items()):
        yield month, line.count, f"event {kind}", number
    yield month, line.count, "timeline in all", line.from_events
    yield month, line.count, "tables when counted", line.in_tables
    yield month, line.count, "changed between the month's end and the counting", line.changed_since
    yield month, line.count, "difference", line.difference


def _csv(fields: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow([*fields, "use"])
    lines.writerows([*row, MARK] for row in rows)
    return written.getvalue().encode()
