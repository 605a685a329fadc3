"""Everything that is ticked has a picture, each picture is drawn, and none says more than the words."""

from xml.etree import ElementTree

import pytest

from intake_api.form.answers import YES
from intake_api.form.pictures import DRAWN, picture_of, pictures, symbols, turned
from intake_api.form.questions import Question, load_form
from office.vocabulary import load
from tests.intake_api.conftest import Browser

CHOSEN = {
    question.code: question
    for question in load_form().questions()
    if question.kind in ("several", "one", "when", "tick", "consent")
}


def codes_of(question: Question) -> set[str]:
    listed = {item.code for item in load(question.vocabulary)} if question.vocabulary else set()
    own = {option.code for option in question.option}
    return listed | own or {YES}


def test_pictures_are_for_everything_that_is_ticked_and_only_the_long_lists_of_names_go_without() -> None:
    assert set(CHOSEN) >= {"act_codes", "role_code", "setting_code", "area_code", "ground_codes"}
    drawn_above = {question.vocabulary for question in CHOSEN.values()}
    lists = {question.vocabulary for question in load_form().questions() if question.kind == "list"}
    assert lists - drawn_above == {"districts", "languages", "interpreters", "adviser_wishes"}


@pytest.mark.parametrize("code", CHOSEN)
def test_every_choice_has_a_picture_and_none_is_left_over(code: str) -> None:
    question = CHOSEN[code]
    assert set(pictures()[question.vocabulary or code]) == codes_of(question)


def test_no_list_has_pictures_that_no_question_shows() -> None:
    assert set(pictures()) == {question.vocabulary or question.code for question in CHOSEN.values()}


def test_each_picture_is_drawn_once_and_each_drawing_is_used() -> None:
    used = {picture for codes in pictures().values() for picture in codes.values()}
    assert used == set(symbols())
    assert DRAWN.read_text("utf-8").count("<symbol") == len(symbols())


def test_drawings_take_the_colour_of_the_text_and_bring_no_style_or_script() -> None:
    drawn = ElementTree.fromstring(DRAWN.read_text("utf-8"))
    for symbol in drawn:  # what stands on the root does not reach a page that uses a symbol
        assert (symbol.get("stroke"), symbol.get("fill")) == ("currentColor", "none")
    for part in drawn.iter():
        assert part.tag.rpartition("}")[2] in {"svg", "symbol", "path", "circle", "ellipse"}
        assert not {"style", "class", "onload"} & set(part.keys())


def test_pictures_stand_beside_the_words_and_say_nothing_to_a_screen_reader(browser: Browser) -> None:
    page = browser.get("/en/report/what").text
    roles = len(CHOSEN["role_code"].only) + 1
    assert page.count('class="door-picture"') == len(load("acts")) + 1 + roles
    assert page.count('class="door-picture" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><') == (
        page.count('class="door-picture"')
    )
    assert symbols()["speech"] in page and "<span>Insults, mockery or humiliation</span>" in page


@pytest.mark.parametrize(
    ("step", "drawn", "words"),
    [
        ("what", "me", "It happened to me"),
        ("when", "again", "It is still going on"),
        ("where", "beach", "Beach"),
        ("why", "hearts", "Sexual orientation"),
        ("may", "chart", "Count me in the statistics"),
        ("may", "phone", "By telephone"),
    ],
)
def test_the_picture_of_a_choice_stands_before_its_words(
    browser: Browser, step: str, drawn: str, words: str
) -> None:
    page = browser.get(f"/en/report/{step}").text
    assert f"{symbols()[drawn]}</svg><span>{words}</span></label>" in page


def test_what_runs_as_the_writing_runs_is_turned_round_from_right_to_left_and_nothing_else_is(
    browser: Browser,
) -> None:
    turned_round = 'class="door-picture door-picture--turned"'
    assert turned() <= set(symbols())
    assert turned_round not in browser.get("/en/report/when").text
    page = browser.get("/ar/report/when").text  # the question mark is, a calendar is not
    assert page.count(turned_round) == 1 and page.count('class="door-picture"') == 4
    assert page.partition(turned_round)[2].startswith(
        f' viewBox="0 0 24 24" aria-hidden="true" focusable="false">{symbols()["question"]}'
    )


def test_a_code_without_a_picture_is_shown_without_one() -> None:
    acts = CHOSEN["act_codes"]
    assert picture_of(acts, "none_such") == ""
    assert picture_of(acts.model_copy(update={"vocabulary": None, "code": "not_drawn"}), "insult") == ""
