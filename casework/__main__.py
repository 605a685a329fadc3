"""`python -m casework`: the desk, the courier, and what is done with their stores."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

import casework.courier.commands
import casework.deadlines.commands
import casework.demonstration.commands
import casework.handing_over.commands
import casework.history.commands
import casework.letters.commands
import casework.month_end.commands
import casework.notices.commands
import casework.staff.commands
import casework.staff.escrow_commands
import casework.timeline.commands
from casework.app import create_app
from casework.settings import CaseworkSettings
from office.terminal import ended
from office.web.serving import serve

PARTS = (
    casework.courier.commands,
    casework.staff.commands,
    casework.staff.escrow_commands,
    casework.timeline.commands,
    casework.handing_over.commands,
    casework.history.commands,
    casework.notices.commands,
    casework.deadlines.commands,
    casework.month_end.commands,
    casework.letters.commands,
    casework.demonstration.commands,
)


def run_serve(_given: Namespace) -> None:
    """Serve the desk until told to stop."""
    settings = CaseworkSettings()
    app = create_app(settings)
    print(f"the advisers' desk listens on 127.0.0.1:{settings.port}", flush=True)
    serve(app, settings.port)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (see `office.terminal`)."""
    parser = ArgumentParser(prog="python -m casework", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("serve", help="the advisers' desk, on this machine").set_defaults(run=run_serve)
    for part in PARTS:
        part.add_commands(commands)
    given = parser.parse_args(arguments)
    return ended(lambda: given.run(given))


if __name__ == "__main__":
    sys.exit(main())
