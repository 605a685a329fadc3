"""The mailbox cannot be written to: it is locked, its disk is full, its file may not grow (promise 2).

Whoever sends is told that nothing was kept, and finds it all when they send again. Whoever comes back with a
receipt reads their case meanwhile.
"""

import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from shutil import which

from office.handover.reply import Reply as ReplyTold
from office.ids import new_id
from office.languages import language
from office.sealing.boxes import seal
from office.stores.engines import open_store, sessions
from office.stores.errors import StoreUnavailable
from office.stores.mailbox import Reply
from tests.journeys.senders import Answered, Link, Shown, Told, as_json, comes_back, words
from tests.journeys.what_was_kept import (
    LOOKED_AT,
    assert_every_receipt_opens_its_report,
    assert_nothing_is_half,
    begin,
    crowd_of,
    look_back,
    opened,
)
from tests.support.office import TriedOffice, tried_office

SEED = 20221115
ANSWER = "Puede venir el lunes con quien quiera."


class Tried:
    """A program and a browser that both have something to send when the store gives no more."""

    def __init__(self, office: TriedOffice) -> None:
        self.office = office
        self.crowd = crowd_of(office, SEED)
        self.browser = Link(self.crowd.port)
        self.drafted = Told("tejado rojo", "browser")
        onward = self.browser.form("/es/report/what", {"what_happened": self.drafted.text})
        assert onward.status == 303
        self.drafted.cookie = self.browser.cookies["draft"]
        self.all: list[Told] = [self.drafted]

    def acknowledged(self, count: int) -> None:
        for number in range(count):
            told = Told(f"patio {number} de {len(self.all)}", "program", is_counted=True)
            told.send(self.crowd.port)
            self.all.append(told)

    def answered(self) -> None:
        """Put a message of the office in the mailbox for everybody who has a receipt, as the courier does."""
        with opened(self.office, "mailbox") as connection:
            keys = dict(connection.execute("SELECT case_number, reporter_public_key FROM receipt"))
        makes = sessions(open_store(self.office.office.store("mailbox"), role="owner", store="mailbox"))
        told = ReplyTold(kind="message", text=ANSWER, said_on=date(2026, 11, 25), from_role="adviser")
        with makes.begin() as session:
            for number, key in keys.items():
                sealed = seal(told.as_bytes(), key, about=f"reply/{number}")
                kept = {"case_number": number, "iso_week": "2026-W48", "reporter_key_version": 1}
                session.add(Reply(id=new_id(), sealed=sealed, **kept))
        makes.kw["bind"].dispose()

    def mistypes(self) -> None:
        """Somebody takes another key than theirs once; that is counted and has to be forgotten later."""
        mine, other = (each.shown for each in self.all[1:3])
        assert mine and other
        fields = {"case_number": mine.case_number, "key": other.key}
        assert self.browser.form("/es/return", fields).status == 422

    def killed(self) -> None:
        """The service is killed and begins anew."""
        self.browser.hang_up()
        self.office.kill("intake")
        begin(self.office)

    def come_back(self, *, times: int = 10) -> None:
        """Everybody comes back, several at once and again and again, and reads what the office wrote."""
        receipts = [each.shown for each in self.all[1:5] if each.shown] * times
        assert len(receipts) == 4 * times
        with ThreadPoolExecutor(4) as people:
            pages = people.map(lambda receipt: comes_back(self.crowd.port, receipt), receipts)
            assert all(ANSWER in page for page in pages)

    def refused(self) -> tuple[Answered, Answered]:
        """Send with both until both are refused; what is taken meanwhile counts as acknowledged."""
        with ThreadPoolExecutor(2) as two:
            by_program, by_browser = two.submit(self._program), two.submit(self._browser)
            return by_program.result(), by_browser.result()

    def _program(self) -> Answered:
        for number in range(2000):
            told = Told(f"azotea {number}", "program", key=f"{number:032d}", is_counted=True)
            told.was_sent = True
            link = Link(self.crowd.port)
            answer = link.json("/api/v1/reports", told.body, told.key)
            link.hang_up()
            self.all.append(told)
            if answer.status != 201:
                return answer
            given = as_json(answer)
            told.see(Shown(given["case_number"], given["key"]))
        raise AssertionError("the store was never full")

    def _browser(self) -> Answered:
        for _ in range(2000):
            told = self.drafted
            if not told.was_sent:
                assert self.browser.get("/es/report/check").status == 200
                told.word = {"sender": self.browser.cookies["sender"]}
            answer = self.browser.form("/es/report/send")
            told.was_sent = True
            if answer.status != 303:
                return answer
            told.send(self.crowd.port)
            self.drafted = Told(f"zaguán {len(self.all)}", "browser", cookie=told.cookie)
            self.browser.cookies.clear()
            answer = self.browser.form("/es/report/what", {"what_happened": self.drafted.text})
            if answer.status != 303:
                return answer
            self.drafted.cookie = self.browser.cookies["draft"]
            self.all.append(self.drafted)
        raise AssertionError("the store was never full")

    def go_on(self) -> None:
        """Send again what was refused, report once more, be killed once more, and find everything."""
        for told in self.all:
            if told.shown is None and told.can_be_sent_again:
                told.send(self.crowd.port)
        self.acknowledged(5)
        self.killed()
        look_back(self.office, self.all[-LOOKED_AT:])
        assert_nothing_is_half(self.office)
        assert_every_receipt_opens_its_report(self.office, self.all)


def assert_says_that_nothing_was_kept(program: Answered, page: Answered) -> None:
    assert (program.status, page.status) == (503, 503), (program.text, words(page.text))
    assert program.headers["content-type"].startswith("application/problem+json")
    told = as_json(program)
    assert told["type"] == "/problems/store_unavailable"
    assert len(told["title"]) > 20
    assert language("es", "residents").gettext(StoreUnavailable.sentence) in words(page.text)
    assert "Traceback" not in program.text + page.text


def test_a_mailbox_locked_for_long_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    with tried_office(tmp_path / "office") as office:
        begin(office)
        tried = Tried(office)
        tried.acknowledged(5)
        tried.answered()
        with closing(sqlite3.connect(office.home / "stores" / "mailbox.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            refused = tried.refused()
            assert tried.browser.get("/healthz").status == 200
            tried.come_back(times=1)
            other.execute("ROLLBACK")
        assert_says_that_nothing_was_kept(*refused)
        tried.go_on()


class SmallDisk:
    """A file system of its own with little room, where the machine lets us have one."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ballast = folder, folder / "ballast"

    def end(self, office: TriedOffice) -> None:
        with suppress(OSError), self.ballast.open("ab", buffering=0) as filling:
            while filling.write(bytes(4096)):
                pass

    def give_back(self, office: TriedOffice) -> None:
        self.ballast.unlink()


class SmallFiles:
    """Where it does not: no file of the residents' service may grow, also not after it began anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def end(self, office: TriedOffice) -> None:
        self._limit(office, 8192)

    def give_back(self, office: TriedOffice) -> None:
        self._limit(office, resource.RLIM_INFINITY)

    def _limit(self, office: TriedOffice, most: int) -> None:
        process = office.running["intake"].process.pid
        hard = resource.prlimit(process, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(process, resource.RLIMIT_FSIZE, (most if hard < 0 else min(most, hard), hard))


@contextmanager
def little_room(folder: Path) -> Iterator[SmallDisk | SmallFiles]:
    """Room that can be ended and given back: a small disk, which only root can mount, or small files."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", str(folder)]
    if which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        yield SmallFiles(folder)
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_where_no_room_is_left_it_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    with little_room(tmp_path / "disk") as room, tried_office(room.folder / "office") as office:
        begin(office)
        tried = Tried(office)
        tried.acknowledged(5)
        tried.answered()
        tried.mistypes()
        tried.killed()
        tried.acknowledged(1)  # the only one who has the mailbox open is who will be refused
        room.end(office)
        assert_says_that_nothing_was_kept(*tried.refused())
        assert tried.browser.get("/es/").status == 200
        tried.come_back()
        tried.killed()
        room.end(office)
        tried.come_back()
        room.give_back(office)
        tried.go_on()


def test_a_file_that_may_not_grow_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    with tried_office(tmp_path / "office") as office:
        begin(office)
        tried = Tried(office)
        tried.acknowledged(5)
        tried.answered()
        tried.mistypes()
        tried.killed()
        tried.acknowledged(1)  # the only one who has the mailbox open is who will be refused
        process = office.running["intake"].process.pid
        before = resource.prlimit(process, resource.RLIMIT_FSIZE)
        resource.prlimit(process, resource.RLIMIT_FSIZE, (8192, before[1]))
        assert_says_that_nothing_was_kept(*tried.refused())
        tried.come_back()
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)
        tried.go_on()
