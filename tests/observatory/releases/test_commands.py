"""From the facts store to the shelf by the commands a person types, each step and all at once."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import update
from sqlmodel import col, select

from observatory.__main__ import main
from observatory.extract import months_in
from observatory.lists import lists_for
from observatory.plan import load_plan
from observatory.releases import drafts
from observatory.releases.building import withdraw
from observatory.tabulate import tabulate
from office import signing
from office.handover.fact import NOT_IN_FILE
from office.handover.release import read_shelf
from office.stores.engines import open_store, sessions
from office.stores.facts import Fact, KeptCount, Period, SourceTitle
from office.stores.migrate import upgrade
from tests.support.facts import invented_facts, quarters_from

QUARTERS = quarters_from(2025, 5)
SIGNED = ("--signed-off-by", "Head of the Office")


class Bureau:
    """A facts store, a key and a shelf, driven by commands; `said` is what they wrote."""

    def __init__(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[], tuple[str, str]]
    ) -> None:
        self.home, self.read = home, read
        self.url = f"sqlite:///{home / 'facts.db'}"
        upgrade("facts", self.url)
        key = home / "signing.key"
        key.write_bytes(signing.new_private_key())
        key.chmod(0o600)
        self.public = signing.public_half(key.read_bytes())
        self.monkeypatch = monkeypatch
        for name, value in {
            "HOME": str(home),
            "FACTS_URL": self.url,
            "SHELF": str(home / "shelf"),
            "SIGNING_KEY": str(key),
            "DEMO": "1",
            "DEMO_NOW": "2026-02-10T10:00:00+00:00",
        }.items():
            monkeypatch.setenv(f"CONVIVENCIA_{name}", value)
        self.said = ("", "")
        self.facts = invented_facts(11, QUARTERS, 120)

    def __call__(self, *words: str) -> int:
        self.read()
        code = main(words)
        self.said = self.read()
        return code

    def at(self, instant: str) -> None:
        self.monkeypatch.setenv("CONVIVENCIA_DEMO_NOW", instant)

    def hand_over(self, facts: pd.DataFrame) -> None:
        engine = open_store(self.url, role="handover", store="facts")
        with sessions(engine).begin() as session:
            for line in facts.to_dict("records"):
                session.add(Fact(**{str(name): value for name, value in line.items()}))
            session.execute(update(Period).where(col(Period.state) == "awaited").values(state="open"))
        engine.dispose()

    def months(self, source: str = "demonstration") -> set[str]:
        """The months of which there are facts."""
        engine = open_store(self.url, role="observatory", store="facts")
        with sessions(engine)() as session:
            return set(session.exec(select(Fact.month).where(col(Fact.source) == source)))

    def kept(self) -> dict[tuple[str, str, str], int]:
        engine = open_store(self.url, role="observatory", store="facts")
        with sessions(engine)() as session:
            return {(one.quarter, one.part, one.code): one.count for one in session.exec(select(KeptCount))}

    def periods(self) -> dict[str, str]:
        engine = open_store(self.url, role="observatory", store="facts")
        with sessions(engine)() as session:
            return {one.quarter: one.state for one in session.exec(select(Period))}

    @property
    def shelf(self) -> Path:
        return self.home / "shelf" / "demonstration"


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Bureau:
    def read() -> tuple[str, str]:
        said = capfd.readouterr()
        return said.out, said.err

    bureau = Bureau(tmp_path, monkeypatch, read)
    bureau.hand_over(bureau.facts)
    return bureau


DEMO = ("--source", "demonstration")


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
