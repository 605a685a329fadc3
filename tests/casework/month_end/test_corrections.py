"""Whether somebody came can be corrected; what a month that is over had, it keeps."""

from datetime import date

from casework.month_end.rules import CONTACTS, PEOPLE
from casework.month_end.told import Happened, replay

CAME = Happened("A", "appointment_attended", date(2026, 10, 20), {"on_day": "2026-10-20"})


def corrected(to: str, on: date, noted: date) -> Happened:
    return Happened("A", "appointment_corrected", on, {"corrected_to": to, "noted_on": noted.isoformat()})


def test_a_contact_that_was_none_leaves_its_month_only_while_that_is_not_over() -> None:
    soon = replay([CAME, corrected("no_show", date(2026, 10, 30), date(2026, 10, 20))], {"A": "A"})
    assert not soon.parts("2026-10")[CONTACTS] and not soon.undone_since("2026-10")
    late = replay([CAME, corrected("no_show", date(2026, 11, 2), date(2026, 10, 20))], {"A": "A"})
    assert late.parts("2026-10")[CONTACTS] == {"appointment_attended": 1}
    assert late.parts("2026-10")[PEOPLE] == {"first_contact_of_the_year": 1}
    assert late.undone_since("2026-10") == [("A", date(2026, 10, 20))]
    assert not late.parts("2026-11")[CONTACTS] and not late.parts("2026-11")[PEOPLE]


def test_who_came_after_all_is_a_contact_of_the_day_it_is_corrected() -> None:
    missed = Happened("A", "appointment_missed", date(2026, 10, 20), {"on_day": "2026-10-20"})
    told = replay([missed, corrected("attended", date(2026, 11, 2), date(2026, 10, 20))], {"A": "A"})
    assert not told.parts("2026-10")[CONTACTS]
    assert told.parts("2026-11")[CONTACTS] == {"appointment_corrected": 1}
