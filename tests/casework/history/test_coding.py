"""A row of an old file becomes codes, or says why it cannot."""

from datetime import date

from casework.history.coding import CodedRow, RejectedRow, Seen, code_row
from casework.history.mapping import HistoryMapping

TODAY = date(2026, 3, 1)
ONE_CELL = HistoryMapping.model_validate(
    {
        "source": {"name": "old-books", "title": {"en": "Old books"}},
        "rows": {"id": ["No"]},
        "date": {"column": "Date", "formats": ["%d/%m/%Y", "%Y-%m-%d"], "basis": "registered"},
        "grounds": [
            {
                "column": "Why",
                "split": ";",
                "empty": ["", "none"],
                "values": {"Skin colour": "race_ethnicity", "Roma": "roma", "Rom": "roma"},
            }
        ],
        "district": {"column": "Place", "values": {"Benimaclet": "14"}, "unlisted": "unknown"},
    }
)


def coded(seen: Seen | None = None, /, **cells: str) -> CodedRow | RejectedRow:
    row = {"No": "7", "Date": "05/02/2024", "Why": "Roma", "Place": "Benimaclet"} | cells
    return code_row(row, ONE_CELL, Seen() if seen is None else seen, today=TODAY)


def test_several_grounds_in_one_cell_become_several_codes_once_each() -> None:
    row = coded(Why="Skin colour; Roma;  rom ")
    assert isinstance(row, CodedRow)
    assert row.ground_codes == "race_ethnicity roma"


def test_only_the_month_of_a_date_is_kept() -> None:
    row = coded()
    assert isinstance(row, CodedRow)
    assert (row.month, row.occurred_year) == ("2024-02", None)


def test_a_second_date_format_is_tried() -> None:
    row = coded(Date="2024-02-05")
    assert isinstance(row, CodedRow)
    assert row.month == "2024-02"


def test_an_empty_ground_is_unknown_and_never_nothing() -> None:
    row = coded(Why="none")
    assert isinstance(row, CodedRow)
    assert row.ground_codes == "unknown"


def test_a_value_the_mapping_does_not_name_rejects_the_row_and_is_counted() -> None:
    seen = Seen()
    assert coded(seen, Why="Roma; Left-handed") == RejectedRow("value_not_in_mapping", "Why")
    assert seen.unlisted == {("Why", "Left-handed"): 1}


def test_where_the_mapping_allows_it_such_a_value_is_unknown_and_still_counted() -> None:
    seen = Seen()
    row = coded(seen, Place="Narnia")
    assert isinstance(row, CodedRow)
    assert row.district_code == "unknown"
    assert seen.unlisted == {("Place", "Narnia"): 1}


def test_dates_that_cannot_be_are_rejected_with_their_column() -> None:
    assert coded(Date="31/02/2024") == RejectedRow("date_unreadable", "Date")
    assert coded(Date="02/03/2026") == RejectedRow("date_impossible", "Date")
    assert coded(Date="") == RejectedRow("date_unreadable", "Date")


def test_a_row_without_its_number_is_rejected() -> None:
    assert coded(No="  ") == RejectedRow("no_id", "No")


def test_the_kept_key_does_not_show_the_number() -> None:
    row = coded(No="GO-2020-12345")
    assert isinstance(row, CodedRow)
    assert "12345" not in row.key


def test_a_kind_of_code_the_file_has_no_column_for_stays_empty_and_is_not_unknown() -> None:
    row = coded()
    assert isinstance(row, CodedRow)
    assert (row.area_code, row.respondent_code) == ("", "")
