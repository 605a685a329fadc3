"""A flood from a process of its own: so many requests a second, each declaring far more than any form takes.

`python -m tests.journeys.flooding` reads a plan as JSON from standard input and writes what it reached to
standard output. It pushes each body as fast as the machine's own network allows until the other side hangs
up, whatever was answered: a flood is not polite.
"""

import asyncio
import json
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field

CHUNK = b"a" * 262_144
PATIENCE = 20.0


@dataclass(frozen=True)
class Plan:
    """What is to be sent, and from where.

    Attributes:
        source: the address it comes from; any of 127.0.0.0/8 is this machine.
        paths: one after the other.
        declared: bytes each request says it has.
    """

    port: int
    source: str
    user_agent: str
    paths: tuple[str, ...]
    seconds: float
    a_second: int = 50
    declared: int = 30 * 1024 * 1024


@dataclass
class Reached:
    """What came of it; a status of 0 is a connection that was closed without an answer."""

    asked: int = 0
    seconds: float = 0.0
    sent: int = 0
    most_open: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    held: list[float] = field(default_factory=list)

    def told(self) -> str:
        """The rate reached, to be printed."""
        return (
            f"flood: {self.asked / self.seconds:.0f} requests a second for {self.seconds:.0f} s, "
            f"{self.sent / 2**20 / self.seconds:.0f} MB a second pushed, at most {self.most_open} at once; "
            f"answers {self.statuses}; the longest was held {max(self.held):.1f} s"
        )

    def count(self, *statuses: int) -> int:
        """How many were answered so."""
        return sum(self.statuses.get(str(status), 0) for status in statuses)


def begin(plan: Plan) -> subprocess.Popen[str]:
    """Start a flood."""
    process = subprocess.Popen(
        [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(asdict(plan)))
    process.stdin.close()
    return process


def end(process: subprocess.Popen[str]) -> Reached:
    """Wait until it is over and say what it reached."""
    assert process.stdout is not None
    said = process.stdout.read()
    process.stdout.close()
    assert process.wait(60) == 0
    return Reached(**json.loads(said))


async def _flood(plan: Plan) -> Reached:
    reached = Reached()
    begun = time.monotonic()
    running: set[asyncio.Task[None]] = set()
    while (now := time.monotonic()) - begun < plan.seconds:
        while reached.asked < (now - begun) * plan.a_second:
            task = asyncio.create_task(_one(plan, plan.paths[reached.asked % len(plan.paths)], reached))
            running.add(task)
            task.add_done_callback(running.discard)
            reached.asked += 1
        reached.most_open = max(reached.most_open, len(running))
        await asyncio.sleep(0.01)
    reached.seconds = time.monotonic() - begun
    if running:
        await asyncio.wait(running, timeout=PATIENCE)
    for task in running:
        task.cancel()
    return reached


async def _one(plan: Plan, path: str, reached: Reached) -> None:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{plan.port}\r\nUser-Agent: {plan.user_agent}\r\n"
        "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {plan.declared}\r\n\r\n"
    )
    begun, status = time.monotonic(), "0"
    with suppress(OSError, asyncio.IncompleteReadError):
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", plan.port, local_addr=(plan.source, 0), limit=2**20
        )
        pushing = asyncio.create_task(_push(plan, writer, head.encode(), reached))
        try:
            line = await reader.readline()
            status = line.split(b" ")[1].decode() if line else "0"
            await reader.read()  # until the other side hangs up
        finally:
            pushing.cancel()
            writer.close()
    reached.held.append(time.monotonic() - begun)
    reached.statuses[status] = reached.statuses.get(status, 0) + 1


async def _push(plan: Plan, writer: asyncio.StreamWriter, head: bytes, reached: Reached) -> None:
    with suppress(OSError):
        writer.write(head)
        left = plan.declared
        while left > 0:
            part = CHUNK[: min(left, len(CHUNK))]
            writer.write(part)
            await writer.drain()
            left -= len(part)
            reached.sent += len(part)


if __name__ == "__main__":
    told = json.load(sys.stdin)
    plan = Plan(**{**told, "paths": tuple(told["paths"])})
    json.dump(asdict(asyncio.run(_flood(plan))), sys.stdout)
