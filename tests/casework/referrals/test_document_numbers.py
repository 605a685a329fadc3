"""The number of a document typed in a referral is pointed out before it is kept, by staff and by a body."""

from datetime import date
from typing import Any

import pytest

from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, typed
from tests.casework.referrals.handing import (
    BODY,
    TOLD,
    act,
    consent,
    drafted,
    handed_over,
    links,
    now,
    path,
    reply,
)

NUMBER = "X1234567L"
TEXT = f"NIE {NUMBER}"
CONSENT: dict[str, Any] = {
    "items": ["name"],
    "asked_in": "ar",
    "evidence": "spoken",
    **day_fields("consented_on", date(2026, 11, 23)),
    **day_fields("consent_until", date(2027, 2, 1)),
}


@pytest.mark.parametrize("field", ["told_name", "told_phone", "told_email", "told_summary"])
def test_a_number_in_a_draft_is_pointed_out_and_nothing_is_kept(desk: Desk, field: str) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    answer = laila.post(path(reporter), data={"body": BODY, **TOLD, field: TEXT})
    assert (answer.status_code, typed(answer.text, field)["text"]) == (422, TEXT)
    assert f'<bdi dir="ltr">{NUMBER}</bdi>' in answer.text
    assert "referral_drafted" not in desk.events(reporter)
    assert NUMBER not in laila.get(f"{path(reporter)}").text
    drafted(desk, laila, reporter, **{field: TEXT, "numbers": "remove"})
    assert NUMBER not in laila.get(path(reporter, now(desk, reporter))).text


def test_a_number_in_how_a_consent_is_shown_or_what_was_done_is_pointed_out(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    drafted(desk, laila, reporter)
    answer = act(desk, laila, reporter, "consent", **CONSENT, evidence_words=TEXT)
    assert (answer.status_code, now(desk, reporter).state) == (422, "drafted")
    assert consent(desk, laila, reporter, evidence_words="").status_code == 303
    act(desk, laila, reporter, "sending", way="printed", **day_fields("answer_by", date(2026, 12, 9)))
    answer = act(desk, laila, reporter, "answer", answer="declined", answer_words=TEXT)
    assert (answer.status_code, now(desk, reporter).state) == (422, "sent")
    act(desk, laila, reporter, "answer", answer="declined", answer_words="No hay plazas.")
    answer = act(desk, laila, reporter, "following-up", follow_up=TEXT)
    assert answer.status_code == 422
    assert 'name="numbers" value="remove"' in answer.text


def test_a_number_in_a_bodys_answer_is_pointed_out_on_its_page(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    address = handed_over(desk, desk.signed_in("laila"), reporter)
    answer = reply(desk.stranger(), address, {"answer": "accepted", "answer_words": TEXT})
    assert (answer.status_code, now(desk, reporter).state) == (422, "sent")
    assert 'name="numbers" value="remove"' in answer.text
    assert len(links(desk)) == 1


@pytest.mark.parametrize("field", ["body_name", "way", "body_services"])
def test_a_number_in_the_directory_is_pointed_out(desk: Desk, field: str) -> None:
    form = {"version": "0", "agreement": "no", "body_name": "Puerta Abierta", field: TEXT}
    amparo = desk.signed_in("amparo")
    answer = amparo.post("/es/referrals/bodies/new", data=form)
    assert (answer.status_code, typed(answer.text, field)["text"]) == (422, TEXT)
    assert NUMBER not in amparo.get("/es/referrals/bodies").text
