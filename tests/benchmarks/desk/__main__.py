"""`python -m tests.benchmarks.desk`: the desk over HTTP in offices of two sizes, on both engines.

For each question: the page asked by one client and by 25, the same question in bare SQL, and how both grow
from the small office to the large one. Then the words of every story one may open against the bare opening
of as many boxes, a report taken up as a case, and the export of a case with fifty documents. A limit that is
missed is told and does not fail.
"""

import json
import os
import platform
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from tests.benchmarks.desk import exporting, opening
from tests.benchmarks.desk.filling import Filled, fill
from tests.benchmarks.desk.office import Staffed, staffed
from tests.benchmarks.desk.questions import BARE, LIMITS, Own, asked, bare, some_cases
from tests.benchmarks.desk.serving import Desk, Store, on_postgres, on_sqlite, serving
from tests.benchmarks.load import drive
from tests.benchmarks.ratios import Ratio, percentile, table

CLIENTS = 25
SUPERVISORS = 5
MOST_GROWTH = 1.5
RIGHT = (200, 303)
ENGINES = {"sqlite": on_sqlite, "postgresql": on_postgres}
OF_SUPERVISORS = "list of a supervisor"


@dataclass(frozen=True, slots=True)
class Line:
    """One question on one engine in an office of one size; times in milliseconds.

    Attributes:
        alone: the median of one client.
        bare: the median of the same question in bare SQL over one link.
        rate: answers a second to all clients.
    """

    engine: str
    cases: int
    what: str
    alone: float
    p50: float
    p95: float
    rate: float
    bare: float
    wrong: int


def measured(store: Store, given: "Sizes", cases: int) -> tuple[list[Line], list[Ratio], Filled]:
    """Fill a store with `cases` cases and ask everything of it."""
    at = datetime.now(UTC)
    office = staffed(store.owner, store.folder, at, cases=cases)
    say(f"  {store.engine}: putting {cases:,} cases in …")
    per = given.events // given.cases if cases == given.cases else 3
    reports = given.reports - given.cases if cases == given.cases else 0
    filled = fill(store.owner, office, cases=cases, reports=reports, events=per * cases, on=at.date())
    said: list[str] = []
    with serving(store, said.append) as desk:
        cookies = _cookies(desk, office)
        signed_in = [one.id for one in office.advisers if one.name in cookies]
        own = some_cases(store.owner, signed_in, 200, Random(7))
        lines = [
            _line(store, desk, what, own, cookies, office, given, cases) for what in (*BARE, OF_SUPERVISORS)
        ]
        held = cookies["amparo"][0]
        found = opening.measure(store, desk, office, held, cases, given.taken_up)
        found += exporting.measure(store, desk, office, held)
    return lines, found, filled


def _cookies(desk: Desk, office: Staffed) -> dict[str, list[str]]:
    """Return a session of each client: five of the supervisors, twenty of the first advisers."""
    found: dict[str, list[str]] = {}
    for number in range(CLIENTS):
        people = office.supervisors if number < SUPERVISORS else office.advisers[: CLIENTS - SUPERVISORS]
        name = people[number % len(people)].name
        found.setdefault(name, []).append(desk.signed_in(office.people[name]))
    return found


def _line(
    store: Store,
    desk: Desk,
    what: str,
    own: Sequence[Own],
    cookies: dict[str, list[str]],
    office: Staffed,
    given: "Sizes",
    cases: int,
) -> Line:
    question = "list" if what == OF_SUPERVISORS else what
    requests = _requests(desk, question, own, cookies, office, only_supervisors=what == OF_SUPERVISORS)
    one = drive(desk.port, requests[:40], clients=1, seconds=given.seconds / 2, right=RIGHT)
    all_of_them = drive(desk.port, requests, clients=CLIENTS, seconds=given.seconds, right=RIGHT)
    if not (one.times and all_of_them.times):
        raise RuntimeError(f"{what}: no page came within {given.seconds:.0f} s")
    who = office.supervisors[0].id if what == OF_SUPERVISORS else None
    plain = bare(store.owner, question, own[:60], who)
    return Line(
        store.engine,
        cases,
        what,
        one.percentile(0.5),
        all_of_them.percentile(0.5),
        all_of_them.percentile(0.95),
        all_of_them.rate,
        1000 * percentile(plain, 0.5),
        one.wrong + all_of_them.wrong,
    )


def _requests(
    desk: Desk,
    what: str,
    own: Sequence[Own],
    cookies: dict[str, list[str]],
    office: Staffed,
    *,
    only_supervisors: bool,
) -> list[str]:
    """Return 200 requests; a fifth of them a supervisor's, the others of the adviser of the case."""
    of = {one.id: one.name for one in office.advisers}
    supervisors = [one.name for one in office.supervisors]
    found = []
    for number, one in enumerate(own):
        by_supervisor = only_supervisors or number % (CLIENTS // SUPERVISORS) == 0
        name = supervisors[number % len(supervisors)] if by_supervisor else of[one.adviser]
        held = cookies[name]
        found.append(asked(desk, what, held[number % len(held)], one))
    return found


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is put in and how long is measured."""

    cases: int
    reports: int
    events: int
    large: int
    seconds: float
    taken_up: int


def grown(lines: Sequence[Line], small: int, large: int) -> list[Ratio]:
    """Return how the p95 of each question grows from the small office to the large one."""
    found = []
    for line in lines:
        if line.cases != large:
            continue
        before = next(
            one for one in lines if (one.engine, one.what, one.cases) == (line.engine, line.what, small)
        )
        detail = f"{line.p95:.0f} ms among {large:,} cases, {before.p95:.0f} ms among {small:,}"
        what = f"{line.what} as the office grows, p95"
        found.append(Ratio(line.engine, what, line.p95 / before.p95, MOST_GROWTH, detail))
    return found


def written(lines: Sequence[Line], ratios: Sequence[Ratio], filled: Sequence[tuple[str, Filled]]) -> str:
    """Everything that was measured, to be read."""
    told = [
        f"# The desk over HTTP, {datetime.now(UTC):%Y-%m-%d}",
        "",
        f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the end, Python "
        f"{platform.python_version()}. {CLIENTS} clients, {SUPERVISORS} of them supervisors' sessions and "
        "the others advisers', each asking again at once. Times in "
        "milliseconds; every page is written to the timeline.",
        "",
        "| store | cases | question | alone p50 | p50 | p95 | limit | a second | bare SQL | alone / bare |",
        "|---|---:|---|" + "---:|" * 7,
    ]
    for line in lines:
        limit = LIMITS.get(line.what, LIMITS["list"])
        mark = " (above)" if line.p95 > limit else ""
        wrong = f" ({line.wrong} wrong answers)" if line.wrong else ""
        told.append(
            f"| {line.engine} | {line.cases:,} | {line.what}{wrong} | {line.alone:.1f} | {line.p50:.0f} "
            f"| {line.p95:.0f}{mark} | {limit:.0f} | {line.rate:.0f} | {line.bare:.2f} "
            f"| {line.alone / line.bare:.0f} |"
        )
    told.append("")
    told += [
        f"{engine}: {one.cases:,} cases, {one.reports:,} reports and {one.events:,} events put in in "
        f"{one.seconds:.0f} s, sealed one by one."
        for engine, one in filled
    ]
    return "\n".join(told) + "\n" + table(ratios)


def say(line: str) -> None:
    """Tell the person at the terminal, at once."""
    print(line, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table and write it down; return 1 if something could not be measured."""
    parser = ArgumentParser(prog="python -m tests.benchmarks.desk", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--reports", type=int, default=50_000)
    parser.add_argument("--events", type=int, default=250_000)
    parser.add_argument("--large", type=int, default=0, help="cases of the large office (1000000), 0: none")
    parser.add_argument("--seconds", type=float, default=8.0, help="length of one measurement")
    parser.add_argument("--taken-up", type=int, default=40, help="reports taken up as cases")
    parser.add_argument("--engine", choices=tuple(ENGINES), help="only one of the two")
    parser.add_argument("--into", type=Path, default=Path("var/bench"))
    told = parser.parse_args(arguments)
    given = Sizes(told.cases, told.reports, told.events, told.large, told.seconds, told.taken_up)
    lines: list[Line] = []
    ratios: list[Ratio] = []
    filled: list[tuple[str, Filled]] = []
    failed: list[str] = []
    for name in ENGINES if told.engine is None else (told.engine,):
        for cases in (given.cases, given.large) if given.large else (given.cases,):
            try:
                with ENGINES[name]() as store:
                    own, found, put = measured(store, given, cases)
                    lines += own
                    ratios += found
                    filled.append((store.engine, put))
            except Exception as error:  # what can be measured on the other engine still is
                failed.append(f"{name}, {cases}: {type(error).__name__}: {error}")
    if given.large and not failed:
        ratios += grown(lines, given.cases, given.large)
    text = written(lines, ratios, filled) if lines else ""
    told.into.mkdir(parents=True, exist_ok=True)
    at = datetime.now(UTC)
    (told.into / f"desk-{at:%Y-%m-%d}.md").write_text(text, "utf-8")
    kept = {
        "lines": [asdict(one) for one in lines],
        "ratios": [asdict(one) for one in ratios],
        "failed": failed,
    }
    (told.into / f"desk-{at:%Y-%m-%d}.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    say("\n" + text)
    for each in failed:
        print(f"not measured: {each}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    begun = time.monotonic()
    code = main()
    say(f"It took {time.monotonic() - begun:.0f} s.")
    sys.exit(code)
