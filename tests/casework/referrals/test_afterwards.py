"""What happens after a referral went out: looks, answers, silence, another adviser, a closed case."""

from datetime import date, timedelta

from sqlalchemy import text
from sqlmodel import select

from casework.referrals.tables import ReferralWords
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, said
from tests.casework.referrals.handing import (
    ANSWER_BY,
    BODY,
    TOLD,
    act,
    consent,
    drafted,
    handed_over,
    look,
    now,
    path,
    referrals,
    reply,
    send,
)

HOLDERS = ("laila", "amparo", "vicent")


def test_every_page_that_shows_a_referral_is_noted_also_one_that_refuses(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, vicent = desk.signed_in("laila"), desk.signed_in("vicent")
    drafted(desk, laila, reporter)
    own, one = path(reporter), path(reporter, now(desk, reporter))
    for method, address, data, status in (
        ("GET", own, {}, 200),
        ("POST", own, {}, 422),
        ("GET", one, {}, 200),
        ("POST", f"{one}/consent", {"version": "1"}, 422),
        (
            "POST",
            f"{one}/sending",
            {"version": "1", "way": "link", **day_fields("answer_by", ANSWER_BY)},
            403,
        ),
        ("POST", f"{one}/draft", {"version": "9", **TOLD}, 409),
    ):
        before = desk.events(reporter).count("case_read")
        assert vicent.request(method, address, data=data).status_code == status, address
        assert desk.events(reporter).count("case_read") == before + 1, (method, address)


def test_a_body_takes_it_on_works_and_finishes_and_its_page_is_empty_then(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    address = handed_over(desk, desk.signed_in("laila"), reporter)
    for answer in ("accepted", "working", "done"):
        told = reply(desk.stranger(), address, {"answer": answer, "answer_words": f"Va {answer}."})
        assert told.status_code == 200
        assert now(desk, reporter).state == answer
    assert look(desk.stranger(), address).status_code == 404
    words = said(desk.signed_in("laila").get(path(reporter, now(desk, reporter))).text)
    assert all(f"Va {answer}." in words for answer in ("accepted", "working", "done"))


def test_a_body_cannot_say_what_its_page_does_not_offer(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    address = handed_over(desk, desk.signed_in("laila"), reporter)
    for answer in ("done", "no_answer", "revoked", "consented", ""):
        told = reply(desk.stranger(), address, {"answer": answer})
        assert told.status_code == 422, answer
    assert now(desk, reporter).state == "sent"


def test_a_body_that_is_silent_is_overdue_and_comes_back_when_that_is_noted(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    handed_over(desk, desk.signed_in("laila"), reporter)
    days = (ANSWER_BY - date(2026, 11, 23)).days
    desk.clock.move(days=days)
    laila = desk.signed_in("laila")
    assert reporter.case_number not in laila.get("/es/referrals?which=overdue").text
    desk.clock.move(days=1)
    laila = desk.signed_in("laila")
    assert reporter.case_number in laila.get("/es/referrals?which=overdue").text
    assert act(desk, laila, reporter, "answer", answer="no_answer").status_code == 303
    referral = now(desk, reporter)
    assert referral.reminder_on == ANSWER_BY + timedelta(days=8)
    assert reporter.case_number in laila.get("/es/referrals?which=returned").text


def test_a_referral_that_somebody_changed_is_not_changed_over_it(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    drafted(desk, laila, reporter)
    consent(desk, laila, reporter)
    stale = consent(desk, laila, reporter, "name", version="1")
    assert stale.status_code == 409
    assert now(desk, reporter).consent_items == "name phone"
    assert send(desk, laila, reporter, version="1").status_code == 409


def test_a_referral_of_another_case_is_not_found(desk: Desk) -> None:
    one, other = desk.a_case("laila"), desk.a_case("laila")
    laila = desk.signed_in("laila")
    referral = drafted(desk, laila, one)
    assert laila.get(f"{path(other)}/{referral.id}").status_code == 404
    assert laila.get(f"{path(other)}/nothing").status_code == 404
    assert laila.post(f"{path(other)}/{referral.id}/withdrawal").status_code == 404
    assert now(desk, one).state == "drafted"


def test_lists_show_only_cases_one_may_open(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    handed_over(desk, desk.signed_in("laila"), reporter)
    assert reporter.case_number in desk.signed_in("amparo").get("/es/referrals?whose=all").text
    assert reporter.case_number not in desk.signed_in("amparo").get("/es/referrals").text
    assert reporter.case_number not in desk.signed_in("pau").get("/es/referrals?whose=all").text


def test_what_was_written_follows_the_case_to_its_next_adviser(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    address = handed_over(desk, laila, reporter)
    reply(desk.stranger(), address, {"answer": "accepted", "answer_words": "La llamamos el lunes."})
    given = {"version": "1", "adviser": str(desk.staff_id("pau")), "reason": "load"}
    assert laila.post(f"/es/cases/{reporter.case_number}/adviser", data=given).status_code == 303
    words = said(desk.signed_in("pau").get(path(reporter, now(desk, reporter))).text)
    assert "La llamamos el lunes." in words and TOLD["told_name"] in words
    with desk.reading() as session:
        assert {row.key_version for row in session.exec(select(ReferralWords))} == {2}


def test_a_closed_case_is_handed_on_to_nobody(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    drafted(desk, laila, reporter)
    with desk.writing() as session:
        session.execute(
            text(
                "UPDATE case_file SET stage_code = 'closed', closed_on = '2026-11-23',"
                " outcome_code = 'support_given'"
            )
        )
    assert consent(desk, laila, reporter).status_code == 409
    assert laila.post(path(reporter), data={"body": BODY, **TOLD}).status_code == 409
    assert len(referrals(desk, reporter)) == 1
    assert act(desk, laila, reporter, "withdrawal").status_code == 303
