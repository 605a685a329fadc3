"""`python -m casework recover`: two shares of the escrow give keys and cases to a new holder."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from casework.cases.from_escrow import give_cases_from_escrow
from casework.settings import CaseworkSettings
from casework.staff.journal import take_up
from casework.store import open_casework
from casework.timeline.commands import journal_of
from office.clock import day_in
from office.ids import shown
from office.keys.asking import Answers, AtTheTerminal, FromAFile, say
from office.keys.events import append_to_journal
from office.keys.people import staff_named
from office.keys.shares import escrow_open, give_from_escrow
from office.vocabulary import load_city


def add_commands(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Register the command."""
    about = "when nobody is left who can open the cases: give them to somebody, with two shares"
    recover = subparsers.add_parser("recover", help=about)
    recover.add_argument("--to", required=True, metavar="NAME", help="sign-in name of the new holder")
    recover.add_argument("--from-file", type=Path, metavar="FILE", help="answers in TOML, for rehearsals")
    recover.set_defaults(run=run_recover)


def run_recover(given: Namespace) -> None:
    """Open the escrow and give everything to one member of staff; all are told, and each case says so.

    The journal is written before the commit: what is told and did not happen does less harm than the reverse.
    """
    settings = CaseworkSettings()
    at = settings.clock().now()
    answers: Answers = FromAFile(given.from_file, settings) if given.from_file else AtTheTerminal()
    reason = answers.text("escrow.reason", "Why the escrow is opened")
    typed = [answers.secret(f"escrow.shares.{number}", f"Share {number + 1} of the two") for number in (0, 1)]
    engine, sessions = open_casework(settings.casework_url, role="casework")
    try:
        with sessions.begin() as session:
            to = staff_named(session, given.to)
            opened = escrow_open(session, typed, reason=reason, by=None, at=at)
            keys = give_from_escrow(session, opened, to=to.id, by=None, at=at)
            on = day_in(load_city(settings.city).zone, at)
            done = give_cases_from_escrow(session, opened.escrow, opened.keys, to, at=at, on=on)
            append_to_journal(journal_of(settings), [opened.event, keys])
            take_up(session, journal_of(settings))
    finally:
        engine.dispose()
    say(f"Given: {', '.join(keys.key_names)}, and the keys of {done.count} cases.")
    for number in done.kept_out:
        say(f"Not given, because they keep out of it or may not have it: {shown(number)}")
    for number in done.damaged:
        say(f"Damaged, its key does not open: {shown(number)}")
    say("Every member of staff is told when they sign in. Now renew the escrow: its shares were used.")
