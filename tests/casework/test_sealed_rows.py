"""What is written about a case follows its key: nothing stays under one that somebody who left may hold."""

from casework.cases.sealed_rows import KINDS
from casework.cases.tables import CaseContent
from casework.store import metadata

ELSEWHERE = {CaseContent.__tablename__, "case_key", "case_key_grant", "coded_record", "case_profile"}
"""Parts of a case that are renewed by name and the keys themselves (`casework.cases.renewing`), what is
sealed to the key of the statistics, and what somebody is, under a key of its own."""


def test_every_sealed_row_of_a_case_is_sealed_anew_with_its_key() -> None:
    sealed_to_a_case = {
        table.name
        for table in metadata.sorted_tables
        if "case_id" in table.columns
        and any(column.info.get("sensitivity") == "sealed" for column in table.columns)
    }
    assert sealed_to_a_case - ELSEWHERE == {kind.__tablename__ for kind in KINDS}


def test_no_two_kinds_of_rows_are_told_to_be_about_the_same() -> None:
    assert len(set(KINDS.values())) == len(KINDS)
