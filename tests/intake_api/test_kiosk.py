"""A shared computer closes by itself, warns before, keeps what somebody there typed and forgets the rest."""

from intake_api.assisted.kiosk import IDLE
from intake_api.door import DRAFT_COOKIE, RELAY_COOKIE, RENEWAL_COOKIE, SENDER_COOKIE, VISIT_COOKIE
from tests.intake_api.conftest import Browser, Entrance, a_report, plain, receipt_in


def kiosk(browser: Browser) -> Browser:
    page = browser.get("/en/kiosk")
    assert page.status_code == 200 and "kiosk=yes" in page.headers["set-cookie"]
    (kept,) = (told for told in page.headers.get_list("set-cookie") if told.startswith("kiosk="))
    assert "Max-Age" not in kept
    return browser


def test_a_report_from_a_kiosk_says_so_and_finishing_forgets(browser: Browser, entrance: Entrance) -> None:
    kiosk(browser)
    number = a_report(browser)["case_number"]
    assert entrance.envelopes[0].channel_code == "kiosk" and not entrance.receipts[0].must_rekey
    done = browser.post("/en/report/finish")
    assert done.headers["location"] == "/en/kiosk"
    rest = browser.get("/en/kiosk")
    assert (
        rest.headers["clear-site-data"] == '"cache", "storage"'
        and rest.headers["cache-control"] == "no-store"
    )
    assert entrance.drafts == [] and number not in browser.get("/en/report/receipt").text


def test_every_page_of_a_kiosk_leads_on_by_itself_and_elsewhere_none_does(browser: Browser) -> None:
    assert "refresh" not in browser.get("/en/report/what").headers
    kiosk(browser)
    for path in ("/en/report/what", "/en/return", "/en/", "/en/rights", "/en/paper", "/", "/en/nothing/here"):
        page = browser.get(path, headers={"accept-language": "en", "accept": "text/html"})
        assert page.headers["refresh"] == f"{IDLE};url=/en/kiosk/still-there", path
    assert "refresh" not in browser.get("/en/kiosk").headers


def test_before_everything_is_forgotten_somebody_is_asked_and_may_go_on(
    browser: Browser, entrance: Entrance
) -> None:
    kiosk(browser)
    browser.answer("what", {"act_codes": "insult", "what_happened": "Me gritaron."})
    asked = browser.get("/en/kiosk/still-there")
    assert asked.headers["refresh"] == "60;url=/en/kiosk" and "/en/report/check" in asked.text
    assert "Me gritaron." in browser.get("/en/report/check").text
    browser.get("/en/kiosk")
    assert entrance.drafts == [] and "Me gritaron." not in browser.get("/en/report/what").text


def test_whoever_says_they_are_still_there_keeps_what_they_typed(
    browser: Browser, entrance: Entrance
) -> None:
    kiosk(browser)
    page = browser.get("/en/report/what")
    assert 'name="stay"' in page.text and "ten minutes" in plain(page)
    stayed = browser.answer("what", {"what_happened": "Aún escribo", "stay": "yes"})
    assert stayed.status_code == 200 and "Aún escribo" in stayed.text and entrance.drafts == []


def test_leaving_quickly_keeps_the_kiosk_a_kiosk(browser: Browser) -> None:
    kiosk(browser)
    assert browser.get("/en/exit").headers["clear-site-data"] == '"cache", "storage"'
    assert "refresh" in browser.get("/en/").headers


def test_a_new_key_that_was_made_and_not_used_is_forgotten_with_the_rest(
    browser: Browser, receipt: dict[str, str]
) -> None:
    kiosk(browser)
    browser.post("/en/return", receipt)
    browser.post("/en/return/new-key")
    assert browser.client.cookies.get(RENEWAL_COOKIE)
    browser.get("/en/kiosk")
    assert dict(browser.client.cookies) == {"kiosk": "yes"}


def test_a_kiosk_forgets_what_the_browser_does_not_show_it(browser: Browser) -> None:
    # After a link on the library's own page a browser keeps back the cookies of the kind SameSite=Strict.
    came = browser.get("/en/kiosk", headers={"sec-fetch-site": "cross-site"})
    gone = {told.partition("=")[0] for told in came.headers.get_list("set-cookie") if "Max-Age=0" in told}
    assert gone == {DRAFT_COOKIE, SENDER_COOKIE, VISIT_COOKIE, RENEWAL_COOKIE, RELAY_COOKIE}


def test_a_link_elsewhere_takes_nobodys_draft_away(browser: Browser, entrance: Entrance) -> None:
    browser.answer("what", {"what_happened": "Me gritaron."})
    led = browser.get("/en/kiosk", headers={"sec-fetch-site": "cross-site"})
    assert led.headers["location"] == "/en/" and "set-cookie" not in led.headers
    assert len(entrance.drafts) == 1 and "Me gritaron." in browser.get("/en/report/check").text


def test_no_address_writes_into_the_headers_of_a_kiosk(browser: Browser) -> None:
    kiosk(browser)
    for path in ("/en%0d%0aset-cookie:%20visit=evil/x", "/%E4%B8%AD/x"):
        missing = browser.get(path)
        told = f"{IDLE};url=/es/kiosk/still-there"
        assert (missing.status_code, missing.headers["refresh"]) == (404, told), path
        assert "evil" not in str(missing.headers), path


def test_a_kiosk_prints_the_receipt_and_leaves_no_pdf_among_its_downloads(browser: Browser) -> None:
    pdf = 'action="/en/report/receipt/pdf"'
    a_report(browser)
    assert pdf in browser.get("/en/report/receipt").text
    browser.post("/en/report/finish")
    kiosk(browser)
    a_report(browser)
    page = browser.get("/en/report/receipt").text
    assert pdf not in page and "as a PDF" not in page and "data-print" in page and "/static/print." in page
    asked = browser.post("/en/report/receipt/pdf")
    assert (asked.status_code, asked.headers["location"]) == (303, "/en/report/receipt")


def test_a_kiosk_prints_a_new_key_and_leaves_no_pdf_of_it(browser: Browser, receipt: dict[str, str]) -> None:
    browser.post("/en/return", receipt)
    browser.post("/en/return/new-key")
    assert 'action="/en/return/new-key/pdf"' in browser.get("/en/return/new-key").text
    browser.client.cookies.set("kiosk", "yes")
    shown = browser.get("/en/return/new-key")
    assert "as a PDF" not in shown.text and "data-print" in shown.text and "/static/print." in shown.text
    assert "script-src 'self'" in shown.headers["content-security-policy"]
    _, key = receipt_in(shown.text)
    asked = browser.post("/en/return/new-key/pdf", {"key": key})
    assert (asked.status_code, asked.headers["location"]) == (303, "/en/return/new-key")
