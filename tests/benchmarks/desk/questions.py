"""What an adviser asks of the desk all day, and the same question put to the store in bare SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from time import perf_counter
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlmodel import Uuid

from office.stores.engines import open_store
from tests.benchmarks.desk.serving import Desk

HELD: Final = (
    "EXISTS (SELECT 1 FROM case_key_grant g WHERE g.case_id = c.id AND g.version = c.key_version"
    " AND g.holder_id = :who AND g.revoked_on IS NULL)"
)
BARE: Final[Mapping[str, tuple[str, ...]]] = {
    "list": (
        f"SELECT c.* FROM case_file c WHERE {HELD} AND c.assigned_to = :who AND c.closed_on IS NULL"
        " ORDER BY c.opened_on DESC, c.id LIMIT 26",
    ),
    "filter": (
        f"SELECT c.* FROM case_file c WHERE {HELD} AND c.closed_on IS NULL AND c.area_code = :area"
        " AND c.district_code = :district ORDER BY c.opened_on DESC, c.id LIMIT 26",
    ),
    "search a number": (f"SELECT c.* FROM case_file c WHERE {HELD} AND c.reference = :number",),
    "search codes": (
        f"SELECT c.* FROM case_file c WHERE {HELD} AND c.area_code = :area AND c.district_code = :district"
        " ORDER BY c.opened_on DESC, c.id LIMIT 26",
    ),
    "conflict check": (
        "SELECT DISTINCT p.id FROM case_party p JOIN party_term t ON t.party_id = p.id"
        " JOIN party_term o ON o.term = t.term WHERE o.party_id = :party AND p.removed_on IS NULL",
    ),
    "case page": (
        f"SELECT c.* FROM case_file c WHERE {HELD} AND c.reference = :number",
        "SELECT * FROM case_content WHERE case_id = :case",
        "SELECT * FROM case_message WHERE case_id = :case ORDER BY seq",
        "SELECT * FROM deadline WHERE case_id = :case ORDER BY last_on",
        "SELECT * FROM event WHERE chain = :chain ORDER BY seq DESC LIMIT 15",
    ),
}
"""What the page must at least ask of the store, with nothing opened and nothing written to the timeline."""

NAMES: Final = ("who", "case", "number", "party", "area", "district", "chain")

LIMITS: Final[Mapping[str, float]] = {
    "list": 500, "filter": 500, "search a number": 500, "search codes": 500, "conflict check": 500,
    "case page": 400,
}  # fmt: skip
"""The p95 in milliseconds at 25 clients that the study of other offices' systems proposes."""


@dataclass(frozen=True, slots=True)
class Own:
    """A case of one adviser, with what is asked about it."""

    adviser: UUID
    case: UUID
    number: str
    party: UUID
    area: str
    district: str


def some_cases(url: str, advisers: Sequence[UUID], many: int, random: Random) -> list[Own]:
    """Return some open cases of these advisers."""
    engine = open_store(url, role="owner", store="casework")
    wanted = text(
        "SELECT c.assigned_to, c.id, c.reference, p.id, c.area_code, c.district_code FROM case_file c"
        " JOIN case_party p ON p.case_id = c.id WHERE c.closed_on IS NULL"
        " ORDER BY c.opened_on, c.id LIMIT 5000"
    ).columns(assigned_to=Uuid(), id=Uuid())
    with engine.connect() as connection:
        rows = connection.execute(wanted).all()
    engine.dispose()
    rows = [row for row in rows if row[0] in advisers]
    picked = random.sample(rows, min(many, len(rows)))
    return [Own(row[0], row[1], row[2], _id(row[3]), row[4], row[5]) for row in picked]


def _id(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def asked(desk: Desk, what: str, cookie: str, own: Own) -> str:
    """Return the request with which somebody asks `what` about a case or its like."""
    page = f"/es/cases/{own.number}"
    match what:
        case "list":
            return desk.request(cookie, "/es/cases")
        case "filter":
            query = f"whose=all&which=open&area={own.area}&district={own.district}"
            return desk.request(cookie, f"/es/cases?{query}")
        case "search a number":
            return desk.request(cookie, "/es/search", {"how": "number", "number": own.number})
        case "search codes":
            codes = {"how": "codes", "area": own.area, "district": own.district}
            return desk.request(cookie, "/es/search", codes)
        case "conflict check":
            person = {"role": "affected", "kind": "person", "party_name": f"Persona {own.number} Mayor"}
            return desk.request(cookie, f"{page}/people", person)
        case _:
            return desk.request(cookie, page)


def bare(url: str, what: str, cases: Sequence[Own], who: UUID | None) -> list[float]:
    """Return the seconds each bare question took, for `who` or the adviser of each case."""
    engine = open_store(url, role="owner", store="casework")
    statements = [(_typed(one), [name for name in NAMES if f":{name}" in one]) for one in BARE[what]]
    took = []
    with engine.connect() as connection:
        for own in cases:
            given = {
                "who": who or own.adviser, "case": own.case, "number": own.number, "party": own.party,
                "area": own.area, "district": own.district, "chain": str(own.case),
            }  # fmt: skip
            begun = perf_counter()
            for statement, names in statements:
                connection.execute(statement, {name: given[name] for name in names}).all()
            took.append(perf_counter() - begun)
        connection.rollback()
    engine.dispose()
    return took


def _typed(statement: str) -> Any:
    made = text(statement)
    ids = [bindparam(name, type_=Uuid()) for name in ("who", "case", "party") if f":{name}" in statement]
    return made.bindparams(*ids)
