"""`python -m casework collect`: the courier, once or every so many seconds."""

from argparse import ArgumentParser, Namespace, _SubParsersAction

from pydantic import Field

from casework.courier.carrying import Carried, carry
from casework.rounds import go_round
from office.clock import day_in
from office.settings import ProcessSettings, usual_store
from office.stores.engines import open_store, sessions
from office.vocabulary import load_city


class CourierSettings(ProcessSettings):
    """What the courier is told: two stores, and no key."""

    mailbox_url: str = Field(default_factory=usual_store("mailbox"))
    casework_url: str = Field(default_factory=usual_store("casework"))


class Courier:
    """The courier with both doors open."""

    def __init__(self, settings: CourierSettings) -> None:
        self.settings = settings
        self.zone = load_city(settings.city).zone
        self.clock = settings.clock()
        self.mailbox = sessions(open_store(settings.mailbox_url, role="courier", store="mailbox"))
        self.casework = sessions(open_store(settings.casework_url, role="courier", store="casework"))

    def round(self) -> Carried:
        """Carry everything that waits now."""
        on = day_in(self.zone, self.clock.now())
        return carry(self.mailbox, self.casework, on=on, demo=self.settings.demo)


def add_commands(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Register the command."""
    command = subparsers.add_parser("collect", help="carry envelopes to the desk and replies back")
    command.add_argument("--every", type=float, metavar="SECONDS", help="go on, once every so often")
    command.set_defaults(run=run)


def run(given: Namespace) -> None:
    """Make one round, or go on until told to stop. Of several empty rounds only the first is said."""
    courier = Courier(CourierSettings())
    was_empty = False

    def carry_once() -> None:
        nonlocal was_empty
        carried = courier.round()
        if not (carried.is_empty and was_empty):
            print(carried, flush=True)
        was_empty = carried.is_empty

    go_round(carry_once, every=given.every)
