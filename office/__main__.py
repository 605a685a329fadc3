"""`python -m office`: what operators run. Each command is registered by the part it belongs to."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

import office.keys.commands
import office.languages.commands
import office.stores.commands
import office.up
import office.vocabulary.commands
from office.errors import OfficeError

PARTS = (
    office.up,
    office.stores.commands,
    office.keys.commands,
    office.vocabulary.commands,
    office.languages.commands,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; an expected error is one plain sentence on standard error and exit code 1."""
    parser = ArgumentParser(prog="python -m office", description="The shared kernel's commands.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for part in PARTS:
        part.add_commands(commands)
    given = parser.parse_args(arguments)
    try:
        given.run(given)
    except OfficeError as error:
        print(told(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1
    return 0


def told(error: OfficeError) -> str:
    """Return the error as a person at a terminal reads it."""
    last_lines = error.detail.pop("last_lines", "")
    about = ", ".join(f"{name}: {value}" for name, value in error.detail.items())
    return error.sentence + (f" ({about})" if about else "") + (f"\n{last_lines}" if last_lines else "")


if __name__ == "__main__":
    sys.exit(main())
