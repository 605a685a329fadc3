"""`python -m office`: what operators run. Each command is registered by the part it belongs to."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

import office.keys.commands
import office.languages.commands
import office.stores.commands
import office.up
import office.vocabulary.commands
from office.terminal import ended

PARTS = (
    office.up,
    office.stores.commands,
    office.keys.commands,
    office.vocabulary.commands,
    office.languages.commands,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (see `office.terminal`)."""
    parser = ArgumentParser(prog="python -m office", description="The shared kernel's commands.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for part in PARTS:
        part.add_commands(commands)
    given = parser.parse_args(arguments)
    return ended(lambda: given.run(given))


if __name__ == "__main__":
    sys.exit(main())
