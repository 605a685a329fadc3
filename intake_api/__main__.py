"""Serves the residents' door on this machine: `python -m intake_api`."""

import sys

from intake_api.settings import IntakeSettings
from office.errors import OfficeError
from office.web.serving import serve


def main() -> int:
    """Serve until told to stop; return 1 and say one sentence if it cannot begin."""
    try:
        settings = IntakeSettings()
        serve("intake_api.app:create_app", settings.port)
    except OfficeError as error:
        print(f"not served: {error.sentence} ({error})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
