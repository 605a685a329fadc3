"""Scenario 11: nothing without consent, no more than consented to, what comes back, a withdrawal."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from casework.referrals.actions import require_consent
from casework.referrals.content import Pack
from casework.referrals.errors import ConsentMissing
from casework.referrals.links import opened
from casework.referrals.rules import STATES
from casework.referrals.tables import Referral
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import STAFF, Desk, mistakes, said
from tests.casework.referrals.handing import (
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
