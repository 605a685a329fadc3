"""Cases by the thousand, put into a store by plain SQL, each row sealed and chained as the desk does it.

Each case has a key of its own, sealed to its adviser, to the supervisors and to the escrow; its story and one
note under it; a respondent in the blind index; a look for limits, a deadline while it is open; and three
events. What is measured afterwards reads them as it reads any other.
"""

import multiprocessing
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from time import perf_counter
from typing import Any, Final
from uuid import UUID

from psycopg import sql
from sqlalchemy import event, insert
from sqlalchemy.engine import Connection
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from casework.cases.rules import key_name
from casework.cases.tables import CaseContent, CaseFile, CaseKey, CaseKeyGrant
from casework.conflicts.blind_index import terms_of
from casework.conflicts.content import PartyName
from casework.conflicts.tables import CaseParty, PartyTerm
from casework.deadlines.tables import Deadline, LimitScan
from casework.inbox.tables import InboxReport
from casework.messages.content import ThreadEntry
from casework.messages.tables import CaseMessage
from casework.timeline.rules import BEGINNING, canonical, link_hash
from casework.timeline.tables import ChainHead, Event
from office.handover.report import ReportStory, Where
from office.ids import new_case_number
from office.sealing.boxes import SealingKey, seal
from office.stores.casework import CaseworkTable
from office.stores.engines import open_store
from tests.benchmarks.desk.office import Staffed

TABLES: Final = (
    InboxReport, CaseFile, CaseKey, CaseKeyGrant, CaseContent, CaseMessage, CaseParty, PartyTerm, LimitScan,
    Deadline, Event, ChainHead,
)  # fmt: skip
"""In the order in which they can be filled."""
OPEN_SHARE: Final = 0.06
YEARS: Final = 12
A_PART: Final = 500
GROUNDS: Final = ("race_ethnicity", "language", "disability", "sex", "age_older", "religion_other")
AREAS: Final = ("housing", "employment_access", "education", "health", "premises_leisure")
STREETS: Final = ("Mayor", "del Pozo", "de la Acequia", "del Molino", "Nueva", "del Horno")
TOLD: Final = (
    "Fui a ver el piso y cuando me oyeron hablar dijeron que ya estaba alquilado. "
    "Una vecina que llamó después pudo verlo ese mismo día. Tengo los mensajes. "
)
SOUGHT: Final = "campanario"
"""A word of every hundredth story, to be looked for."""

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was put in.

    Attributes:
        seconds: how long sealing and putting in took, apart from what is measured.
    """

    cases: int
    reports: int
    events: int
    seconds: float


def fill(url: str, staffed: Staffed, *, cases: int, reports: int, events: int, on: date) -> Filled:
    """Put `cases` cases with `events` events and `reports` settled reports into the store at `url`."""
    begun = perf_counter()
    engine = open_store(url, role="owner", store="casework")
    event.listen(engine, "connect", _hurried)
    each = max(events // cases, 3)
    parts = [(first, min(A_PART, cases - first), each, staffed, on) for first in range(0, cases, A_PART)]
    with multiprocessing.get_context("spawn").Pool(2) as pool, engine.connect() as connection:
        for rows in pool.imap_unordered(part_of_cases, parts):
            with connection.begin():
                _put(connection, rows)
        for first in range(0, reports, 10 * A_PART):
            some = min(10 * A_PART, reports - first)
            with connection.begin():
                _put(connection, {"inbox_report": [_settled(first + number, on) for number in range(some)]})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()
    return Filled(cases, cases + reports, cases * each, perf_counter() - begun)


def part_of_cases(told: tuple[int, int, int, Staffed, date]) -> Rows:
    """Return the rows of some cases, sealed."""
    first, count, events, staffed, on = told
    random, rows = Random(first), defaultdict[str, list[dict[str, Any]]](list)
    for number in range(first, first + count):
        for table, row in _case(number, events, staffed, on, random):
            rows[table].append(row)
    return dict(rows)


def _hurried(link: Any, _record: object) -> None:
    """Have a connection not wait for the disk: whoever fills a store for a measurement fills it anew."""
    with closing(link.cursor()) as cursor:
        if isinstance(link, sqlite3.Connection):
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-1000000")
        else:
            cursor.execute("SET synchronous_commit=off")
            link.commit()


def _put(connection: Connection, rows: Rows) -> None:
    for one in TABLES:
        name = str(one.__tablename__)
        if not rows.get(name):
            continue
        if connection.dialect.name == "sqlite":
            connection.execute(insert(CaseworkTable.metadata.tables[name]), rows[name])
        else:
            _copied(connection, name, rows[name])


def _copied(connection: Connection, table: str, rows: list[dict[str, Any]]) -> None:
    """Put rows into PostgreSQL by COPY; what a row does not say is what a new row of the table has."""
    mapped = CaseworkTable.metadata.tables[table]
    said = tuple(rows[0])
    usual = {
        column.name: column.default.arg
        for column in mapped.columns
        if column.name not in said and isinstance(column.default, ScalarElementColumnDefault)
    }
    names = sql.SQL(",").join(sql.Identifier(one) for one in (*said, *usual))
    told = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    link: Any = connection.connection.driver_connection
    with link.cursor() as cursor, cursor.copy(told) as copy:
        for row in rows:
            copy.write_row((*(row[one] for one in said), *usual.values()))


def _id(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def _case(
    number: int, events: int, staffed: Staffed, on: date, random: Random
) -> Iterator[tuple[str, dict[str, Any]]]:
    own, reference, key = _id(random), new_case_number(), SealingKey.generate()
    adviser = staffed.advisers[number % len(staffed.advisers)]
    is_open = random.random() < OPEN_SHARE
    opened = on - timedelta(days=random.randrange(90 if is_open else 365 * YEARS))
    week = f"{opened.isocalendar().year}-W{opened.isocalendar().week:02d}"
    ground, area = random.choice(GROUNDS), random.choice(AREAS)
    district = f"{random.randrange(1, 20):02d}"
    report = _id(random)
    closed = None if is_open else min(opened + timedelta(days=random.randrange(20, 300)), on)
    yield "inbox_report", _report(report, reference, week, opened, state="opened_as_case", settled=opened)
    yield (
        "case_file",
        {
            "id": own, "reference": reference, "report_id": report, "reporter_public_key": None,
            "reported_week": week, "reported_on": opened, "language": "es", "channel_code": "web",
            "urgency_code": random.choice(("normal", "normal", "soon")), "routing_code": "normal",
            "area_code": area, "respondent_code": "landlord", "district_code": district,
            "ground_codes": ground, "conduct_codes": "direct",
            "stage_code": "advice" if is_open else "closed",
            "outcome_code": None if is_open else "support_given",
            "reason_code": None if is_open else "finished", "opened_on": opened, "closed_on": closed,
            "first_answered_on": opened, "limit_on": None,
            "next_on": on + timedelta(days=random.randrange(-10, 60)) if is_open else None,
            "assigned_to": adviser.id, "assigned_on": opened, "looked_on": opened,
            "is_demonstration": True,
        },
    )  # fmt: skip
    yield from _keys(own, reference, key, [adviser, *staffed.supervisors], staffed.escrow, opened, random)
    yield from _told(own, reference, key, number, area, ground, district, opened, adviser.id, random)
    yield from _party(own, reference, key, staffed, opened, adviser.id, random)
    yield (
        "limit_scan",
        {"id": _id(random), "case_id": own, "kept": int(is_open), "none_applies": not is_open,
         "made_by": adviser.id, "made_on": opened},
    )  # fmt: skip
    if is_open:
        yield "deadline", _deadline(own, opened, on, adviser.id, random)
    yield from _events(own, events, opened, adviser.id)


def _keys(
    own: UUID, reference: str, key: SealingKey, holders: list[Any], escrow: bytes, on: date, random: Random
) -> Iterator[tuple[str, dict[str, Any]]]:
    name = key_name(reference, 1)
    yield (
        "case_key",
        {"case_id": own, "version": 1, "public_key": key.public, "made_on": on,
         "sealed_to_escrow": seal(key.private_bytes, escrow, about=f"escrow/{name}")},
    )  # fmt: skip
    for holder in holders:
        sealed = seal(key.private_bytes, holder.public_key, about=f"grant/{name}")
        yield (
            "case_key_grant",
            {"id": _id(random), "case_id": own, "version": 1, "holder_id": holder.id,
             "sealed_private_key": sealed, "granted_by": holders[-1].id, "granted_on": on},
        )  # fmt: skip


def _told(
    own: UUID, reference: str, key: SealingKey, number: int, area: str, ground: str, district: str,
    on: date, by: UUID, random: Random,
) -> Iterator[tuple[str, dict[str, Any]]]:  # fmt: skip
    words = TOLD * random.choice((1, 2, 4)) + (SOUGHT if number % 100 == 0 else "")
    story = ReportStory(
        case_number=reference, language="es", told_at=datetime(on.year, on.month, on.day, 10, tzinfo=UTC),
        what_happened=words, area_code=area, ground_codes=(ground,), respondent_code="landlord",
        where=Where(district_code=district),
    )  # fmt: skip
    yield (
        "case_content",
        {"case_id": own, "kind": "story", "key_name": key_name(reference, 1),
         "sealed": seal(story.as_bytes(), key.public, about=f"story/{reference}")},
    )  # fmt: skip
    note = ThreadEntry(text=f"Primera llamada con la agencia. {TOLD}")
    yield (
        "case_message",
        {"id": _id(random), "case_id": own, "seq": 1, "direction": "note", "key_version": 1,
         "sealed": seal(note.as_bytes(), key.public, about=f"message/{reference}"),
         "written_on": on, "written_by": by},
    )  # fmt: skip


def _party(
    own: UUID, reference: str, key: SealingKey, staffed: Staffed, on: date, by: UUID, random: Random
) -> Iterator[tuple[str, dict[str, Any]]]:
    called = PartyName(name=f"Inmobiliaria {random.choice(STREETS)} {random.randrange(5_000)} SL")
    party = _id(random)
    yield (
        "case_party",
        {"id": party, "case_id": own, "role_code": "respondent", "kind_code": "organisation",
         "version": 1, "key_version": 1,
         "sealed": seal(called.as_bytes(), key.public, about=f"party/{reference}"),
         "added_on": on, "added_by": by},
    )  # fmt: skip
    for term in terms_of(called, is_organisation=True, keys=staffed.names):
        yield (
            "party_term",
            {"party_id": party, "term": term.term, "likeness": term.likeness, "key_name": term.key_name},
        )


def _deadline(own: UUID, opened: date, on: date, by: UUID, random: Random) -> dict[str, Any]:
    last = on + timedelta(days=random.randrange(-3, 300))
    return {
        "id": _id(random), "case_id": own, "clock_id": _id(random), "route_code": "sanction_l15",
        "kind": "prescription",
        "count": 1, "unit": "year", "seat_code": "own", "august": "counts",
        "dec24_jan6": "counts", "rolls": False, "counts_start_day": False,
        "law": "Ley 15/2022 art. 51", "list_version": "bench", "start_code": "facts",
        "counted_from": opened, "counted_until": opened, "last_on": last, "latest_on": last,
        "is_calendar_confirmed": True, "made_by": by, "made_on": opened,
    }  # fmt: skip


def _events(own: UUID, count: int, opened: date, by: UUID) -> Iterator[tuple[str, dict[str, Any]]]:
    chain, previous = str(own), BEGINNING
    for seq in range(1, count + 1):
        kind = "case_opened" if seq == 1 else "case_read"
        at = datetime(opened.year, opened.month, opened.day, 10, tzinfo=UTC) + timedelta(minutes=seq)
        detail = canonical({"assigned_to": str(by)} if seq == 1 else {})
        tied = link_hash(chain=chain, seq=seq, at=at, kind=kind, by=by, detail=detail, previous_hash=previous)
        yield (
            "event",
            {"chain": chain, "seq": seq, "at": at, "kind": kind, "by": by, "detail": detail,
             "previous_hash": previous, "hash": tied},
        )  # fmt: skip
        previous = tied
    yield "chain_head", {"chain": chain, "seq": count, "hash": previous}


def _report(own: UUID, reference: str, week: str, on: date, *, state: str, settled: date) -> dict[str, Any]:
    return {
        "id": own, "case_number": reference, "iso_week": week, "language": "es", "channel_code": "web",
        "urgency_code": "normal", "urgency_rank": 0, "routing_code": "normal", "key_name": "story.1",
        "state": state, "received_on": on, "opened_on": on, "settled_on": settled, "is_demonstration": True,
    }  # fmt: skip


def _settled(number: int, on: date) -> dict[str, Any]:
    random = Random(-1 - number)
    came = on - timedelta(days=random.randrange(30, 365 * YEARS))
    week = f"{came.isocalendar().year}-W{came.isocalendar().week:02d}"
    return _report(_id(random), new_case_number(), week, came, state="not_taken_up", settled=came)
