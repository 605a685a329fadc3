"""From the facts store to the shelf by the commands a person types, each step and all at once."""

import json

import pytest

from observatory.__main__ import main
from observatory.extract import months_in
from observatory.releases import drafts
from office.handover.fact import NOT_IN_FILE
from office.handover.release import read_shelf
from office.stores.engines import open_store, sessions
from office.stores.facts import SourceTitle
from tests.observatory.releases.bureau import DEMO, QUARTERS, SIGNED, Bureau
from tests.support.facts import invented_facts, quarters_from


def test_all_steps_at_once_publish_the_closed_quarters_and_the_year(bureau: Bureau) -> None:
    assert bureau("release", *DEMO, *SIGNED) == 0

    release = read_shelf(bureau.shelf, bureau.public).current
    assert release is not None and release.name == "2025Q1-2025Q4.1"
    assert release.manifest.signed_by == "Head of the Office"
    audit = release.manifest.audit
    assert audit.narrowed == 0 and audit.targets > 3000  # every value of every list, in every period
    assert bureau.periods() == dict.fromkeys(QUARTERS[:4], "released")
    assert list((bureau.home / "drafts").iterdir()) == []
    assert "HiGHS" not in bureau.said[0]

    assert bureau("check", str(bureau.shelf / release.name)) == 0
    assert bureau("release", *DEMO, *SIGNED) == 1
    assert bureau.said[1].startswith("There is no closed quarter")


def test_a_quarter_is_counted_from_the_fifteenth_day_after_its_end(bureau: Bureau) -> None:
    bureau.at("2026-04-14T21:00:00+00:00")
    assert bureau("extract", *DEMO, "--quarter", "2026-Q1") == 1
    assert "still open" in bureau.said[1]
    bureau.at("2026-04-14T22:30:00+00:00")  # the fifteenth has begun in the city
    assert bureau("extract", *DEMO, "--quarter", "2026-Q1") == 0
    assert bureau.periods() == {"2026-Q1": "frozen"}


def test_each_step_asks_for_the_one_before_it(bureau: Bureau) -> None:
    assert bureau("tabulate") == 1
    assert bureau("extract", *DEMO, "--as-of", "2025-04-20") == 0
    assert bureau("check") == 1 and "step: tabulate" in bureau.said[1]
    assert bureau("tabulate") == 0
    assert bureau("approve", *SIGNED) == 1 and "step: check" in bureau.said[1]
    assert bureau("check") == 0
    assert bureau("publish") == 1 and "step: approve" in bureau.said[1]
    assert bureau("approve", *SIGNED) == 0
    assert bureau("publish") == 0
    assert [one.name for one in read_shelf(bureau.shelf, bureau.public).releases] == ["2025Q1.1"]


def test_a_draft_that_was_touched_after_its_check_cannot_be_signed(bureau: Bureau) -> None:
    bureau("extract", *DEMO, "--as-of", "2025-04-20")
    bureau("tabulate")
    bureau("check")
    table = bureau.home / "drafts" / "demonstration-2025Q1.1" / "files" / "data" / "quarter_total.csv"
    table.write_text(table.read_text().replace(",0,A,", ",1,A,"))
    assert bureau("approve", *SIGNED) == 1
    assert not (bureau.shelf / "2025Q1.1").exists()


def test_an_audit_that_was_written_by_hand_does_not_pass_the_check(bureau: Bureau) -> None:
    bureau("extract", *DEMO, "--as-of", "2025-04-20")
    bureau("tabulate")
    draft = bureau.home / "drafts" / "demonstration-2025Q1.1"
    audit = draft / "files" / "audit.json"
    audit.write_text(audit.read_text().replace('"free"', '"kept"', 1))
    files = {
        path.relative_to(draft / "files").as_posix(): path.read_bytes()
        for path in (draft / "files").rglob("*")
        if path.is_file()
    }
    marks = draft / "tabulated.json"
    told = json.loads(marks.read_text())
    marks.write_text(json.dumps(told | {"files": drafts._digest(files)}))
    assert bureau("check") == 1
    assert "cannot be reproduced" in bureau.said[1]


def test_facts_that_change_after_the_freeze_are_noticed(bureau: Bureau) -> None:
    bureau("extract", *DEMO, "--as-of", "2025-04-20")
    bureau.hand_over(invented_facts(12, QUARTERS[:1], 40))
    assert bureau("tabulate") == 1
    assert "facts have changed" in bureau.said[1]


@pytest.mark.parametrize("told", [{"facts": 12}, {"quarters": None}])
def test_a_draft_of_another_version_is_to_be_made_again(bureau: Bureau, told: dict[str, object]) -> None:
    bureau("extract", *DEMO, "--as-of", "2025-04-20")
    snapshot = bureau.home / "drafts" / "demonstration-2025Q1.1" / "snapshot.json"
    snapshot.write_text(json.dumps(json.loads(snapshot.read_text()) | told))
    for words in (("tabulate",), ("check",), ("approve", *SIGNED), ("publish",)):
        assert bureau(*words) == 1
        assert "make it again" in bureau.said[1]


def test_what_is_on_the_shelf_is_read_only_and_never_written_again(bureau: Bureau) -> None:
    assert bureau("release", *DEMO, "--as-of", "2025-04-20", *SIGNED) == 0
    folder = bureau.shelf / "2025Q1.1"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    modes = {path.stat().st_mode & 0o222 for path in [folder, *folder.rglob("*")]}
    assert modes == {0}
    assert bureau("withdraw", "2025Q1.1", *DEMO, "--reason", "A file was read twice.", *SIGNED) == 0
    bureau.hand_over(bureau.facts[bureau.facts["month"] <= "2025-03"])
    assert bureau("release", *DEMO, "--as-of", "2025-04-20", *SIGNED) == 0
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    names = [one.name for one in read_shelf(bureau.shelf, bureau.public).releases]
    assert names == ["2025Q1.1", "2025Q1.2", "2025Q1.3"]


def test_nothing_is_published_next_to_a_damaged_release(bureau: Bureau) -> None:
    bureau("release", *DEMO, "--as-of", "2025-04-20", *SIGNED)
    table = bureau.shelf / "2025Q1.1" / "data" / "quarter_total.csv"
    table.chmod(0o644)
    table.write_bytes(table.read_bytes().replace(b",0,A,", b",1,A,"))
    assert bureau("release", *DEMO, *SIGNED) == 1
    assert "damaged" in bureau.said[1]


def test_invented_figures_never_stand_on_the_live_shelf(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVIVENCIA_DEMO", "0")
    monkeypatch.delenv("CONVIVENCIA_DEMO_NOW")
    assert bureau("release", *DEMO, *SIGNED) == 1
    assert "demonstration" in bureau.said[1]
    assert bureau("release", "--source", "live", *SIGNED) == 1
    assert not (bureau.home / "shelf" / "demonstration").exists()
    monkeypatch.setenv("CONVIVENCIA_DEMO", "1")
    assert bureau("release", *DEMO, "--as-of", "2025-04-20", *SIGNED) == 0
    bureau.shelf.rename(bureau.home / "shelf" / "imported-old")
    bureau.hand_over(invented_facts(1, QUARTERS[:1], 40, source="imported:old"))
    assert bureau("release", "--source", "imported:old", "--as-of", "2025-04-20", *SIGNED) == 1
    assert "do not belong on this shelf" in bureau.said[1]


def test_a_later_day_than_today_is_only_for_demonstrations(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVIVENCIA_DEMO", "0")
    monkeypatch.delenv("CONVIVENCIA_DEMO_NOW")
    assert bureau("extract", "--as-of", "2999-01-20") == 1


def test_imported_history_is_released_with_what_its_periods_mean(bureau: Bureau) -> None:
    bureau.hand_over(invented_facts(1, quarters_from(2019, 6), 80, source="imported:old"))
    assert bureau("release", "--source", "imported:old", *SIGNED) == 0
    shelf = read_shelf(bureau.home / "shelf" / "imported-old", bureau.public)
    assert shelf.card.period_basis == "imported" and not shelf.card.invented
    assert shelf.releases[0].name == "2019Q1-2020Q2.1"
    assert shelf.releases[0].periods[-1] == "2019"
    assert shelf.releases[0].manifest.title is None


def test_an_imported_file_that_tells_of_nothing_but_when_is_released_in_totals(bureau: Bureau) -> None:
    facts = invented_facts(1, quarters_from(2019, 4), 300, source="imported:old")
    columns = ("district_code", "area_code", "ground_codes", "respondent_code")
    bureau.hand_over(facts.assign(**dict.fromkeys(columns, NOT_IN_FILE)))
    assert bureau("release", "--source", "imported:old", *SIGNED) == 0
    release = read_shelf(bureau.home / "shelf" / "imported-old", bureau.public).releases[0]
    assert set(release.cuboids) == {"quarter_total", "year_total"}
    for row in release.rows("quarter_total"):
        assert (row.lo % 5, row.hi - row.lo) == (0, 4)
        assert row.lo <= facts["month"].isin(months_in([row.period])).sum() <= row.hi


def test_what_an_imported_file_is_called_stands_in_its_signed_releases(bureau: Bureau) -> None:
    bureau.hand_over(invented_facts(1, quarters_from(2019, 1), 80, source="imported:old"))
    engine = open_store(bureau.url, role="handover", store="facts")
    with sessions(engine).begin() as session:
        session.add(SourceTitle(source="imported:old", title={"es": "Libros viejos", "ar": "دفاتر قديمة"}))
    engine.dispose()
    of_it = ("--source", "imported:old", *SIGNED)
    assert bureau("release", *of_it) == 0
    assert bureau("withdraw", "2019Q1.1", "--reason", "A file was read twice.", *of_it) == 0
    releases = read_shelf(bureau.home / "shelf" / "imported-old", bureau.public).releases
    assert [one.manifest.title for one in releases] == [{"es": "Libros viejos", "ar": "دفاتر قديمة"}] * 2


@pytest.mark.parametrize("words", [(), ("nothing",), ("release",), ("extract", "--as-of", "soon")])
def test_wrong_options_end_with_code_two(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
