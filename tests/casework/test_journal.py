"""What operators do with the keys comes into the office's timeline, once, and stays as they wrote it."""

import json
from pathlib import Path

import pytest

from casework.__main__ import main
from office.keys.events import KeyEvent, append_to_journal
from office.keys.files import KeyFiles
from tests.casework.desk import NOW, Desk

Told = pytest.CaptureFixture[str]


@pytest.fixture
def journal(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The journal of a desk's operators: a key renewed, the escrow opened with a reason."""
    monkeypatch.setenv("CONVIVENCIA_CASEWORK_URL", desk.casework_url)
    monkeypatch.setenv("CONVIVENCIA_HOME", str(desk.folder))
    monkeypatch.setenv("CONVIVENCIA_DEMO", "1")
    path = KeyFiles.in_folder(desk.folder / "keys").journal
    told = (desk.staff_id("amparo"), desk.staff_id("vicent"))
    append_to_journal(
        path,
        [
            KeyEvent("key_rotated", NOW, key_names=("story.2",)),
            KeyEvent("escrow_opened", NOW, key_names=("story.1",), told=told, reason="Pedro lost his key"),
        ],
    )
    return path


def test_an_operators_act_is_in_the_timeline_once_however_often_it_is_looked_at(
    desk: Desk, journal: Path
) -> None:
    for command in ("verify-timeline", "timeline-head", "verify-timeline"):
        assert main([command]) == 0
    append_to_journal(journal, [KeyEvent("key_rotated", NOW, key_names=("contact.2",))])
    for command in ("timeline-head", "verify-timeline"):
        assert main([command]) == 0
    events = desk.events()
    assert events.count("key_rotated") == 2
    assert events.count("escrow_opened") == 1
    page = desk.signed_in("joana").get("/es/timeline").text
    assert "contact.2" in page and "story.2" in page
    assert "Pedro" not in page


def test_a_journal_edited_or_cut_after_it_was_taken_up_is_found(
    desk: Desk, journal: Path, capsys: Told
) -> None:
    assert main(["verify-timeline"]) == 0
    whole = journal.read_text("utf-8")
    journal.write_text(whole.replace("story.2", "story.3"), "utf-8")
    assert main(["verify-timeline"]) == 1
    assert "journal row 1: is not what was taken up" in capsys.readouterr().out
    journal.write_text(whole.splitlines(keepends=True)[0], "utf-8")
    assert main(["verify-timeline"]) == 1
    assert "journal row 2: missing" in capsys.readouterr().out
    journal.unlink()
    assert main(["verify-timeline"]) == 1
    assert desk.events().count("escrow_opened") == 1


def test_a_line_nobody_can_read_is_said_and_nothing_behind_it_is_taken_up(
    desk: Desk, journal: Path, capsys: Told
) -> None:
    with journal.open("a", encoding="utf-8") as file:
        file.write('{"kind": "key_rot\n')
        file.write(json.dumps({"kind": "key_rotated"}) + "\n")
    assert main(["verify-timeline"]) == 1
    assert "journal row 3: cannot be read" in capsys.readouterr().out
    assert desk.events().count("key_rotated") == 1


def test_an_office_without_a_journal_has_a_whole_timeline(desk: Desk, journal: Path) -> None:
    journal.unlink()
    assert main(["verify-timeline"]) == 0
