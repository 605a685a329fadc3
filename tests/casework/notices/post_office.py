"""A mail server and a gateway for text messages on this machine, and a mailer as a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from aiosmtpd.controller import Controller

from casework.notices.commands import Mailer
from casework.notices.settings import MailerSettings
from office.handover.notice import NoticeAddress
from office.handover.report import NoticeChange
from office.launcher import Service
from office.sealing.boxes import seal
from tests.casework.desk import Desk, Reporter

SENDER = "news@post.example"


@dataclass
class MailServer:
    """What was sent to it, envelope and letter; `refuses` are addresses it does not know."""

    port: int = 0
    refuses: set[str] = field(default_factory=set)
    is_busy: bool = False
    letters: list[tuple[str, list[str], Message]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    kills: int = 0

    async def handle_EHLO(
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.names.append(hostname)
        return responses

    async def handle_RCPT(self, _s: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in self.refuses:
            return "550 nobody of that name here"
        if self.is_busy:
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.raw.append(envelope.content)
        letter = message_from_bytes(envelope.content, policy=default)
        self.letters.append((envelope.mail_from, list(envelope.rcpt_tos), letter))
        if self.kills:
            os.kill(self.kills, signal.SIGKILL)
            self.kills = 0
        return "250 taken"


@contextmanager
def mail_server(**more: Any) -> Iterator[MailServer]:
    server = MailServer()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server.port = int(probe.getsockname()[1])
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **more)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@dataclass
class Gateway:
    """What was posted to it, and how it answers."""

    port: int = 0
    status: int = 202
    posted: list[tuple[dict[str, str], str | None]] = field(default_factory=list)
    path: str = ""


@contextmanager
def gateway() -> Iterator[Gateway]:
    told = Gateway()

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.path = self.path
            told.posted.append((json.loads(body), self.headers.get("Authorization")))
            self.send_response(told.status)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Takes)
    told.port = int(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


def leave_address(
    desk: Desk, reporter: Reporter, kind: str, value: str, *, language: str = "es", carried: bool = True
) -> None:
    """Leave an address with the receipt, or take it back with the kind `none`."""
    name, public = desk.keys.active("notice")
    parts: dict[str, Any] = {}
    if kind != "none":
        address = NoticeAddress(kind=kind, value=value, language=language)  # type: ignore[arg-type]  # a kind
        sealed = seal(address.as_bytes(), public, about=f"notice/{reporter.case_number}")
        parts = {"notice_key_name": name, "sealed_notice": sealed}
    told = NoticeChange(case_number=reporter.case_number, told_at=desk.clock.now(), is_wanted=kind != "none")
    story, readers = desk.keys.active("story")
    outside = seal(told.as_bytes(), readers, about=f"notice/{reporter.case_number}")
    desk.post("notice", reporter.case_number, story, outside, **parts)
    if carried:
        desk.collect()


def mailer(desk: Desk, *, on: str = "2026-11-23", **settings: object) -> Service:
    """The mailer with its own environment, on a day."""
    told = {
        "CASEWORK_URL": desk.casework_url,
        "NOTICE_KEY": str(desk.folder / "keys" / "notice.key"),
        "CITY": "valencia",
        "DEMO": "1",
        "DEMO_NOW": f"{on}T10:00:00+00:00",
        **{name.upper(): str(value) for name, value in settings.items()},
    }
    return Service("mailer", ("-m", "casework", "mail"), told)


def by_mail(server: MailServer) -> dict[str, object]:
    return {
        "mail_server": "127.0.0.1",
        "mail_port": server.port,
        "mail_security": "none",
        "mail_from": SENDER,
    }


def send(desk: Desk, *, on: str = "2026-11-23", **settings: object) -> str:
    """One round of the mailer on a day, and what it would say."""
    told = mailer(desk, on=on, **settings).settings
    mailer_here = Mailer(MailerSettings(**{name.lower(): value for name, value in told.items()}))
    try:
        return str(mailer_here.round())
    finally:
        mailer_here.sessions.kw["bind"].dispose()


def send_alone(desk: Desk, *, on: str = "2026-11-23", **settings: object) -> subprocess.CompletedProcess[str]:
    """One round of the mailer, in a process of its own."""
    service = mailer(desk, on=on, **settings)
    return subprocess.run(
        [sys.executable, *service.command],
        env=service.environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
