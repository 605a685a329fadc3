"""What a route means for anybody without papers is read by staff in their language."""

import pytest

from casework.advice.without_papers import TEXTS
from office.languages import language
from office.vocabulary import load
from tests.casework.advice.pieces import advised, begin, path
from tests.casework.desk import Desk, said


def test_every_text_of_the_list_of_routes_can_be_translated() -> None:
    assert {route.value("if_without_papers") for route in load("routes").items} == set(TEXTS)


@pytest.mark.parametrize("tag", ["es", "ca-valencia"])
def test_each_is_told_in_the_language_of_who_reads_it(tag: str) -> None:
    spoken = language(tag, "staff")
    assert [one for one in TEXTS if spoken.gettext(one) == one] == []


def test_the_page_of_advice_tells_it_in_spanish_and_valencian_and_keeps_what_it_was(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    begin(desk, laila, reporter)
    english = path(reporter, advised(desk, reporter))
    for tag, told in (("es", "No hay cortafuegos legal"), ("ca-valencia", "No hi ha tallafoc legal")):
        page = laila.get(english.replace("/en/", f"/{tag}/").replace("/es/", f"/{tag}/")).text
        assert told in said(page) and "No statutory firewall" not in said(page), tag
