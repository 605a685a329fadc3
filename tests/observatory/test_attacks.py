"""The attacks of the design against served releases of invented data, with an attacker's own solver.

A1 complement, A4 joint program, A5 quarters and year, A7 revision, A8 existence, A10 homogeneity, A13 known
records, A14 the program is known; at some 300 and some 1,100 situations a year.
"""

import json
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from observatory.lists import lists_for
from observatory.plan import load_plan
from observatory.releases.building import withdraw
from observatory.tabulate import Tabulation, tabulate
from office.handover.release import Shelf
from tests.observatory.attacker import DIMENSIONS, KEY, Attack, served
from tests.support.facts import invented_facts, put_on_shelf, quarters_from

QUARTERS = quarters_from(2025, 4)
SMALL = set(range(5))


class World:
    """Invented facts, their true counts, and what is served of them."""

    def __init__(self, root: Path, per_year: int) -> None:
        self.facts = invented_facts(per_year, QUARTERS, per_year)
        self.root = root
        for number, quarter in enumerate(QUARTERS):
            at = datetime(2025 + (number == 3), 3 * number % 12 + 4 if number < 3 else 1, 20, tzinfo=UTC)
            put_on_shelf(root, self.facts, (quarter,), key=KEY, at=at)

    @property
    def shelf(self) -> Shelf:
        return served(self.root / "demonstration")

    def true(self) -> dict[str, Tabulation]:
        return tabulate(
            self.facts, plan=load_plan(), lists=lists_for("valencia"), quarters=QUARTERS, years=["2025"]
        )


@pytest.fixture(scope="module", params=[300, 1100])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("served"), request.param)


def test_four_releases_are_served_and_the_last_brings_the_year(world: World) -> None:
    assert [release.name for release in world.shelf.releases] == [
        "2025Q1.1",
        "2025Q2.1",
        "2025Q3.1",
        "2025Q4.1",
    ]
    assert world.shelf.releases[-1].periods == ("2025-Q4", "2025")


def test_every_true_count_lies_in_its_published_band(world: World) -> None:
    for name, table in world.true().items():
        published = {(row.period, row.code): (row.lo, row.hi) for row in world.shelf.rows(name)}
        for row, period in enumerate(table.periods):
            for column, code in enumerate(table.codes):
                lo, hi = published[period, code]
                assert lo <= table.counts[row, column] <= hi
        assert len(published) == table.counts.size


def test_a1_no_cell_can_be_narrowed_by_taking_its_neighbours_from_the_total(world: World) -> None:
    for name in DIMENSIONS[1:]:
        for kind in ("quarter", "year"):
            totals = {row.period: row for row in world.shelf.rows(f"{kind}_total")}
            by_period: dict[str, list[tuple[int, int]]] = {}
            for row in world.shelf.rows(f"{kind}_{name}"):
                by_period.setdefault(row.period, []).append((row.lo, row.hi))
            for period, bands in by_period.items():
                lowest, highest = sum(lo for lo, _ in bands), sum(hi for _, hi in bands)
                for lo, hi in bands:
                    least = max(lo, totals[period].lo - (highest - hi))
                    most = min(hi, totals[period].hi - (lowest - lo))
                    assert set(range(least, most + 1)) >= SMALL if lo == 0 else most - least >= 2


@pytest.mark.parametrize("most", [60, pytest.param(10_000, marks=pytest.mark.long)])
def test_a4_every_small_cell_can_still_be_each_of_zero_to_four_and_the_audit_says_so(
    world: World, most: int
) -> None:
    """Small cells of the year one by one, by the attacker's own program; all of them in the long run."""
    attack = Attack(world.shelf, "2025")
    told = {
        (table, line[0], line[1]): (line[2], line[3])
        for release in world.shelf.releases
        for table, lines in release.json("audit.json")["cells"].items()
        for line in lines
    }
    cells = attack.small_cells()
    for name, quarter, code in cells[:: max(1, len(cells) // most)]:
        span = attack.span({(name, quarter, code): 1})
        assert set(range(span[0], span[1] + 1)) >= SMALL
        assert told[f"quarter_{name}", quarter, code] == span


def test_a5_a_year_beside_its_quarters_gives_no_small_quarter_away(world: World) -> None:
    for name in DIMENSIONS:
        quarters: dict[str, list[tuple[int, int]]] = {}
        for row in world.shelf.rows(f"quarter_{name}"):
            quarters.setdefault(row.code, []).append((row.lo, row.hi))
        for row in world.shelf.rows(f"year_{name}"):
            for place, (lo, hi) in enumerate(quarters[row.code]):
                others = [band for index, band in enumerate(quarters[row.code]) if index != place]
                least = max(lo, row.lo - sum(high for _, high in others))
                most = min(hi, row.hi - sum(low for low, _ in others))
                assert set(range(least, most + 1)) >= SMALL if lo == 0 else most - least >= 2


def test_a8_no_published_sign_tells_a_zero_from_a_four(world: World) -> None:
    for name, table in world.true().items():
        if not name.startswith("quarter_") or table.codes == ("",):
            continue
        signs: dict[int, set[tuple[object, ...]]] = {}
        for row in world.shelf.rows(name):
            true = table.counts[table.periods.index(row.period), table.codes.index(row.code)]
            told = (row.lo, row.hi, row.exact, row.obs_status, row.conf_status, row.note_ids)
            signs.setdefault(int(true), set()).add(told)
        assert len(set().union(*(signs.get(count, set()) for count in SMALL))) == 1


def test_a10_no_cell_is_provably_everything(world: World) -> None:
    for release in world.shelf.releases:
        for table, lines in release.json("audit.json")["derived"].items():
            for _, _, least, most, status in lines:
                assert status == "kept", table
                if table.endswith(":rest"):
                    assert most > 0 and (most >= 5 or least == 0)


def test_a13_who_knows_two_records_learns_nothing_about_the_rest_of_a_cell(world: World) -> None:
    attack = Attack(world.shelf, "2025")
    random = np.random.default_rng(5)
    sample = world.facts[world.facts["month"] <= "2025-03"].sample(6, random_state=5)
    small = [cell for cell in attack.small_cells() if cell[1] == "2025-Q1"]
    for fact in sample.to_dict("records"):
        known = {("total", "2025-Q1", ""): 2}
        for name in DIMENSIONS[1:]:
            known[name, "2025-Q1", fact[f"{name}_code"]] = 2
        for ground in fact["ground_codes"].split():
            known["ground", "2025-Q1", ground] = 2
        for index in random.choice(len(small), size=5, replace=False):
            cell = small[index]
            least, most = attack.span({cell: 1}, known)
            assert least <= (2 if cell in known else 0) and most >= 4


def test_sums_of_quarters_and_rests_of_totals_are_never_known_better_than_a_band(world: World) -> None:
    attack = Attack(world.shelf, "2025")
    random = np.random.default_rng(6)
    cells = sorted({(name, code) for name, _, code in attack.variables if name != "total"})
    for index in random.choice(len(cells), size=12, replace=False):
        name, code = cells[index]
        for size in (2, 3):
            chosen = list(combinations(QUARTERS, size))[int(random.integers(3))]
            least, most = attack.span(attack.of(name, chosen, code))
            assert most - least >= (4 if least < 5 else 2)
            rest = attack.of("total", chosen, "") | dict.fromkeys(attack.of(name, chosen, code), -1)
            least, most = attack.span(rest)
            assert most - least >= (4 if least < 5 else 2)


def test_a7_a_corrected_edition_moves_no_band_out_of_the_one_that_was_read(tmp_path: Path) -> None:
    world = World(tmp_path, 300)
    late = world.facts[world.facts["month"] == "2025-02"].head(7)
    corrected = pd.concat([world.facts, late], ignore_index=True)
    before = _bands(world.shelf, "quarter_area", QUARTERS[0])
    withdraw(
        "2025Q1.1",
        shelf=world.shelf,
        folder=world.root / "demonstration",
        reason="Seven situations had been left out.",
        signed_by="Test Signer",
        key=KEY,
        at=datetime(2026, 2, 1, tzinfo=UTC),
    )
    put_on_shelf(world.root, corrected, (QUARTERS[0],), key=KEY, at=datetime(2026, 2, 2, tzinfo=UTC))
    after = _bands(world.shelf, "quarter_area", QUARTERS[0])

    assert world.shelf.releases[-1].name == "2025Q1.3"
    for code, (lo, hi) in after.items():
        assert lo <= before[code][0] and before[code][1] <= hi
        assert lo - before[code][1] <= 0 and hi - before[code][0] >= 4
    attack = Attack(world.shelf, "2025")
    for cell in attack.small_cells()[:40:4]:
        least, most = attack.span({cell: 1})
        assert least == 0 and most >= 4


def test_a14_two_worlds_that_differ_inside_a_band_are_served_byte_for_byte_alike(tmp_path: Path) -> None:
    """Who has this program and runs it on both worlds gets the same files: they cannot tell which is true."""
    quarters = QUARTERS[:1]
    facts = invented_facts(3, quarters, 300)
    counts = facts["area_code"].value_counts()
    few, none = counts[counts <= 4].index[0], sorted(set(_areas()) - set(counts.index))[0]
    other = facts.copy()
    moved = other.index[other["area_code"] == few]
    other.loc[moved, "area_code"] = none
    folders = []
    for name, world in (("one", facts), ("other", other)):
        folders.append(put_on_shelf(tmp_path / name, world, quarters, key=KEY))
    one, two = ({p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file()} for folder in folders)
    assert one == two


def test_no_true_small_count_stands_in_any_file_of_a_release(world: World) -> None:
    """Bands end in 0, 4, 5 or 9: in the tables no other number is ever written as a bound."""
    for release in world.shelf.releases:
        for cuboid in release.cuboids:
            for row in release.rows(cuboid):
                assert row.lo % 5 == 0 and row.hi % 5 == 4 and not row.exact
        for path, data in release.contents.items():
            if path.endswith(".json") and path.startswith("data/"):
                assert not [one for one in _numbers(json.loads(data)) if one not in (0,)], path


def _bands(shelf: Shelf, cuboid: str, period: str) -> dict[str, tuple[int, int]]:
    return {row.code: (row.lo, row.hi) for row in shelf.rows(cuboid) if row.period == period}


def _areas() -> tuple[str, ...]:
    return lists_for("valencia")["area"].codes


def _numbers(told: object) -> list[int]:
    if isinstance(told, dict):
        return [one for value in told.values() for one in _numbers(value)]
    if isinstance(told, list):
        return [one for value in told for one in _numbers(value)]
    return [told] if isinstance(told, int) and not isinstance(told, bool) else []
