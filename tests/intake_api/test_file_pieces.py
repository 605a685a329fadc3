"""Files piece by piece on a bad line, virus scanners, and the room on the disk."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from intake_api.files.disk_guard import DiskGuard
from intake_api.files.errors import FileInfected, FileNotWhole, NoRoomForFiles
from intake_api.files.virus_scanner import Scanner, VirusCheck
from office.sealing.pieces import PIECE_BYTES
from office.stores.errors import StoreUnavailable
from office.stores.mailbox import UploadPiece
from tests.intake_api import files
from tests.intake_api.conftest import Browser, Entrance
from tests.intake_api.files import add, opened
from tests.support.fake_scanner import EICAR, scanning

JSON = {"accept": "application/json"}
PICTURE = files.noisy_photo()


def ask(browser: Browser, path: str, content: bytes | dict[str, str] = b"") -> Any:
    if isinstance(content, dict):
        return browser.client.post(f"/en/report/files/{path}", data=content, headers=JSON)
    headers = {**JSON, "content-type": "application/octet-stream"}
    return browser.client.post(f"/en/report/files/{path}", content=content, headers=headers)


def begin(browser: Browser, size: int = len(PICTURE), name: str = "door.png") -> dict[str, Any]:
    begun = ask(browser, "begin", {"name": name, "size": str(size), "purpose": "evidence", "mark": "17"})
    assert begun.status_code == 200, begun.text
    return dict(begun.json())


def piece(number: int) -> bytes:
    return PICTURE[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]


def test_after_a_break_a_file_goes_on_with_the_first_piece_not_acknowledged(
    entrance: Entrance, browser: Browser
) -> None:
    first = begin(browser)
    assert ask(browser, f"piece/{first['id']}/0", piece(0)).json() == {"next": 1}
    assert ask(browser, f"piece/{first['id']}/1", piece(1)).json() == {"next": 2}
    again = begin(browser)  # the page was closed, and the same file is chosen again
    assert (again["id"], again["next"]) == (first["id"], 2)
    number = again["next"]
    while number * PIECE_BYTES < len(PICTURE):
        number = ask(browser, f"piece/{again['id']}/{number}", piece(number)).json()["next"]
    assert ask(browser, f"end/{again['id']}", {}).status_code == 200
    assert ask(browser, f"end/{again['id']}", {}).status_code == 200
    unheard = begin(browser)  # the answer to the end was lost, and the same file is chosen once more
    assert (unheard["id"], unheard["next"] * PIECE_BYTES >= len(PICTURE)) == (first["id"], True)
    assert ask(browser, f"end/{unheard['id']}", {}).status_code == 200
    browser.answer("what", {"act_codes": "insult"})
    browser.send()
    (sent,) = entrance.story(entrance.envelopes[0]).files
    assert opened(sent, entrance.all(UploadPiece)) == PICTURE


def test_a_piece_sent_twice_is_one_and_one_of_another_length_is_none(
    entrance: Entrance, browser: Browser
) -> None:
    told = begin(browser)
    for _ in range(2):
        assert ask(browser, f"piece/{told['id']}/0", piece(0)).json() == {"next": 1}
    for wrong in (b"", piece(0)[:-1]):
        assert ask(browser, f"piece/{told['id']}/1", wrong).json()["type"] == "/problems/file_not_whole"
    assert ask(browser, f"piece/{told['id']}/99", b"x").status_code == 422
    assert ask(browser, f"piece/{told['id']}/1", piece(1) + b"x").status_code == 413
    assert len(entrance.all(UploadPiece)) == 1


def test_a_file_is_not_added_before_every_piece_is_there(entrance: Entrance, browser: Browser) -> None:
    told = begin(browser)
    ask(browser, f"piece/{told['id']}/1", piece(1))
    assert ask(browser, f"end/{told['id']}", {}).json()["title"] == FileNotWhole.sentence
    assert ask(browser, f"piece/{told['id']}/0", piece(0)).json() == {"next": 2}
    browser.answer("what", {"act_codes": "insult"})
    browser.send()
    assert entrance.story(entrance.envelopes[0]).files == ()
    assert entrance.all(UploadPiece) == []


def test_nobody_adds_a_piece_to_the_file_of_another_browser(
    entrance: Entrance, browser: Browser, visitor: Any
) -> None:
    told = begin(browser)
    other = visitor()
    begin(other, name="mine.png")
    assert ask(other, f"piece/{told['id']}/0", piece(0)).status_code == 422
    assert ask(visitor(), f"piece/{told['id']}/0", piece(0)).status_code == 422
    assert entrance.all(UploadPiece) == []


def test_a_page_elsewhere_sends_no_piece(entrance: Entrance, browser: Browser) -> None:
    told = begin(browser)
    elsewhere = {"sec-fetch-site": "cross-site", "content-type": "text/plain"}
    path = f"/en/report/files/piece/{told['id']}/0"
    assert browser.client.post(path, content=piece(0), headers=elsewhere).status_code == 403
    assert browser.client.post("/en/report/files", content=b"x", headers=elsewhere).status_code == 403


@pytest.mark.parametrize("size", ["0", "-1", "no", "99999999999999999"])
def test_a_size_that_cannot_be_is_refused(browser: Browser, size: str) -> None:
    told = ask(browser, "begin", {"name": "a", "size": size})
    assert told.status_code in (413, 422)


def test_a_body_that_says_it_is_too_large_is_refused_with_a_sentence(browser: Browser) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x", "content-length": str(10**12)}
    told = browser.client.post("/en/report/files", content=b"--x", headers=headers)
    assert told.status_code == 413
    assert "too large" in told.text


def checked(address: str, content: bytes, patience: float = 5) -> VirusCheck:
    return asyncio.run(Scanner(address, patience).check([content[:30], content[30:]]))


def test_a_scanner_says_clean_or_infected() -> None:
    with scanning() as address:
        assert checked(address, b"hello" * 100) == "clean"
        with pytest.raises(FileInfected):
            checked(address, b"before " + EICAR + b" after")


@pytest.mark.parametrize("fault", ["hangs up", "error", "silent"])
def test_a_scanner_that_fails_stops_nobody_and_that_is_recorded(fault: str) -> None:
    with scanning(fault) as address:
        assert checked(address, EICAR, patience=0.5) == "not_checked"


@pytest.mark.parametrize("address", ["", "127.0.0.1:1", "/no/such/socket", "198.51.100.7:3310", "nonsense"])
def test_without_a_scanner_on_this_machine_nothing_is_checked_and_nothing_is_sent_away(address: str) -> None:
    assert checked(address, EICAR) == "not_checked"


def test_an_infected_file_is_refused_and_the_report_says_which_were_checked(
    entrance: Entrance, browser: Browser
) -> None:
    browser.answer("what", {"act_codes": "insult"})
    add(browser, ("before.txt", b"no scanner yet"))
    with scanning() as address:
        entrance.door.uploads.examiner.scanner = Scanner(address)
        answer = add(browser, ("good.txt", b"hello"), ("bad.txt", EICAR))
    assert FileInfected.sentence in answer.text
    browser.send()
    sent = entrance.story(entrance.envelopes[0]).files
    assert [(one.name, one.virus_check) for one in sent] == [
        ("before.txt", "not_checked"),
        ("good.txt", "clean"),
    ]
    assert len(entrance.all(UploadPiece)) == 2


def test_room_is_kept_on_the_disk_first_from_files_and_last_from_reports(tmp_path: Path) -> None:
    disk = shutil.disk_usage(tmp_path)
    share = disk.free / disk.total
    more, less = min(0.999, share * 1.2), share * 0.8
    DiskGuard(tmp_path / "m", less, less).room_for_files()
    with pytest.raises(NoRoomForFiles):
        DiskGuard(tmp_path / "m", less, less).room_for_files(disk.free)
    guard = DiskGuard(tmp_path / "m", more, less)
    guard.room_for_reports()
    with pytest.raises(NoRoomForFiles):
        guard.room_for_files()
    with pytest.raises(StoreUnavailable):
        DiskGuard(tmp_path / "m", more, more).room_for_reports()
    DiskGuard(None, 0.99, 0.99).room_for_reports()


def test_only_our_own_script_runs_and_only_our_own_pages_may_ask_for_the_microphone(browser: Browser) -> None:
    headers = browser.get("/en/report/voice").headers
    assert "script-src 'self';" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "microphone=(self)" in headers["permissions-policy"]


def test_no_name_of_a_file_is_in_a_log(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    add(browser, ("Amina Diallo NIE X1234567L.pdf", b"%PDF-1.7 broken"), ("Amina.jpg", files.photo()))
    assert "Amina" not in "".join(record.getMessage() for record in caplog.records if record.name != "httpx2")
