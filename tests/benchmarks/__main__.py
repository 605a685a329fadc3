"""`python -m tests.benchmarks`: full submissions over HTTP, on SQLite and on PostgreSQL, in one run.

Bare durable commits (K), an empty POST, full submissions through the door and through the obvious route take
turns of a second or two, so that a machine busy with other things slows down all of them alike: the ratios
count. A limit that is missed is told and does not fail; only what could not be
measured does.
"""

import json
import os
import platform
import sys
import time
from argparse import ArgumentParser
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from tests.benchmarks import attachments, growth, pages, ratios
from tests.benchmarks.grounds import Ground, Served, on_postgres, on_sqlite
from tests.benchmarks.load import Load, load, together
from tests.support.reports import report

CLIENTS = (1, 8, 32)
SLOW_DISK = 2000.0
LEAST_OF_K = {1: 0.18, 8: 0.30, 32: 0.30}
MOST_SPREAD = 4.0
LEAST_TIMES_OBVIOUS = 3.0
MOST_P95_OF_OBVIOUS = 1 / 6
TURNS = 4
PATH = "/api/v1/reports"
STORY = "En la agencia me dijeron que el piso ya no estaba libre en cuanto oyeron mi nombre. "


@dataclass
class Line:
    """One line of the table: one engine, one number of clients."""

    engine: str
    clients: int
    bare: float
    empty: float
    full: float
    p50: float
    p95: float
    p99: float
    of_bare: float
    of_empty: float
    obvious: float
    obvious_p95: float
    times_obvious: float
    p95_of_obvious: float
    processor_ms: float
    empty_processor_ms: float
    obvious_processor_ms: float
    missed: list[str]


@dataclass
class Memory:
    """Resident memory of the residents' service, in MiB."""

    engine: str
    before: float
    after: float
    submissions: int


def bodies() -> list[str]:
    """Reports as people send them: short and long, some with a telephone, most agree to be counted."""
    random = Random(15)
    made = []
    for number in range(64):
        contact = {"kind": "phone", "value": f"+34 961 {number:06d}"} if number % 2 else {"kind": "none"}
        text = f"{STORY * random.choice((1, 4, 12, 30))}{number}"
        consents = {"count": number % 8 != 0, "advise": True, "refer": False}
        made.append(json.dumps(report(text, contact=contact, consents=consents), ensure_ascii=False))
    return made


def measure(ground: Ground, seconds: float) -> tuple[list[Line], Memory]:
    """Measure everything on one engine."""
    with (
        ground.serving("empty") as empty,
        ground.serving("obvious") as obvious,
        ground.serving("intake") as intake,
    ):
        load(intake.port, PATH, bodies(), clients=2, seconds=0.5)
        before, counted = intake.memory(), ground.rows()
        lines = [line_of(ground, empty, obvious, intake, clients, seconds) for clients in CLIENTS]
        memory = Memory(ground.engine, before, intake.memory(), ground.rows() - counted)
    return lines, memory


def line_of(
    ground: Ground, empty: Served, obvious: Served, intake: Served, clients: int, seconds: float
) -> Line:
    """Measure all four in turns, several times, and put each one's turns together."""
    say(f"  {ground.engine}, {clients} at once …")
    sent, turn = bodies(), seconds / TURNS
    bare: list[float] = []
    loads: dict[str, list[Load]] = {"empty": [], "obvious": [], "intake": []}
    used = {"empty": 0.0, "obvious": 0.0, "intake": 0.0}
    begun = ground.rows()
    for _ in range(TURNS):
        bare.append(ground.bare_commits(0.5))
        for name, served in (("empty", empty), ("obvious", obvious), ("intake", intake)):
            spent = served.processor_seconds()
            loads[name].append(load(served.port, PATH, sent, clients=clients, seconds=turn))
            used[name] += served.processor_seconds() - spent
    nothing, naive, full = (together(loads[name]) for name in ("empty", "obvious", "intake"))
    kept = ground.rows() - begun
    if full.wrong or nothing.wrong or naive.wrong or kept != full.answers:
        raise RuntimeError(
            f"{nothing.wrong}, {full.wrong} and {naive.wrong} wrong answers; "
            f"{full.answers} answers for {kept} reports kept"
        )
    k = sum(bare) / len(bare)
    return judged(
        Line(
            engine=ground.engine,
            clients=clients,
            bare=k,
            empty=nothing.rate,
            full=full.rate,
            p50=full.percentile(0.5),
            p95=full.percentile(0.95),
            p99=full.percentile(0.99),
            of_bare=full.rate / k,
            of_empty=full.rate / nothing.rate,
            obvious=naive.rate,
            obvious_p95=naive.percentile(0.95),
            times_obvious=full.rate / naive.rate,
            p95_of_obvious=full.percentile(0.95) / naive.percentile(0.95),
            processor_ms=1000 * used["intake"] / full.answers,
            empty_processor_ms=1000 * used["empty"] / nothing.answers,
            obvious_processor_ms=1000 * used["obvious"] / naive.answers,
            missed=[],
        )
    )


def judged(line: Line) -> Line:
    """Note which limits of the design a line misses."""
    least = LEAST_OF_K[line.clients]
    if line.of_bare < least:
        line.missed.append(f"{line.of_bare:.2f} K, below the limit of {least:.2f} K")
    if line.p99 / line.p50 > MOST_SPREAD:
        line.missed.append(
            f"p99 is {line.p99 / line.p50:.1f} times p50, above the limit of {MOST_SPREAD:.0f}"
        )
    if line.clients > 1 and line.times_obvious < LEAST_TIMES_OBVIOUS:
        line.missed.append(
            f"{line.times_obvious:.1f} times the obvious route, below the limit of {LEAST_TIMES_OBVIOUS:.0f}"
        )
    if line.clients > 1 and line.p95_of_obvious > MOST_P95_OF_OBVIOUS:
        line.missed.append(
            f"p95 is {line.p95_of_obvious:.2f} of the obvious route's, above the limit of "
            f"{MOST_P95_OF_OBVIOUS:.2f}"
        )
    return line


def table(lines: list[Line], memory: list[Memory], at: datetime) -> str:
    """Everything that was measured, to be read."""
    told = [
        f"# Submissions over HTTP, {at:%Y-%m-%d}",
        "",
        f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the end, Python "
        f"{platform.python_version()}, {platform.system()}. Requests a second; times in milliseconds. "
        "K is bare durable commits of one row a second. The obvious route is a `def` route with a session.",
        "",
        "| store | clients | K | empty POST | its CPU ms | submissions | p50 | p95 | p99 | of K | of empty "
        "| CPU ms | obvious route | its p95 | its CPU ms | times obvious | p95 of its |",
        "|---|" + "---:|" * 16,
    ]
    for line in lines:
        told.append(
            f"| {line.engine} | {line.clients} | {line.bare:.0f} | {line.empty:.0f} "
            f"| {line.empty_processor_ms:.2f} | {line.full:.0f} "
            f"| {line.p50:.1f} | {line.p95:.1f} | {line.p99:.1f} | {line.of_bare:.2f} | {line.of_empty:.2f} "
            f"| {line.processor_ms:.2f} | {line.obvious:.0f} | {line.obvious_p95:.1f} "
            f"| {line.obvious_processor_ms:.2f} | {line.times_obvious:.1f} | {line.p95_of_obvious:.2f} |"
        )
    told.append("")
    for each in memory:
        told.append(
            f"Memory of the residents' service on {each.engine}: {each.before:.0f} MiB before, "
            f"{each.after:.0f} MiB after {each.submissions} submissions."
        )
    for engine in dict.fromkeys(line.engine for line in lines):
        k = min(line.bare for line in lines if line.engine == engine)
        if k < SLOW_DISK:
            told.append(f"Slow disk: K on {engine} fell to {k:.0f} (below {SLOW_DISK:.0f}).")
    told.append("")
    missed = [f"- {line.engine}, {line.clients} at once: {each}" for line in lines for each in line.missed]
    told += ["Below the limit:", "", *missed] if missed else ["Every limit of the design is kept."]
    return "\n".join(told) + "\n"


def say(line: str) -> None:
    """Tell the person at the terminal, at once."""
    print(line, flush=True)


def main() -> int:
    """Measure, print the table and write it down; return 1 if something could not be measured."""
    parser = ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0, help="length of one measurement")
    parser.add_argument("--photo-seconds", type=float, default=12.0, help="the same, of reports with a photo")
    parser.add_argument("--rounds", type=int, default=40, help="turns over the pages of the form")
    parser.add_argument("--each", type=int, default=1_000, help="reports into an empty and a full mailbox")
    parser.add_argument("--grown", type=int, default=100_000, help="reports in the full mailbox")
    parser.add_argument("--into", type=Path, default=Path("var/bench"))
    given = parser.parse_args()
    lines: list[Line] = []
    photos: list[attachments.Line] = []
    memory: list[Memory] = []
    found: list[ratios.Ratio] = []
    failed = []
    begun = time.monotonic()
    for where in (on_sqlite, on_postgres):
        try:
            with where() as ground:
                measured, kept = measure(ground, given.seconds)
                lines += measured
                memory.append(kept)
                plain = {line.clients: line.full for line in measured}
                photos += attachments.measure(ground, given.photo_seconds, plain, say)
                say(f"  {ground.engine}, pages of the form and a growing mailbox …")
                found += pages.measure(ground, given.rounds)
                found += growth.measure(ground, given.each, given.grown, bodies())
        except Exception as error:  # what can be measured on the other engine still is
            failed.append(f"{where.__name__}: {type(error).__name__}: {error}")
    at = datetime.now(UTC)
    text = table(lines, memory, at) if lines else ""
    text += (attachments.table(photos) if photos else "") + (ratios.table(found) if found else "")
    given.into.mkdir(parents=True, exist_ok=True)
    (given.into / f"{at:%Y-%m-%d}.md").write_text(text, "utf-8")
    everything = {
        "at": at.isoformat(),
        "seconds": round(time.monotonic() - begun, 1),
        "lines": [asdict(line) for line in lines],
        "memory": [asdict(each) for each in memory],
        "photos": [asdict(line) for line in photos],
        "ratios": [{**asdict(one), "is_kept": one.is_kept} for one in found],
        "failed": failed,
    }
    (given.into / f"{at:%Y-%m-%d}.json").write_text(json.dumps(everything, indent=1) + "\n", "utf-8")
    say("\n" + text)
    say(f"Written to {given.into}; it took {time.monotonic() - begun:.0f} s.")
    for each in failed:
        print(f"not measured: {each}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
