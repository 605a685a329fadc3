"""Who speaks, how many were affected, which language: asked only of whom it concerns, and never required."""

import re

import pytest

from intake_api.form.conditions import asked, heard, is_met
from intake_api.form.questions import load_form
from office.handover.report import Languages
from tests.intake_api.conftest import Browser, Entrance, plain

FORM = load_form()
MANY = "About how many people were affected?"


def test_the_number_affected_is_asked_of_groups_and_witnesses_and_of_nobody_else(browser: Browser) -> None:
    for role, is_asked in (
        ("group", True),
        ("witness", True),
        ("victim", False),
        ("tip", False),
        ("", False),
    ):
        browser.answer("what", {"act_codes": "insult", "role_code": role})
        page = browser.get("/en/report/when").text
        assert (MANY in page) is is_asked, role


def test_a_group_tells_how_many_in_any_digits_and_the_desk_gets_a_number(
    browser: Browser, entrance: Entrance
) -> None:
    browser.fill_in(
        {"what": {"act_codes": "rule_excludes", "role_code": "group"}, "when": {"affected_count": " ٢٠٠ "}}
    )
    check = plain(browser.get("/en/report/check"))
    assert f"{MANY} 200" in check
    browser.send()
    story = entrance.story(entrance.envelopes[0])
    assert (story.role_code, story.affected_count) == ("group", 200)


@pytest.mark.parametrize("wrong", ["some", "0", "-3", "2.5", "100001", "9" * 40])
def test_a_number_that_is_none_is_pointed_out_and_comes_back(browser: Browser, wrong: str) -> None:
    browser.answer("what", {"act_codes": "insult", "role_code": "group"})
    again = browser.answer("when", {"affected_count": wrong})
    assert again.status_code == 422
    assert 'href="#affected_count"' in again.text and f'value="{wrong}"' in again.text


def test_an_answer_that_is_no_longer_asked_for_is_not_sent(browser: Browser, entrance: Entrance) -> None:
    browser.fill_in({"what": {"act_codes": "insult", "role_code": "group"}, "when": {"affected_count": "12"}})
    browser.answer("what", {"act_codes": "insult", "role_code": "victim"})
    assert MANY not in browser.get("/en/report/check").text
    browser.send()
    assert entrance.story(entrance.envelopes[0]).affected_count is None


def test_a_tip_needs_no_person_and_reaches_the_desk_as_one(browser: Browser, entrance: Entrance) -> None:
    browser.fill_in({"what": {"what_happened": "A sign at the door", "role_code": "tip"}})
    browser.send()
    assert entrance.story(entrance.envelopes[0]).role_code == "tip"


def test_who_does_not_know_may_say_so_and_nothing_is_kept_of_it(browser: Browser, entrance: Entrance) -> None:
    browser.fill_in(
        {
            "what": {"act_codes": "insult", "role_code": "unknown"},
            "where": {"setting_code": "unknown"},
            "may": {"consent_advise": "yes", "interpreter_code": "unknown"},
        }
    )
    browser.send()
    story = entrance.story(entrance.envelopes[0])
    assert (story.role_code, story.where.setting_code) == (None, None)
    assert story.languages == Languages()


@pytest.mark.parametrize("heaviest", ["inseparable", "muslim"])
def test_which_of_several_reasons_weighed_most_reaches_the_office_and_is_not_counted(
    browser: Browser, entrance: Entrance, heaviest: str
) -> None:
    why = {"ground_codes": ["muslim", "sex"], "heaviest_code": heaviest}
    browser.fill_in({"what": {"act_codes": "insult"}, "why": why, "may": {"consent_count": "yes"}})
    assert "If you tick several: which weighed most?" in plain(browser.get("/en/report/check"))
    browser.send()
    (envelope,) = entrance.envelopes
    assert entrance.story(envelope).heaviest_code == heaviest
    assert "heaviest" not in entrance.coded(envelope).model_dump_json()


def test_languages_to_write_and_to_speak_are_kept_apart(browser: Browser, entrance: Entrance) -> None:
    asked_for = {
        "written_language": "fr",
        "spoken_language": "other",
        "language_other": "soninké",
        "interpreter_code": "sign_lse",
    }
    browser.fill_in({"what": {"act_codes": "insult"}, "may": {"consent_advise": "yes", **asked_for}})
    assert "soninké" in browser.get("/en/report/check").text
    browser.send()
    told = entrance.story(entrance.envelopes[0]).languages
    assert told == Languages(written="fr", other_text="soninké", interpreter_code="sign_lse")


def test_without_a_wish_for_advice_no_language_is_kept(browser: Browser, entrance: Entrance) -> None:
    browser.fill_in({"what": {"act_codes": "insult"}, "may": {"written_language": "fr"}})
    browser.send()
    assert entrance.story(entrance.envelopes[0]).languages == Languages()


def test_whom_one_would_rather_talk_to_and_how_is_kept_beside_the_interpreter(
    browser: Browser, entrance: Entrance
) -> None:
    wishes = {"adviser_code": "woman", "prefers_talking": "yes"}
    browser.fill_in({"what": {"act_codes": "insult"}, "may": {"consent_advise": "yes", **wishes}})
    check = plain(browser.get("/en/report/check"))
    assert "Who would you rather talk to? A woman" in check
    assert "I would rather listen and talk than read and write Yes" in check
    browser.send()
    assert entrance.story(entrance.envelopes[0]).languages == Languages(
        adviser_code="woman", prefers_talking=True
    )


@pytest.mark.parametrize(
    "may",
    [
        {"consent_advise": "yes", "adviser_code": "either"},
        {"adviser_code": "woman", "prefers_talking": "yes"},
    ],
)
def test_of_no_preference_and_without_a_wish_for_advice_nothing_is_kept(
    browser: Browser, entrance: Entrance, may: dict[str, str]
) -> None:
    browser.fill_in({"what": {"act_codes": "insult"}, "may": may})
    browser.send()
    assert entrance.story(entrance.envelopes[0]).languages == Languages()


@pytest.mark.parametrize(
    ("kind", "value"),
    [("letter", "Apartado 46, 46080 València"), ("trusted", "Mi vecina, cuando abre la tienda")],
)
def test_a_letter_and_a_trusted_person_are_ways_like_the_others(
    browser: Browser, entrance: Entrance, kind: str, value: str
) -> None:
    browser.answer("what", {"act_codes": "insult"})
    without = browser.answer("may", {"contact_kind": kind})
    assert without.status_code == 422 and 'href="#contact_value"' in without.text
    assert f'value="{kind}" checked' in without.text
    assert browser.answer("may", {"contact_kind": kind, "contact_value": value}).status_code == 303
    browser.send()
    contact = entrance.contact(entrance.envelopes[0])
    assert (contact.kind, contact.value) == (kind, value)


def test_words_without_a_way_chosen_are_another_way_and_no_letter(
    browser: Browser, entrance: Entrance
) -> None:
    browser.fill_in({"what": {"act_codes": "insult"}, "may": {"contact_value": "Apartado 46"}})
    browser.send()
    assert entrance.contact(entrance.envelopes[0]).kind == "other"


def test_languages_stand_in_the_list_by_their_own_names(browser: Browser) -> None:
    page = browser.get("/ar/report/may").text
    assert '<option value="uk">Українська</option>' in page
    assert '<option value="ssp">Lengua de signos española</option>' in page


def test_somebody_under_age_reads_that_the_family_is_not_told(browser: Browser) -> None:
    browser.answer("what", {"act_codes": "insult", "role_code": "minor_self"})
    assert "116 111" in browser.get("/en/report/when").text
    browser.answer("what", {"act_codes": "insult", "role_code": "victim"})
    assert "116 111" not in browser.get("/en/report/when").text


def test_a_program_reports_for_a_group_and_says_the_languages(browser: Browser, entrance: Entrance) -> None:
    sent = {
        "act_codes": ["rule_excludes"],
        "role_code": "association",
        "affected_count": 40,
        "consents": {"advise": True},
        "languages": {"spoken": "wo", "interpreter": "spoken", "adviser": "man", "prefers_talking": True},
        "contact": {"kind": "trusted", "value": "Mi vecina"},
    }
    assert browser.client.post("/api/v1/reports", json=sent).status_code == 201
    story = entrance.story(entrance.envelopes[0])
    assert (story.affected_count, story.languages.spoken) == (40, "wo")
    assert (story.languages.adviser_code, story.languages.prefers_talking) == ("man", True)
    assert entrance.contact(entrance.envelopes[0]).kind == "trusted"
    refused = browser.client.post("/api/v1/reports", json={**sent, "languages": {"interpreter": "none_such"}})
    assert refused.json()["errors"][0]["pointer"] == "/languages/interpreter"
    refused = browser.client.post("/api/v1/reports", json={**sent, "languages": {"adviser": "either_one"}})
    assert refused.json()["errors"][0]["pointer"] == "/languages/adviser"


def test_no_answer_is_needed_but_what_happened() -> None:
    assert [step.code for step in FORM.step if step.needs_one_of] == ["what"]


def test_a_condition_looks_at_each_question_it_names() -> None:
    condition = {"role_code": ("group", "tip"), "consent_advise": ("yes",)}
    assert is_met({}, {})
    assert is_met(condition, {"role_code": ["tip"], "consent_advise": ["yes"]})
    assert not is_met(condition, {"role_code": ["tip"]})


def test_a_question_that_waits_for_one_of_its_own_page_stands_on_it_for_everybody() -> None:
    codes = {question.code for question in asked(FORM.at("may"), {})}
    assert "written_language" in codes
    assert heard(FORM, {"written_language": ["fr"]}) == {}


def test_a_report_in_easy_spanish_is_spanish_on_its_outside(browser: Browser, entrance: Entrance) -> None:
    browser.fill_in({"what": {"act_codes": "insult"}, "may": {"consent_count": "yes"}}, "es-x-easy")
    browser.send("es-x-easy")
    (envelope,) = entrance.envelopes
    assert (envelope.language, entrance.coded(envelope).language) == ("es", "es")
    assert entrance.story(envelope).language == "es-x-easy"


def test_easy_spanish_is_one_link_away_on_every_page_and_leads_back(browser: Browser) -> None:
    for path in ("", "report/when", "rights", "return", "privacy"):
        for tag, other in (("es", "es-x-easy"), ("ar", "es-x-easy"), ("es-x-easy", "es")):
            page = browser.get(f"/{tag}/{path}").text
            (way,) = (one for one in re.findall(r"<(?:a|button) [^>]+>", page) if 'class="door-easy"' in one)
            # In the middle of a page it is a button, which takes along what was typed.
            assert f'="/{other}/{path}"' in way, (tag, path)
