"""`python -m office up`: the whole office on one machine, on embedded stores.

Each service and each step is a process of its own with only its own settings, as the units in
`deploy/` are in production. This module knows what each process is given, and nothing else.
"""

import os
import subprocess
import sys
import threading
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from office.errors import Invalid, OfficeError
from office.launcher import Service, folder_for, on_ctrl_c, python_module, refuse_busy_ports, run
from office.settings import PREFIX, place_in, store_in

FACES: Final = (("residents", "intake"), ("advisers", "casework"), ("observatory", "dashboards"))
POST: Final = (
    "MAIL_SERVER", "MAIL_PORT", "MAIL_SECURITY", "MAIL_FROM", "MAIL_USER", "MAIL_PASSWORD", "MAIL_CA",
    "SMS_GATEWAY", "SMS_TOKEN",
)  # fmt: skip
"""How notices leave this machine: known to the mailer and to nobody else."""
DOOR: Final = ("VIRUS_SCANNER", "FREE_FOR_FILES", "FREE_FOR_REPORTS", "POSTS_PER_SECOND")
"""How the residents' service looks at files and guards its disk and its pace: known to nobody else."""
DESK: Final = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_LABEL", "OIDC_CA")
"""The city's own sign-in and the desk's secret there: known to the desk and to nobody else."""
DAILY: Final = "86400"
DEMO_RELEASE: Final = ("release", "--source", "demonstration", "--signed-off-by", "Joana Figurada")
"""The release of the demonstration, signed off by the invented head of its office."""


class StepFailed(OfficeError):
    """Something needed before the services can start did not work."""

    code = "step_failed"
    sentence = "The office could not be made ready."


class PortsInvalid(Invalid):
    """`--ports` is not three different port numbers."""

    code = "ports_invalid"
    sentence = "Give three different port numbers, for example 8001,8002,8003."


@dataclass(frozen=True, slots=True)
class Office:
    """One office on one machine: where its things are and what each process may know.

    Attributes:
        post: settings of mail server and gateway, for the mailer.
        door: further settings of the residents' service.
        desk: further settings of the advisers' desk.
    """

    home: Path
    city: str
    ports: tuple[int, int, int]
    is_demo: bool
    demo_now: str | None = None
    post: dict[str, str] = field(default_factory=dict)
    door: dict[str, str] = field(default_factory=dict)
    desk: dict[str, str] = field(default_factory=dict)

    @property
    def public_keys(self) -> Path:
        """The file of public halves, which is no secret."""
        return place_in(self.home, "public_keys")

    @property
    def shelf(self) -> Path:
        """Where the published releases stand."""
        return place_in(self.home, "shelf")

    def store(self, name: str) -> str:
        """Return the address of one embedded store."""
        return store_in(self.home, name)

    def known_to(self, *names: str) -> dict[str, str]:
        """Return the settings of a process that may know exactly `names`, and the city and the clock."""
        everything = {
            "HOME": str(self.home),
            "MAILBOX_URL": self.store("mailbox"),
            "CASEWORK_URL": self.store("casework"),
            "FACTS_URL": self.store("facts"),
            "SHELF": str(self.shelf),
            "PUBLIC_KEYS": str(self.public_keys),
            "STATISTICS_KEY": str(place_in(self.home, "statistics_key")),
            "NOTICE_KEY": str(place_in(self.home, "notice_key")),
            "SIGNING_KEY": str(place_in(self.home, "signing_key")),
        }
        told = {name: everything[name] for name in names}
        told |= {"CITY": self.city, "DEMO": "1" if self.is_demo else "0"}
        if self.demo_now:
            told["DEMO_NOW"] = self.demo_now
        return told

    def services(self) -> list[Service]:
        """Return the processes that run as long as the office does."""
        intake, casework, dashboards = self.ports
        often, nightly = ("3", "20") if self.is_demo else ("60", DAILY)
        return [
            Service(
                "intake",
                python_module("intake_api"),
                self.known_to("MAILBOX_URL", "PUBLIC_KEYS")
                | {"PORT": str(intake), "NOTICE_KINDS": self.notice_kinds}
                | self.door,
                intake,
            ),
            Service(
                "casework",
                python_module("casework", "serve"),
                self.known_to("CASEWORK_URL", "PUBLIC_KEYS", "HOME")
                | {
                    "PORT": str(casework),
                    "RESIDENTS_AT": f"http://127.0.0.1:{intake}",
                    "DESK_AT": f"http://localhost:{casework}",  # no browser makes a passkey for a number
                }
                | self.desk,
                casework,
            ),
            self.round("courier", "collect", often, self.known_to("MAILBOX_URL", "CASEWORK_URL")),
            self.round("handover", "hand-over-facts", nightly, self.handover),
            self.round("mailer", "mail", often, self.known_to("CASEWORK_URL", "NOTICE_KEY") | self.post),
            *self.reminders,
            self.round("heads", "timeline-head", DAILY, self.known_to("CASEWORK_URL", "PUBLIC_KEYS", "HOME")),
            Service(
                "dashboards",
                python_module("dashboards"),
                self.known_to("SHELF", "PUBLIC_KEYS") | {"PORT": str(dashboards)},
                dashboards,
            ),
        ]

    @property
    def reminders(self) -> list[Service]:
        """What reminds colleagues of their deadlines; nothing where there is no mail server."""
        told = {name: value for name, value in self.post.items() if name.startswith("MAIL_")}
        often = "3" if self.is_demo else "600"
        reminds = self.round("reminders", "remind", often, self.known_to("CASEWORK_URL") | told)
        return [reminds] if "MAIL_SERVER" in told else []

    @staticmethod
    def round(name: str, act: str, every: str, knows: dict[str, str]) -> Service:
        """Return what does one act of the desk again and again, every so many seconds."""
        return Service(name, python_module("casework", act, "--every", every), knows)

    @property
    def notice_kinds(self) -> str:
        """How the mailer can tell people that there is news; a demonstration shows both ways."""
        ways = {"email": "MAIL_SERVER", "sms": "SMS_GATEWAY"}
        return " ".join(kind for kind, name in ways.items() if self.is_demo or name in self.post)

    @property
    def handover(self) -> dict[str, str]:
        """What the hand-over of facts may know."""
        return self.known_to("CASEWORK_URL", "FACTS_URL", "STATISTICS_KEY")

    def first_steps(self) -> list[tuple[str, Service]]:
        """Return what is done before the services start, each in a process of its own."""
        stores = self.known_to("MAILBOX_URL", "CASEWORK_URL", "FACTS_URL")
        at_desk = self.known_to("CASEWORK_URL", "PUBLIC_KEYS", "HOME")
        steps = [("the three stores", Service("migrate", python_module("office", "migrate"), stores))]
        if self.is_demo and not self.public_keys.exists():
            steps.append(
                (
                    "keys and staff of the demonstration",
                    Service("keys", python_module("office", "keys", "demonstration"), at_desk),
                )
            )
        if self.is_demo and not (self.shelf / "demonstration").exists():
            steps += [
                (
                    "five invented years",
                    Service("demonstration", python_module("casework", "demonstration"), at_desk),
                ),
                (
                    "their facts",
                    Service("handover", python_module("casework", "hand-over-facts"), self.handover),
                ),
                (
                    "their release",
                    Service(
                        "release",
                        python_module("observatory", *DEMO_RELEASE),
                        self.known_to("FACTS_URL", "SHELF", "SIGNING_KEY", "PUBLIC_KEYS", "HOME"),
                    ),
                ),
            ]
        return steps


def make_ready(office: Office, say: Callable[[str], None]) -> None:
    """Take the first steps, one after the other, saying each.

    Raises:
        StepFailed: with the last lines of the step.
    """
    for folder in ("stores", "keys", "shelf"):
        folder_for(office.home / folder)
    steps = office.first_steps()
    for number, (what, step) in enumerate(steps, start=1):
        say(f"  {number}/{len(steps)} {what} …")
        done = subprocess.run(
            [sys.executable, *step.command],
            env=step.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            raise StepFailed(step=what, last_lines="\n".join(done.stdout.splitlines()[-15:]))


def add_commands(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Register the command."""
    command = subparsers.add_parser("up", help="start every service of the office on this machine")
    command.add_argument("--demo", action="store_true", help="with invented data, keys and staff")
    command.add_argument("--home", type=Path, help="stores, keys and releases (default: var, or var/demo)")
    command.add_argument("--ports", default="8001,8002,8003", help="residents, advisers, observatory")
    command.add_argument("--city", default="valencia", help="a shipped city, or the folder of one")
    command.add_argument(
        "--demo-now", metavar="INSTANT", help="the instant a demonstration's clock stands at"
    )
    command.set_defaults(run=up)


def up(given: Namespace) -> None:
    """Make ready, start everything, and stop everything at one Ctrl-C."""
    home = given.home or Path("var/demo" if given.demo else "var")
    office = Office(
        home.resolve(),
        given.city,
        _ports(given.ports),
        given.demo,
        given.demo_now,
        post=told_here(POST),
        door=told_here(DOOR),
        desk=told_here(DESK),
    )
    folder_for(office.home)
    refuse_demonstration(office)
    services = office.services()
    refuse_busy_ports(services)
    print(
        "Convivencia is making itself ready"
        + (" (demonstration: everything is invented)" if given.demo else "")
    )
    make_ready(office, say)
    stopping = threading.Event()
    on_ctrl_c(stopping)
    run(services, say=say, when_ready=lambda: say(welcome(office)), stopping=stopping)
    say("Everything has stopped.")


def told_here(names: Iterable[str]) -> dict[str, str]:
    """Return what the environment of this process says about settings, to hand it on to one service alone."""
    return {name: told for name in names if (told := os.environ.get(PREFIX + name))}


def refuse_demonstration(office: Office) -> None:
    """Raise if this home was made for a demonstration and `--demo` was not given, or the other way round."""
    mark = office.home / "DEMONSTRATION"
    used = any((office.home / "stores").glob("*.db"))
    if office.is_demo and used and not mark.exists():
        raise StepFailed(step="home", last_lines="This home holds a real office: --demo is refused here.")
    if not office.is_demo and mark.exists():
        raise StepFailed(
            step="home", last_lines="This home holds a demonstration: it is refused without --demo."
        )
    if office.is_demo and not mark.exists():
        mark.write_text("Everything in this folder is invented.\n")


def welcome(office: Office) -> str:
    """Return what a person sees when all three faces answer."""
    lines = ["", "The office is open:"]
    for (who, _), port in zip(FACES, office.ports, strict=True):
        lines.append(f"  {who:<12} http://127.0.0.1:{port}/")
    if office.is_demo:
        lines += [
            "",
            "Demonstration sign-ins are shown on the advisers' sign-in page, with the code of the moment.",
        ]
    lines += ["", "Ctrl-C stops everything.", ""]
    return "\n".join(lines)


def say(line: str) -> None:
    """Tell the person at the terminal, at once."""
    print(line, flush=True)


def _ports(text: str) -> tuple[int, int, int]:
    try:
        first, second, third = (int(part) for part in text.split(","))
    except ValueError:
        raise PortsInvalid(given=text) from None
    if len({first, second, third}) != 3 or not all(0 < port < 65536 for port in (first, second, third)):
        raise PortsInvalid(given=text)
    return first, second, third
