"""Every choice of what happened and of the area of life has a picture, and each picture is drawn."""

from xml.etree import ElementTree

import pytest

from intake_api.form.pictures import DRAWN, picture_of, pictures, symbols
from office.vocabulary import load
from tests.intake_api.conftest import Browser


@pytest.mark.parametrize("name", ["acts", "areas", "respondents"])
def test_every_choice_has_a_picture_and_none_is_left_over(name: str) -> None:
    offered = {item.code for item in load(name)} | ({"unknown"} if name == "areas" else set())
    assert set(pictures()[name]) == offered


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
    assert page.count('class="door-picture"') == len(load("acts"))
    assert page.count('aria-hidden="true" focusable="false"><path') > 15
    assert symbols()["speech"] in page and "<span>Insults, mockery or humiliation</span>" in page
    assert 'class="door-picture"' not in browser.get("/en/report/why").text


def test_a_code_without_a_picture_is_shown_without_one() -> None:
    assert picture_of("acts", "none_such") == picture_of(None, "insult") == ""
