"""Serves the residents' door on this machine: `python -m intake_api`. `check-guide` looks at the guide."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from intake_api import guide_checks
from intake_api.app import create_app
from intake_api.settings import IntakeSettings
from office.terminal import ended
from office.web.serving import DAY_ONLY, serve


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop, or check the guide, and return the exit code (see `office.terminal`)."""
    parser = ArgumentParser(prog="python -m intake_api", description=__doc__)
    commands = parser.add_subparsers(dest="command", metavar="check-guide")
    checking = commands.add_parser("check-guide", help="look whether the rights guide fits the lists")
    checking.add_argument(
        "--city-folder",
        type=Path,
        action="append",
        default=[],
        help="a city to look at instead of those shipped",
    )
    given = parser.parse_args(arguments)
    if given.command:
        return ended(lambda: guide_checks.tell(given.city_folder))
    return ended(run)


def run() -> None:
    """Make the door as this process's environment describes it, and serve it."""
    settings = IntakeSettings()
    serve(create_app(settings), settings.port, dated=DAY_ONLY)


if __name__ == "__main__":
    sys.exit(main())
