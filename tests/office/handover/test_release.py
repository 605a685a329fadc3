"""A release is believed to the last byte, or not at all."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from observatory.releases.building import withdraw
from office import signing
from office.handover.release import (
    ReleaseDamaged,
    ShelfDamaged,
    TableNotPublished,
    canonical,
    read_release,
    read_shelf,
    shelves,
)
from tests.support.facts import invented_facts, put_on_shelf, quarters_from

KEY = bytes(range(32))
PUBLIC = signing.public_half(KEY)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("shelf")
    quarters = quarters_from(2024, 5)
    facts = invented_facts(7, quarters, 200)
    put_on_shelf(root, facts, quarters[:4], key=KEY, at=datetime(2025, 1, 20, tzinfo=UTC))
    put_on_shelf(root, facts, quarters[4:], key=KEY, at=datetime(2025, 4, 20, tzinfo=UTC))
    return root


@pytest.fixture
def shelf(served: Path, tmp_path: Path) -> Path:
    """A copy that may be damaged."""
    copy = tmp_path / "demonstration"
    shutil.copytree(served / "demonstration", copy)
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    return copy


def test_a_release_is_read_with_every_planned_cell(shelf: Path) -> None:
    release = read_release(shelf / "2024Q1-2024Q4.1", PUBLIC)

    assert release.periods == ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2024")
    assert len(release.cuboids) == 12
    for dim, name in (("ground", "grounds"), ("district", "districts"), ("area", "areas")):
        codes = [one.code for one in release.codes(name)]
        for period in ("2024-Q3",):
            rows = [row for row in release.rows(f"quarter_{dim}") if row.period == period]
            assert [row.code for row in rows] == codes
            assert all(row.dims == {dim: row.code} for row in rows)
    assert {row.code for row in release.rows("year_total")} == {""}
    labels = release.codes("districts")[0].labels
    assert set(labels) == {"es", "ca-valencia", "en", "fr", "ar"}


def test_a_changed_byte_in_any_file_is_found(shelf: Path) -> None:
    folder = shelf / "2024Q1-2024Q4.1"
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(ReleaseDamaged):
            read_release(folder, PUBLIC)
        path.write_bytes(whole)
    read_release(folder, PUBLIC)


def test_a_file_added_or_missing_is_found(shelf: Path) -> None:
    folder = shelf / "2024Q1-2024Q4.1"
    (folder / "data" / "more.csv").write_text("period\r\n")
    with pytest.raises(ReleaseDamaged, match="more.csv"):
        read_release(folder, PUBLIC)
    (folder / "data" / "more.csv").unlink()
    (folder / "notes.json").unlink()
    with pytest.raises(ReleaseDamaged, match=r"notes\.json"):
        read_release(folder, PUBLIC)


def test_release_json_edited_with_right_hashes_is_refused(shelf: Path) -> None:
    manifest = shelf / "2024Q1-2024Q4.1" / "release.json"
    told = json.loads(manifest.read_bytes())
    told["signed_by"] = "Somebody Else"
    manifest.write_text(json.dumps(told))
    with pytest.raises(ReleaseDamaged):
        read_release(manifest.parent, PUBLIC)


def test_a_release_signed_with_another_key_is_refused_and_an_older_key_is_still_believed(shelf: Path) -> None:
    folder = shelf / "2024Q1-2024Q4.1"
    another = signing.public_half(signing.new_private_key())
    with pytest.raises(ReleaseDamaged):
        read_release(folder, another)
    assert read_release(folder, (another, PUBLIC)).name == folder.name


def test_a_release_under_another_name_is_refused(shelf: Path) -> None:
    (shelf / "2024Q1-2024Q4.1").rename(shelf / "2024Q1-2024Q4.2")
    assert read_shelf(shelf, PUBLIC).damaged == ("2024Q1-2024Q4.2",)


def test_a_release_of_another_source_is_not_among_those_of_a_shelf(shelf: Path) -> None:
    card = json.loads((shelf / "shelf.json").read_bytes())
    (shelf / "shelf.json").write_text(json.dumps({**card, "source": "live"}))
    found = read_shelf(shelf, PUBLIC)
    assert found.releases == () and len(found.damaged) == 2


def test_a_shelf_shows_each_period_from_the_newest_release_that_stands(shelf: Path) -> None:
    found = read_shelf(shelf, PUBLIC)
    assert [release.name for release in found.releases] == ["2024Q1-2024Q4.1", "2025Q1.1"]
    assert found.current is found.releases[-1]
    assert [row.period for row in found.rows("quarter_total")][-2:] == ["2024-Q4", "2025-Q1"]
    assert found.until("2024Q1-2024Q4.1").current is found.releases[0]
    with pytest.raises(TableNotPublished):
        found.rows("quarter_ground_district")


def test_a_withdrawn_release_stays_readable_and_is_no_longer_shown(shelf: Path) -> None:
    before = (shelf / "2025Q1.1" / "release.json").read_bytes()
    withdraw(
        "2025Q1.1",
        shelf=read_shelf(shelf, PUBLIC),
        folder=shelf,
        reason="A file was read twice.",
        signed_by="Test Signer",
        key=KEY,
        at=datetime(2025, 5, 1, tzinfo=UTC),
    )
    found = read_shelf(shelf, PUBLIC)
    assert (shelf / "2025Q1.1" / "release.json").read_bytes() == before
    assert found.withdrawals["2025Q1.1"].reason == "A file was read twice."
    assert found.current is not None and found.current.name == "2024Q1-2024Q4.1"
    assert found.release("2025Q1.1").rows("quarter_total")
    assert {row.period for row in found.rows("quarter_total")} == {
        f"2024-Q{number}" for number in range(1, 5)
    }


def test_what_is_signed_does_not_depend_on_how_it_is_written(shelf: Path) -> None:
    told = json.loads((shelf / "2025Q1.1" / "release.json").read_bytes())
    assert canonical(told) == canonical(dict(reversed(told.items())))
    assert b"signature" not in canonical(told)


def test_a_folder_without_a_card_is_no_shelf(tmp_path: Path, served: Path) -> None:
    with pytest.raises(ShelfDamaged):
        read_shelf(tmp_path, PUBLIC)
    assert shelves(served) == ("demonstration",)
    assert shelves(tmp_path / "nowhere") == ()
