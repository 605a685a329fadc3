"""The address at which a body opens its pack: shown once, ending by itself, telling nobody anything."""

from datetime import date

import pytest

from office.sealing.boxes import CannotOpen, SealingKey, unseal
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, said
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
