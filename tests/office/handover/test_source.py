"""The title of an imported file is a stranger's text: one plain line, bounded, in languages by their tags."""

import pytest
from pydantic import ValidationError

from office.handover.codes import LONGEST_TITLE
from office.handover.source import Source


@pytest.mark.parametrize(
    "title", ["Libros viejos: 2019–2023 (1.ª parte)", "سجل مستورد", "<b>5 < 6 & more</b>"]
)
def test_any_visible_line_is_a_title(title: str) -> None:
    assert Source(source="imported:old-books", title={"es": title}).title == {"es": title}


@pytest.mark.parametrize(
    "title",
    [
        "",
        "   ",
        "two\nlines",
        "a\tb",
        "a\x00b",
        "a\x1b[2Jb",
        "\u202etxet",
        "in\u200bvisible",
        "a\u2028b",
        "a" * (LONGEST_TITLE + 1),
    ],
)
def test_a_title_with_anything_unseen_or_too_long_is_refused(title: str) -> None:
    with pytest.raises(ValidationError):
        Source(source="imported:old-books", title={"es": title})


@pytest.mark.parametrize(
    "titles",
    [
        {},
        {"not a tag!": "Old books"},
        {f"a{one:c}{two:c}": "x" for one in range(97, 103) for two in range(97, 103)},
    ],
)
def test_titles_are_told_in_a_few_languages_by_their_tags(titles: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Source(source="imported:old-books", title=titles)


def test_only_an_imported_file_has_a_title() -> None:
    with pytest.raises(ValidationError):
        Source(source="live", title={"es": "Nuestro"})
