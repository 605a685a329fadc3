"""A small load of people who report by the form, each after the other, with a photo or without.

`python -m tests.benchmarks.browsers PORT CLIENTS SECONDS` reads the photo from standard input (nothing: none
is sent) and writes what it measured to standard output. Each report is a browser of its own: a new
connection and no cookie. The photo goes as our own script sends it: begin, its pieces, end.
"""

import asyncio
import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from office.web.forms import OWN_SITE
from tests.benchmarks.load import Load

LONGEST_REPORT = 240.0
TRIES = 5
FORM = "application/x-www-form-urlencoded"
BYTES = "application/octet-stream"
FILES = "/es/report/files"
STORY = {"what_happened": "Me dijeron que el piso ya no estaba libre en cuanto oyeron mi nombre. " * 8}
LAST_PAGE = {"consent_count": "yes", "consent_advise": "yes", "contact_kind": "none"}


def load(port: int, photo: bytes, *, clients: int, seconds: float) -> Load:
    """Send reports from a process of its own for so long and return what was measured."""
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(port), str(clients), str(seconds)],
        input=photo,
        capture_output=True,
        timeout=seconds + LONGEST_REPORT,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"reports by the form ended: {done.stderr.decode()[-2000:]}")
    told = json.loads(done.stdout)
    return Load(told["answers"], told["seconds"], told["wrong"], told["times"])


class NotAsExpected(Exception):
    """An answer that leads no further."""


class Busy(NotAsExpected):
    """The office asks to come again."""


@dataclass
class Person:
    """One browser and its connection."""

    port: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    cookies: dict[str, str] = field(default_factory=dict)

    async def ask(self, verb: str, path: str, body: bytes = b"", kind: str = FORM) -> bytes:
        """Return the body of an answer that leads on."""
        told = {
            "Host": f"127.0.0.1:{self.port}",
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Accept": "application/json" if path.startswith(FILES) else "text/html",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **OWN_SITE,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value)
        self.writer.write(f"{verb} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        await self.writer.drain()
        answered = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"(?im)^content-length: *(\d+)", answered)
        content = await self.reader.readexactly(int(length.group(1)) if length else 0)
        for name, value in re.findall(r"(?im)^set-cookie: *([^=]+)=([^;\r]*)", answered):
            self.cookies[name] = value
        status = int(answered.split(" ", 2)[1])
        if status == 503:
            raise Busy(path)
        if status not in (200, 303):
            raise NotAsExpected(f"{path}: {status}")
        return content

    async def form(self, path: str, fields: dict[str, str]) -> bytes:
        """Return the answer to a form."""
        return await self.ask("POST", path, urlencode(fields).encode())

    async def add(self, photo: bytes) -> None:
        """Send a photo piece by piece."""
        about = {"name": "photo.jpg", "size": str(len(photo)), "purpose": "evidence", "mark": "1"}
        begun = json.loads(await self.form(f"{FILES}/begin", about))
        piece = begun["bytes"]
        for number in range(-(-len(photo) // piece)):
            part = photo[number * piece : (number + 1) * piece]
            await self.ask("POST", f"{FILES}/piece/{begun['id']}/{number}", part, BYTES)
        await self._end(f"{FILES}/end/{begun['id']}")

    async def _end(self, path: str) -> None:
        for attempt in range(TRIES):
            try:
                await self.form(path, {})
                return
            except Busy:  # too many wait to be looked into: asked again, as our script does
                await asyncio.sleep(0.5 * 2**attempt)
        raise NotAsExpected(f"{path}: busy")

    async def report(self, photo: bytes) -> None:
        """Tell what happened, add the photo if there is one, and send."""
        await self.form("/es/report/what", STORY)
        if photo:
            await self.add(photo)
        await self.form("/es/report/may", LAST_PAGE)
        await self.ask("GET", "/es/report/check")
        await self.form("/es/report/send", {})


async def _load(port: int, photo: bytes, clients: int, seconds: float) -> dict[str, object]:
    begun = time.perf_counter()
    times: list[float] = []
    wrong = 0

    async def client() -> None:
        nonlocal wrong
        while (asked := time.perf_counter()) < begun + seconds:
            person = Person(port, *await asyncio.open_connection("127.0.0.1", port))
            try:
                await person.report(photo)
                times.append(time.perf_counter() - asked)
            except NotAsExpected as error:
                print(error, file=sys.stderr)
                wrong += 1
            person.writer.close()
            await person.writer.wait_closed()

    await asyncio.gather(*(client() for _ in range(clients)))
    taken = time.perf_counter() - begun  # to the last one: a report with a photo may take as long as a turn
    return {"answers": len(times), "seconds": taken, "wrong": wrong, "times": times}


if __name__ == "__main__":
    _, port, clients, seconds = sys.argv
    photo = sys.stdin.buffer.read()
    json.dump(asyncio.run(_load(int(port), photo, int(clients), float(seconds))), sys.stdout)
