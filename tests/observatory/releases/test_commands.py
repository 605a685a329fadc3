"""From the facts store to the shelf by the commands a person types, each step and all at once."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from sqlmodel import select

from observatory.__main__ import main
from observatory.releases import drafts
from office import signing
from office.handover.release import read_shelf
from office.stores.engines import open_store, sessions
from office.stores.facts import Fact, Period
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
        engine.dispose()

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
    bureau.hand_over(invented_facts(11, QUARTERS, 120))
    return bureau


DEMO = ("--source", "demonstration")


def test_all_steps_at_once_publish_the_closed_quarters_and_the_year(bureau: Bureau) -> None:
    assert bureau("release", *DEMO, *SIGNED) == 0

    release = read_shelf(bureau.shelf, bureau.public).current
    assert release is not None and release.name == "2025Q1-2025Q4.1"
    assert release.manifest.signed_by == "Head of the Office"
    assert release.manifest.audit.narrowed == 0 and release.manifest.audit.targets == 3825
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


def test_what_is_on_the_shelf_is_read_only_and_never_written_again(bureau: Bureau) -> None:
    assert bureau("release", *DEMO, "--as-of", "2025-04-20", *SIGNED) == 0
    folder = bureau.shelf / "2025Q1.1"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    modes = {path.stat().st_mode & 0o222 for path in [folder, *folder.rglob("*")]}
    assert modes == {0}
    assert bureau("withdraw", "2025Q1.1", *DEMO, "--reason", "A file was read twice.", *SIGNED) == 0
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


@pytest.mark.parametrize("words", [(), ("nothing",), ("release",), ("extract", "--as-of", "soon")])
def test_wrong_options_end_with_code_two(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
