"""What is left after a release, and after one that was killed half way or taken back."""

from datetime import UTC, datetime

from observatory.lists import lists_for
from observatory.plan import load_plan
from observatory.releases import drafts
from observatory.releases.building import withdraw
from observatory.tabulate import tabulate
from office.handover.release import read_shelf
from tests.observatory.releases.bureau import DEMO, QUARTERS, SIGNED, Bureau


def test_a_quarter_that_was_taken_back_waits_for_its_facts_and_is_not_released_empty(
    bureau: Bureau,
) -> None:
    bureau("release", *DEMO, "--as-of", "2025-04-20", *SIGNED)
    bureau("withdraw", "2025Q1.1", *DEMO, "--reason", "A file was read twice.", *SIGNED)
    assert bureau.periods() == {"2025-Q1": "awaited"}
    assert bureau.kept() == {}
    assert bureau("release", *DEMO, "--as-of", "2025-04-20", *SIGNED) == 1
    assert "come back with the next hand-over" in bureau.said[1]


def test_after_a_release_only_the_counts_that_its_open_year_needs_are_left(bureau: Bureau) -> None:
    first = bureau.facts[bureau.facts["month"] <= "2025-03"]
    assert bureau("release", *DEMO, "--as-of", "2025-04-20", *SIGNED) == 0
    assert "deleted the facts of 2025-Q1" in bureau.said[0]
    assert min(bureau.months()) == "2025-04"
    kept = bureau.kept()
    assert {quarter for quarter, _, _ in kept} == {"2025-Q1"}
    assert {part for _, part, _ in kept} == {"total", "ground", "district", "area", "respondent", "channel"}
    assert kept["2025-Q1", "total", ""] == len(first)
    for area in lists_for("valencia")["area"].codes:
        assert kept["2025-Q1", "area", area] == (first["area_code"] == area).sum()


def test_the_year_is_released_from_kept_counts_and_then_nothing_is_left(bureau: Bureau) -> None:
    """Quarter by quarter, each time without the facts of those before: the same year as all at once."""
    for as_of in ("2025-04-20", "2025-07-20", "2025-10-20", "2026-01-20"):
        assert bureau("release", *DEMO, "--as-of", as_of, *SIGNED) == 0
    assert bureau.months() == {month for month in bureau.facts["month"] if month >= "2026"}
    assert bureau.kept() == {}
    true = tabulate(
        bureau.facts, plan=load_plan(), lists=lists_for("valencia"), quarters=QUARTERS, years=["2025"]
    )
    shelf = read_shelf(bureau.shelf, bureau.public)
    for name in ("year_total", "year_ground", "year_district"):
        counts = dict(zip(true[name].codes, true[name].counts[0].tolist(), strict=True))
        assert {row.code for row in shelf.rows(name)} == set(counts)
        for row in shelf.rows(name):
            assert row.lo <= counts[row.code] <= row.hi
    assert bureau("check", str(bureau.shelf / "2025Q4.1")) == 0


def test_a_release_that_was_killed_before_its_facts_were_deleted_is_settled_by_the_next_command(
    bureau: Bureau,
) -> None:
    bureau("extract", *DEMO, "--as-of", "2025-04-20")
    bureau("tabulate")
    bureau("check")
    bureau("approve", *SIGNED)
    place = bureau.home / "shelf" / "demonstration"
    draft = drafts.draft_named(bureau.home / "drafts", None)
    draft.publish(read_shelf(place, bureau.public), place)  # and here the machine went down
    assert (bureau.periods(), min(bureau.months())) == ({"2025-Q1": "frozen"}, "2025-01")

    assert bureau("release", *DEMO, "--as-of", "2025-04-20", *SIGNED) == 1
    assert bureau.periods() == {"2025-Q1": "released"}
    assert min(bureau.months()) == "2025-04"
    kept = bureau.kept()
    assert bureau("release", *DEMO, "--as-of", "2025-04-20", *SIGNED) == 1
    assert bureau.kept() == kept


def test_a_withdrawal_that_was_killed_half_way_is_settled_too(bureau: Bureau) -> None:
    bureau("release", *DEMO, "--as-of", "2025-04-20", *SIGNED)
    shelf = read_shelf(bureau.shelf, bureau.public)
    withdraw(
        "2025Q1.1",
        shelf=shelf,
        folder=bureau.shelf,
        reason="A file was read twice.",
        signed_by="Head of the Office",
        key=(bureau.home / "signing.key").read_bytes(),
        at=datetime(2026, 2, 10, tzinfo=UTC),
    )
    assert bureau.periods() == {"2025-Q1": "released"}
    assert bureau("release", *DEMO, "--as-of", "2025-04-20", *SIGNED) == 1
    assert (bureau.periods(), bureau.kept()) == ({"2025-Q1": "awaited"}, {})


def test_a_release_that_was_killed_before_it_was_settled_is_taken_back_with_its_facts(bureau: Bureau) -> None:
    """Else its quarter would stay frozen, and the next release would say the same wrong figures again."""
    bureau("extract", *DEMO, "--as-of", "2025-04-20")
    bureau("tabulate")
    bureau("check")
    bureau("approve", *SIGNED)
    draft = drafts.draft_named(bureau.home / "drafts", None)
    draft.publish(read_shelf(bureau.shelf, bureau.public), bureau.shelf)  # and here the machine went down

    assert bureau("withdraw", "2025Q1.1", *DEMO, "--reason", "A file was read twice.", *SIGNED) == 0
    assert (bureau.periods(), bureau.kept()) == ({"2025-Q1": "awaited"}, {})
    assert min(bureau.months()) == "2025-04"
    assert bureau("release", *DEMO, "--as-of", "2025-04-20", *SIGNED) == 1
    assert "come back with the next hand-over" in bureau.said[1]


def test_a_year_that_was_taken_back_comes_again_only_with_all_of_its_quarters(bureau: Bureau) -> None:
    for as_of in ("2025-10-20", "2026-01-20"):
        assert bureau("release", *DEMO, "--as-of", as_of, *SIGNED) == 0
    assert bureau("withdraw", "2025Q4.1", *DEMO, "--reason", "Counted twice.", *SIGNED) == 0
    last = bureau.facts["month"].between("2025-10", "2025-12")
    bureau.hand_over(bureau.facts[last])
    assert bureau("release", *DEMO, *SIGNED) == 0
    assert "2025 is left out" in bureau.said[0]
    assert read_shelf(bureau.shelf, bureau.public).releases[-1].periods == ("2025-Q4",)

    for name in ("2025Q1-2025Q3.1", "2025Q4.3"):
        assert bureau("withdraw", name, *DEMO, "--reason", "The year again.", *SIGNED) == 0
    bureau.hand_over(bureau.facts[bureau.facts["month"] <= "2025-12"])
    assert bureau("release", *DEMO, *SIGNED) == 0
    assert read_shelf(bureau.shelf, bureau.public).releases[-1].periods == (*QUARTERS[:4], "2025")


def test_another_shelf_does_not_make_the_store_forget_what_was_released(bureau: Bureau) -> None:
    bureau("release", *DEMO, "--as-of", "2025-04-20", *SIGNED)
    kept = bureau.kept()
    elsewhere = ("--shelf", str(bureau.home / "elsewhere"))
    for only in ((), ("--quarter", "2025-Q1")):
        assert bureau("extract", *DEMO, "--as-of", "2025-04-20", *only, *elsewhere) == 1
    assert bureau.periods() == {"2025-Q1": "released"}
    assert bureau("extract", *DEMO, "--as-of", "2025-04-20") == 1
    assert bureau.kept() == kept


def test_a_quarter_whose_release_is_gone_from_the_shelf_is_not_released_again_without_its_facts(
    bureau: Bureau,
) -> None:
    """Yesterday's copy of the shelf was put back, and today's facts are deleted: all would be 0-4."""
    for as_of in ("2025-04-20", "2025-07-20"):
        assert bureau("release", *DEMO, "--as-of", as_of, *SIGNED) == 0
    kept = bureau.kept()
    today = bureau.shelf / "2025Q2.1"
    today.chmod(0o755)
    today.rename(bureau.home / "2025Q2.1")
    for only in ((), ("--quarter", "2025-Q3")):
        assert bureau("release", *DEMO, "--as-of", "2025-10-20", *only, *SIGNED) == 1
        assert "release: 2025Q2.1" in bureau.said[1] and "Bring the folder" in bureau.said[1]
        assert not today.exists()
    assert bureau.periods() == {"2025-Q1": "released", "2025-Q2": "released"}
    assert bureau.kept() == kept

    (bureau.home / "2025Q2.1").rename(today)
    assert bureau("release", *DEMO, "--as-of", "2025-10-20", *SIGNED) == 0
