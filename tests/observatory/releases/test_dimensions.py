"""What a source cannot tell is not planned for its shelf; what it tells is, whatever the counts."""

import pandas as pd

from observatory.plan import load_plan
from observatory.releases.building import dimensions_told
from office.handover.fact import NOT_IN_FILE
from tests.support.facts import invented_facts, quarters_from

PLAN = load_plan()


def facts() -> pd.DataFrame:
    return invented_facts(seed=3, quarters=quarters_from(2024, 4), per_year=40)


def test_the_offices_own_facts_are_published_in_every_dimension() -> None:
    told = dimensions_told(facts().assign(district_code=NOT_IN_FILE), plan=PLAN, source="live")
    assert told == {dimension.name for dimension in PLAN.dimension}


def test_an_imported_file_without_a_column_is_published_without_that_dimension() -> None:
    told = dimensions_told(facts().assign(district_code=NOT_IN_FILE), plan=PLAN, source="imported:old-books")
    assert told == {dimension.name for dimension in PLAN.dimension} - {"district", "channel"}


def test_a_column_in_which_nobody_said_anything_is_still_told() -> None:
    told = dimensions_told(facts().assign(district_code="unknown"), plan=PLAN, source="imported:old-books")
    assert "district" in told


def test_the_plan_without_them_keeps_totals_and_order() -> None:
    kept = PLAN.telling({"ground"})
    assert [one.id for one in kept.cuboid] == [
        one.id for one in PLAN.cuboid if one.dimension in {"", "ground"}
    ]
