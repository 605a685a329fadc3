"""The desk served in a process of its own on one engine, and people who have signed in to it."""

import http.client
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from office.keys.demonstration import DemonstrationPerson
from office.launcher import Service, python_module, start, stop_all, wait_until_ready
from office.stores import migrate
from tests.support.office import free_ports
from tests.support.postgres import Postgres, as_role


@dataclass(frozen=True, slots=True)
class Store:
    """A fresh casework store: its engine, the owner's address, that of the desk, a folder beside it."""

    engine: str
    owner: str
    desk: str
    folder: Path


@contextmanager
def on_sqlite() -> Iterator[Store]:
    """A store in a file, on the disk of this repository."""
    place = Path("var")
    place.mkdir(exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="bench-desk-", dir=place) as name:
        folder = Path(name).resolve()
        url = f"sqlite:///{folder}/casework.db"
        migrate.upgrade("casework", url)
        yield Store("SQLite", url, url, folder)


@contextmanager
def on_postgres() -> Iterator[Store]:
    """A database of the embedded PostgreSQL, as durable as it comes."""
    server = Postgres(durable=True)
    try:
        with tempfile.TemporaryDirectory(prefix="bench-desk-") as name:
            url = server.database("casework")
            yield Store("PostgreSQL", url, as_role(url, "casework"), Path(name))
    finally:
        server.stop()


@dataclass(frozen=True, slots=True)
class Desk:
    """A served desk."""

    port: int

    def signed_in(self, person: DemonstrationPerson) -> str:
        """Return the cookie of somebody who has just signed in."""
        fields = {
            "name": person.sign_in_name,
            "passphrase": person.passphrase,
            "code": person.code(datetime.now(UTC)),
        }
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        link.request("POST", "/es/sign-in", urlencode(fields), HEADERS)
        answer = link.getresponse()
        answer.read()
        if answer.status != 303:
            raise RuntimeError(f"a sign-in was answered with {answer.status}")
        cookies = (value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie", ()))
        link.close()
        return next(value for value in cookies if value.startswith("desk="))

    def sent(self, cookie: str, path: str, form: Mapping[str, str] | None) -> tuple[str, bytes]:
        """Send a form, or ask for a page; return where it leads and what came. An error ends the run."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        link.connect()
        link.sock.sendall(self.request(cookie, path, form).encode())
        answer = http.client.HTTPResponse(link.sock, method="GET" if form is None else "POST")
        answer.begin()
        body = answer.read()
        link.close()
        if answer.status not in (200, 303):
            where = path.partition("/es/")[2].split("/")[0]
            raise RuntimeError(f"{where} was answered with {answer.status}")
        return answer.getheader("Location", ""), body

    def request(self, cookie: str, path: str, form: Mapping[str, str] | None = None) -> str:
        """Return a whole request, to be sent as it is."""
        body = urlencode(form) if form is not None else ""
        first = f"{'GET' if form is None else 'POST'} {path} HTTP/1.1"
        told = {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": cookie,
            **HEADERS,
            "Content-Length": str(len(body)),
        }
        lines = [first, *(f"{name}: {value}" for name, value in told.items())]
        return "\r\n".join(lines) + "\r\n\r\n" + body


HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


def hidden_in(page: str, name: str) -> str:
    """Return what a hidden field of a page holds; empty if it has none."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    return unescape(found.group(1)) if found else ""


@contextmanager
def serving(store: Store, say: Callable[[str], None]) -> Iterator[Desk]:
    """Serve the desk on a store."""
    (port,) = free_ports(1)
    settings = {
        "CASEWORK_URL": store.desk,
        "PUBLIC_KEYS": str(store.folder / "keys" / "public-keys.json"),
        "HOME": str(store.folder),
        "PORT": str(port),
        "CITY": "valencia",
        "DEMO": "1",
    }
    running = start(Service("casework", python_module("casework", "serve"), settings, port), say)
    try:
        wait_until_ready([running])
        yield Desk(port)
    finally:
        stop_all([running])
