"""The month-end counts each form of each harm once, in the month in which it was coded first."""

from datetime import date

from sqlalchemy import text

from casework.month_end.kept import kept_counts
from casework.month_end.rules import HARMS, Kept
from casework.month_end.told import Happened, read_timeline, replay
from tests.casework.deadlines.clocks import version
from tests.casework.desk import CITY, Desk, codes
from tests.casework.harms.harming import note, remove

MONTH = "2026-11"


def counted(desk: Desk) -> tuple[int, Kept]:
    """What the events come to, and what the tables have."""
    with desk.reading() as session:
        told = read_timeline(session, CITY.zone)
        return told.parts(MONTH)[HARMS].total(), kept_counts(session, MONTH, told)[HARMS]


def test_two_people_harmed_alike_are_two_harms_and_one_taken_out_stays_counted(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    address = f"/es/cases/{reporter.case_number}/codes"
    assert laila.post(address, data=codes(version=version(desk, reporter))).status_code == 303
    assert counted(desk) == (1, Kept(1))
    assert note(desk, laila, reporter, conduct=["direct"]).status_code == 303
    assert desk.case(reporter).conduct_codes == "direct"
    assert counted(desk) == (2, Kept(2))
    assert remove(desk, laila, reporter, 2).status_code == 303
    assert counted(desk) == (2, Kept(1, 1))
    with desk.writing() as session:  # past the timeline
        session.execute(text("UPDATE case_harm SET conduct_codes = 'direct segregation' WHERE place = 1"))
    events, kept = counted(desk)
    assert events == 2 and kept.number == 3


def test_events_tell_of_each_harm_by_itself() -> None:
    told = replay(
        [
            Happened("A", "case_coded", date(2026, 10, 2), {"conduct": ["", "direct harassment"]}),
            Happened("A", "harm_added", date(2026, 10, 9), {"harm": 2, "conduct": ["harassment"]}),
            Happened(
                "A", "harm_changed", date(2026, 11, 3), {"harm": 2, "conduct": ["harassment", "hate_crime"]}
            ),
            Happened("A", "harm_changed", date(2026, 11, 4), {"harm": 2}),
            Happened("A", "harm_removed", date(2026, 11, 5), {"harm": 2, "conduct": ["hate_crime"]}),
        ],
        {"A": "A"},
    )
    assert told.parts("2026-10")[HARMS] == {"case_coded": 2, "harm_added": 1}
    assert told.parts("2026-11")[HARMS] == {"harm_changed": 1}
    assert told.present == {("A", 1, "direct"), ("A", 1, "harassment")}
