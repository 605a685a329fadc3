"""Serves the residents' door on this machine: `python -m intake_api`."""

import sys

from intake_api.app import create_app
from intake_api.settings import IntakeSettings
from office.terminal import ended
from office.web.serving import serve


def main() -> int:
    """Serve until told to stop, and return the exit code (see `office.terminal`)."""
    return ended(run)


def run() -> None:
    """Make the door as this process's environment describes it, and serve it."""
    settings = IntakeSettings()
    serve(create_app(settings), settings.port)


if __name__ == "__main__":
    sys.exit(main())
