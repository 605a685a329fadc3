"""Serves the residents' door: `python -m intake_api`; or looks at its guide (`check-guide`) or its form."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from intake_api.app import create_app
from intake_api.form import checks as form_checks
from intake_api.form import preview as form_preview
from intake_api.form.questions import form_file
from intake_api.guide import checks as guide_checks
from intake_api.settings import IntakeSettings
from office.terminal import ended
from office.vocabulary import DEFAULT_CITY, load_city
from office.web.serving import DAY_ONLY, serve


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop, or check the guide, and return the exit code (see `office.terminal`)."""
    parser = ArgumentParser(prog="python -m intake_api", description=__doc__)
    commands = parser.add_subparsers(dest="command", metavar="check-guide|form")
    checking = commands.add_parser("check-guide", help="look whether the rights guide fits the lists")
    checking.add_argument(
        "--city-folder",
        type=Path,
        action="append",
        default=[],
        help="a city to look at instead of those shipped",
    )
    forms = commands.add_parser("form", help="check a changed form, or look at it before it is used")
    acts = forms.add_subparsers(dest="act", required=True, metavar="check|preview")
    for act, told in (("check", "say everything that is wrong with it"), ("preview", "write it as pages")):
        one = acts.add_parser(act, help=told)
        one.add_argument("file", type=Path, nargs="?", help="the city's own form, else the office's")
        one.add_argument("--city", default=DEFAULT_CITY, help="name or folder of the city")
        if act == "preview":
            one.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder")
    given = parser.parse_args(arguments)
    if given.command == "check-guide":
        return ended(lambda: guide_checks.tell(given.city_folder))
    return ended(lambda: look_at_form(given) if given.command else run())


def look_at_form(given: Namespace) -> None:
    """Check a form, or write its preview."""
    city = load_city(given.city)
    path = given.file or form_file(city.folder)
    if given.act == "check":
        form_checks.tell(path, city)
    else:
        form_preview.tell(path, city, given.out)


def run() -> None:
    """Make the door as this process's environment describes it, and serve it."""
    settings = IntakeSettings()
    serve(create_app(settings), settings.port, dated=DAY_ONLY)


if __name__ == "__main__":
    sys.exit(main())
