"""`python -m dashboards`: serve the published figures on this machine's own address."""

import sys

from dashboards.app import create_app
from dashboards.settings import DashboardSettings
from office.terminal import ended
from office.web.serving import serve


def main() -> int:
    """Serve until stopped, and return the exit code (see `office.terminal`)."""
    return ended(run)


def run() -> None:
    """Make the dashboards as this process's environment describes them, and serve them."""
    settings = DashboardSettings()
    serve(create_app(settings), settings.port)


if __name__ == "__main__":
    sys.exit(main())
