"""Files on a bad day, with real processes: the service is killed in the middle, the disk is nearly full.

A piece that was acknowledged is there after the kill, the upload goes on with the next one, and a report has
all its files or is not there at all.
"""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from threading import Thread
from urllib.parse import urlencode

import numpy as np

from intake_api.files.errors import NoRoomForFiles
from office.launcher import start, wait_until_ready
from office.sealing.pieces import PIECE_BYTES
from tests.journeys.senders import FORM, Answered, CutOff, Link, words
from tests.journeys.test_nothing_can_be_written import SmallDisk, little_room
from tests.journeys.what_was_kept import begin
from tests.support.office import TriedOffice, tried_office

SEED, KILLS, SENDING_KILLS = 20221115, 8, 8
PIECES = 6
TEXT = b"".join(f"line {number} of what was said\n".encode() for number in range(200_000))[
    : PIECES * PIECE_BYTES
]
ROOT = "/es/report/files"
JSON = {"Accept": "application/json"}


@dataclass
class Sender:
    """Somebody's browser whose script sends a file; it remembers nothing but its cookies."""

    link: Link
    acknowledged: int = 0

    def post(self, path: str, body: bytes, kind: str) -> Answered:
        return self.link.ask("POST", path, body, {**JSON, "Content-Type": kind})

    def send_file(self, mark: int) -> bool:
        """Send as much as can be; say whether the file was added."""
        size = len(TEXT)
        about = urlencode({"name": "said.txt", "size": size, "purpose": "evidence", "mark": mark}).encode()
        told = json.loads(self.post(f"{ROOT}/begin", about, FORM).text)
        assert told["next"] >= self.acknowledged, "an acknowledged piece is gone"
        number = self.acknowledged = told["next"]
        while number * PIECE_BYTES < size:
            piece = TEXT[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]
            answer = self.post(f"{ROOT}/piece/{told['id']}/{number}", piece, "application/octet-stream")
            assert answer.status == 200, answer.text
            number = self.acknowledged = json.loads(answer.text)["next"]
        return self.post(f"{ROOT}/end/{told['id']}", b"", FORM).status == 200


@contextmanager
def sender_of(office: TriedOffice) -> Iterator[Sender]:
    port = office.service("intake").port
    assert port is not None
    with closing(Link(port)) as link:
        assert link.form("/es/report/what", {"act_codes": "insult"}).status == 303
        yield Sender(link)


@contextmanager
def started(tmp_path: Path) -> Iterator[TriedOffice]:
    with tried_office(tmp_path / "office") as office:
        begin(office)
        yield office


def killed_within(office: TriedOffice, seconds: float) -> Thread:
    def kill() -> None:
        time.sleep(seconds)
        office.kill("intake")

    thread = Thread(target=kill)
    thread.start()
    return thread


def restarted(office: TriedOffice, sender: Sender, killing: Thread) -> None:
    """Wait for the kill and start the service again; the line is dead even if an answer came before."""
    killing.join()
    sender.link.hang_up()
    begin(office)


def kept(office: TriedOffice) -> tuple[int, dict[str | None, int]]:
    """How many reports there are, and how many pieces belong to each case number."""
    with closing(sqlite3.connect(office.home / "stores" / "mailbox.db")) as mailbox:
        assert mailbox.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        reports = mailbox.execute("SELECT count(*) FROM envelope").fetchone()[0]
        pieces = dict(
            mailbox.execute(
                "SELECT case_number, count(*) FROM upload_piece JOIN upload USING (file_id) GROUP BY 1"
            ).fetchall()
        )
        numbers = {row[0] for row in mailbox.execute("SELECT case_number FROM envelope")}
        assert set(pieces) - {None} <= numbers, "pieces were given to a report that is not there"
    return reports, pieces


def test_a_file_goes_on_after_each_kill_and_goes_with_its_report_whole_or_not_at_all(tmp_path: Path) -> None:
    random = Random(SEED)
    with started(tmp_path) as office, sender_of(office) as sender:
        begun = time.monotonic()
        assert sender.send_file(KILLS)
        took = time.monotonic() - begun
        reached = set()
        for mark in range(KILLS):
            sender.acknowledged = 0
            killing = killed_within(office, random.uniform(0.02, took))
            try:
                sender.send_file(mark)
            except CutOff:
                reached.add(sender.acknowledged)
            restarted(office, sender, killing)
            assert sender.send_file(mark)  # never anew, also if it was whole and nobody heard so
        assert reached, "no kill fell in the middle of anything"
        all_pieces = (KILLS + 1) * PIECES
        assert kept(office) == (0, {None: all_pieces})

        for number in range(SENDING_KILLS):
            assert sender.link.get("/es/report/check").status == 200
            killing = killed_within(office, random.uniform(0.0, 0.03))
            with suppress(CutOff):
                sender.link.form("/es/report/send")
            restarted(office, sender, killing)
            reports, pieces = kept(office)
            assert pieces in ({None: all_pieces}, {key: all_pieces for key in pieces if key}), number
            assert (reports, None in pieces) in ((0, True), (1, False))
            if reports:
                break
        sender.link.get("/es/report/check")
        assert sender.link.form("/es/report/send").status == 303
        receipt = sender.link.get("/es/report/receipt")
        assert receipt.status == 200
        reports, pieces = kept(office)
        assert (reports, list(pieces.values()), None in pieces) == (1, [all_pieces], False)


@contextmanager
def nearly_full(tmp_path: Path) -> Iterator[TriedOffice]:
    with little_room(tmp_path / "disk") as room, tried_office(room.folder / "office") as office:
        service = office.service("intake")
        # Where no small disk can be had the machine's own counts as full: almost all of it has to stay free.
        free = "0.3" if isinstance(room, SmallDisk) else "0.999"
        settings = service.settings | {"POSTS_PER_SECOND": "0", "FREE_FOR_FILES": free}
        office.running["intake"] = start(replace(service, settings=settings), office.said.append)
        wait_until_ready([office.running["intake"]])
        yield office


def test_on_a_disk_that_fills_up_files_are_refused_and_reports_are_not(tmp_path: Path) -> None:
    noise = np.random.default_rng(SEED).bytes(PIECE_BYTES)
    with nearly_full(tmp_path) as office, sender_of(office) as sender:
        refused = None
        for number in range(40):
            about = urlencode({"name": "a", "size": len(noise), "mark": str(number)}).encode()
            answer = sender.post(f"{ROOT}/begin", about, FORM)
            if answer.status == 200:
                told = json.loads(answer.text)
                answer = sender.post(f"{ROOT}/piece/{told['id']}/0", noise, "application/octet-stream")
            if answer.status != 200:
                refused = answer
                break
        assert refused is not None
        assert (refused.status, json.loads(refused.text)["type"]) == (503, "/problems/no_room_for_files")
        assert NoRoomForFiles.code == "no_room_for_files"
        assert sender.link.get("/es/report/check").status == 200
        sent = sender.link.form("/es/report/send")
        assert (sent.status, sent.to) == (303, "/es/report/receipt"), words(sent.text)
        assert kept(office)[0] == 1


@contextmanager
def locked(office: TriedOffice) -> Iterator[None]:
    """Somebody else writes, for longer than anybody waits."""
    with closing(sqlite3.connect(office.home / "stores" / "mailbox.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_mailbox_locked_for_long_is_told_and_the_piece_and_the_end_are_sent_again(tmp_path: Path) -> None:
    with started(tmp_path) as office, sender_of(office) as sender:
        about = urlencode({"name": "a.txt", "size": 5, "mark": "1"}).encode()
        told = json.loads(sender.post(f"{ROOT}/begin", about, FORM).text)
        path = f"{ROOT}/piece/{told['id']}/0"
        with locked(office):
            refused = sender.post(path, b"hello", "application/octet-stream")
        assert (refused.status, json.loads(refused.text)["type"]) == (503, "/problems/store_unavailable")
        assert json.loads(sender.post(path, b"hello", "application/octet-stream").text) == {"next": 1}
        with locked(office):
            refused = sender.post(f"{ROOT}/end/{told['id']}", b"", FORM)
        assert (refused.status, json.loads(refused.text)["type"]) == (503, "/problems/store_unavailable")
        assert sender.post(f"{ROOT}/end/{told['id']}", b"", FORM).status == 200
