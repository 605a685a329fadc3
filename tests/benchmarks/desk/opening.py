"""Words looked for in every story one may open, against opening as many boxes; reports taken up."""

from datetime import UTC, datetime
from random import Random
from time import perf_counter

from sqlalchemy import insert

from casework.inbox.tables import InboxReport
from casework.search.queries import MOST_OPENED
from office.handover.report import Consent, ConsentCode, ReportStory, Where
from office.ids import new_case_number, new_id
from office.sealing.boxes import SealingKey, seal, unseal
from office.sealing.public_keys import PublicKeys
from office.stores.engines import open_store
from tests.benchmarks.desk.filling import SOUGHT, TOLD
from tests.benchmarks.desk.office import Staffed
from tests.benchmarks.desk.serving import Desk, Store, hidden_in
from tests.benchmarks.ratios import Ratio, percentile

CONSENTS: tuple[ConsentCode, ...] = ("count", "advise")
MOST_SEARCHED = 10_000
MOST_OF_BARE = 1.6
MOST_MS_TO_OPEN = 500.0
BOXES_A_CASE = 3
"""The grant, the story and the note of each case are opened when its words are looked through."""


def measure(store: Store, desk: Desk, office: Staffed, cookie: str, cases: int, taken_up: int) -> list[Ratio]:
    """Measure both in a served desk, as a supervisor who holds every case."""
    return [
        _words(store, desk, cookie, min(cases, MOST_SEARCHED)),
        _taking_up(store, desk, office, cookie, taken_up),
    ]


def _words(store: Store, desk: Desk, cookie: str, cases: int) -> Ratio:
    """Look page after page for a word until so many cases were opened."""
    after, opened, pages = "", 0, 0
    begun = perf_counter()
    while opened < cases:
        _, page = desk.sent(cookie, "/es/search", {"how": "words", "words": SOUGHT, "after": after})
        after, pages, opened = hidden_in(page.decode(), "after"), pages + 1, opened + MOST_OPENED
        if not after:
            break
    took = perf_counter() - begun
    key = SealingKey.generate()
    box = seal((TOLD * 2).encode(), key.public, about="bench")
    begun = perf_counter()
    for _ in range(opened):
        for _ in range(BOXES_A_CASE):
            unseal(box, key, about="bench")
    plain = perf_counter() - begun
    detail = (
        f"{opened:,} cases in {pages} requests, {took:.1f} s; {plain:.1f} s to open {BOXES_A_CASE} boxes each"
    )
    return Ratio(store.engine, "words in every story, of bare opening", took / plain, MOST_OF_BARE, detail)


def _taking_up(store: Store, desk: Desk, office: Staffed, cookie: str, many: int) -> Ratio:
    """Take up reports one after the other; each makes a key, seals the story anew and writes the timeline."""
    numbers = reports_put_in(store, many)
    took = []
    for number in numbers:
        begun = perf_counter()
        desk.sent(cookie, f"/es/inbox/{number}/taking-up", {"adviser": str(office.advisers[0].id)})
        took.append(perf_counter() - begun)
    middle, late = 1000 * percentile(took, 0.5), 1000 * percentile(took, 0.95)
    detail = f"{many} one after the other, p50 {middle:.0f} ms, p95 {late:.0f} ms"
    return Ratio(store.engine, "a report taken up, p95 of 500 ms", late / MOST_MS_TO_OPEN, 1.0, detail)


def reports_put_in(store: Store, many: int) -> list[str]:
    """Put sealed reports into the inbox and return their numbers."""
    key_name, story = PublicKeys.load(store.folder / "keys" / "public-keys.json").active("story")
    at, random = datetime.now(UTC), Random(3)
    week = f"{at.isocalendar().year}-W{at.isocalendar().week:02d}"
    rows = []
    for _ in range(many):
        number = new_case_number()
        told = ReportStory(
            case_number=number, language="es", told_at=at, what_happened=TOLD * random.choice((1, 4)),
            area_code="housing", ground_codes=("race_ethnicity",), respondent_code="landlord",
            where=Where(district_code="14"),
            consents=tuple(
                Consent(code=code, given=True, text_version="1", language="es") for code in CONSENTS
            ),
        )  # fmt: skip
        rows.append(
            {"id": new_id(), "case_number": number, "iso_week": week, "language": "es", "channel_code": "web",
             "urgency_code": "normal", "routing_code": "normal", "key_name": key_name,
             "sealed_story": seal(told.as_bytes(), story, about=f"story/{number}"),
             "received_on": at.date(), "is_demonstration": True}
        )  # fmt: skip
    engine = open_store(store.owner, role="owner", store="casework")
    with engine.begin() as connection:
        connection.execute(insert(InboxReport.__table__), rows)  # type: ignore[attr-defined]  # SQLModel's own
    engine.dispose()
    return [str(row["case_number"]) for row in rows]
