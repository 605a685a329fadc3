"""Bands, the joint audit and the repair, on tables small enough to look at and on whole cities."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.disclosure.audit import BlockAudit, audit_year
from observatory.disclosure.bands import BandedTable, bands_of
from observatory.disclosure.blocks import Block, Earlier, Interval, Part, known_from
from observatory.disclosure.layout import doubled, laid_out
from observatory.disclosure.protect import protect
from observatory.disclosure.rules import Span
from observatory.errors import AuditBroken, AuditFailed, CountOutOfBand
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


@settings(max_examples=25)
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
    (found,) = audit_year("2025", Earlier(), plainly_banded(tables), readings=(plan,), rules=RULES)
    betrayed = {(one.quarters, one.code) for one in found.narrowed if one.kind == "cell"}
    assert {((quarter,), area.codes[5]) for quarter in QUARTERS} <= betrayed

    laid = laid_out(tables, plan=plan, rules=RULES, earlier=Earlier())
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

    done = protect(quarterly, plan=plan, rules=RULES, earlier=Earlier(unprotected), progress=told.append)

    assert any(line.startswith("repair") for line in told)
    assert not [one for block in done.findings for one in block.narrowed]
    for table in done.tables.values():
        for row in range(4):
            assert len(set((table.hi - table.lo)[row].tolist())) == 1


def test_a_file_with_one_ground_a_situation_is_audited_for_those_who_know_that() -> None:
    """Five or six, of which at least five name one ground: one at most can name only the other."""
    plan = load_plan().telling({"ground"})
    ids = {one.id: one for one in plan.cuboid}
    published = [
        BandedTable(ids["quarter_total"], QUARTERS[:1], ("",), array([5]), array([6])),
        BandedTable(ids["quarter_ground"], QUARTERS[:1], ("age", "sex"), array([0, 5]), array([4, 9])),
    ]

    def narrowed(source: str) -> set[str]:
        audited = audit_year("2025", Earlier(), published, readings=plan.readings(source), rules=RULES)
        return {one.code for block in audited for one in block.narrowed if one.kind == "cell"}

    assert "age" not in narrowed("live")
    assert "age" in narrowed("imported:old-books")


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
    laid = laid_out(tables, plan=plan, rules=RULES, earlier=Earlier())
    wide = laid["year_area"]
    laid["year_area"] = replace(wide, lo=wide.lo // 10 * 10, hi=wide.lo // 10 * 10 + 19)
    (before,) = audit_year("2025", Earlier(), laid.values(), readings=(plan,), rules=RULES)
    assert not before.narrowed


@given(st.integers(0, 80), st.integers(0, 8))
def test_a_doubled_band_holds_the_whole_of_the_one_before(place: int, doublings: int) -> None:
    band = 5 * place, 5 * place + 4
    for _ in range(doublings):
        wider = doubled(band)
        assert wider[0] <= band[0] and band[1] <= wider[1]
        assert wider[1] - wider[0] + 1 >= 2 * (band[1] - band[0] + 1)
        band = wider


def test_a_quiet_year_says_no_more_than_its_quarters() -> None:
    """Sixteen situations in three areas: a year of 5-9 for each would give every quarter away."""
    plan, counts = load_plan(), counted(2, 16)
    area, total = counts["quarter_area"], counts["quarter_total"]
    areas = np.zeros_like(area.counts)
    areas[:, 0], areas[:, 1], areas[:, 2] = (2, 2, 1, 1), (1, 1, 2, 2), (1, 1, 1, 1)
    counts = {
        "quarter_area": replace(area, counts=areas),
        "quarter_total": replace(total, counts=areas.sum(axis=1, keepdims=True)),
        "year_area": replace(counts["year_area"], counts=areas.sum(axis=0, keepdims=True)),
        "year_total": replace(counts["year_total"], counts=areas.sum().reshape(1, 1)),
    }
    done = protect(counts, plan=plan, rules=RULES)
    assert done.repaired == ()
    for name in ("area", "total"):
        quarters, year = done.tables[f"quarter_{name}"], done.tables[f"year_{name}"]
        assert (year.lo[0] <= quarters.lo.sum(axis=0)).all() and (year.hi[0] >= quarters.hi.sum(axis=0)).all()


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), min_size=1, max_size=8))
def test_a_corrected_edition_holds_what_was_read_and_does_not_say_which_cell_moved(
    cells: list[tuple[int, int]],
) -> None:
    plan = load_plan()
    cuboid = next(one for one in plan.cuboid if one.id == "quarter_area")
    codes = tuple(str(index) for index in range(len(cells)))
    then, now = (
        Tabulation(cuboid, QUARTERS[:1], codes, array(list(one))) for one in zip(*cells, strict=True)
    )
    first = laid_out({cuboid.id: then}, plan=plan, rules=RULES, earlier=Earlier())
    again = Earlier(withdrawn=(known_from(first.values()),))
    (before,) = first.values()
    (after,) = laid_out({cuboid.id: now}, plan=plan, rules=RULES, earlier=again).values()
    assert (after.lo <= before.lo).all() and (before.hi <= after.hi).all()
    assert (after.lo <= now.counts).all() and (now.counts <= after.hi).all()
    same_before: dict[Interval, set[Interval]] = {}
    for column in range(len(cells)):
        band = int(before.lo[0, column]), int(before.hi[0, column])
        same_before.setdefault(band, set()).add((int(after.lo[0, column]), int(after.hi[0, column])))
    assert all(len(bands) == 1 for bands in same_before.values())


def test_a_year_after_a_corrected_quarter_is_audited_for_those_who_saw_that_it_differs() -> None:
    """Fewer than five were read for a quarter that held fifty: no world agrees with both editions."""
    plan, rules = load_plan(), RULES
    counts = counted(3, 300)
    wrong = {
        name: replace(one, periods=QUARTERS[:1], counts=one.counts[:1])
        for name, one in counted(5, 16).items()
        if name.startswith("quarter_")
    }
    assert wrong["quarter_total"].counts[0, 0] < 5
    read = known_from(protect(wrong, plan=plan, rules=rules).tables.values())
    first = {
        name: replace(one, periods=QUARTERS[:3], counts=one.counts[:3])
        for name, one in counts.items()
        if name.startswith("quarter_")
    }
    earlier = Earlier(withdrawn=(read,))
    standing = known_from(protect(first, plan=plan, rules=rules, earlier=earlier).tables.values())
    last = {
        name: replace(one, periods=QUARTERS[3:], counts=one.counts[3:])
        if name.startswith("quarter_")
        else one
        for name, one in counts.items()
    }
    done = protect(last, plan=plan, rules=rules, earlier=Earlier(standing, (read,)))
    assert not [one for block in done.findings for one in block.narrowed]


def test_a_year_that_does_not_fit_its_published_quarters_is_refused_by_name() -> None:
    plan, counts = load_plan(), counted(3, 300)
    quarters = {name: one for name, one in counts.items() if name.startswith("quarter_")}
    standing = known_from(laid_out(quarters, plan=plan, rules=RULES, earlier=Earlier()).values())
    year = replace(counts["year_total"], counts=counts["year_total"].counts + 100)
    with pytest.raises(CountOutOfBand) as refused:
        protect({"year_total": year}, plan=plan, rules=RULES, earlier=Earlier(standing))
    assert refused.value.detail == {"table": "year_total", "period": "2025"}


@settings(max_examples=100)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=40))
def test_a_band_holds_its_count_and_zero_looks_like_four(counts: list[int]) -> None:
    lo, hi = bands_of(np.array(counts), 5)
    assert ((lo <= counts) & (counts <= hi) & (hi - lo == 4) & (lo % 5 == 0)).all()
    assert (bands_of(np.zeros(1, dtype=np.int64), 5)[0] == bands_of(np.array([4]), 5)[0]).all()
