"""Starts the office's services as child processes, each with only its own environment.

There is no all-in-one mode: the walls between the processes are the same in a demonstration on one
laptop as in production, where service units take the launcher's place. One Ctrl-C stops all; if
one process dies, all stop and its last lines are shown.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from office.errors import OfficeError
from office.settings import PREFIX

LAST_LINES: Final = 15
GRACE_SECONDS: Final = 8.0
INHERITED: Final = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH", "SYSTEMROOT")


class PortBusy(OfficeError):
    """Another programme already listens there."""

    code = "port_busy"
    sentence = "A port the office needs is already in use. To use others: PORTS=8501,8502,8503 make run"


class ServiceDied(OfficeError):
    """One of the services ended by itself."""

    code = "service_died"
    sentence = "One of the services ended by itself, so all were stopped."


class NeverReady(OfficeError):
    """A service did not answer in time."""

    code = "never_ready"
    sentence = "One of the services did not answer in time, so all were stopped."


@dataclass(frozen=True, slots=True)
class Service:
    """One child process: its name, its command and the only settings it is given.

    Attributes:
        name: as in `docs/architecture.md`.
        command: arguments after the Python interpreter.
        settings: names without the prefix, and their values.
        port: where it answers `/healthz`, if it does.
    """

    name: str
    command: tuple[str, ...]
    settings: dict[str, str] = field(default_factory=dict)
    port: int | None = None

    def environment(self) -> dict[str, str]:
        """Return the whole environment of this process."""
        kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
        own = {PREFIX + name: value for name, value in self.settings.items()}
        return {**kept, "PYTHONUNBUFFERED": "1", **own}


@dataclass(slots=True)
class Running:
    """A started service and the last lines it said."""

    service: Service
    process: subprocess.Popen[str]
    said: deque[str]
    reader: threading.Thread


def refuse_busy_ports(services: Sequence[Service]) -> None:
    """Raise PortBusy if something already listens where a service is to answer."""
    for service in services:
        if service.port is None:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", service.port))
            except OSError:
                raise PortBusy(port=str(service.port), service=service.name) from None


def start(service: Service, say: Callable[[str], None]) -> Running:
    """Start one service in a session of its own, so that Ctrl-C reaches only the launcher."""
    process = subprocess.Popen(
        [sys.executable, *service.command],
        env=service.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    said: deque[str] = deque(maxlen=LAST_LINES)
    reader = threading.Thread(target=_listen, args=(process.stdout, service.name, said, say), daemon=True)
    reader.start()
    return Running(service, process, said, reader)


def _listen(stream: IO[str] | None, name: str, said: deque[str], say: Callable[[str], None]) -> None:
    for line in stream or ():
        said.append(line.rstrip())
        say(f"{name:<12} {line.rstrip()}")


def stop_all(running: Sequence[Running]) -> None:
    """Ask every service to end, newest first, and end those that do not within the grace time."""
    for each in reversed(running):
        if each.process.poll() is None:
            each.process.send_signal(signal.SIGTERM)
    until = time.monotonic() + GRACE_SECONDS
    for each in running:
        try:
            each.process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            each.process.kill()
            each.process.wait()
        each.reader.join(timeout=1)
        if each.process.stdout is not None and not each.reader.is_alive():
            each.process.stdout.close()


def wait_until_ready(running: Sequence[Running], seconds: float = 60.0) -> None:
    """Return when every service with a port answers; raise if one dies or stays silent."""
    until = time.monotonic() + seconds
    waiting = [each for each in running if each.service.port is not None]
    while waiting:
        refuse_the_dead(running)
        waiting = [each for each in waiting if not _answers(each.service.port or 0)]
        if waiting and time.monotonic() > until:
            raise NeverReady(service=waiting[0].service.name)
        time.sleep(0.1)


def _answers(port: int) -> bool:
    request = b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n"
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as link:
            link.sendall(request)
            return b" 200 " in link.recv(64)
    except OSError:
        return False


def refuse_the_dead(running: Sequence[Running]) -> None:
    """Raise ServiceDied, with the last lines, if a service has ended."""
    for each in running:
        if each.process.poll() is not None:
            each.reader.join(timeout=1)
            raise ServiceDied(
                service=each.service.name,
                exit_code=str(each.process.returncode),
                last_lines="\n".join(each.said),
            )


def run(
    services: Sequence[Service],
    *,
    say: Callable[[str], None],
    when_ready: Callable[[], None],
    stopping: threading.Event,
) -> None:
    """Run the services until `stopping` is set or one of them dies; then stop them all.

    Raises:
        PortBusy: before anything is started.
        ServiceDied, NeverReady: after everything is stopped.
    """
    refuse_busy_ports(services)
    running: list[Running] = []
    try:
        for service in services:
            running.append(start(service, say))
        wait_until_ready(running)
        when_ready()
        while not stopping.wait(0.3):
            refuse_the_dead(running)
    finally:
        stop_all(running)


def on_ctrl_c(stopping: threading.Event) -> None:
    """Make Ctrl-C and a service manager's TERM set `stopping`."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())


def python_module(name: str, *words: str) -> tuple[str, ...]:
    """Return the command line that runs one of our packages."""
    return ("-m", name, *words)


def folder_for(home: Path) -> Path:
    """Return the home folder, made readable by its owner only."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return home
