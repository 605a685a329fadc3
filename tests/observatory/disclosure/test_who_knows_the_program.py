"""A reader who has this program and runs it on every world: what do they learn beyond the published bands?

Every world of a small plan is written out (two quarters, two districts, their year), each is laid out as the
observatory would, and worlds with the same release are put together. What a cell is in all of them is all
that this reader can still hold possible. The audit knows bands only, so this is the stronger reader.
"""

from itertools import product

import numpy as np
import pytest

from observatory.disclosure.audit import audit_year
from observatory.disclosure.blocks import Earlier
from observatory.disclosure.layout import Tables, laid_out
from observatory.disclosure.protect import protect
from observatory.lists import lists_for
from observatory.plan import AuditRules, load_plan
from observatory.tabulate import Tabulation, tabulate
from tests.support.facts import invented_facts, quarters_from

PLAN = load_plan()
CUBOIDS = {one.id: one for one in PLAN.cuboid}
QUARTERS = quarters_from(2025, 2)
LARGEST = 9
"""Two whole bands: worlds of counts up to this are written out."""

Signs = tuple[tuple[str, bytes, bytes], ...]


def world(cells: tuple[int, ...]) -> dict[str, Tabulation]:
    table = np.array(cells, dtype=np.int64).reshape(2, 2)
    shapes = {
        "quarter_total": (QUARTERS, ("",), table.sum(axis=1, keepdims=True)),
        "quarter_district": (QUARTERS, ("01", "02"), table),
        "year_total": (("2025",), ("",), table.sum().reshape(1, 1)),
        "year_district": (("2025",), ("01", "02"), table.sum(axis=0, keepdims=True)),
    }
    return {
        name: Tabulation(CUBOIDS[name], periods, codes, counts)
        for name, (periods, codes, counts) in shapes.items()
    }


def signs(tables: Tables) -> Signs:
    return tuple((name, one.lo.tobytes(), one.hi.tobytes()) for name, one in tables.items())


def releases_of_every_world(rules: AuditRules) -> dict[Signs, tuple[Tables, list[tuple[int, ...]]]]:
    """The worlds whose layout passes the audit without a repair, by what would be released of them."""
    found: dict[Signs, tuple[Tables, list[tuple[int, ...]]]] = {}

    def is_safe(tables: Tables) -> bool:
        audited = audit_year("2025", Earlier(), tables.values(), readings=(PLAN,), rules=rules)
        return not any(block.narrowed for block in audited)

    for cells in product(range(LARGEST + 1), repeat=4):
        tables = laid_out(world(cells), plan=PLAN, rules=rules, earlier=Earlier())
        found.setdefault(signs(tables), (tables, []))[1].append(cells)
    return {key: (tables, worlds) for key, (tables, worlds) in found.items() if is_safe(tables)}


@pytest.mark.parametrize("year_from", [0, 80])
def test_without_a_repair_the_program_tells_no_more_than_the_bands(year_from: int) -> None:
    rules = AuditRules(year_from=year_from)
    released = releases_of_every_world(rules)
    assert len(released) > 5
    for tables, worlds in released.values():
        lo, hi = tables["quarter_district"].lo.ravel(), tables["quarter_district"].hi.ravel()
        assert (hi <= LARGEST).all()
        for column, values in enumerate(np.array(worlds).T.tolist()):
            if lo[column] == 0:
                assert set(values) >= {0, 1, 2, 3, 4}
            else:
                assert len(set(values)) >= rules.others_keep


def test_a_repair_tells_worlds_apart_that_its_bands_do_not_which_is_why_small_years_are_quiet() -> None:
    """Without the rule on small years one of two worlds is repaired and the other is not."""
    two, none = world((2, 7, 9, 7)), world((0, 7, 9, 7))
    rules = AuditRules(year_from=0)
    repaired = protect(two, plan=PLAN, rules=rules)
    assert repaired.repaired == ("2025",)
    for name, table in repaired.tables.items():
        assert ((table.lo <= none[name].counts) & (none[name].counts <= table.hi)).all()
    assert signs(protect(none, plan=PLAN, rules=rules).tables) != signs(repaired.tables)

    quiet = [protect(one, plan=PLAN, rules=AuditRules()) for one in (two, none)]
    assert [one.repaired for one in quiet] == [(), ()]
    assert signs(quiet[0].tables) == signs(quiet[1].tables)


@pytest.mark.parametrize("per_year", [40, 90])
def test_a_small_city_is_released_without_a_repair(per_year: int) -> None:
    quarters = quarters_from(2025, 4)
    facts = invented_facts(per_year, quarters, per_year)
    counted = tabulate(facts, plan=PLAN, lists=lists_for("valencia"), quarters=quarters, years=["2025"])
    assert protect(counted, plan=PLAN, rules=AuditRules()).repaired == ()
