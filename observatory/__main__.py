"""Make releases: extract, tabulate, check, approve, publish, withdraw; or all steps at once with release."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from observatory import commands
from observatory.settings import ObservatorySettings
from office.terminal import ended


def options() -> argparse.ArgumentParser:
    """Return the commands and their options."""
    parser = argparse.ArgumentParser(prog="python -m observatory", description=__doc__)
    steps = parser.add_subparsers(required=True, metavar="STEP")
    shelf = argparse.ArgumentParser(add_help=False)
    shelf.add_argument("--shelf", type=Path, metavar="DIR", help="folder of all shelves")
    source = argparse.ArgumentParser(add_help=False)
    source.add_argument("--source", default="live", help="live, demonstration or imported:NAME")
    period = argparse.ArgumentParser(add_help=False)
    period.add_argument(
        "--as-of", type=date.fromisoformat, metavar="DATE", help="quarters closed by this day"
    )
    period.add_argument(
        "--quarter", action="append", metavar="2026-Q3", help="only this quarter; may be repeated"
    )
    signed = argparse.ArgumentParser(add_help=False)
    signed.add_argument("--signed-off-by", required=True, metavar="NAME", help="who answers for the release")
    draft = argparse.ArgumentParser(add_help=False)
    draft.add_argument("draft", nargs="?", help="name of a draft; the only one if left out")

    def step(
        name: str, run: object, words: str, *parents: argparse.ArgumentParser
    ) -> argparse.ArgumentParser:
        command = steps.add_parser(name, help=words, description=words, parents=[shelf, *parents])
        command.set_defaults(run=run)
        return command

    step("extract", commands.extract, "freeze closed quarters and begin a draft", source, period)
    step("tabulate", commands.tabulate, "count and protect the tables of a draft", draft)
    checking = step("check", commands.check, "recompute the audit of a draft or of a release folder")
    checking.add_argument("what", nargs="?", help="folder of a release, or name of a draft")
    step("approve", commands.approve, "sign a checked draft", draft, signed)
    step("publish", commands.publish, "put a signed draft on its shelf, for good", draft)
    step("release", commands.release, "all steps at once", source, period, signed)
    withdrawing = step("withdraw", commands.withdraw, "take a release back by a notice", source, signed)
    withdrawing.add_argument("name", help="name of the release, 2026Q3.1")
    withdrawing.add_argument("--reason", required=True, help="sentence published with the notice")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    given = options().parse_args(arguments)
    return ended(lambda: run(given))


def run(given: argparse.Namespace) -> None:
    """Do what was asked, at the desk this process's environment describes."""
    settings = ObservatorySettings()
    desk = commands.Desk(
        settings=settings,
        shelf_root=given.shelf or settings.shelf,
        say=lambda line: print(line, flush=True),
        progress=lambda line: print(f"  {line}", file=sys.stderr, flush=True),
    )
    given.run(desk, given)


if __name__ == "__main__":
    sys.exit(main())
