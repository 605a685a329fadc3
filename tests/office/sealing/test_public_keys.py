import base64
import json
import os
from pathlib import Path

import pytest

from office.sealing.public_keys import NoActiveKey, PublicKey, PublicKeys, PublicKeysDamaged, replace_file

ONE, TWO = bytes(range(32)), bytes(range(32, 64))


def office() -> PublicKeys:
    return PublicKeys.of(
        [
            PublicKey("story", 2, TWO, True),
            PublicKey("story", 1, ONE, False),
            PublicKey("contact", 1, ONE, True),
        ]
    )


def test_the_active_version_is_told_with_its_full_name(tmp_path: Path) -> None:
    office().save(tmp_path / "keys.json")
    read = PublicKeys.load(tmp_path / "keys.json")
    assert read == office()
    assert read.active("story") == ("story.2", TWO)
    assert read.active("contact") == ("contact.1", ONE)


def test_the_file_has_the_shape_everybody_reads(tmp_path: Path) -> None:
    office().save(tmp_path / "keys.json")
    told = json.loads((tmp_path / "keys.json").read_text("utf-8"))
    assert told["story"] == [
        {"version": 1, "public_key": base64.b64encode(ONE).decode(), "active": False},
        {"version": 2, "public_key": base64.b64encode(TWO).decode(), "active": True},
    ]


@pytest.mark.parametrize("name", ["statistics", "story-apart", ""])
def test_with_no_active_key_asking_for_one_is_refused(name: str) -> None:
    with pytest.raises(NoActiveKey) as refusal:
        office().active(name)
    assert refusal.value.detail == {"key": name}


def test_a_key_retired_without_a_successor_is_not_active() -> None:
    keys = PublicKeys.of([PublicKey("story", 1, ONE, False)])
    assert not keys.has_active("story")
    with pytest.raises(NoActiveKey):
        keys.active("story")


def test_it_can_be_asked_whether_all_that_is_needed_is_there() -> None:
    assert office().has_active("story", "contact")
    assert not office().has_active("story", "statistics")


def test_without_a_file_there_is_no_active_key(tmp_path: Path) -> None:
    with pytest.raises(NoActiveKey):
        PublicKeys.load(tmp_path / "missing.json").active("story")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"story": 1}',
        '{"story": [1]}',
        '{"story": [{"version": 1}]}',
        '{"story": [{"version": 1, "public_key": "AAAA", "active": true}]}',
        '{"story": [{"version": 1, "public_key": "*", "active": true}]}',
        json.dumps(
            {"story": [{"version": "1", "public_key": base64.b64encode(ONE).decode(), "active": True}]}
        ),
        json.dumps(
            {"story": [{"version": 1, "public_key": base64.b64encode(ONE).decode(), "active": "yes"}]}
        ),
    ],
)
def test_a_damaged_file_is_told_apart_from_a_missing_one(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content, "utf-8")
    with pytest.raises(PublicKeysDamaged):
        PublicKeys.load(path)


def test_the_file_is_replaced_in_one_step_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "keys.json"
    office().save(path)
    before = path.stat().st_ino
    PublicKeys.of([PublicKey("story", 3, ONE, True)]).save(path)
    assert path.stat().st_ino != before
    assert [entry.name for entry in path.parent.iterdir()] == ["keys.json"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_if_the_disk_fails_the_old_file_stays_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.json"
    replace_file(path, b"old", mode=0o600)

    def fails(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="no space"):
        replace_file(path, b"new", mode=0o600)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]


def test_a_private_file_is_never_readable_by_others_not_even_while_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    replace_file(path, b"secret", mode=0o600)
    assert path.stat().st_mode & 0o777 == 0o600
