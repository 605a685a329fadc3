"""`python -m office vocabulary check|list`: the lists as an operator or a lawyer meets them."""

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections import Counter
from pathlib import Path

from office.errors import OfficeError
from office.vocabulary import DEFAULT_CITY, NAMES, load
from office.vocabulary.checks import check_all


class VocabulariesDoNotFit(OfficeError):
    """The checker found errors."""

    code = "vocabularies_do_not_fit"
    sentence = "The office's lists do not fit together; see the errors above."


def check(given: Namespace) -> None:
    """Write every finding, the lists nobody reviewed among them.

    Raises:
        VocabulariesDoNotFit: there was at least one error.
    """
    found = check_all(cities=given.city_folder or None)
    for finding in found:
        sys.stdout.write(f"{finding}\n")
    counted = Counter(finding.severity for finding in found)
    sys.stdout.write(f"{counted['error']} errors, {counted['warning']} warnings\n")
    if counted["error"]:
        raise VocabulariesDoNotFit(errors=str(counted["error"]))


def show(given: Namespace) -> None:
    """Write one list: its head, then each code with its label and law."""
    vocabulary = load(given.name, given.city)
    meta = vocabulary.meta
    reviewed = meta.checked_by or "nobody yet"
    sys.stdout.write(f"{meta.vocabulary} {meta.version}: {meta.authority}\n")
    sys.stdout.write(f"reviewed by: {reviewed}; next review: {meta.next_review.isoformat()}\n")
    for item in vocabulary:
        law = f"  ({'; '.join(item.law)})" if item.law else ""
        sys.stdout.write(f"{item.code:<28} {item.label_in(given.language)}{law}\n")


def add_commands(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Add `vocabulary` and its two commands to the office's own."""
    words = subparsers.add_parser("vocabulary", help="check or show the office's lists")
    commands = words.add_subparsers(required=True, metavar="check|list")
    checking = commands.add_parser("check", help="look whether the lists fit together")
    checking.add_argument(
        "--city-folder", type=Path, action="append", help="a city to look at instead of those shipped"
    )
    checking.set_defaults(run=check)
    listing = commands.add_parser("list", help="show one list")
    listing.add_argument("name", choices=NAMES, metavar="NAME", help=", ".join(NAMES))
    listing.add_argument("--city", default=DEFAULT_CITY, help="whose districts")
    listing.add_argument("--language", default="en", help="language of the labels")
    listing.set_defaults(run=show)
