"""What becomes a fact: the cap of 90 days, fresh ids, groups of one quarter, random order."""

from dataclasses import replace
from uuid import UUID, uuid4

from casework.handing_over.rules import Counted, capped, facts_of
from office.handover.report import CodedRecord

ANA, OMAR = "a" * 32, "b" * 32
BAR = "c" * 32


def record(
    month: str, grounds: tuple[str, ...] = ("roma",), person: str | None = ANA, row: UUID | None = None
) -> Counted:
    return Counted(
        row or uuid4(),
        CodedRecord(
            month=month,
            channel_code="web_form",
            language="es",
            ground_codes=grounds,
            person_key=person,
            respondent_key=BAR if person else None,
        ),
    )


def months(kept: list[Counted]) -> list[str]:
    return [each.record.month for each in kept]


def test_the_same_person_respondent_and_ground_within_ninety_days_is_one_situation() -> None:
    assert months(capped([record("2026-01"), record("2026-02"), record("2026-03")])) == ["2026-01"]


def test_after_ninety_days_it_is_another_situation() -> None:
    assert months(capped([record("2026-01"), record("2026-04")])) == ["2026-01", "2026-04"]


def test_the_window_starts_at_what_was_counted_and_crosses_the_year() -> None:
    assert months(capped([record("2025-11"), record("2026-01"), record("2026-02")])) == ["2025-11", "2026-02"]


def test_another_person_or_another_ground_counts() -> None:
    kept = capped(
        [record("2026-01"), record("2026-01", person=OMAR), record("2026-01", ("age_older", "roma"))]
    )
    assert len(kept) == 3


def test_of_one_situation_told_by_two_the_earliest_counts() -> None:
    told = [replace(record(month, person=None), situation="x") for month in ("2026-05", "2026-01", "2026-09")]
    assert months(capped([*told, record("2026-06", person=None)])) == ["2026-01", "2026-06"]


def test_where_the_person_is_not_known_everything_counts() -> None:
    assert len(capped([record("2026-01", person=None), record("2026-01", person=None)])) == 2


def test_facts_have_fresh_ids_at_each_hand_over() -> None:
    rows = [record("2026-01", row=uuid4()) for _ in range(20)]
    first, second = (facts_of(rows, source="live", period_basis="registration") for _ in range(2))
    ids = {fact.id for fact in first} | {fact.id for fact in second}
    assert len(ids) == 40
    assert ids.isdisjoint({each.row for each in rows})


def test_facts_come_in_random_order() -> None:
    rows = [record(f"20{10 + n}-01", person=None) for n in range(15)]
    orders = {
        tuple(fact.month for fact in facts_of(rows, source="live", period_basis="registration"))
        for _ in range(5)
    }
    assert len(orders) > 1


def test_groups_join_a_person_inside_a_quarter_and_nowhere_else() -> None:
    rows = [record("2026-01"), record("2026-03"), record("2026-04"), record("2026-01", person=OMAR)]
    first, again = (
        {
            (fact.month, fact.person_group)
            for fact in facts_of(rows, source="live", period_basis="registration")
        }
        for _ in range(2)
    )
    january = {group for month, group in first if month == "2026-01"}
    assert len(january) == 2
    assert {group for month, group in first if month == "2026-03"} < january
    assert {group for month, group in first if month == "2026-04"}.isdisjoint(january)
    assert {group for _, group in first}.isdisjoint(group for _, group in again)
