"""What a submission costs in an empty mailbox and in a full one: the first reports against the last.

Between the two, the mailbox is filled with copies of a report that was really sent, each under a number of
its own, as many as a city sends in years that nobody collected.
"""

from typing import Any

from sqlalchemy import MetaData, Table, create_engine, insert, select
from sqlalchemy.engine import make_url

from office.ids import new_case_number, new_id
from tests.benchmarks.grounds import Ground
from tests.benchmarks.ratios import Ratio, percentile
from tests.journeys.senders import Link

MOST_GROWTH = 1.5
AT_ONCE = 1_000


def measure(ground: Ground, reports: int, grown: int, bodies: list[str]) -> list[Ratio]:
    """Measure the median of `reports` submissions at the beginning and after `grown` more."""
    with ground.serving("intake") as intake:
        link = Link(intake.port)
        _send(link, reports // 10 + 1, bodies)  # warming up
        first = _send(link, reports, bodies)
        filled = _fill(ground.url, grown)
        link.hang_up()  # the service has given the silent line up meanwhile
        last = _send(link, reports, bodies)
        link.hang_up()
    before, after = percentile(first, 0.5), percentile(last, 0.5)
    detail = f"{1000 * after:.2f} ms among {filled} reports, {1000 * before:.2f} ms before, {reports} each"
    return [
        Ratio(ground.engine, "a submission as the mailbox grows, median", after / before, MOST_GROWTH, detail)
    ]


def _send(link: Link, count: int, bodies: list[str]) -> list[float]:
    link.took.clear()
    for number in range(count):
        answer = link.json("/api/v1/reports", bodies[number % len(bodies)].encode(), None)
        if answer.status != 201:
            raise RuntimeError(f"a report was answered with {answer.status}")
    return list(link.took)


def _fill(url: str, grown: int) -> int:
    """Put `grown` copies of one report and its receipt into the mailbox; return how many are there then."""
    made = make_url(url)
    engine = create_engine(made.set(drivername="postgresql+psycopg") if "postgres" in url else made)
    told = MetaData()
    envelope, receipt = (Table(name, told, autoload_with=engine) for name in ("envelope", "receipt"))
    with engine.begin() as connection:
        pattern = {
            one.name: connection.execute(select(one).limit(1)).mappings().one() for one in (envelope, receipt)
        }
        for begun in range(0, grown, AT_ONCE):
            some = range(min(AT_ONCE, grown - begun))
            numbers = [new_case_number() for _ in some]
            connection.execute(insert(receipt), [_copy(pattern["receipt"], number) for number in numbers])
            connection.execute(insert(envelope), [_copy(pattern["envelope"], number) for number in numbers])
        count = len(connection.execute(select(envelope.c.id)).all())
    engine.dispose()
    return count


def _copy(row: Any, number: str) -> dict[str, Any]:
    kept = {**row, "case_number": number}
    if "id" in kept:
        fresh = new_id()
        kept["id"] = fresh.hex if isinstance(row["id"], str) else fresh
    return kept
