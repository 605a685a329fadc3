"""What steps of tracks propose: every entry counted by hand, and no limit of a route left out unsaid."""

from dataclasses import replace
from datetime import date

from casework.tracks.follows import FOLLOWS, counted, limit_of
from office.deadlines.seats import Seat
from office.vocabulary import load
from tests.casework.desk import CITY

ON = date(2026, 12, 9)
TEN_DAYS = date(2026, 12, 23)
"""10-11, 14-18 and 21-23 December."""
TEN_DAYS_LATER = date(2027, 1, 14)
"""Twenty days end on the 29th (LJCA art. 115.1): 30-31 December, 4-5, 7-8 and 11-14 January."""
AMPARO_43 = date(2027, 1, 11)
"""10-11, 14-18, 21-24 and 28-31 December are fifteen, 4-5, 7-8 and 11 January twenty (LOTC art. 43.2)."""
AMPARO_44 = date(2027, 1, 25)
"""12-15 January are 24, 18-22 are 29 (LOTC art. 44.2)."""
BY_HAND = {
    ("administrative", "filed", "court_admin_fundamental:inactivity or optional appeal"): TEN_DAYS_LATER,
    ("administrative", "filed", "authority_answer:"): date(2027, 3, 9),
    ("administrative", "appealed", "court_admin_fundamental:inactivity or optional appeal"): TEN_DAYS_LATER,
    ("administrative", "appealed", "authority_answer:reposición"): date(2027, 1, 9),  # a Saturday, told as is
    ("administrative", "appealed", "authority_answer:alzada"): date(2027, 3, 9),
    ("administrative", "silent", "court_admin_fundamental:silence"): TEN_DAYS,
    ("administrative", "silent", "court_admin:silence"): date(2027, 6, 9),
    ("administrative", "resolved", "court_admin_fundamental:"): TEN_DAYS,
    ("administrative", "resolved", "admin_reposicion:"): date(2027, 1, 11),  # Saturday the 9th moves on
    ("administrative", "resolved", "admin_alzada:"): date(2027, 1, 11),
    ("administrative", "resolved", "court_admin:"): date(2027, 2, 9),
    ("labour", "resolved", "labour_appeal:"): date(2026, 12, 16),  # 10-11 and 14-16
    ("civil", "resolved", "civil_appeal:"): date(2027, 1, 11),  # twenty, as those of an amparo
    ("contentious", "resolved", "contentious_appeal:"): date(2026, 12, 31),
    ("criminal", "resolved", "criminal_reform:"): date(2026, 12, 12),
    ("criminal", "resolved", "criminal_order_appeal:"): date(2026, 12, 14),
    ("contentious", "final", "amparo:acts of the executive (43.2)"): AMPARO_43,
    ("contentious", "final", "amparo:judicial acts (44.2)"): AMPARO_44,
    ("labour", "final", "amparo:acts of the executive (43.2)"): AMPARO_43,
    ("labour", "final", "amparo:judicial acts (44.2)"): AMPARO_44,
    ("civil", "final", "amparo:judicial acts (44.2)"): AMPARO_44,
    ("criminal", "final", "amparo:judicial acts (44.2)"): AMPARO_44,
}
"""Last days after a step of 9 December 2026, a Wednesday, by a court or body nobody knows the place of."""
OF_ANOTHER_STEP = {
    ("civil", "final", "amparo:acts of the executive (43.2)"): "between private parties",
    ("criminal", "final", "amparo:acts of the executive (43.2)"): "what a criminal court did",
    ("administrative", "filed", "authority_answer:alzada"): "runs from an appeal",
    ("administrative", "filed", "authority_answer:reposición"): "runs from an appeal",
    ("administrative", "appealed", "authority_answer:"): "runs from a request",
}


def test_every_entry_tells_the_day_that_was_counted_by_hand() -> None:
    told = {}
    for one in FOLLOWS:
        due = counted(CITY, one, ON, Seat()).due
        told[one.track, one.step, one.name] = due and due.on
    assert len(told) == len(FOLLOWS)
    assert told == BY_HAND


def test_a_limit_that_a_city_has_not_is_none_and_no_error() -> None:
    one = FOLLOWS[0]
    for missing in (replace(one, label="of another list"), replace(one, route="of_another_list")):
        assert limit_of(CITY, missing) is None and counted(CITY, missing, ON, Seat()).due is None
    assert all(limit_of(CITY, each) for each in FOLLOWS)


def test_every_limit_of_a_route_that_begins_so_is_proposed_with_the_step() -> None:
    offered = {(one.track, one.step, one.name) for one in FOLLOWS}
    routes = load("routes", CITY)
    missing = {
        (one.track, one.step, f"{one.route}:{limit.label}")
        for one in FOLLOWS
        for limit in routes.item(one.route).deadlines
        if one.event in {limit.start, *(way.event for way in limit.reckoned)}
    } - offered
    assert missing == set(OF_ANOTHER_STEP)
