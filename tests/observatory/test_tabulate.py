"""Every planned cell is counted, zeros included; situations and mentions are never mixed."""

import pandas as pd
import pytest

from observatory.errors import UncodedFact
from observatory.lists import lists_for
from observatory.plan import load_parameters, load_plan
from observatory.tabulate import Tabulation, tabulate
from tests.support.facts import invented_facts, quarters_from

QUARTERS = quarters_from(2025, 4)


def told(**changed: object) -> dict[str, object]:
    first = invented_facts(1, QUARTERS[:1], 40).iloc[0]
    return {str(name): value for name, value in first.items()} | {"month": "2025-02"} | changed


def tables(*facts: dict[str, object]) -> dict[str, Tabulation]:
    return tabulate(
        pd.DataFrame(list(facts)),
        plan=load_plan(),
        lists=lists_for("valencia"),
        quarters=QUARTERS,
        years=["2025"],
    )


def count(table: Tabulation, period: str, code: str = "") -> int:
    return int(table.counts[table.periods.index(period), table.codes.index(code)])


def test_a_situation_with_two_grounds_is_one_situation_and_two_mentions() -> None:
    found = tables(told(ground_codes="disability roma"))
    assert count(found["quarter_total"], "2025-Q1") == 1
    assert count(found["quarter_ground"], "2025-Q1", "roma") == 1
    assert count(found["quarter_ground"], "2025-Q1", "disability") == 1
    assert found["quarter_ground"].counts.sum() == 2


def test_grounds_that_never_leave_under_their_own_name_are_counted_together_once() -> None:
    found = tables(told(ground_codes="admin_status other"), told(ground_codes="admin_status"))
    assert "admin_status" not in found["quarter_ground"].codes
    assert count(found["year_ground"], "2025", "origin_or_other") == 2
    assert found["year_ground"].counts.sum() == 2


def test_unknown_is_counted_only_where_no_ground_is_told() -> None:
    found = tables(told(ground_codes="roma unknown"), told(ground_codes="unknown"), told(ground_codes=""))
    assert count(found["year_ground"], "2025", "unknown") == 2
    assert count(found["year_ground"], "2025", "roma") == 1


def test_what_nobody_told_has_a_row_of_its_own_so_rows_add_up() -> None:
    found = tables(told(area_code=None, respondent_code=None, district_code="outside"))
    assert count(found["quarter_area"], "2025-Q1", "unknown") == 1
    assert count(found["quarter_respondent"], "2025-Q1", "unknown") == 1
    assert count(found["quarter_district"], "2025-Q1", "outside") == 1


def test_every_planned_cell_is_there_when_nothing_happened() -> None:
    found = tabulate(
        invented_facts(1, QUARTERS, 40).head(0),
        plan=load_plan(),
        lists=lists_for("valencia"),
        quarters=QUARTERS,
        years=["2025"],
    )
    assert list(found) == [cuboid.id for cuboid in load_plan().cuboid]
    assert all(table.counts.size == len(table.periods) * len(table.codes) for table in found.values())
    assert sum(int(table.counts.sum()) for table in found.values()) == 0


def test_a_code_of_no_list_is_refused_and_never_dropped() -> None:
    with pytest.raises(UncodedFact) as refused:
        tables(told(area_code="moon"))
    assert refused.value.detail == {"column": "area_code"}


def test_years_are_the_sums_of_their_quarters() -> None:
    facts = invented_facts(8, QUARTERS, 500)
    found = tabulate(facts, plan=load_plan(), lists=lists_for("valencia"), quarters=QUARTERS, years=["2025"])
    for name in ("total", "ground", "district", "area", "respondent", "channel"):
        year, quarters = found[f"year_{name}"].counts[0], found[f"quarter_{name}"].counts
        assert (quarters.sum(axis=0) == year).all()
        if name not in ("total", "ground"):
            assert (quarters.sum(axis=1) == found["quarter_total"].counts[:, 0]).all()


def test_the_plan_says_who_answers_for_it_and_when_it_is_read_again() -> None:
    plan, parameters = load_plan(), load_parameters()
    assert plan.version == "smallest-1" and plan.meta.next_review and parameters.meta.next_review
    assert {cuboid.width for cuboid in plan.cuboid} == {parameters.bands.width}
    assert all(note.text.keys() == {"es", "ca-valencia", "en", "fr", "ar"} for note in plan.note)
