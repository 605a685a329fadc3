"""`python -m casework collect`: the courier, once or every so many seconds."""

import threading
from argparse import ArgumentParser, Namespace, _SubParsersAction

from casework.courier.carrying import Carried, carry
from office.clock import day_in
from office.errors import OfficeError
from office.launcher import on_ctrl_c
from office.settings import ProcessSettings
from office.stores.engines import open_store, sessions
from office.vocabulary import load_city


class CourierSettings(ProcessSettings):
    """What the courier is told: two stores, and no key."""

    mailbox_url: str
    casework_url: str


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
    """Make one round, or go on until told to stop. A round that carried nothing is said once only."""
    courier = Courier(CourierSettings())
    if given.every is None:
        print(courier.round(), flush=True)
        return
    stopping = threading.Event()
    on_ctrl_c(stopping)
    was_empty = False
    while not stopping.is_set():
        try:
            carried = courier.round()
            if not (carried.is_empty and was_empty):
                print(carried, flush=True)
            was_empty = carried.is_empty
        except OfficeError as error:  # the store may be back at the next round; nothing is lost meanwhile
            print(f"not carried: {error}", flush=True)
            was_empty = False
        stopping.wait(given.every)
