"""Pages as text: languages, letterhead, what a template may ask for."""

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from starlette.testclient import TestClient

from office.languages import UnknownLanguage, languages_for
from office.vocabulary import load_city
from office.web.letterhead import AccentUnreadable, Letterhead, letterhead_of
from office.web.pages import Pages
from office.web.parts import Choice, answers, choices, value_of, values_of
from tests.office.web.tiny_app import LETTERHEAD, tiny_app, tiny_pages


def test_a_page_says_its_language_and_direction(client: TestClient) -> None:
    assert (
        '<html class="govuk-template office office--residents" lang="ca-valencia" dir="ltr">'
        in client.get("/ca-valencia/").text
    )
    assert 'lang="ar" dir="rtl"' in client.get("/ar/").text
    assert client.get("/ar/").headers["content-language"] == "ar"


def test_a_demonstration_says_so_on_every_page_and_nothing_else_does() -> None:
    shown = TestClient(tiny_app(demo=True))
    for place in ("/es/", "/es/done", "/es/not-there", "/es/broken", "/en/languages"):
        assert "office-demo" in shown.get(place).text
        assert "office-demo" not in TestClient(tiny_app()).get(place).text


def test_the_language_page_says_who_reviewed_or_that_nobody_has(client: TestClient) -> None:
    page = client.get("/en/languages").text
    assert page.count("not yet reviewed by a named person") == len(languages_for("residents"))


def test_what_a_template_was_not_given_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "gap.html").write_text("{{ nobody_gave_this }}")
    pages = Pages([tmp_path], "residents", LETTERHEAD, service="x")
    with pytest.raises(UndefinedError):
        pages.written("gap.html", "es")


def test_typed_signs_stay_signs(tmp_path: Path) -> None:
    (tmp_path / "typed.html").write_text(
        '{% import "macros.html" as f %}{{ f.textarea("a", "A", given) }}{{ f.text_input("b", "B", given) }}'
        '{{ _("Step %(step)s of %(steps)s", step=given.b, steps=2) }}'
    )
    pages = Pages([tmp_path], "residents", LETTERHEAD, service="x")
    text = pages.written("typed.html", "en", given={"a": "\n</textarea><b>", "b": '"><script>'})
    assert ">\n\n&lt;/textarea&gt;&lt;b&gt;</textarea>" in text
    assert 'value="&#34;&gt;&lt;script&gt;"' in text
    assert "<script>" not in text


def test_a_face_speaks_only_the_languages_it_is_told() -> None:
    pages = tiny_pages(languages=("en", "es"))
    assert [one.tag for one in pages.languages] == ["en", "es"]
    with pytest.raises(UnknownLanguage):
        pages.written("done.html", "ar")


def test_the_letterhead_comes_from_the_citys_data() -> None:
    for city in (load_city("valencia"), load_city(Path("tests/support/cities/vilabreu"))):
        letterhead = letterhead_of(city)
        assert letterhead.office_name == city.office.name
        assert set(letterhead.custom_properties()) >= {"accent", "accent-deep", "accent-soft", "accent-mist"}


def test_a_colour_that_white_cannot_be_read_on_is_refused() -> None:
    with pytest.raises(AccentUnreadable):
        Letterhead({}, {}, accent="#ffcc00").custom_properties()


def test_choices_and_values_may_be_given_in_several_shapes() -> None:
    pairs = choices([("a", "A"), ("b", "B", "hint")])
    assert pairs == [Choice("a", "A"), Choice("b", "B", "hint")]
    assert choices(pairs) == pairs
    assert choices([{"value": "c", "text": "C"}, {"divider": "or"}])[1].divider == "or"
    assert values_of({"a": ["1", "2"], "b": "3"}, "a") == ["1", "2"]
    assert (value_of({"a": ["1", "2"], "b": 3}, "b"), value_of({}, "b")) == ("3", "")
    assert answers([{"key": "k", "value": "v"}])[0].href == ""
