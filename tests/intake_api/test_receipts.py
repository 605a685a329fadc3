"""The receipt as page, picture and PDF; reports that belong to an earlier one; lost keys."""

import re
from html import unescape
from io import BytesIO
from unicodedata import normalize
from urllib.parse import unquote

import pikepdf
import pypdfium2
import pytest
import segno

from intake_api.receipts.shown import sheet_of
from office.clock import SetClock
from office.ids import new_case_number, shown
from office.paper import printing
from office.paper.printing import NoPdf, pdf_of
from office.sealing.receipts import grouped, new_key
from tests.intake_api import files
from tests.intake_api.conftest import NOON, TAGS, Browser, Entrance, a_report, plain, receipt_in
from tests.intake_api.files import add

PDF = {
    "es": ["recibo", "clave"],
    "ru": ["ключ"],
    "zh-Hans": ["密码", "回执"],
    "ro": ["cheia"],
    "ar": ["مكتب عدم التمييز", "إيصالك", "الاحتفاظ بالمفتاح سرًّا", "قراءة ردّنا"],
    "ur": ["آپ کی رسید", "خفیہ چابی کسی کو نہ دیں۔"],
}
"""Words that a PDF must have as text."""


def sent(browser: Browser, **answers: str) -> None:
    browser.fill_in({"what": {"act_codes": "insult"}, **{"who": answers}})
    assert browser.send().status_code == 303


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        told = "".join(page.get_textpage().get_text_range() for page in document)
        return normalize("NFKC", told)
    finally:
        document.close()


def test_the_picture_holds_number_and_key_as_text_and_no_address() -> None:
    number, key = new_case_number(), new_key()
    text = f"{shown(number)} {grouped(key)}"
    assert sheet_of(number, key).picture == segno.make(text, error="m").svg_data_uri(scale=4, border=4)
    assert "://" not in text and not text.lower().startswith(("http", "www"))


@pytest.mark.parametrize("field", ["case_number", "key"])
def test_the_text_of_the_picture_pasted_into_either_field_opens_the_case(
    browser: Browser, receipt: dict[str, str], field: str
) -> None:
    pasted = {field: f" {receipt['case_number']} {receipt['key']}\n"}
    opened = browser.post("/en/return", pasted)
    assert (opened.status_code, opened.headers.get("location")) == (303, "/en/return/case")


def test_a_pasted_text_with_a_slip_is_pointed_out_and_comes_back(
    browser: Browser, receipt: dict[str, str]
) -> None:
    wrong = receipt["key"][:-1] + ("0" if receipt["key"][-1] != "0" else "1")
    pasted = f"{receipt['case_number']} {wrong}"
    again = browser.post("/en/return", {"case_number": pasted})
    assert again.status_code == 422 and pasted in unescape(again.text)


def test_the_number_is_spelt_for_the_telephone_and_the_key_is_not(browser: Browser) -> None:
    sent(browser)
    page = browser.get("/en/report/receipt")
    number, key = receipt_in(page.text)
    told = plain(page)
    assert " · ".join(number.split("-")[0]) in told
    assert " · ".join(key.split(" ")[0]) not in told
    assert 'href="tel:' in page.text


@pytest.mark.parametrize("tag", TAGS)
def test_the_receipt_is_a_tagged_pdf_in_every_language(
    browser: Browser, tag: str, caplog: pytest.LogCaptureFixture
) -> None:
    sent(browser)
    number, key = browser.receipt(tag)
    answer = browser.post(f"/{tag}/report/receipt/pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text[:300]
    assert answer.headers["content-disposition"] == 'attachment; filename="sheet.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    raw = answer.content
    with pikepdf.open(BytesIO(raw)) as document:
        root = document.Root
        assert root.MarkInfo.Marked and "/StructTreeRoot" in root
        assert str(root.Lang) == tag
    told = words_of(raw)
    assert number in told.replace("\u2010", "-").replace("\u2011", "-")
    assert all(group in told for group in key.split(" "))
    assert all(normalize("NFKC", word) in told for word in PDF.get(tag, ()))
    assert "data:" not in caplog.text and key.split(" ")[0] not in caplog.text


def test_page_and_pdf_name_each_file_with_its_fingerprint_and_say_which_voice_was_altered(
    browser: Browser, entrance: Entrance
) -> None:
    browser.answer("what", {"what_happened": "A photo and my voice."})
    add(browser, ("photo.jpg", files.photo()))
    add(browser, ("me.wav", files.voice(1)), page="voice", alter="yes")
    browser.send()
    photo, voice = entrance.story(entrance.envelopes[0]).files
    page = plain(browser.get("/en/report/receipt"))
    words = " ".join(words_of(browser.post("/en/report/receipt/pdf").content).split())
    for told in (page, words):
        assert "photo.jpg" in told and "with another voice" in told and "another fingerprint" in told
        assert photo.sha256 in told and voice.sha256 in told


def test_the_pdf_is_made_from_the_draft_while_it_is_there_and_nothing_is_kept_of_it(
    browser: Browser, entrance: Entrance, clock: SetClock
) -> None:
    sent(browser)
    before = [(bytes(one.lookup), one.sealed) for one in entrance.drafts]
    assert browser.post("/en/report/receipt/pdf").status_code == 200
    assert [(bytes(one.lookup), one.sealed) for one in entrance.drafts] == before
    assert browser.get("/en/report/receipt/pdf").headers["location"] == "/en/report/receipt"
    clock.move(minutes=61)
    gone = browser.post("/en/report/receipt/pdf")
    assert (gone.status_code, gone.headers["location"]) == (303, "/en/report/receipt")
    assert clock.now() > NOON


def test_a_machine_without_the_libraries_says_so_and_shows_the_page_to_print(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: object) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    sent(browser)
    receipt = browser.receipt()
    monkeypatch.setattr(printing, "_style", missing)
    answer = browser.post("/en/report/receipt/pdf")
    assert answer.status_code == 503 and NoPdf.sentence in plain(answer)
    assert receipt_in(answer.text) == receipt


def test_a_pdf_fetches_nothing_from_a_network_or_from_this_machine() -> None:
    page = '<html lang="en"><head><title>x</title></head><body><img src="{}" alt="x">seen</body></html>'
    for address in ("http://127.0.0.1:9/x.png", "file:///etc/passwd"):
        assert "root:" not in words_of(pdf_of(page.format(address)))


def test_a_new_key_can_be_taken_as_a_pdf_while_it_waits(browser: Browser, receipt: dict[str, str]) -> None:
    browser.post("/en/return", receipt)
    browser.post("/en/return/new-key")
    number, key = receipt_in(browser.get("/en/return/new-key").text)
    made = browser.post("/en/return/new-key/pdf", {"key": key})
    assert made.headers["content-type"] == "application/pdf"
    assert all(group in words_of(made.content) for group in key.split(" ")) and number
    other = browser.post("/en/return/new-key/pdf", {"key": new_key()})
    assert other.status_code == 303


def test_only_a_witness_is_told_to_pass_the_number_on(browser: Browser, entrance: Entrance) -> None:
    step = next(step for step in entrance.door.form.step if any(q.code == "role_code" for q in step.question))
    browser.fill_in(
        {"what": {"act_codes": "insult"}} | {step.code: {"role_code": "witness", "act_codes": "insult"}}
    )
    browser.send()
    assert "give them this case number, not the key" in plain(browser.get("/en/report/receipt"))
    browser.client.cookies.clear()
    sent(browser)
    assert "not the key" not in plain(browser.get("/en/report/receipt"))


EARLIER = new_case_number()


@pytest.mark.parametrize("relation", ["claim", "lost_key", "same_event"])
def test_a_report_says_to_which_earlier_one_it_belongs(
    browser: Browser, entrance: Entrance, relation: str
) -> None:
    given = {"about_relation": relation, "about_number": shown(EARLIER).lower()}
    asked = browser.post("/en/report/about", given)
    assert (asked.status_code, asked.headers["location"]) == (303, "/en/report/what")
    browser.fill_in({"what": {"act_codes": "insult"}})
    assert shown(EARLIER) in plain(browser.get("/en/report/check"))
    browser.send()
    about = entrance.story(entrance.envelopes[0]).about
    assert about is not None and (about.relation, about.case_number) == (relation, EARLIER)


def test_the_answer_is_the_same_whether_there_is_such_a_report_or_not(
    browser: Browser, receipt: dict[str, str]
) -> None:
    answers = []
    for number in (receipt["case_number"], shown(new_case_number())):
        browser.client.cookies.clear()
        told = browser.post("/en/report/about", {"about_relation": "claim", "about_number": number})
        page = browser.get("/en/report/about")
        answers.append((told.status_code, told.headers["location"], page.text.replace(number, "")))
    assert answers[0] == answers[1]


def test_a_mistyped_number_is_pointed_out_and_a_no_takes_it_back(
    browser: Browser, entrance: Entrance
) -> None:
    wrong = EARLIER[:-1] + ("2" if EARLIER[-1] != "2" else "3")
    for fields in (
        {"about_relation": "claim", "about_number": wrong},
        {"about_relation": "claim"},
        {"about_number": shown(EARLIER)},
        {"about_relation": "other", "about_number": shown(EARLIER)},
    ):
        again = browser.post("/en/report/about", fields)
        assert again.status_code == 422 and fields.get("about_number", "") in again.text
    assert entrance.drafts == []
    browser.post("/en/report/about", {"about_relation": "claim", "about_number": EARLIER})
    browser.post("/en/report/about", {"about_relation": "none", "about_number": EARLIER, "then": "check"})
    browser.fill_in({"what": {"act_codes": "insult"}})
    browser.send()
    assert entrance.story(entrance.envelopes[0]).about is None


def test_a_program_names_the_earlier_report_too(browser: Browser, entrance: Entrance) -> None:
    body = {"act_codes": ["insult"], "about": {"relation": "claim", "case_number": shown(EARLIER)}}
    assert browser.client.post("/api/v1/reports", json=body).status_code == 201
    about = entrance.story(entrance.envelopes[0]).about
    assert about is not None and about.case_number == EARLIER
    body["about"] = {"relation": "claim", "case_number": "K4T7"}
    refused = browser.client.post("/api/v1/reports", json=body)
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/about/case_number"]


def test_the_page_for_a_lost_key_is_honest_and_leads_to_a_report_that_names_the_lost_one(
    browser: Browser, entrance: Entrance
) -> None:
    old = a_report(browser)
    browser.client.cookies.clear()
    page = browser.get("/en/return/lost")
    words, office = plain(page), entrance.door.city.office
    assert office.phone in words and "Then it is impossible" in words
    assert "/en/return/lost" in browser.get("/en/return").text
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    onward = browser.post("/en/report/about", {**fields, "about_number": old["case_number"]})
    assert unquote(onward.headers["location"]) == "/en/report/what"
    browser.fill_in({"what": {"act_codes": "insult"}})
    browser.send()
    (about,) = (told for one in entrance.envelopes if (told := entrance.story(one).about))
    assert (about.relation, shown(about.case_number)) == ("lost_key", old["case_number"])
