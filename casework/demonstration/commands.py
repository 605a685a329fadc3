"""`python -m casework demonstration`: invented years and stories, only where a demonstration is allowed."""

from argparse import ArgumentParser, Namespace, _SubParsersAction

from sqlmodel import col, func, select

from casework.demonstration.filling import SEED, Filled, Stage, fill
from casework.inbox.tables import InboxReport
from casework.settings import CaseworkSettings
from casework.staff.sessions import SignedIn
from casework.store import open_casework
from office.keys.demonstration import FOUNDERS
from office.keys.people import sign_in
from office.sealing.public_keys import PublicKeys
from office.settings import DemonstrationOnly
from office.vocabulary import load_city


def add_commands(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Register the command."""
    command = subparsers.add_parser("demonstration", help="fill the desk with invented years and stories")
    command.add_argument("--seed", type=int, default=SEED, help="another seed, other years")
    command.set_defaults(run=run)


def run(given: Namespace) -> None:
    """Fill an empty demonstration; one that is filled stays as it is.

    Raises:
        DemonstrationOnly: this office is real.
    """
    settings = CaseworkSettings()
    if not settings.demo:
        raise DemonstrationOnly(command="demonstration")
    now = settings.clock().now()
    city = load_city(settings.city)
    _, sessions = open_casework(settings.casework_url, role="casework")
    with sessions() as session:
        asked = select(func.count()).select_from(InboxReport).where(col(InboxReport.is_demonstration))
        if session.exec(asked).one():
            print("The desk is filled already.")
            return
    first = FOUNDERS[0]
    signed = sign_in(sessions, first.sign_in_name, first.passphrase, first.code(now), at=now, demo=True)
    supervisor = SignedIn.from_door(signed)
    keys = PublicKeys.load(settings.public_keys)
    _, courier = open_casework(settings.casework_url, role="courier")
    filled = fill(sessions, courier, Stage(city, keys, supervisor, now, settings.home), seed=given.seed)
    print(told(filled))


def told(filled: Filled) -> str:
    """Return what was invented, in one line."""
    return (
        f"Invented {filled.situations} situations: {filled.reports} on the desk, "
        f"{filled.cases} of them taken up as cases."
    )
