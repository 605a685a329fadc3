"""What the check of the rights guide refuses, and what it only says."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from intake_api.guide.checks import check_all, check_city
from intake_api.guide.reading import OWN, GuideBroken, load_guide
from office.clock import SetClock
from office.vocabulary.items import words_in
from tests.intake_api.conftest import TAGS
from tests.intake_api.guides import (
    AREAS,
    CHECKED,
    GUIDE,
    change,
)


def rules(city: Path, today: date = CHECKED) -> list[tuple[str, str]]:
    return [(finding.severity, finding.rule) for finding in check_city(city, today)]


@pytest.mark.parametrize("tag", TAGS)
def test_every_area_the_form_offers_has_an_answer_in_every_language(tag: str) -> None:
    assert len(AREAS) > 25
    for area in AREAS:
        answer = GUIDE.on(area)
        assert len(words_in(answer.says, tag)) > (20 if tag == "zh-Hans" else 60), area
        assert "office_legal_advice" in answer.routes, area
        for code in (*answer.keep, *answer.first):
            assert words_in(GUIDE.points[code].says, tag)


def test_the_guide_shipped_fits_the_lists_of_the_city_shipped() -> None:
    assert [str(one) for one in check_all(today=CHECKED) if one.severity == "error"] == []


def test_no_telephone_number_stands_in_the_guide_itself() -> None:
    for file in OWN.glob("*.toml"):
        text = re.sub(r"^law(_read_on)? = .*$|^#.*$", "", file.read_text("utf-8"), flags=re.MULTILINE)
        text = re.sub(
            r"\d{1,4}/\d{4}|\d{4}-\d\d(-\d\d)?(\.\d)?|contacts = .*|code = .*|routes = .*", "", text
        )
        assert re.findall(r"\d(?:[\d ]*\d){2}", text) == [], file.name


def test_no_arabic_sentence_gives_an_order_to_one_gender() -> None:
    orders = re.compile(r"(?<!\w)(اكتب|اطلب|احفظ|احتفظ|اتصل|اذهب|لا توقع|ابحث|اسأل)(?!\w)")
    for words in GUIDE._words():
        assert not orders.search(words["ar"]), words["ar"]


def test_a_sentence_missing_in_one_language_is_refused(city: Path) -> None:
    change(city, "areas", "says.ar = ", "# says.ar = ")
    with pytest.raises(GuideBroken):
        load_guide(city)
    assert rules(city) == [("error", "unreadable")]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("areas", 'code = "housing"', 'code = "castle"'),
        ("grounds", '"roma"', '"giants"'),
        ("areas", 'contacts = ["021", "028"]', 'contacts = ["021", "999"]'),
    ],
)
def test_a_code_that_no_list_has_is_an_error(city: Path, file: str, before: str, after: str) -> None:
    change(city, file, before, after)
    assert ("error", "reference_unknown") in rules(city)


def test_a_route_that_the_list_does_not_have_is_an_error(city: Path) -> None:
    change(city, "routes", 'code = "consumer_claim"', 'code = "duel"')
    path = city / "guide" / "areas.toml"
    path.write_text(path.read_text("utf-8").replace('"consumer_claim"', '"duel"'), "utf-8")
    assert ("error", "reference_unknown") in rules(city)


def test_an_area_without_an_answer_is_an_error(city: Path) -> None:
    change(city, "areas", 'code = "transport"', 'code = "ferries"')
    assert ("error", "answer_missing") in rules(city)


def test_a_ground_that_never_leaves_the_case_team_may_not_have_an_answer_of_its_own(city: Path) -> None:
    change(city, "grounds", '"roma"', '"admin_status"')
    assert ("error", "walled_in_the_open") in rules(city)


def test_a_point_the_guide_does_not_explain_is_refused(city: Path) -> None:
    change(city, "areas", '"home_advert"', '"treasure"')
    assert rules(city) == [("error", "unreadable")]


def test_a_review_that_is_due_is_work_to_do_and_no_error(city: Path) -> None:
    assert ("warning", "review_due") not in rules(city)
    late = rules(city, GUIDE.meta.next_review)
    assert ("warning", "review_due") in late
    assert "error" not in {severity for severity, _ in late}


def test_the_day_of_the_check_is_that_of_the_city(city: Path) -> None:
    review = GUIDE.meta.next_review
    eve = datetime(review.year, review.month, review.day, tzinfo=UTC) - timedelta(minutes=30)
    found = check_city(city, clock=SetClock(eve))  # half past one at night in València
    assert "review_due" in {finding.rule for finding in found}


def test_a_city_without_some_contact_is_told_so_and_keeps_its_guide() -> None:
    vilabreu = Path(__file__).parents[1] / "support" / "cities" / "vilabreu"
    found = check_city(vilabreu, CHECKED)
    assert {one.severity for one in found} == {"warning"}
    assert any("the city has no contact 021" in one.sentence for one in found)
