"""Bands, the joint audit and the repair, on tables small enough to look at and on whole cities."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.disclosure.audit import BlockAudit, audit_blocks
from observatory.disclosure.bands import BandedTable, bands_of
from observatory.disclosure.blocks import Block, Part, blocks_of, known_from
from observatory.disclosure.protect import doubled, laid_out, protect, widened_to
from observatory.disclosure.rules import Span
from observatory.errors import AuditBroken, AuditFailed
from observatory.lists import lists_for
from observatory.plan import AuditRules, load_plan
from observatory.tabulate import Tabulation, tabulate
from tests.support.facts import invented_facts, quarters_from

RULES = AuditRules()
QUARTERS = quarters_from(2025, 4)
VILABREU = str(Path(__file__).parents[2] / "support" / "cities" / "vilabreu")


def counted(seed: int, per_year: int, city: str = "valencia") -> dict[str, Tabulation]:
    facts = invented_facts(seed, QUARTERS, per_year, city=city)
    return tabulate(facts, plan=load_plan(), lists=lists_for(city), quarters=QUARTERS, years=["2025"])


def plainly_banded(tables: dict[str, Tabulation]) -> list[BandedTable]:
    """The tables in aligned bands, without grids: what the plan's widths alone would give."""
    return [
        BandedTable(one.cuboid, one.periods, one.codes, *bands_of(one.counts, one.cuboid.width))
        for one in tables.values()
    ]


def array(*values: object) -> "np.ndarray[tuple[int, ...], np.dtype[np.int64]]":
    return np.array(values, dtype=np.int64)


def two_quarters(lo: list[list[int]], year: list[int], total: list[int]) -> Block:
    """A year of two quarters on the shelf, two districts, bands of five."""
    cells = array(*lo)
    part = Part("district", False, ("01", "02"), cells, cells + 4, array(*year), array(*year) + 4)
    return Block(
        "2025", QUARTERS[:2], array(*total), array(*total) + 4, sum(total), sum(total) + 9, (part,), True
    )


def worlds(block: Block) -> Iterator[tuple[int, ...]]:
    """Every table of the block, written out."""
    (part,) = block.parts
    ranges = [range(lo, hi + 1) for lo, hi in zip(part.lo.ravel(), part.hi.ravel(), strict=True)]
    for cells in product(*ranges):
        table = np.array(cells).reshape(part.lo.shape)
        rows, columns = table.sum(axis=1), table.sum(axis=0)
        fits = (block.lo <= rows) & (rows <= block.hi)
        of_year = (part.year_lo <= columns) & (columns <= part.year_hi)
        if fits.all() and of_year.all() and block.year_lo <= rows.sum() <= block.year_hi:
            yield cells


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_the_audit_finds_what_writing_out_every_world_finds(cells: list[int]) -> None:
    table = np.array(cells).reshape(2, 2)
    block = two_quarters(
        (table // 5 * 5).tolist(),
        (table.sum(axis=0) // 5 * 5).tolist(),
        (table.sum(axis=1) // 5 * 5).tolist(),
    )
    every = np.array(list(worlds(block)))
    found = {
        (one.quarters, one.code): one.span
        for one in BlockAudit(block, RULES).run().findings
        if one.kind == "cell" and one.code
    }
    for row, column in product(range(2), range(2)):
        values = every[:, 2 * row + column]
        assert found[(QUARTERS[row],), block.parts[0].codes[column]] == Span(values.min(), values.max())


def test_without_grids_the_audit_finds_the_year_that_gives_its_quarters_away() -> None:
    plan = load_plan()
    tables = counted(4, 300)
    area = tables["quarter_area"]
    areas = area.counts.copy()
    areas[:, 5] = 4
    year = tables["year_area"].counts.copy()
    year[0, 5] = 16
    tables["quarter_area"] = replace(area, counts=areas)
    tables["year_area"] = replace(tables["year_area"], counts=year)
    known = known_from(plainly_banded(tables))
    (found,) = audit_blocks(blocks_of(known, plan), RULES)
    betrayed = {(one.quarters, one.code) for one in found.narrowed if one.kind == "cell"}
    assert {((quarter,), area.codes[5]) for quarter in QUARTERS} <= betrayed

    laid = laid_out(tables, plan=plan, rules=RULES, earlier={})
    assert (int(laid["year_area"].lo[0, 5]), int(laid["year_area"].hi[0, 5])) == (10, 19)


@pytest.mark.parametrize(("per_year", "city"), [(8, "valencia"), (40, VILABREU), (300, VILABREU)])
def test_a_release_of_a_very_quiet_year_or_a_small_town_is_safe_too(per_year: int, city: str) -> None:
    done = protect(counted(2, per_year, city), plan=load_plan(), rules=RULES)
    assert not [one for block in done.findings for one in block.narrowed]
    assert all((table.lo <= table.hi).all() and (table.lo >= 0).all() for table in done.tables.values())


def test_a_target_that_grids_do_not_save_is_freed_by_widening_a_whole_table() -> None:
    plan = load_plan()
    tables = counted(4, 300)
    squeezed = replace(tables["quarter_area"], counts=tables["quarter_area"].counts.copy())
    squeezed.counts[:, 5] = 4
    year = replace(tables["year_area"], counts=tables["year_area"].counts.copy())
    year.counts[0, 5] = 16
    unprotected = {("year_area", "2025", year.codes[5]): (15, 19)}
    tables |= {"quarter_area": squeezed, "year_area": year}
    told: list[str] = []
    quarterly = {name: one for name, one in tables.items() if name.startswith("quarter_")}

    done = protect(quarterly, plan=plan, rules=RULES, earlier=unprotected, progress=told.append)

    assert any(line.startswith("repair") for line in told)
    assert not [one for block in done.findings for one in block.narrowed]
    for table in done.tables.values():
        for row in range(4):
            assert len(set((table.hi - table.lo)[row].tolist())) == 1


def test_an_audit_out_of_time_is_no_release() -> None:
    with pytest.raises(AuditBroken) as refused:
        protect(counted(1, 300), plan=load_plan(), rules=AuditRules(solver_seconds=1e-9))
    assert refused.value.detail == {"year": "2025", "reason": "Time limit reached"}


def test_a_table_that_cannot_be_made_safe_is_named_and_nothing_else() -> None:
    quarter = {name: one for name, one in counted(1, 12, VILABREU).items() if name.startswith("quarter_")}
    with pytest.raises(AuditFailed) as refused:
        protect(quarter, plan=load_plan(), rules=AuditRules(small=8, widening_rounds=1))
    assert set(refused.value.detail) == {"table", "year"}
    assert refused.value.detail["table"].startswith(("quarter_", "year_"))


def test_widening_never_breaks_a_target_that_passed() -> None:
    plan, tables = load_plan(), counted(3, 300)
    laid = laid_out(tables, plan=plan, rules=RULES, earlier={})
    wide = laid["year_area"]
    laid["year_area"] = replace(wide, lo=wide.lo // 10 * 10, hi=wide.lo // 10 * 10 + 19)
    (before,) = audit_blocks(blocks_of(known_from(laid.values()), plan), RULES)
    assert not before.narrowed


@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from([5, 10]))
def test_a_band_that_was_read_is_only_ever_widened(first: int, second: int, width: int) -> None:
    lo, hi = (int(one) for one in bands_of(np.array(first), width))
    wider = widened_to((lo, hi), second)
    assert wider[0] <= lo and hi <= wider[1] and wider[0] <= second <= wider[1]
    again = doubled(wider)
    assert again[0] <= wider[0] and wider[1] <= again[1] and again[1] - again[0] > wider[1] - wider[0]


@settings(max_examples=100)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=40))
def test_a_band_holds_its_count_and_zero_looks_like_four(counts: list[int]) -> None:
    lo, hi = bands_of(np.array(counts), 5)
    assert ((lo <= counts) & (counts <= hi) & (hi - lo == 4) & (lo % 5 == 0)).all()
    assert (bands_of(np.zeros(1, dtype=np.int64), 5)[0] == bands_of(np.array([4]), 5)[0]).all()
