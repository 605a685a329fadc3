"""Files while other things go on: slow lines, a full queue, somebody who leaves, the same end asked twice."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from intake_api.drafts.keeping import Draft, DraftGone, Kept
from intake_api.files import arriving, examiner
from intake_api.files.arriving import SILENCE, seconds_for
from intake_api.files.errors import FileNotWhole, TooManyFilesWaiting
from intake_api.files.examiner import ARRIVING, AT_ONCE
from intake_api.files.virus_scanner import Scanner
from office.clock import SetClock
from office.stores.mailbox import UploadPiece
from office.web.forms import OWN_SITE
from tests.intake_api import files
from tests.intake_api.conftest import Browser, Entrance, plain
from tests.intake_api.test_attacks_on_files import FORM, form
from tests.intake_api.test_file_pieces import ask, begin
from tests.journeys.senders import Link
from tests.support.browser import Serve
from tests.support.fake_scanner import EICAR, scanning

BOTH = pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)


@contextmanager
def all_busy(entrance: Entrance) -> Iterator[None]:
    """As many files are looked into as may be."""
    turns = entrance.door.uploads.examiner.working()

    async def take() -> None:
        for _ in range(AT_ONCE):
            await turns.acquire()

    with ThreadPoolExecutor(1) as thread:  # in the caller's a browser's loop may be running
        thread.submit(asyncio.run, take()).result()
    try:
        yield
    finally:
        for _ in range(AT_ONCE):
            turns.release()


async def sound() -> AsyncIterator[bytes]:
    yield files.voice(0.5)


async def dripping() -> AsyncIterator[bytes]:
    while True:
        yield b"x"
        await asyncio.sleep(0.05)


async def silent() -> AsyncIterator[bytes]:
    yield b"x"
    await asyncio.sleep(60)


def test_places_held_by_slow_lines_become_free_again(
    entrance: Entrance, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "GRACE", 1.0)
    monkeypatch.setattr(arriving, "SILENCE", 1.0)
    drafts, uploads = entrance.door.drafts, entrance.door.uploads

    async def send(chunks: AsyncIterator[bytes]) -> Kept:
        kept: Kept = await uploads.take_altered(await drafts.begin(Draft()), "voice.wav", chunks)
        return kept

    async def slow_then_quick() -> None:
        lines = [dripping() if number % 2 else silent() for number in range(ARRIVING)]
        slow = [asyncio.create_task(send(line)) for line in lines]
        await asyncio.sleep(0.5)
        async with asyncio.timeout(60):
            kept = await send(sound())
            ended = await asyncio.gather(*slow, return_exceptions=True)
        assert kept.draft.held.files[0].is_voice_altered
        assert [type(each) for each in ended] == [FileNotWhole] * ARRIVING

    asyncio.run(slow_then_quick())


@pytest.mark.parametrize("size", [20_000, 500_000, 2_000_000, 5_000_000])
def test_a_bad_line_of_ten_kilobytes_a_second_is_quick_enough_for_a_voice_note(size: int) -> None:
    assert all(part / 10_000 < seconds_for(part) for part in range(0, size, 1000))
    assert seconds_for(40 * 2**20) + SILENCE < 20 * 60, "nobody holds a place for longer"


def test_who_sends_a_voice_too_slowly_reads_so_once_and_the_rest_of_the_form_is_kept(
    entrance: Entrance, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "GRACE", -1.0)
    parts = form(
        ('name="alter"', "yes"),
        ('name="file"; filename="note.wav"', "x" * 100),
        ('name="then"', "where"),
    )
    page = browser.client.post("/en/report/voice", content=parts, headers=FORM)
    assert page.status_code == 422
    assert plain(page).count(FileNotWhole.sentence) == 2, "in the list of what is wrong, and at the field"
    assert 'value="where"' in page.text


def test_who_falls_silent_within_a_voice_is_answered_and_reads_it_once(
    entrance: Entrance, browser: Browser, served: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "GRACE", 0.3)
    monkeypatch.setattr(arriving, "SILENCE", 0.3)
    begun = form(('name="alter"', "yes"), ('name="file"; filename="note.wav"', "x" * 100))[:-40]
    address = urlsplit(served(entrance.app)).netloc
    lines = [
        "POST /en/report/voice HTTP/1.1", f"Host: {address}", "Content-Length: 5000", "Connection: close",
        *(f"{name}: {value}" for name, value in {**FORM, **OWN_SITE}.items()),
    ]  # fmt: skip
    with socket.create_connection((address.split(":")[0], int(address.split(":")[1])), timeout=30) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode() + begun)
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 422")
    assert answer.count(FileNotWhole.sentence) == 2


def test_beyond_the_queue_a_file_waits_and_its_end_is_asked_again(
    entrance: Entrance, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examiner, "MOST_WAITING", 0)
    told = begin(browser, 5, name="said.txt")
    assert ask(browser, f"piece/{told['id']}/0", b"hello").status_code == 200
    with all_busy(entrance):
        refused = ask(browser, f"end/{told['id']}", {})
        assert (refused.status_code, refused.json()["type"]) == (503, "/problems/too_many_files_waiting")
        assert refused.json()["title"] == TooManyFilesWaiting.sentence
        whole = files.add(browser, ("whole.txt", b"in one go"))
        assert TooManyFilesWaiting.sentence in plain(whole)
    assert len(entrance.all(UploadPiece)) == 1, (
        "what came piece by piece stays, the other was told to be gone"
    )
    assert ask(browser, f"end/{told['id']}", {}).status_code == 200
    browser.answer("what", {"act_codes": "insult"})
    browser.send()
    assert [one.name for one in entrance.story(entrance.envelopes[0]).files] == ["said.txt"]


def test_nobody_waits_for_a_turn_for_ever(
    entrance: Entrance, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examiner, "TURN_PATIENCE", 0.2)
    told = begin(browser, 5)
    ask(browser, f"piece/{told['id']}/0", b"hello")
    with all_busy(entrance):
        assert ask(browser, f"end/{told['id']}", {}).status_code == 503
    assert ask(browser, f"end/{told['id']}", {}).status_code == 200


async def meanwhile(entrance: Entrance, work: Any, what: Any) -> Any:
    """Do `what` while a file waits to be looked into, and give what became of `work`."""
    turns = entrance.door.uploads.examiner.working()
    for _ in range(AT_ONCE):
        await turns.acquire()
    task = asyncio.create_task(work)
    await asyncio.sleep(0.3)
    await asyncio.to_thread(what)
    for _ in range(AT_ONCE):
        turns.release()
    (ended,) = await asyncio.gather(task, return_exceptions=True)
    return ended


def draft_in(entrance: Entrance, browser: Browser) -> Any:
    return entrance.door.drafts.find(browser.client.cookies["draft"])


@BOTH
def test_what_arrives_after_somebody_left_brings_no_draft_back(entrance: Entrance, browser: Browser) -> None:
    browser.answer("what", {"what_happened": "words of somebody who must get away"})
    told = begin(browser, 5)
    ask(browser, f"piece/{told['id']}/0", b"hello")
    uploads, file_id = entrance.door.uploads, UUID(told["id"])

    async def leaves() -> None:
        kept = await draft_in(entrance, browser)
        ended = await meanwhile(entrance, uploads.end(kept, file_id), lambda: browser.get("/en/exit"))
        assert isinstance(ended, DraftGone)
        with pytest.raises(DraftGone):
            await uploads.put(kept, file_id, 0, b"hello")
        with pytest.raises(DraftGone):
            await uploads.begin(kept, "late.txt", 5, "evidence", "1")

    asyncio.run(leaves())
    assert entrance.drafts == []
    assert entrance.all(UploadPiece) == []


@BOTH
def test_a_form_that_still_arrives_when_somebody_left_leaves_nothing(
    entrance: Entrance, browser: Browser
) -> None:
    browser.answer("what", {"act_codes": "insult"})

    async def slowly() -> AsyncIterator[bytes]:
        yield b"a" * arriving.PIECE_BYTES
        await asyncio.to_thread(browser.get, "/en/exit")
        yield b"b" * arriving.PIECE_BYTES

    async def leaves() -> None:
        kept = await draft_in(entrance, browser)
        with pytest.raises(DraftGone):
            await entrance.door.uploads.take(kept, "long.txt", "evidence", slowly())

    asyncio.run(leaves())
    assert entrance.drafts == []
    assert entrance.all(UploadPiece) == []


def test_a_file_taken_away_while_it_is_looked_into_is_not_added(entrance: Entrance, browser: Browser) -> None:
    told = begin(browser, 5)
    ask(browser, f"piece/{told['id']}/0", b"hello")

    async def taken_away(scanner: str) -> None:
        entrance.door.uploads.examiner.scanner = Scanner(scanner, 2)
        kept = await draft_in(entrance, browser)
        end = asyncio.create_task(entrance.door.uploads.end(kept, UUID(told["id"])))
        await asyncio.sleep(1)  # its pieces are gathered, and the scanner says nothing
        await asyncio.to_thread(browser.post, "/en/report/files/remove", {"id": told["id"]})
        with pytest.raises(FileNotWhole):
            await end
        assert (await draft_in(entrance, browser)).draft.held.ids == set()

    with scanning("silent") as address:
        asyncio.run(taken_away(address))
    assert entrance.all(UploadPiece) == []


@BOTH
def test_the_same_end_asked_many_times_at_once_adds_the_file_once(
    entrance: Entrance, browser: Browser, served: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examiner, "MOST_WAITING", 0)  # looked into once, it stands in nobody's way
    browser.answer("what", {"act_codes": "insult"})
    told = begin(browser, 5, name="said.txt")
    ask(browser, f"piece/{told['id']}/0", b"hello")
    port = urlsplit(served(entrance.app)).port or 0

    def end(_: int) -> int:
        with closing(Link(port, {"draft": browser.client.cookies["draft"]})) as link:
            return link.form(f"/en/report/files/end/{told['id']}").status

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(end, range(8))) == [200] * 8
    browser.send()
    (sent,) = entrance.story(entrance.envelopes[0]).files
    assert files.opened(sent, entrance.all(UploadPiece)) == b"hello"


def test_a_file_that_one_process_took_is_not_deleted_by_another_that_refuses_it(
    entrance: Entrance, browser: Browser, tmp_path: Path, clock: SetClock
) -> None:
    url = str(entrance.door.settings.mailbox_url)
    (tmp_path / "other").mkdir()
    other = Entrance(tmp_path / "other", url, url, clock)
    other.door.uploads.letterbox = entrance.door.letterbox  # that of the one app which runs here
    other.door.uploads.drafts = entrance.door.drafts
    told = begin(browser, len(EICAR), name="said.txt")
    ask(browser, f"piece/{told['id']}/0", EICAR)

    async def twice() -> None:
        kept = await draft_in(entrance, browser)
        end = other.door.uploads.end(kept, UUID(told["id"]))
        with scanning() as address:
            other.door.uploads.examiner.scanner = Scanner(address)
            ended = await meanwhile(other, end, lambda: ask(browser, f"end/{told['id']}", {}))
        assert isinstance(ended, Kept), ended
        assert ended.draft.held.has(UUID(told["id"]))

    asyncio.run(twice())
    assert len(entrance.all(UploadPiece)) == 1
    other.engine.dispose()
