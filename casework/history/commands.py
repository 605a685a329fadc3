"""`python -m casework import-history FILE --mapping MAP.toml [--dry-run]`."""

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from sqlmodel import Session

from casework.history.importing import Outcome, import_history
from casework.history.mapping import read_mapping
from casework.settings import CaseworkSettings
from office.clock import day_in
from office.stores.engines import open_store, sessions, store_is_made
from office.vocabulary import load_city


def add_commands(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Register the command."""
    command = subparsers.add_parser(
        "import-history", help="bring an old spreadsheet or a public incident file in, as coded history"
    )
    command.add_argument("file", type=Path, help=".csv or .xlsx")
    command.add_argument("--mapping", type=Path, required=True, help="TOML: columns and values → codes")
    command.add_argument("--rejects", type=Path, help="where rejected rows go (default: FILE.rejected.csv)")
    command.add_argument("--dry-run", action="store_true", help="tell what would happen and keep nothing")
    command.set_defaults(run=run)


def run(given: Namespace) -> None:
    """Import one file and tell what became of its rows."""
    settings = CaseworkSettings()
    city = load_city(settings.city)
    mapping = read_mapping(given.mapping, city)
    rejects = given.rejects or given.file.with_name(given.file.name + ".rejected.csv")
    with _desk(settings.casework_url, dry_run=given.dry_run) as session:
        outcome = import_history(
            session,
            given.file,
            mapping,
            rejects=rejects,
            today=day_in(city.zone, settings.clock().now()),
            dry_run=given.dry_run,
            progress=lambda rows: print(f"  {rows} rows read", file=sys.stderr, flush=True),
        )
        if session is not None and not given.dry_run:
            session.commit()
    print(told(outcome, rejects, dry_run=given.dry_run))


def _desk(url: str, *, dry_run: bool) -> AbstractContextManager[Session | None]:
    """Give a session on the desk's store; a dry run needs none where no store has been made yet."""
    if dry_run and not store_is_made(url, store="casework"):
        return nullcontext()
    return sessions(open_store(url, role="casework", store="casework"))()


def told(outcome: Outcome, rejects: Path, *, dry_run: bool) -> str:
    """Return what became of the file, in lines for a person."""
    lines = [
        f"{outcome.rows} rows = {outcome.accepted} accepted "
        f"({outcome.new} new, {outcome.already_here} already here) + {outcome.rejected} rejected",
        f"{outcome.several_values} rows name two or more grounds in the file's words, "
        f"{outcome.several_grounds} in the office's codes",
    ]
    lines += [f"rejected, {reason}: {count}" for reason, count in outcome.reasons.most_common()]
    if outcome.unlisted:
        lines.append(
            "values the mapping does not name; in an accepted row each is counted as unknown, "
            "or left out beside a ground the mapping knows:"
        )
        for (column, value), count in outcome.unlisted.most_common():
            lines.append(f"  {count:>6}  {column}: {value}")
    if outcome.rejected:
        lines.append(f"rejected rows, each with its reason: {rejects}")
    if dry_run:
        lines.append("Dry run: nothing was kept.")
    return "\n".join(lines)
