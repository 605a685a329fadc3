"""Scenario 11: nothing without consent, no more than consented to, what comes back, a withdrawal."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from casework.referrals.actions import require_consent
from casework.referrals.content import Pack
from casework.referrals.errors import ConsentMissing
from casework.referrals.links import opened
from casework.referrals.rules import STATES
from casework.referrals.tables import Referral, ReferralWords
from office.sealing.boxes import CannotOpen, SealingKey, unseal
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import STAFF, Desk, mistakes, said
from tests.casework.referrals.handing import (
    ANSWER_BY,
    BODY,
    TOLD,
    act,
    code_in,
    consent,
    drafted,
    handed_over,
    links,
    look,
    now,
    path,
    referrals,
    reply,
    send,
)

HOLDERS = ("laila", "amparo", "vicent")


@pytest.mark.parametrize("way", ["link", "printed"])
@pytest.mark.parametrize("name", STAFF)
def test_scenario_11_without_consent_a_referral_is_refused_for_every_role(
    desk: Desk, name: str, way: str
) -> None:
    reporter = desk.a_case("laila")
    drafted(desk, desk.signed_in("laila"), reporter)
    answer = send(desk, desk.signed_in(name), reporter, way)
    assert answer.status_code == (403 if name in HOLDERS else 404)
    if name in HOLDERS:
        assert "No hay consentimiento de la persona" in said(answer.text)
    assert (now(desk, reporter).state, now(desk, reporter).sent_on, links(desk)) == ("drafted", None, [])
    assert "referral_sent" not in desk.events(reporter)


def test_scenario_11_the_store_itself_refuses_a_referral_that_went_out_without_consent(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    drafted(desk, desk.signed_in("laila"), reporter)
    for state in set(STATES) - {"drafted", "revoked"}:
        with pytest.raises(IntegrityError), desk.writing() as session:
            session.execute(text("UPDATE referral SET state = :state"), {"state": state})


def test_scenario_11_consent_to_name_and_telephone_makes_a_pack_of_name_and_telephone(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    address = handed_over(desk, desk.signed_in("laila"), reporter, "name", "phone")
    page = look(desk.stranger(), address)
    assert page.status_code == 200
    words = said(page.text)
    assert TOLD["told_name"] in words and TOLD["told_phone"] in words
    for hidden in (TOLD["told_email"], TOLD["told_summary"], "árabe", reporter.case_number, "Laila"):
        assert hidden not in page.text, hidden
    assert opened_with(desk, address) == Pack(name=TOLD["told_name"], phone=TOLD["told_phone"])


def opened_with(desk: Desk, address: str) -> Pack:
    """What lies sealed at an address: also there nothing else is."""
    (link,) = links(desk)
    with desk.reading() as session:
        return opened(link, session.get_one(Referral, link.referral_id), address)


@pytest.mark.parametrize("items", [("name",), ("email", "summary"), ("language", "phone")])
def test_scenario_11_the_printed_page_has_only_the_items_consented_to(
    desk: Desk, items: tuple[str, ...]
) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    drafted(desk, laila, reporter)
    consent(desk, laila, reporter, *items)
    assert send(desk, laila, reporter, "printed").status_code == 303
    words = said(laila.get(f"{path(reporter, now(desk, reporter))}/pack").text)
    for item in ("name", "phone", "email", "summary"):
        assert (TOLD[f"told_{item}"] in words) == (item in items), item
    assert "referral_printed" in desk.events(reporter)


def test_scenario_11_a_body_that_declines_sends_it_back_with_its_reason_and_a_day_to_be_reminded(
    desk: Desk,
) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    address = handed_over(desk, laila, reporter)
    refused = reply(desk.stranger(), address, {"answer": "declined"})
    assert (refused.status_code, len(mistakes(refused.text))) == (422, 1)
    data = {"answer": "declined", "answer_words": "No tenemos plazas hasta marzo."}
    assert reply(desk.stranger(), address, data).status_code == 200
    referral = now(desk, reporter)
    assert (referral.state, referral.reminder_on) == ("declined", date(2026, 11, 30))
    words = said(laila.get(path(reporter, referral)).text)
    assert "No tenemos plazas hasta marzo." in words and "La entidad no lo asumió" in words
    assert reporter.case_number in laila.get("/es/referrals?which=returned").text
    desk.clock.move(days=7)
    laila = desk.signed_in("laila")
    assert said_count(laila.get("/es/cases").text) == "1"
    assert look(desk.stranger(), address).status_code == 404
    answer = act(desk, laila, reporter, "following-up", follow_up="Se buscará otra entidad.")
    assert answer.status_code == 303
    assert reporter.case_number not in laila.get("/es/referrals?which=returned").text


def said_count(page: str) -> str:
    """The number beside the way to the referrals, at the head of a page."""
    return page.partition('/es/referrals"')[2].partition("</a>")[0].rpartition('">')[2].partition("<")[0]


@pytest.mark.parametrize("name", HOLDERS)
def test_scenario_11_taking_consent_back_empties_the_address_within_a_minute_and_deletes_the_pack(
    desk: Desk, name: str
) -> None:
    reporter = desk.a_case("laila")
    address = handed_over(desk, desk.signed_in("laila"), reporter)
    partner = desk.stranger()
    assert look(partner, address).status_code == 200
    answer = desk.signed_in(name).post(f"{path(reporter, now(desk, reporter))}/withdrawal")
    assert answer.status_code == 303
    desk.clock.move(seconds=1)
    assert look(partner, address).status_code == 404
    assert reply(partner, address, {"answer": "accepted"}).status_code == 404
    assert (links(desk), now(desk, reporter).state) == ([], "revoked")
    assert send(desk, desk.signed_in(name), reporter).status_code == 403


def test_scenario_11_a_withdrawal_with_the_receipt_empties_the_address_before_anybody_has_read_it(
    desk: Desk,
) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    address = handed_over(desk, laila, reporter)
    desk.change_consent(reporter, "refer", given=False)
    assert look(desk.stranger(), address).status_code == 404
    assert now(desk, reporter).state == "sent"
    laila.get(f"/es/cases/{reporter.case_number}")
    assert (links(desk), now(desk, reporter).state) == ([], "revoked")


def test_scenario_11_a_withdrawal_with_the_receipt_that_nobody_has_read_ends_a_handing_over(
    desk: Desk,
) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    drafted(desk, laila, reporter)
    consent(desk, laila, reporter)
    desk.change_consent(reporter, "refer", given=False)
    refused = send(desk, laila, reporter)
    assert refused.status_code == 403
    assert "No hay consentimiento de la persona" in said(refused.text)
    assert (links(desk), now(desk, reporter).state) == ([], "revoked")
    assert "referral_sent" not in desk.events(reporter)


def test_scenario_11_a_withdrawal_with_the_receipt_that_nobody_has_read_shuts_the_page_to_print(
    desk: Desk,
) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    drafted(desk, laila, reporter)
    consent(desk, laila, reporter)
    send(desk, laila, reporter, "printed")
    desk.change_consent(reporter, "refer", given=False)
    refused = laila.get(f"{path(reporter, now(desk, reporter))}/pack")
    assert refused.status_code == 403
    assert "No hay consentimiento de la persona" in said(refused.text)
    assert now(desk, reporter).state == "revoked"
    assert "referral_printed" not in desk.events(reporter)


@pytest.mark.parametrize("way", ["link", "printed"])
def test_a_change_of_consent_that_cannot_be_opened_lets_nothing_out_of_the_office(
    desk: Desk, way: str
) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    drafted(desk, laila, reporter)
    consent(desk, laila, reporter)
    assert send(desk, laila, reporter, "printed").status_code == 303
    desk.change_consent(reporter, "refer", given=False)
    with desk.writing() as session:
        session.execute(text("UPDATE consent_change SET sealed = key_name"))
    assert send(desk, laila, reporter, way).status_code == 403
    assert laila.get(f"{path(reporter, now(desk, reporter))}/pack").status_code == 403
    assert (links(desk), now(desk, reporter).version) == ([], 3)


def test_another_change_of_consent_lets_the_body_in_again_once_it_is_read(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    address = handed_over(desk, laila, reporter)
    desk.change_consent(reporter, "count", given=False)
    assert look(desk.stranger(), address).status_code == 404
    laila.get(f"/es/cases/{reporter.case_number}")
    assert look(desk.stranger(), address).status_code == 200


def test_the_printed_page_cannot_be_opened_any_more_after_a_withdrawal(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    drafted(desk, laila, reporter)
    consent(desk, laila, reporter)
    send(desk, laila, reporter, "printed")
    pack = f"{path(reporter, now(desk, reporter))}/pack"
    assert laila.get(pack).status_code == 200
    act(desk, laila, reporter, "withdrawal")
    assert laila.get(pack).status_code == 404


def test_a_consent_that_has_ended_hands_nothing_over(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    drafted(desk, laila, reporter)
    consent(desk, laila, reporter, **day_fields("consent_until", date(2026, 11, 24)))
    desk.clock.move(days=2)
    laila = desk.signed_in("laila")
    assert send(desk, laila, reporter).status_code == 403
    with pytest.raises(ConsentMissing):
        require_consent(now(desk, reporter), date(2026, 11, 25))


def test_a_draft_that_changes_after_the_consent_has_to_be_asked_for_again(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    drafted(desk, laila, reporter)
    consent(desk, laila, reporter)
    changed = act(desk, laila, reporter, "draft", **{**TOLD, "told_phone": "600 999 999"})
    assert changed.status_code == 303
    referral = now(desk, reporter)
    assert (referral.state, referral.consent_items, referral.consented_on) == ("drafted", None, None)
    assert send(desk, laila, reporter).status_code == 403


def test_what_does_not_stand_in_the_draft_cannot_be_consented_to(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    drafted(desk, laila, reporter, told_email="")
    for items in (("email",), ("name", "email"), ("status",), ("document_1",)):
        assert consent(desk, laila, reporter, *items).status_code == 422, items
    assert now(desk, reporter).state == "drafted"


def test_each_document_is_consented_to_by_its_name(desk: Desk) -> None:
    files = tuple(desk.a_file(name.encode(), name, "text/plain") for name in ("uno.txt", "dos.txt"))
    reporter = desk.a_case("laila", files=files)
    laila = desk.signed_in("laila")
    drafted(desk, laila, reporter, told_documents=["0", "1"])
    assert consent(desk, laila, reporter, "name", "document_2").status_code == 303
    words = said(look(desk.stranger(), code_in(send(desk, laila, reporter).text)).text)
    assert "dos.txt" in words and "uno.txt" not in words


def test_the_store_alone_opens_no_pack(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    address = handed_over(desk, desk.signed_in("laila"), reporter)
    (link,) = links(desk)
    token = address
    assert token.encode() not in link.token_hash + link.sealed
    for guessed in (link.token_hash, bytes(32)):
        with pytest.raises(CannotOpen):
            key = SealingKey.from_private_bytes(guessed)
            unseal(link.sealed, key, about=f"referral-pack/{link.referral_id}")
    stored = (desk.folder / "casework.db").read_bytes()
    for told in (TOLD["told_name"], TOLD["told_phone"], TOLD["told_summary"], token):
        assert told.encode() not in stored


def test_an_address_is_shown_once_and_a_new_one_ends_it(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    address = handed_over(desk, laila, reporter)
    assert "desk-secret" not in laila.get(path(reporter, now(desk, reporter))).text
    second = code_in(send(desk, laila, reporter).text)
    assert look(desk.stranger(), address).status_code == 404
    assert look(desk.stranger(), second).status_code == 200


def test_an_address_ends_after_its_days_or_with_the_consent_and_its_pack_is_deleted(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    address = handed_over(desk, laila, reporter)
    assert links(desk)[0].expires_on == date(2026, 12, 7)
    desk.clock.move(days=14)
    assert look(desk.stranger(), address).status_code == 200
    desk.clock.move(days=1)
    assert look(desk.stranger(), address).status_code == 404
    desk.signed_in("laila").get("/es/referrals")
    assert links(desk) == []


def test_an_address_lasts_no_longer_than_the_consent(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    drafted(desk, laila, reporter)
    consent(desk, laila, reporter, **day_fields("consent_until", date(2026, 11, 25)))
    send(desk, laila, reporter)
    assert links(desk)[0].expires_on == date(2026, 11, 25)


def test_the_page_of_a_body_is_kept_by_nobody_listed_nowhere_and_knows_no_way_into_the_desk(
    desk: Desk,
) -> None:
    reporter = desk.a_case("laila")
    page = desk.stranger().get(handed_over(desk, desk.signed_in("laila"), reporter))
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-robots-tag"] == "noindex"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "<script" not in page.text and "sign-in" not in page.text and "/es/cases" not in page.text


def test_an_address_that_never_was_looks_like_one_that_ended(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    address = handed_over(desk, desk.signed_in("laila"), reporter)
    act(desk, desk.signed_in("laila"), reporter, "withdrawal")
    ended, never = look(desk.stranger(), address), look(desk.stranger(), "A" * 43)
    assert (ended.status_code, never.status_code) == (404, 404)
    assert said(ended.text) == said(never.text)


def test_each_opening_is_noted_and_shown(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    address = handed_over(desk, laila, reporter)
    for _ in range(2):
        look(desk.stranger(), address)
    assert desk.events(reporter).count("referral_opened") == 2
    words = said(laila.get(path(reporter, now(desk, reporter))).text)
    assert words.count("La entidad a la que se derivó abrió el paquete de una derivación") == 2


def test_an_answer_that_comes_back_to_be_corrected_shows_the_pack_and_is_noted_as_an_opening(
    desk: Desk,
) -> None:
    reporter = desk.a_case("laila")
    address = handed_over(desk, desk.signed_in("laila"), reporter)
    shown = reply(desk.stranger(), address, {"answer": ""})
    assert shown.status_code == 422 and TOLD["told_phone"] in said(shown.text)
    assert desk.events(reporter)[-1] == "referral_opened"
    assert links(desk)[0].opened_on == date(2026, 11, 23)
    assert reply(desk.stranger(), address, {"answer": "accepted"}).status_code == 200
    assert desk.events(reporter).count("referral_opened") == 1


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
