"""`python -m dashboards`: serve the published figures on this machine's own address."""

import sys

import uvicorn

from dashboards.app import create_app
from dashboards.settings import DashboardSettings
from office.errors import OfficeError


def main() -> int:
    """Serve until stopped; return 1 with one plain sentence if the dashboards may not start."""
    try:
        settings = DashboardSettings()
        app = create_app(settings)
    except OfficeError as error:
        print(f"{error.sentence} ({error})", file=sys.stderr)
        return 1
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=settings.port,
        server_header=False,
        date_header=True,
        access_log=False,
        log_level="warning",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
