"""Who files for others: a token opens, nothing else does, and what was filed stays the person's own."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session, select

from intake_api.door import DRAFT_COOKIE
from intake_api.returning.tries import FREE_TRIES
from office.clock import SetClock
from office.handover.reply import RelayNote as NoteTold
from office.handover.report import ConsentChange
from office.ids import new_case_number, new_id, shown
from office.sealing.boxes import seal, unseal
from office.sealing.relay_tokens import grouped, new_token, token_hash, token_key
from office.stores.mailbox import Envelope, Receipt, Relay, RelayNote, Sight, Upload, UploadPiece
from tests.intake_api.conftest import STEPS, Browser, Entrance, plain
from tests.intake_api.files import photo

Visitor = Callable[[], Browser]
BOTH = pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)


def a_relay(entrance: Entrance, kind: str = "association", until: date = date(2027, 11, 1)) -> str:
    """An access as the courier mirrors it; returns its token."""
    token = new_token()
    with Session(entrance.engine) as session:
        session.add(
            Relay(
                id=new_id(),
                token_hash=token_hash(token),
                kind=kind,
                name="Asociación Inventada",
                public_key=token_key(token).public,
                channel_code="partner_org" if kind == "association" else "phone",
                valid_until=until,
            )
        )
        session.commit()
    return token


def signed_in(browser: Browser, token: str) -> Browser:
    entered = browser.post("/en/relay", {"token": grouped(token)})
    assert entered.status_code == 303, entered.text
    return browser


def filed(browser: Browser, person: dict[str, str] | None = None, **answers: dict[str, object]) -> None:
    """One report filed for a person, up to its receipt."""
    begun = browser.post("/en/relay/person", person or {})
    assert begun.status_code == 303, begun.text
    told = {"what": {"act_codes": "insult", "what_happened": "Nos insultaron a todas."}, **answers}
    for step in STEPS:
        assert browser.answer(step, told.get(step)).status_code == 303
    assert browser.send().headers["location"].endswith("/report/receipt")


@BOTH
def test_a_token_lets_in_and_another_does_not(browser: Browser, entrance: Entrance) -> None:
    token = a_relay(entrance)
    assert browser.post("/en/relay", {"token": new_token()}).status_code == 422
    assert browser.get("/en/relay").text.count("Asociación") == 0
    signed_in(browser, token)
    page = browser.get("/en/relay")
    assert "Asociación Inventada" in page.text and page.headers["cache-control"] == "no-store"
    assert token not in page.text and grouped(token) not in page.text


@BOTH
def test_wrong_tokens_are_slowed_and_the_right_one_never_waits(browser: Browser, entrance: Entrance) -> None:
    token = a_relay(entrance)
    told = [browser.post("/en/relay", {"token": new_token()}).status_code for _ in range(FREE_TRIES + 2)]
    assert told == [422] * FREE_TRIES + [429] * 2
    assert browser.post("/en/relay", {"token": "not a token"}).status_code == 429
    assert browser.post("/en/relay", {"token": token}).status_code == 303


def test_the_cookie_of_an_access_is_seen_by_no_script_and_sent_from_nowhere_else(
    browser: Browser, entrance: Entrance
) -> None:
    entered = browser.post("/en/relay", {"token": a_relay(entrance)})
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Max-Age" not in cookie


def test_an_access_whose_days_are_over_opens_nothing(
    browser: Browser, entrance: Entrance, clock: SetClock
) -> None:
    token = a_relay(entrance, until=date(2026, 11, 23))
    signed_in(browser, token)
    clock.move(days=1)
    assert "Asociación" not in browser.get("/en/relay").text
    assert browser.post("/en/relay", {"token": token}).status_code == 422


@BOTH
def test_what_an_association_files_says_so_and_asks_for_a_new_key(
    browser: Browser, entrance: Entrance
) -> None:
    signed_in(browser, a_relay(entrance))
    filed(browser, {"mandate_code": "orally", "consent_follow": "yes", "person_language": "ar"})
    [envelope], [receipt], [sight] = entrance.envelopes, entrance.receipts, entrance.all(Sight)
    story = entrance.story(envelope)
    assert story.relayed_by is not None
    assert (story.relayed_by.kind, story.relayed_by.mandate_code) == ("association", "orally")
    assert story.relayed_by.may_follow and story.role_code == "association"
    assert {one.code: one.given for one in story.consents}["follow"]
    assert (envelope.channel_code, envelope.language, receipt.must_rekey) == ("partner_org", "ar", True)
    assert (sight.case_number, sight.relay_id) == (envelope.case_number, story.relayed_by.relay_id)


@BOTH
def test_without_consent_an_association_sees_nothing_of_what_it_filed(
    browser: Browser, entrance: Entrance
) -> None:
    signed_in(browser, a_relay(entrance))
    filed(browser)
    story = entrance.story(entrance.envelopes[0])
    assert story.relayed_by is not None and not story.relayed_by.may_follow
    assert entrance.all(Sight) == []
    assert "There is none now" in plain(browser.get("/en/relay"))


def test_a_person_who_files_alone_is_asked_for_no_new_key_and_no_sight(
    browser: Browser, entrance: Entrance
) -> None:
    browser.fill_in({"what": {"act_codes": "insult"}, "may": {"consent_follow": "yes"}})
    browser.send()
    story = entrance.story(entrance.envelopes[0])
    assert story.relayed_by is None and {one.code for one in story.consents} == {"count", "advise", "refer"}
    assert not entrance.receipts[0].must_rekey and entrance.all(Sight) == []


def test_another_family_begins_with_what_happened_and_without_contact_or_consents(
    browser: Browser, entrance: Entrance
) -> None:
    signed_in(browser, a_relay(entrance))
    may = {
        "consent_count": "yes",
        "contact_kind": "phone",
        "contact_value": "600 123 123",
        "contact_name": "Nadia",
    }
    who = {"respondent_code": "landlord", "respondent_text": "El portal 4"}
    filed(browser, {"mandate_code": "orally", "consent_follow": "yes"}, may=may, who=who)
    first = browser.receipt()
    onward = browser.post("/en/relay/another")
    assert onward.headers["location"] == "/en/relay/person"
    person = browser.get("/en/relay/person").text
    assert "checked" not in person  # neither the mandate nor the consent of the family before
    assert browser.post("/en/relay/person", {}).status_code == 303
    assert "Nos insultaron a todas." in browser.get("/en/report/what").text
    assert "El portal 4" in browser.get("/en/report/who").text
    consents = browser.get("/en/report/may").text
    assert "600 123 123" not in consents and "Nadia" not in consents and "checked" not in consents
    assert browser.send().status_code == 303
    assert browser.receipt() != first and len(entrance.envelopes) == 2
    assert {entrance.story(one).what_happened for one in entrance.envelopes} == {"Nos insultaron a todas."}


@BOTH
def test_a_family_that_takes_sight_back_is_out_of_sight_at_that_moment(
    visitor: Visitor, entrance: Entrance
) -> None:
    association, family = signed_in(visitor(), a_relay(entrance)), visitor()
    filed(association, {"consent_follow": "yes"})
    number, key = association.receipt()
    [receipt], [sight] = entrance.receipts, entrance.all(Sight)
    with Session(entrance.engine) as session:  # the person has made their own key meanwhile
        session.get_one(Receipt, receipt.case_number).must_rekey = False
        session.commit()
    note(entrance, sight, "in_progress")
    shown = plain(association.get("/en/relay"))
    assert number in shown and "in progress" in shown.lower()

    family.post("/en/return", {"case_number": number, "key": key})
    assert "consent_follow" in family.get("/en/return/case").text
    changed = family.post("/en/return/consents", {"consent_follow": "no"})
    assert changed.status_code == 303, changed.text

    assert entrance.all(Sight) == []
    assert number not in plain(association.get("/en/relay"))
    assert "consent_follow" not in family.get("/en/return/case").text
    [change] = [one for one in entrance.envelopes if one.kind == "consent"]
    assert opened_change(entrance, change).consents[0].code == "follow"


def note(entrance: Entrance, sight: Sight, state: str) -> None:
    """A state as the desk seals it to the association."""
    with Session(entrance.engine) as session:
        relay = session.get_one(Relay, sight.relay_id)
        told = NoteTold(said_on=date(2026, 11, 24), state_code=state)  # type: ignore[arg-type]  # a code
        about = f"relay-note/{sight.case_number}"
        session.add(
            RelayNote(
                id=new_id(),
                relay_id=relay.id,
                case_number=sight.case_number,
                iso_week="2026-W48",
                sealed=seal(told.as_bytes(), relay.public_key, about=about),
            )
        )
        session.commit()


def opened_change(entrance: Entrance, envelope: Envelope) -> ConsentChange:
    about = f"consent/{envelope.case_number}"
    told = unseal(envelope.sealed_story, entrance.private["story"], about=about)
    return ConsentChange.model_validate_json(told)


def test_an_association_sees_only_its_own(visitor: Visitor, entrance: Entrance) -> None:
    one, other = signed_in(visitor(), a_relay(entrance)), signed_in(visitor(), a_relay(entrance))
    filed(one, {"consent_follow": "yes"})
    number, _ = one.receipt()
    assert number in plain(one.get("/en/relay")) and number not in plain(other.get("/en/relay"))
    weeks = {"es": "semana 48 de 2026", "uk": "тиждень 48, 2026 р.", "zh-Hans": "2026年第48周"}
    assert all(week in plain(one.get(f"/{tag}/relay")) for tag, week in weeks.items())


def test_an_operator_loses_the_receipt_when_leaving_it_and_has_no_list(
    browser: Browser, entrance: Entrance
) -> None:
    signed_in(browser, a_relay(entrance, "operator"))
    filed(browser)
    number, key = browser.receipt()
    assert entrance.receipts[0].must_rekey and entrance.envelopes[0].channel_code == "phone"
    assert entrance.story(entrance.envelopes[0]).role_code is None
    home = browser.get("/en/relay")
    assert number not in home.text and "follow" not in plain(home)
    gone = browser.get("/en/report/receipt")
    assert number not in gone.text and key[:4] not in plain(gone)
    assert entrance.drafts == []


def test_whose_access_was_ended_meanwhile_cannot_send_as_that_association(
    browser: Browser, entrance: Entrance
) -> None:
    token = a_relay(entrance)
    signed_in(browser, token)
    assert browser.post("/en/relay/person", {}).status_code == 303
    browser.answer("what", {"act_codes": "insult"})
    with Session(entrance.engine) as session:
        session.delete(session.exec(select(Relay)).one())
        session.commit()
    assert browser.send().headers["location"] == "/en/relay"
    assert entrance.envelopes == []


def test_leaving_forgets_the_access_and_what_was_begun(browser: Browser, entrance: Entrance) -> None:
    signed_in(browser, a_relay(entrance))
    browser.post("/en/relay/person", {})
    browser.answer("what", {"act_codes": "insult"})
    assert browser.post("/en/relay/leave").status_code == 303
    assert entrance.drafts == [] and "Asociación" not in browser.get("/en/relay").text


def test_leaving_takes_the_files_along_and_spares_what_was_saved_under_a_code(
    browser: Browser, entrance: Entrance
) -> None:
    signed_in(browser, a_relay(entrance))
    browser.post("/en/relay/person", {})
    chosen = {"file": ("photo.jpg", photo(), "image/jpeg")}
    assert browser.post("/en/report/files", files=chosen).status_code == 303
    assert len(entrance.all(UploadPiece)) == 1
    browser.post("/en/relay/leave")
    assert (entrance.drafts, entrance.all(UploadPiece), entrance.all(Upload)) == ([], [], [])
    signed_in(browser, a_relay(entrance))
    browser.post("/en/relay/person", {})
    browser.answer("what", {"act_codes": "insult", "save": "yes"})
    browser.post("/en/relay/leave")
    assert len(entrance.drafts) == 1 and DRAFT_COOKIE not in browser.client.cookies


def test_a_correction_on_the_way_back_to_the_check_page_still_leads_there(
    browser: Browser, entrance: Entrance
) -> None:
    signed_in(browser, a_relay(entrance))
    refused = browser.post("/en/relay/person", {"person_language": "xx", "then": "check"})
    assert refused.status_code == 422 and 'name="then" value="check"' in refused.text


@BOTH
def test_a_program_files_as_the_association_whose_token_it_brings(
    browser: Browser, entrance: Entrance
) -> None:
    token = a_relay(entrance)
    body = {"act_codes": ["insult"], "mandate_code": "in_writing", "consents": {"follow": True}}
    told = browser.client.post("/api/v1/reports", json=body, headers={"Authorization": f"Bearer {token}"})
    assert told.status_code == 201, told.text
    story = entrance.story(entrance.envelopes[0])
    assert story.relayed_by is not None and story.relayed_by.mandate_code == "in_writing"
    assert entrance.receipts[0].must_rekey and len(entrance.all(Sight)) == 1


def test_a_program_with_a_wrong_token_files_nothing_and_learns_nothing(
    browser: Browser, entrance: Entrance
) -> None:
    for authorization in (f"Bearer {new_token()}", "Bearer x", "Basic abc", ""):
        told = browser.client.post(
            "/api/v1/reports", json={"act_codes": ["insult"]}, headers={"Authorization": authorization}
        )
        assert told.status_code == 403 and told.json()["type"] == "/problems/token_does_not_fit"
    assert entrance.envelopes == []


@pytest.mark.parametrize("more", [{"mandate_code": "orally"}, {"consents": {"follow": True}}])
def test_what_only_associations_are_asked_is_refused_from_anybody_else(
    browser: Browser, entrance: Entrance, more: dict[str, object]
) -> None:
    told = browser.client.post("/api/v1/reports", json={"act_codes": ["insult"], **more})
    assert told.status_code == 422 and len(told.json()["errors"]) == 1
    assert entrance.envelopes == []


def test_a_person_who_goes_on_alone_with_a_code_files_it_alone(visitor: Visitor, entrance: Entrance) -> None:
    association, person = signed_in(visitor(), a_relay(entrance)), visitor()
    association.post("/en/relay/person", {"mandate_code": "orally", "consent_follow": "yes"})
    saved = association.answer("what", {"act_codes": "insult", "save": "yes"})
    assert saved.status_code == 303
    digits = association.client.cookies["draft"]
    assert person.post("/en/report/continue", {"code": digits}).status_code == 303
    assert person.send().headers["location"] == "/en/report/receipt"
    assert entrance.story(entrance.envelopes[0]).relayed_by is None
    assert not entrance.receipts[0].must_rekey and entrance.all(Sight) == []


def test_who_files_reads_the_pages_in_their_language_and_the_receipt_is_in_the_persons(
    browser: Browser, entrance: Entrance
) -> None:
    signed_in(browser, a_relay(entrance))
    browser.post("/es/relay/person", {"person_language": "ar"})
    browser.answer("what", {"act_codes": "insult"}, "es")
    assert browser.send("es").headers["location"] == "/ar/report/receipt"
    page = browser.get("/ar/report/receipt").text
    assert 'lang="es" dir="ltr"' in page and "Este recibo es de la persona" in page
    assert browser.post("/ar/report/finish").headers["location"] == "/es/relay"


def test_whoever_holds_an_access_sends_nothing_as_if_the_person_had_typed_it(
    browser: Browser, entrance: Entrance
) -> None:
    browser.post("/en/report/about", {"about_relation": "lost_key", "about_number": new_case_number()})
    signed_in(browser, a_relay(entrance, "operator"))  # begun before, by whoever sat here
    for step in STEPS:
        browser.answer(step, {"act_codes": "insult"} if step == "what" else None)
    assert browser.send().headers["location"] == "/en/relay/person?then=check"
    assert entrance.receipts == []
    assert browser.post("/en/relay/person", {"then": "check"}).headers["location"] == "/en/report/check"
    browser.send()
    [receipt], [envelope] = entrance.receipts, entrance.envelopes
    assert receipt.must_rekey and envelope.channel_code == "phone"


def test_a_report_begun_with_the_earlier_number_or_with_a_file_names_who_files_it_too(
    browser: Browser, entrance: Entrance
) -> None:
    signed_in(browser, a_relay(entrance))
    number = {"about_relation": "claim", "about_number": shown(new_case_number())}
    for begin in (
        lambda: browser.post("/en/report/about", number),
        lambda: browser.client.post("/en/report/files", files={"go": (None, "on")}),
    ):
        begun = begin()
        assert begun.status_code == 303, begun.text
        assert entrance.drafts
        assert "You are filing for another person" in plain(browser.get("/en/report/what"))
        browser.client.cookies.delete("draft")
