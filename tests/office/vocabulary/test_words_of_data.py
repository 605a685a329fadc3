"""What lists, forms and cities say, in the languages that do not stand in their files."""

import pytest

from office.languages.extraction import in_data
from office.languages.registry import tags_of
from office.vocabulary import load, load_city, words_in
from office.vocabulary.items import words_further

FURTHER = tags_of("data")


@pytest.mark.parametrize("tag", FURTHER)
@pytest.mark.parametrize(
    "name", ["acts", "areas", "grounds", "respondents", "roles", "settings", "consents", "states"]
)
def test_every_label_a_resident_chooses_is_said_in_every_language_of_the_door(name: str, tag: str) -> None:
    listed = load(name)
    labels = [*(item.label for item in listed), *(group.label for group in listed.groups)]

    assert [label["en"] for label in labels if not words_further(label, tag)] == []


def test_words_that_are_alike_in_english_may_differ() -> None:
    """The Spanish words are the context, so one English word can have two translations."""
    found = list(in_data({"a": {"es": "Otro", "en": "Other"}, "b": [{"es": "Otra", "en": "Other"}]}))

    assert {(one.context, one.one) for one in found} == {("Otro", "Other"), ("Otra", "Other")}


def test_what_no_catalogue_holds_is_said_as_the_city_says_it() -> None:
    assert words_in({"es": "Calle que nadie tradujo", "en": "A street nobody translated"}, "ro") == (
        "Calle que nadie tradujo"
    )


def test_a_tag_is_known_however_it_is_written() -> None:
    office = load_city("valencia").office.name

    assert words_in(office, "zh-Hans") == words_in(office, "zh_hans") != office["es"]
