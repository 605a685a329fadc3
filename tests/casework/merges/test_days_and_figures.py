"""No day of a case put under another is lost from sight, and no figure changes."""

from datetime import date

from casework.handing_over.commands import HandOverSettings, hand_over
from casework.merges.rules import last_day_to_undo, may_be_undone
from office.handover.report import About
from office.ids import shown
from tests.casework.deadlines.clocks import at, scan
from tests.casework.deadlines.feeds import calendar
from tests.casework.deadlines.test_weekly_mail import weekly
from tests.casework.desk import Desk, said
from tests.casework.handing_over.test_hand_over import facts_in, settings
from tests.casework.merges.pairs import apart, together
from tests.casework.notices.post_office import mail_server
from tests.casework.notices.test_mailer import words
from tests.casework.queues.lists import counted, listed, many

__all__ = ["settings"]  # a fixture


def test_a_deadline_of_a_case_put_under_another_vanishes_from_no_list_warning_calendar_or_mail(
    desk: Desk,
) -> None:
    """LJCA art. 115: ten working days from 16 November 2026 are over on the 30th."""
    lead, other = many(desk, 2)
    laila = desk.signed_in("laila")
    scan(desk, laila, lead, None, reason="None runs.")
    (row,) = scan(desk, laila, other, date(2026, 11, 16), "court_admin_fundamental")
    assert row.last_on == date(2026, 11, 30)
    token = laila.post("/en/calendar", data={"do": "make"}).text.partition("/calendar/")[2][:43]

    def told() -> tuple[bool, str, list[str]]:
        deadlines = laila.get("/en/deadlines?which=week").text
        near = laila.get("/en/deadlines").text.partition('href="/en/deadlines"')[2].partition("</a>")[0]
        feed = [str(one["SUMMARY"]) for one in calendar(desk, f"/calendar/{token}").walk("VEVENT")]
        return shown(other.case_number) in said(deadlines), near, feed

    before = told()
    assert before[0] is True and len(before[2]) == 1
    assert together(desk, laila, lead, other).status_code == 303
    assert told() == before
    assert (
        f"/en/cases/{other.case_number}/deadlines/{row.id}" in laila.get(f"/en/cases/{lead.case_number}").text
    )
    assert shown(other.case_number) in said(laila.get("/en/cases").text)
    at(desk, date(2026, 12, 1))
    laila = desk.signed_in("laila")
    assert listed(laila, "which=overdue") == [lead.case_number]  # the other's day is over
    assert counted(laila)["Overdue"] == 1
    with mail_server() as server:
        assert weekly(desk, server).returncode == 0
    assert "Último día en siete días: 1" in words(server.letters[0][2])


def test_decision_13_holds_what_is_counted_does_not_change_when_two_are_put_together_or_parted(
    desk: Desk, settings: HandOverSettings
) -> None:
    """Two people of one event are two situations; a witness and the person it happened to are one."""
    lead, other = many(desk, 2)
    (claims,) = many(desk, 1, about=About(relation="claim", case_number=lead.case_number))
    laila = desk.signed_in("laila")
    link = f"/es/cases/{claims.case_number}/link"
    assert laila.post(link, data={"do": "confirm"}).status_code == 303

    def counted_now() -> int:
        hand_over(settings)
        return len(facts_in(settings))

    assert counted_now() == 2  # the claim tells what the witness told
    for under in (other, claims):
        assert together(desk, laila, lead, under).status_code == 303
    assert counted_now() == 2
    for under in (other, claims):
        assert apart(desk, laila, lead, under).status_code == 303
    assert counted_now() == 2


def test_thirty_days_are_counted_from_the_day_after() -> None:
    merged_on = date(2026, 11, 23)
    assert last_day_to_undo(merged_on) == date(2026, 12, 23)
    assert may_be_undone(merged_on, date(2026, 12, 23)) and not may_be_undone(merged_on, date(2026, 12, 24))
