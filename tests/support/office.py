"""A whole office on this machine for a test: real processes, real files, free ports.

The processes and their settings are those of `python -m office up`; only the folder and the ports
differ. Nothing here knows the inside of a service.
"""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from office.launcher import Running, Service, folder_for, start, stop_all, wait_until_ready
from office.up import Office


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on now; the sockets are held together so that they differ."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()


@dataclass
class TriedOffice:
    """An office with its folder; services are started and killed by name."""

    office: Office
    said: list[str] = field(default_factory=list)
    running: dict[str, Running] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.office.home

    def address(self, name: str) -> str:
        port = self.service(name).port
        return f"http://127.0.0.1:{port}"

    def service(self, name: str) -> Service:
        return next(each for each in self.office.services() if each.name == name)

    def start(self, *names: str) -> None:
        """Start services and wait until those with a port answer."""
        for name in names:
            self.running[name] = start(self.service(name), self.said.append)
        wait_until_ready([self.running[name] for name in names])

    def kill(self, name: str) -> None:
        """End a service as a power cut would: SIGKILL, no farewell."""
        killed = self.running.pop(name)
        killed.process.kill()
        killed.process.wait()
        killed.reader.join(timeout=2)
        if killed.process.stdout:
            killed.process.stdout.close()

    def stop(self) -> None:
        stop_all(list(self.running.values()))
        self.running.clear()

    def step(self, *command: str, settings: dict[str, str], input_text: str | None = None) -> str:
        """Run one command to its end in its own environment and return what it said."""
        done = subprocess.run(
            [sys.executable, "-m", *command],
            env=Service(command[0], (), settings).environment(),
            capture_output=True,
            text=True,
            input=input_text,
            timeout=300,
            check=False,
        )
        if done.returncode != 0:
            raise AssertionError(
                f"{' '.join(command)} ended with {done.returncode}: {done.stderr or done.stdout}"
            )
        return done.stdout

    def collect(self) -> str:
        """One round of the courier."""
        return self.step("casework", "collect", settings=self.office.known_to("MAILBOX_URL", "CASEWORK_URL"))

    def at(self, instant: str) -> "TriedOffice":
        """The same office with its demonstration clock put to another instant."""
        return TriedOffice(replace(self.office, demo_now=instant), self.said, self.running)


@contextmanager
def tried_office(
    home: Path, *, city: str = "valencia", demo_now: str | None = None, seeded: bool = False
) -> Iterator[TriedOffice]:
    """A demonstration office with migrated stores, keys and staff; `seeded` adds the invented years."""
    office = Office(folder_for(home), city, _three(free_ports(3)), is_demo=True, demo_now=demo_now)
    (home / "DEMONSTRATION").write_text("Everything in this folder is invented.\n")
    tried = TriedOffice(office)
    for folder in ("stores", "keys", "shelf"):
        folder_for(home / folder)
    for what, step in office.first_steps():
        if seeded or step.name in {"migrate", "keys"}:
            tried.step(*step.command[1:], settings=_without_prefix(step))
            tried.said.append(f"ready: {what}")
    try:
        yield tried
    finally:
        tried.stop()


def _without_prefix(service: Service) -> dict[str, str]:
    return dict(service.settings)


def _three(ports: list[int]) -> tuple[int, int, int]:
    first, second, third = ports
    return first, second, third


def wait_for(url: str, seconds: float = 30.0) -> int:
    """Wait until an address answers and return its status."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
