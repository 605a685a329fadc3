"""The store after a release, on both engines and with the observatory's own grants."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlmodel import col, select

from observatory.errors import ReleaseMissing
from observatory.extract import freeze
from observatory.lists import lists_for
from observatory.plan import load_plan
from observatory.settling import Settled, kept_counts, settle
from office.stores.engines import sessions
from office.stores.facts import Fact, KeptCount, Period
from tests.observatory.attacker import KEY, served
from tests.office.stores.conftest import Office
from tests.support.facts import invented_facts, put_on_shelf, quarters_from

QUARTERS = quarters_from(2025, 2)
SOURCE = "demonstration"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    opened = Office(request.param, tmp_path)
    yield opened
    opened.close()


def hand_over(office: Office, facts: pd.DataFrame) -> None:
    with sessions(office.open("facts", "handover")).begin() as session:
        for line in facts.to_dict("records"):
            session.add(Fact(**{str(name): value for name, value in line.items()}))


def test_settling_keeps_counts_deletes_facts_and_does_nothing_the_second_time(
    office: Office, tmp_path: Path
) -> None:
    facts = invented_facts(7, QUARTERS, 60)
    hand_over(office, facts)
    put_on_shelf(tmp_path, facts, QUARTERS[:1], key=KEY, at=datetime(2025, 4, 20, tzinfo=UTC))
    shelf = served(tmp_path / SOURCE)
    store = office.open("facts", "observatory")
    plan, lists = load_plan(), lists_for("valencia")

    assert settle(store, SOURCE, shelf, plan=plan, lists=lists) == Settled(("2025-Q1",), ())
    kept = kept_counts(store, SOURCE, ["2025"])
    assert kept["2025-Q1", "total", ""] == (facts["month"] <= "2025-03").sum()
    with sessions(store)() as session:
        assert min(session.exec(select(Fact.month))) >= "2025-04"
        period = session.get_one(Period, (SOURCE, "2025-Q1"))
        assert (period.state, period.release_name) == ("released", "2025Q1.1")

    assert settle(store, SOURCE, shelf, plan=plan, lists=lists) == Settled((), ())
    assert kept_counts(store, SOURCE, ["2025"]) == kept


def test_facts_that_came_back_by_mistake_are_deleted_and_change_no_count(
    office: Office, tmp_path: Path
) -> None:
    facts = invented_facts(7, QUARTERS[:1], 60)
    hand_over(office, facts)
    put_on_shelf(tmp_path, facts, QUARTERS[:1], key=KEY, at=datetime(2025, 4, 20, tzinfo=UTC))
    shelf = served(tmp_path / SOURCE)
    store = office.open("facts", "observatory")
    plan, lists = load_plan(), lists_for("valencia")
    settle(store, SOURCE, shelf, plan=plan, lists=lists)
    kept = kept_counts(store, SOURCE, ["2025"])

    hand_over(office, invented_facts(8, QUARTERS[:1], 60))
    settle(store, SOURCE, shelf, plan=plan, lists=lists)

    assert kept_counts(store, SOURCE, ["2025"]) == kept
    with sessions(store)() as session:
        assert session.exec(select(Fact)).all() == []


def test_counts_that_were_kept_are_never_counted_again_whatever_the_quarter_is_marked(
    office: Office, tmp_path: Path
) -> None:
    facts = invented_facts(7, QUARTERS[:1], 60)
    hand_over(office, facts)
    put_on_shelf(tmp_path, facts, QUARTERS[:1], key=KEY, at=datetime(2025, 4, 20, tzinfo=UTC))
    shelf = served(tmp_path / SOURCE)
    store = office.open("facts", "observatory")
    plan, lists = load_plan(), lists_for("valencia")
    settle(store, SOURCE, shelf, plan=plan, lists=lists)
    kept = kept_counts(store, SOURCE, ["2025"])
    with sessions(store).begin() as session:
        period = session.get_one(Period, (SOURCE, "2025-Q1"))
        period.state, period.release_name = "frozen", None

    assert settle(store, SOURCE, shelf, plan=plan, lists=lists) == Settled(("2025-Q1",), ())
    assert kept_counts(store, SOURCE, ["2025"]) == kept


def test_a_released_quarter_is_not_frozen_again(office: Office, tmp_path: Path) -> None:
    facts = invented_facts(7, QUARTERS[:1], 60)
    hand_over(office, facts)
    put_on_shelf(tmp_path, facts, QUARTERS[:1], key=KEY, at=datetime(2025, 4, 20, tzinfo=UTC))
    store = office.open("facts", "observatory")
    settle(store, SOURCE, served(tmp_path / SOURCE), plan=load_plan(), lists=lists_for("valencia"))
    with pytest.raises(ReleaseMissing) as refused:
        freeze(store, SOURCE, ["2025-Q2", "2025-Q1"])
    assert refused.value.detail == {"quarter": "2025-Q1", "release": "2025Q1.1"}
    with sessions(store)() as session:
        assert {one.quarter: one.state for one in session.exec(select(Period))} == {"2025-Q1": "released"}


def test_the_counts_of_one_source_are_not_those_of_another(office: Office, tmp_path: Path) -> None:
    facts = invented_facts(7, QUARTERS[:1], 60)
    hand_over(office, facts)
    put_on_shelf(tmp_path, facts, QUARTERS[:1], key=KEY, at=datetime(2025, 4, 20, tzinfo=UTC))
    store = office.open("facts", "observatory")
    settle(store, SOURCE, served(tmp_path / SOURCE), plan=load_plan(), lists=lists_for("valencia"))
    assert kept_counts(store, "live", ["2025"]) == {}
    with sessions(store)() as session:
        assert session.exec(select(KeptCount).where(col(KeptCount.source) != SOURCE)).all() == []
