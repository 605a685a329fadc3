from pathlib import Path

import pytest

from office.sealing.boxes import SealingKey
from office.sealing.key_files import (
    KeyFileDamaged,
    KeyFileMissing,
    KeyFileOpenToOthers,
    add_to_key_file,
    load_key_file,
)


def test_a_key_file_gives_its_keys_back_and_a_new_version_leaves_the_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "statistics.key"
    first, second = SealingKey.generate(), SealingKey.generate()
    add_to_key_file(path, {"statistics.1": first})
    add_to_key_file(path, {"statistics.2": second})
    read = load_key_file(path)
    assert {name: key.private_bytes for name, key in read.items()} == {
        "statistics.1": first.private_bytes,
        "statistics.2": second.private_bytes,
    }


def test_a_key_file_is_readable_by_its_user_only(tmp_path: Path) -> None:
    path = tmp_path / "notice.key"
    add_to_key_file(path, {"notice.1": SealingKey.generate()})
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_key_file_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "notice.key"
    add_to_key_file(path, {"notice.1": SealingKey.generate()})
    path.chmod(mode)
    with pytest.raises(KeyFileOpenToOthers):
        load_key_file(path)


def test_a_missing_key_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(KeyFileMissing) as refusal:
        load_key_file(tmp_path / "notice.key")
    assert refusal.value.detail == {"file": "notice.key"}


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"notice.1": "AA=="}', b'{"notice.1": 1}', b"\xff"])
def test_a_damaged_key_file_is_one_clear_error_and_is_never_overwritten(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "notice.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileDamaged):
        load_key_file(path)
    with pytest.raises(KeyFileDamaged):
        add_to_key_file(path, {"notice.2": SealingKey.generate()})
    assert path.read_bytes() == content
