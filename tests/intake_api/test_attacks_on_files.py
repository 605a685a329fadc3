"""What a stranger sends to the pages for files to wear out the machine behind them."""

import asyncio
import struct
from collections.abc import AsyncIterator
from typing import Any

import pytest

from intake_api.drafts.keeping import Draft
from intake_api.files import pages as file_pages
from intake_api.files.errors import TooManyFiles, VoiceNotAltered
from intake_api.files.examiner import AT_ONCE, Examiner, MemoryFile
from intake_api.files.virus_scanner import Scanner
from office.handover.report import MOST_FILES
from office.stores.mailbox import UploadPiece
from office.web import multipart
from tests.intake_api import files
from tests.intake_api.conftest import Browser, Entrance, plain
from tests.intake_api.test_file_pieces import ask, begin

FORM = {"content-type": "multipart/form-data; boundary=cut"}


def form(*parts: tuple[str, str]) -> bytes:
    told = (f"--cut\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n" for head, value in parts)
    return ("".join(told) + "--cut--\r\n").encode()


def send(browser: Browser, body: bytes) -> Any:
    return browser.client.post("/en/report/files", content=body, headers=FORM)


def test_an_empty_piece_beyond_the_end_of_a_file_takes_no_room_on_the_disk(
    entrance: Entrance, browser: Browser
) -> None:
    told = begin(browser)
    for number in (99, 1234, 2**40, 10**25):
        refused = ask(browser, f"piece/{told['id']}/{number}", b"")
        assert refused.json()["type"] == "/problems/file_not_whole", number
    assert entrance.all(UploadPiece) == []


def test_files_that_are_given_up_for_newer_ones_leave_the_disk(entrance: Entrance, browser: Browser) -> None:
    for number in range(MOST_FILES + 5):
        told = begin(browser, 10, name=f"{number}.txt")
        assert ask(browser, f"piece/{told['id']}/0", b"0123456789").status_code == 200
    assert len(entrance.all(UploadPiece)) == MOST_FILES


def test_no_more_files_of_one_form_are_looked_into_than_a_person_could_mean(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_pages, "MOST_TRIED", 2)
    wrong = [(f'name="file"; filename="{number}.html"', "<html>") for number in range(5)]
    page = plain(send(browser, form(*wrong)))
    assert page.count(TooManyFiles.sentence) == 2 * 3 and "4.html" in page


def test_a_form_of_countless_parts_is_not_read_to_its_end(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multipart, "MOST_PARTS", 50)
    link = 'name="online_links"'
    many = [(f'name="f{number}"', "x") for number in range(60)]
    assert send(browser, form((link, "https://example.org/a"), *many)).status_code == 422
    monkeypatch.setattr(multipart, "MOST_PARTS", 500)
    late = send(browser, form(*many, (link, "https://example.org/late")))
    assert late.status_code == 303
    assert "example.org/late" not in browser.get("/en/report/files").text


def test_a_recording_that_claims_an_absurd_rate_is_not_altered() -> None:
    sound = bytearray(files.voice(1.0))
    sound[24:28] = struct.pack("<I", 2**31 - 1)

    async def altered() -> None:
        examiner, file = Examiner(Scanner("")), MemoryFile()
        file.add(bytes(sound))
        with pytest.raises(VoiceNotAltered):
            await examiner.altered(file)
        file.close()

    asyncio.run(altered())


def test_voices_are_altered_in_the_turns_of_all_files(entrance: Entrance, browser: Browser) -> None:
    uploads = entrance.door.uploads

    async def chunks() -> AsyncIterator[bytes]:
        yield files.voice(0.5)

    async def busy_then_free() -> None:
        kept = await entrance.door.drafts.begin(Draft())
        turns = uploads.examiner.working()
        for _ in range(AT_ONCE):
            await turns.acquire()
        taking = asyncio.create_task(uploads.take_altered(kept, "voice.wav", chunks()))
        done, _ = await asyncio.wait([taking], timeout=3)
        assert not done, "a voice was altered beside as many files as the machine bears"
        for _ in range(AT_ONCE):
            turns.release()
        assert (await taking).draft.held.files[0].is_voice_altered

    asyncio.run(busy_then_free())
