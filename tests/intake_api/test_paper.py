"""The paper form cannot drift from the form; keyed in by its codes it is the same report; so the script."""

import io
import re
from datetime import date

import pypdf
import pytest

from intake_api.assisted import paper
from intake_api.assisted.entry_codes import CodeBook
from intake_api.assisted.paper import book_of
from intake_api.door import DRAFT_COOKIE
from intake_api.form.questions import Question
from office.paper import printing
from tests.intake_api.conftest import TAGS, Browser, Entrance, plain
from tests.intake_api.test_relays import a_relay, signed_in
from tests.support.pages_read import form_of

RTL = {"ar", "ur"}
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:weasyprint", "ignore::UserWarning")


@pytest.fixture
def book(entrance: Entrance) -> CodeBook:
    return book_of(entrance.door)


def printed(entrance: Entrance) -> list[Question]:
    """What is asked on paper: all but the notice, for this office has no key for it."""
    return [question for question in entrance.door.form.questions() if not question.needs_key]


def pdf(browser: Browser, tag: str) -> pypdf.PdfReader:
    given = browser.get(f"/{tag}/paper/form.pdf")
    assert given.status_code == 200 and given.headers["content-type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(given.content))


@pytest.mark.parametrize("tag", TAGS)
def test_the_pdf_has_a_field_for_everything_asked_a_language_and_tags(
    browser: Browser, entrance: Entrance, book: CodeBook, tag: str
) -> None:
    read = pdf(browser, tag)
    root = read.trailer["/Root"]
    assert root["/Lang"] == tag and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert read.metadata is not None and read.metadata.title
    names = {str(name).split(".")[0] for name in read.get_fields() or {}}
    for question in printed(entrance):
        if question.is_text or question.kind in ("one", "list", "when", "number"):
            assert question.code in names, question.code
        else:
            assert set(book.by_question[question.code].codes.values()) <= names, question.code
    words = "".join(page.extract_text() for page in read.pages)
    assert book.edition in words and "112" in words
    assert all(code in words for code in ("A1", "A2", book.code("respondent_code", "landlord")))


def test_the_page_to_print_says_the_same_codes_in_every_language(
    browser: Browser, entrance: Entrance, book: CodeBook
) -> None:
    names = {question.code for question in printed(entrance)}
    wanted = [code for code, (question, _) in book.meaning.items() if question in names]
    for tag in TAGS:
        page = browser.get(f"/{tag}/paper")
        codes = re.findall(r'class="paper-code">([A-Z]+\d+)<', page.text)
        assert codes == wanted, tag
        assert f'dir="{"rtl" if tag in RTL else "ltr"}"' in page.text and "paper/form.pdf" in page.text


def test_a_machine_that_cannot_make_a_pdf_says_so_and_shows_the_page(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: object) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(printing, "_style", missing)
    paper._kept.cache_clear()
    told = browser.get("/es/paper/form.pdf")
    assert told.status_code == 503 and "A1" in told.text
    assert "Imprime" in plain(told)


def entry(book: CodeBook, *codes: str, **more: str) -> dict[str, str]:
    return {"codes": " ".join(codes), "edition": book.signs, "person_language": "ar", **more}


def codes_of(book: CodeBook, **answers: str) -> list[str]:
    return [book.code(question, value) for question, value in answers.items()]


def test_a_paper_keyed_in_by_its_codes_is_the_report_the_steps_would_have_made(
    browser: Browser, entrance: Entrance, book: CodeBook
) -> None:
    signed_in(browser, a_relay(entrance, "operator"))
    codes = codes_of(
        book,
        act_codes="insult",
        when="day",
        respondent_code="landlord",
        ground_codes="race_ethnicity",
        consent_count="yes",
        consent_advise="yes",
        contact_kind="letter",
        adviser_code="woman",
        prefers_talking="yes",
    )
    words = {"when_day": "3", "when_month": "11", "when_year": "2026", "what_happened": "No me abrió."}
    words["contact_value"] = "Apartado 46"
    keyed = browser.post("/es/relay/entry", entry(book, *codes, **words))
    assert keyed.headers.get("location") == "/es/report/check", plain(keyed)
    browser.get("/es/report/check")
    sent = browser.post("/es/report/send")
    assert sent.headers["location"] == "/ar/report/receipt"
    [envelope], [receipt] = entrance.envelopes, entrance.receipts
    story = entrance.story(envelope)
    assert (story.act_codes, story.respondent_code) == (("insult",), "landlord")
    assert (story.when.day, story.what_happened) == (date(2026, 11, 3), "No me abrió.")
    assert (envelope.language, envelope.channel_code, receipt.must_rekey) == ("ar", "phone", True)
    assert (story.languages.adviser_code, story.languages.prefers_talking) == ("woman", True)
    assert entrance.contact(envelope).kind == "letter"
    assert {one.code: (one.given, one.language) for one in story.consents}["advise"] == (True, "ar")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"codes": "A1", "edition": "2020-01.1-0000"}, "edition"),
        ({"codes": "A1", "edition": ""}, "edition"),
        ({"codes": "A1 Z9"}, "codes"),
        ({"codes": "A1 something"}, "codes"),
        ({"codes": "A1 D1", "when_day": "31", "when_month": "2", "when_year": "2026"}, "when_day"),
        ({"codes": ""}, "what_happened"),
        ({"codes": "A1", "person_language": "xx"}, "person_language"),
    ],
)
def test_what_does_not_fit_is_said_and_everything_typed_comes_back(
    browser: Browser, entrance: Entrance, book: CodeBook, fields: dict[str, str], field: str
) -> None:
    signed_in(browser, a_relay(entrance, "operator"))
    typed = {**entry(book), "place_text": "Calle Inventada", **fields}
    page = browser.post("/es/relay/entry", typed)
    assert page.status_code == 422
    assert f'<li><a href="#{field}">' in page.text and "Calle Inventada" in page.text
    assert entrance.drafts == []


def test_two_answers_to_one_question_on_paper_are_not_guessed(
    browser: Browser, entrance: Entrance, book: CodeBook
) -> None:
    signed_in(browser, a_relay(entrance, "operator"))
    two = [book.code("respondent_code", code) for code in ("landlord", "employer")]
    page = browser.post("/es/relay/entry", entry(book, "A1", *two))
    assert page.status_code == 422 and 'href="#respondent_code"' in page.text


def test_a_code_that_is_corrected_leaves_no_tick_behind(
    browser: Browser, entrance: Entrance, book: CodeBook
) -> None:
    signed_in(browser, a_relay(entrance, "operator"))
    meant, slip = codes_of(book, act_codes="insult"), codes_of(book, act_codes="assault", when="long")
    page = browser.post("/es/relay/entry", entry(book, *meant, *slip, "Z9"))
    form = form_of(page.text, "/es/relay/entry")
    assert page.status_code == 422 and form is not None
    assert form.fields["codes"].values == [" ".join([*meant, *slip, "Z9"])]
    again = {**form.state(), "codes": " ".join(meant)}
    assert browser.post("/es/relay/entry", again).headers.get("location") == "/es/report/check"
    browser.get("/es/report/check")
    browser.post("/es/report/send")
    story = entrance.story(entrance.envelopes[0])
    assert (story.act_codes, story.when.kind) == (("insult",), "unknown")


def test_a_documents_number_on_paper_is_pointed_out_before_it_is_kept(
    browser: Browser, entrance: Entrance, book: CodeBook
) -> None:
    signed_in(browser, a_relay(entrance, "operator"))
    fields = entry(book, "A1", what_happened="Mi número es X1234567L y ya.")
    assert browser.post("/es/relay/entry", fields).status_code == 422 and entrance.drafts == []
    assert browser.post("/es/relay/entry", {**fields, "numbers": "remove"}).status_code == 303
    assert "X1234567L" not in browser.get("/es/report/check").text


def test_codes_are_read_as_hands_type_them(book: CodeBook) -> None:
    assert book.read("a1,A2;  a 3.A01")[0] == book.read("A1 A2 A3")[0]
    assert len(set(book.meaning)) == len(book.meaning) and "I1" not in book.meaning


def test_a_paper_touches_nothing_that_another_person_saved_in_this_browser(
    browser: Browser, entrance: Entrance, book: CodeBook
) -> None:
    signed_in(browser, a_relay(entrance, "operator"))
    browser.answer("what", {"act_codes": "insult", "what_happened": "De otra persona.", "save": "yes"})
    saved = re.sub(r"\D", "", browser.client.cookies[DRAFT_COOKIE])
    keyed = browser.post("/en/relay/entry", entry(book, *codes_of(book, act_codes="threat")))
    assert keyed.headers["location"] == "/en/report/check"
    assert "De otra persona." not in browser.get("/en/report/check").text
    browser.post("/en/report/close")
    browser.post("/en/report/continue", {"code": saved})
    assert "De otra persona." in browser.get("/en/report/check").text


def test_nobody_keys_in_without_an_access(browser: Browser, book: CodeBook) -> None:
    assert browser.get("/es/relay/entry").headers["location"] == "/es/relay"
    assert browser.post("/es/relay/entry", entry(book, "A1")).headers["location"] == "/es/relay"


@pytest.mark.parametrize(("tag", "beside"), [("es", "ar"), ("ar", "uk"), ("en", "")])
def test_the_telephone_script_reads_every_question_in_both_languages(
    browser: Browser, entrance: Entrance, tag: str, beside: str
) -> None:
    page = browser.get(f"/{tag}/relay/script?with={beside}")
    words = plain(page)
    for question in printed(entrance):
        assert question.label_in(tag) in words
        assert not beside or question.label_in(beside) in words
    assert "112" in words


def test_how_many_were_affected_can_be_written_on_paper_and_keyed_in(
    browser: Browser, entrance: Entrance, book: CodeBook
) -> None:
    signed_in(browser, a_relay(entrance, "operator"))
    assert 'name="affected_count"' in browser.get("/es/relay/entry").text
    witness = entry(book, "A1", book.code("role_code", "witness"), affected_count="30")
    keyed = browser.post("/es/relay/entry", witness)
    assert keyed.headers.get("location") == "/es/report/check", plain(keyed)
    assert "30" in plain(browser.get("/es/report/check"))


def test_paper_and_telephone_promise_no_notice_where_no_mailer_can_send_one(
    browser: Browser, entrance: Entrance
) -> None:
    (asked,) = (one for one in entrance.door.form.questions() if one.kind == "one" and one.needs_key)
    assert entrance.door.notice_kinds() == ()
    for page in ("/es/paper", "/es/relay/script"):
        assert asked.label_in("es") not in plain(browser.get(page))
