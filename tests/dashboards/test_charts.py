"""Figures are made of published bands and of nothing else."""

import json
from typing import Any

import pytest

from dashboards.cells import Cell, Table, in_short, in_words
from dashboards.charts.bars import ranges, shortened
from dashboards.charts.look import steps
from dashboards.charts.series import quarters
from dashboards.charts.tiles import shade_of, tiles
from office.languages import language, languages_for

ENGLISH = language("en", "public")
ARABIC = language("ar", "public")
CELLS = (Cell("2026", "b", 0, 4), Cell("2026", "a", 45, 49), Cell("2026", "c", 10, 14))
TABLE = Table("year_ground", "mentions", CELLS)
NAMES = {"a": "Age", "b": "Birth", "c": "Care"}


def drawn(figure: dict[str, Any], trace: int) -> list[tuple[int, int]]:
    """The stretches a trace of bars covers."""
    one = figure["data"][trace]
    lengths = one["x"] if one.get("orientation") == "h" else one["y"]
    return [(base, base + length) for base, length in zip(one["base"], lengths, strict=True)]


def test_a_bar_reaches_from_the_lowest_to_the_highest_count_of_its_band() -> None:
    assert drawn(ranges(TABLE, NAMES, ENGLISH), 1) == [(0, 4), (45, 49), (10, 14)]


def test_the_first_band_is_hatched_and_others_are_solid() -> None:
    assert ranges(TABLE, NAMES, ENGLISH)["data"][1]["marker"]["pattern"]["shape"] == ["/", "", ""]


def test_bars_start_from_the_right_where_reading_does() -> None:
    assert ranges(TABLE, NAMES, ENGLISH)["layout"]["xaxis"]["range"] == [0, 49]
    assert ranges(TABLE, NAMES, ARABIC)["layout"]["xaxis"]["range"] == [49, 0]


def test_time_runs_in_the_direction_of_reading() -> None:
    cells = [Cell(f"2026-Q{part}", "", 10, 14) for part in (1, 2, 3)]
    assert quarters(cells, ENGLISH)["layout"]["xaxis"]["range"] == [-0.6, 2.6]
    assert quarters(cells, ARABIC)["layout"]["xaxis"]["range"] == [2.6, -0.6]


def test_each_year_is_written_once_under_its_first_quarter() -> None:
    cells = [Cell(period, "", 10, 14) for period in ("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2")]
    axis = quarters(cells, ENGLISH)["layout"]["xaxis"]
    assert (axis["tickvals"], axis["ticktext"]) == ([0, 2], ["2025", "2026"])


def test_a_first_year_of_one_quarter_goes_unnamed_where_its_name_would_stand_on_the_next() -> None:
    periods = ["2021-Q4", *(f"{year}-Q{part}" for year in range(2022, 2027) for part in (1, 2, 3, 4))]
    axis = quarters([Cell(period, "", 10, 14) for period in periods], ENGLISH)["layout"]["xaxis"]
    assert axis["ticktext"] == ["2022", "2023", "2024", "2025", "2026"]


def test_a_figure_is_plain_data() -> None:
    assert json.loads(json.dumps(ranges(TABLE, NAMES, ENGLISH)))["data"]


@pytest.mark.parametrize("spoken", languages_for("public"), ids=lambda one: one.tag)
def test_a_hidden_count_is_never_written_as_zero(spoken: Any) -> None:
    hidden = Cell("2026", "b", 0, 4)
    for words in (in_words(hidden, spoken), in_short(hidden, spoken)):
        assert "5" in words
        assert "0" not in words


def test_a_band_made_wider_says_its_own_limit() -> None:
    assert in_words(Cell("2026", "b", 0, 9), ENGLISH) == "fewer than 10"


def test_no_text_of_a_figure_names_a_count_between_the_ends_of_its_band() -> None:
    said = " ".join(note["text"] for note in ranges(TABLE, NAMES, ENGLISH)["layout"]["annotations"])
    assert not {"46", "47", "48", "11", "12", "13", "1", "2", "3"} & set(said.replace("–", " ").split())


def test_a_tile_of_the_first_band_has_the_lightest_shade_and_the_highest_band_the_darkest() -> None:
    placed = tiles(CELLS, {"a": (0, 0), "b": (1, 0), "c": (2, 1)})
    assert [(tile.cell.code, tile.column, tile.row, tile.shade) for tile in placed] == [
        ("b", 1, 0, 0),
        ("a", 0, 0, 4),
        ("c", 2, 1, 2),
    ]


def test_districts_without_a_place_are_left_to_the_table() -> None:
    assert [tile.cell.code for tile in tiles(CELLS, {"a": (0, 0)})] == ["a"]


def test_equal_bands_have_equal_shades() -> None:
    assert shade_of(Cell("2026", "a", 10, 14), 49) == shade_of(Cell("2026", "z", 10, 14), 49)


@pytest.mark.parametrize(
    ("highest", "expected"), [(4, [0, 1, 2, 3, 4]), (49, [0, 10, 20, 30, 40]), (218, [0, 50, 100, 150, 200])]
)
def test_axes_count_in_round_steps(highest: int, expected: list[int]) -> None:
    assert steps(highest) == expected


def test_a_long_name_loses_its_brackets_before_its_words() -> None:
    assert shortened("Nationality or country of origin (xenophobia)") == "Nationality or country of origin"
    assert shortened("Another religion or belief, or having no religion").endswith("…")


def test_the_table_of_the_highest_bands_comes_first_and_keeps_order_among_equals() -> None:
    table = Table("x", "mentions", (*CELLS, Cell("2026", "d", 10, 14)))
    assert [cell.code for cell in table.largest_first().cells] == ["a", "c", "d", "b"]
