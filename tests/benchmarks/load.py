"""A small load: clients that each send the next request when the last was answered, over kept-alive links.

`python -m tests.benchmarks.load PORT CLIENTS SECONDS` reads the requests to send from standard input, a
JSON list of texts, and writes what it measured to standard output. It is a process of its own, so that it
does not share an interpreter with what it measures.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

WARMING_SECONDS = 0.3


@dataclass(frozen=True)
class Load:
    """What a load measured.

    Attributes:
        answers: all of them, those to the warming up too.
        seconds: how long was measured.
        wrong: answers other than those that are right.
        times: the seconds each answer took.
    """

    answers: int
    seconds: float
    wrong: int
    times: list[float]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        """The time in milliseconds within which `share` of the answers came."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def load(port: int, path: str, bodies: list[str], *, clients: int, seconds: float) -> Load:
    """Send POSTs with JSON from a process of its own for so long and return what was measured."""
    requests = [
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"Accept: application/json\r\nContent-Length: {len(body.encode())}\r\n\r\n{body}"
        for body in bodies
    ]
    return drive(port, requests, clients=clients, seconds=seconds, right=(200, 201))


def drive(port: int, requests: list[str], *, clients: int, seconds: float, right: Sequence[int]) -> Load:
    """Send whole requests from a process of its own for so long; answers not in `right` are counted wrong."""
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(port), str(clients), str(seconds), *map(str, right)],
        input=json.dumps(requests),
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the load ended: {done.stderr[-2000:]}")
    told = json.loads(done.stdout)
    return Load(told["answers"], told["seconds"], told["wrong"], told["times"])


def together(loads: list[Load]) -> Load:
    """Put several turns of the same load together."""
    return Load(
        sum(each.answers for each in loads),
        sum(each.seconds for each in loads),
        sum(each.wrong for each in loads),
        [one for each in loads for one in each.times],
    )


async def _drive(
    port: int, requests: list[bytes], clients: int, seconds: float, right: Sequence[int]
) -> dict[str, object]:
    counted_from = time.perf_counter() + WARMING_SECONDS
    until = counted_from + seconds
    times: list[float] = []
    answers = wrong = 0

    async def client(number: int) -> None:
        nonlocal answers, wrong
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (begun := time.perf_counter()) < until:
            writer.write(requests[number % len(requests)])
            status = await _answer(reader)
            now = time.perf_counter()
            answers += 1
            wrong += status not in right
            if begun >= counted_from and now <= until:
                times.append(now - begun)
            number += clients
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(client(number) for number in range(clients)))
    return {"answers": answers, "seconds": seconds, "wrong": wrong, "times": times}


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    lowered = head.lower()
    length = int(lowered.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


if __name__ == "__main__":
    _, port, clients, seconds, *right = sys.argv
    requests = [text.encode() for text in json.load(sys.stdin)]
    found = _drive(int(port), requests, int(clients), float(seconds), [int(one) for one in right])
    json.dump(asyncio.run(found), sys.stdout)
