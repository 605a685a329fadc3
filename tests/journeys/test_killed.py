"""The office is killed at random moments, with real processes and real files (promise 2).

Several programs and browsers report at once; the residents' service or the courier gets SIGKILL in the
middle of it. Every receipt that was shown whole must open its report, at the door and in the office;
nothing may be there half or twice; whoever sends again gets the receipt of the first time.
"""

import resource
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from sqlmodel import select

from casework.coding.tables import SealedCodedRecord
from casework.inbox.tables import InboxReport
from casework.messages.tables import Outbox
from office.handover.reply import Reply as ReplyTold
from office.handover.report import CodedRecord, ReportContact, ReportStory
from office.ids import new_id
from office.keys.demonstration import FOUNDERS
from office.keys.holders import open_keys
from office.keys.people import sign_in
from office.languages import language
from office.launcher import start, wait_until_ready
from office.sealing.boxes import seal, unseal
from office.sealing.key_files import load_key_file
from office.sealing.receipts import checked, derive, proof_hash
from office.stores.engines import open_store, sessions
from office.stores.errors import StoreUnavailable
from office.stores.mailbox import Reply
from tests.journeys.senders import Answered, Crowd, Link, Shown, Told, as_json, comes_back, words
from tests.support.office import TriedOffice, tried_office

SEED = 20221115
KILLS, COURIER_KILLS = 25, 8
MANY_KILLS, MANY_COURIER_KILLS = 400, 100
IN_STARTING = 5
"""Every so many kills, one falls while the service is still starting."""
ANSWER = "Puede venir el lunes con quien quiera."
LOOKED_AT = 12


def begin(office: TriedOffice, *, wait: bool = True) -> None:
    """Start the residents' service without its brake on floods: here a crowd shares one address."""
    service = office.service("intake")
    service = replace(service, settings=service.settings | {"POSTS_PER_SECOND": "0"})
    office.running["intake"] = start(service, office.said.append)
    if wait:
        wait_until_ready([office.running["intake"]])


def crowd_of(office: TriedOffice, seed: int, **more: int) -> Crowd:
    port = office.service("intake").port
    assert port is not None
    return Crowd(port, seed, **more)


@contextmanager
def opened(office: TriedOffice, store: str) -> Iterator[sqlite3.Connection]:
    """A store's file, only to be read, while its service is at work."""
    path = office.home / "stores" / f"{store}.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as connection:
        yield connection


def numbers(office: TriedOffice, store: str, query: str) -> set[str]:
    with opened(office, store) as connection:
        return {row[0] for row in connection.execute(query)}


def assert_nothing_is_half(office: TriedOffice) -> None:
    """Every report has its receipt and every receipt its report, here or already at the desk."""
    receipts = numbers(office, "mailbox", "SELECT case_number FROM receipt")
    waiting = numbers(office, "mailbox", "SELECT case_number FROM envelope WHERE kind = 'report'")
    at_desk = numbers(office, "casework", "SELECT case_number FROM inbox_report")
    assert receipts == waiting | at_desk


@dataclass(frozen=True)
class Opened:
    """One report as a signed-in member of staff reads it."""

    story: ReportStory
    contact: ReportContact | None
    coded: CodedRecord | None
    reporter_public_key: bytes


def read_by_staff(office: TriedOffice) -> dict[str, Opened]:
    """Open every sealed part at the desk as the invented staff; one that does not open raises."""
    keys_folder, person, now = office.home / "keys", FOUNDERS[0], datetime.now(UTC)
    makes = sessions(open_store(office.office.store("casework"), role="owner", store="casework"))
    signed_in = sign_in(makes, person.sign_in_name, person.passphrase, person.code(now), at=now, demo=True)
    statistics = load_key_file(keys_folder / "statistics.key")
    found = {}
    with makes() as session:
        keys = open_keys(session, signed_in)
        records = {each.report_id: each for each in session.exec(select(SealedCodedRecord))}
        for each in session.exec(select(InboxReport)):
            number, record = each.case_number, records.pop(each.id, None)
            assert each.sealed_story is not None and each.reporter_public_key is not None
            story = unseal(each.sealed_story, keys[each.key_name], about=f"story/{number}")
            contact = coded = None
            if each.sealed_contact is not None and each.contact_key_name is not None:
                clear = unseal(each.sealed_contact, keys[each.contact_key_name], about=f"contact/{number}")
                contact = ReportContact.model_validate_json(clear)
            if record is not None:
                clear = unseal(record.sealed, statistics[record.key_name], about="statistics")
                coded = CodedRecord.model_validate_json(clear)
            told = ReportStory.model_validate_json(story)
            found[number] = Opened(told, contact, coded, each.reporter_public_key)
        assert not records, "a coded record without its report"
    makes.kw["bind"].dispose()
    return found


def assert_every_receipt_opens_its_report(office: TriedOffice, told: list[Told]) -> None:
    """After the courier: what was shown is there, what is there was sent, and nothing is there twice."""
    office.collect()
    with opened(office, "mailbox") as connection:
        assert connection.execute("SELECT count(*) FROM envelope").fetchone() == (0,)
        rows = connection.execute("SELECT case_number, salt, proof_hash, reporter_public_key FROM receipt")
        receipts = {row[0]: row[1:] for row in rows}
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    found = read_by_staff(office)
    assert set(found) == set(receipts)
    for each in told:
        if each.shown is None:
            continue
        number = each.shown.case_number.replace("-", "")
        salt, proof, public_key = receipts[number]
        derived = derive(checked(each.shown.key), salt)
        assert proof_hash(derived.proof) == proof
        assert derived.sealing_key.public == public_key == found[number].reporter_public_key
        read = found[number]
        assert read.story.what_happened == each.text
        assert (read.contact.value if read.contact else "") == each.telephone
        assert (read.coded is not None) == each.is_counted
    texts = Counter(each.story.what_happened for each in found.values())
    assert max(texts.values()) == 1, "one report is there twice"
    assert set(texts) <= {each.text for each in told if each.was_sent}, "a report nobody sent"


def look_back(office: TriedOffice, told: list[Told]) -> None:
    """Come back with receipts, as people do."""
    port = office.service("intake").port
    assert port is not None
    receipts = [each.shown for each in told if each.shown]

    def look(receipt: Shown) -> None:
        assert receipt.case_number in comes_back(port, receipt)

    with ThreadPoolExecutor(4) as people:
        list(people.map(look, receipts))


def send_again(crowd: Crowd, random: Random) -> int:
    """Whoever got no answer sends again; some who did press send twice. Gives how many sent again."""
    cut_off = crowd.cut_off()
    twice = [told for told in crowd.shown()[-40:] if told.can_be_sent_again]
    again = [*cut_off, *random.sample(twice, min(4, len(twice)))]
    for told in again:
        told.send(crowd.port)
    assert not crowd.cut_off()
    return len(cut_off)


def kill_intake(office: TriedOffice, *, kills: int, seed: int) -> None:
    random = Random(seed)
    crowd = crowd_of(office, seed)
    cut_off = 0
    for number in range(kills):
        is_in_starting = number % IN_STARTING == IN_STARTING - 1
        begin(office, wait=not is_in_starting)
        if not is_in_starting:
            assert_nothing_is_half(office)
            newest = crowd.shown()[-LOOKED_AT:]
            cut_off += send_again(crowd, random)
            look_back(office, newest)
        crowd.start()
        time.sleep(random.uniform(0.3, 1.6) if is_in_starting else random.uniform(0.02, 0.6))
        office.kill("intake")
        crowd.stop()
    begin(office)
    cut_off += send_again(crowd, random)
    look_back(office, random.sample(crowd.shown(), min(100, len(crowd.shown()))))
    assert_nothing_is_half(office)
    assert cut_off > kills / 2, "the kills did not fall in the middle of anything"
    assert len(crowd.shown()) > 10 * kills
    assert_every_receipt_opens_its_report(office, crowd.told)


def test_every_receipt_shown_opens_its_report_however_often_the_door_is_killed(tmp_path: Path) -> None:
    with tried_office(tmp_path / "office") as office:
        kill_intake(office, kills=KILLS, seed=SEED)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_every_receipt_shown_opens_its_report_after_hundreds_of_kills(tmp_path: Path) -> None:
    with tried_office(tmp_path / "office") as office:
        kill_intake(office, kills=MANY_KILLS, seed=SEED + 1)


def answers_waiting(office: TriedOffice, told: list[Told], count: int) -> set[str]:
    """Put sealed answers of the office to some reports in its outbox, for the courier to carry back."""
    makes = sessions(open_store(office.office.store("casework"), role="owner", store="casework"))
    ids = set()
    with opened(office, "mailbox") as connection:
        keys = dict(connection.execute("SELECT case_number, reporter_public_key FROM receipt"))
    with makes.begin() as session:
        for each in [each for each in told if each.shown][:count]:
            assert each.shown is not None
            number = each.shown.case_number.replace("-", "")
            sealed = seal(b"{}", keys[number], about=f"reply/{number}")
            reply = Outbox(
                id=new_id(),
                kind="reply",
                case_number=number,
                iso_week="2026-W48",
                reporter_key_version=1,
                sealed=sealed,
            )
            ids.add(reply.id.hex)
            session.add(reply)
    makes.kw["bind"].dispose()
    return ids


def kill_courier(office: TriedOffice, *, kills: int, seed: int) -> None:
    random = Random(seed)
    crowd = crowd_of(office, seed, programs=4, browsers=1)
    courier = office.service("courier")
    courier = replace(courier, command=(*courier.command[:-1], "0.02"))
    begin(office)
    replies: set[str] = set()
    in_between = 0
    for _ in range(kills):
        crowd.start()
        office.running["courier"] = start(courier, office.said.append)
        time.sleep(0.5)
        crowd.stop()
        replies |= answers_waiting(office, crowd.told[-60:], 40)
        before = numbers(office, "casework", "SELECT case_number FROM inbox_report")
        crowd.start()
        until = time.monotonic() + 20
        while numbers(office, "casework", "SELECT case_number FROM inbox_report") == before:
            assert time.monotonic() < until, "the courier does not come"
        time.sleep(random.uniform(0, 0.12))
        office.kill("courier")
        crowd.stop()
        assert_nothing_is_half(office)
        at_desk = numbers(office, "casework", "SELECT case_number FROM inbox_report")
        waiting = numbers(office, "mailbox", "SELECT case_number FROM envelope")
        in_between += bool(at_desk & waiting)
    assert_every_receipt_opens_its_report(office, crowd.told)
    with opened(office, "mailbox") as connection:
        carried = [row[0] for row in connection.execute("SELECT id FROM reply")]
    assert sorted(carried) == sorted(replies)
    assert kills < MANY_COURIER_KILLS or in_between, "no kill fell between the two stores"
    look_back(office, crowd.shown()[-LOOKED_AT:])


def test_nothing_is_lost_or_doubled_however_often_the_courier_is_killed(tmp_path: Path) -> None:
    with tried_office(tmp_path / "office") as office:
        kill_courier(office, kills=COURIER_KILLS, seed=SEED)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_nothing_is_lost_or_doubled_after_a_hundred_kills_of_the_courier(tmp_path: Path) -> None:
    with tried_office(tmp_path / "office") as office:
        kill_courier(office, kills=MANY_COURIER_KILLS, seed=SEED + 1)


# --- a store that cannot be written to ---


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


@contextmanager
def a_small_disk(folder: Path) -> Iterator[None]:
    """A file system of its own with little room; only root can have one."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        pytest.skip("this machine lets us make no small disk; the limit on a file is tried instead")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    with a_small_disk(tmp_path / "disk"), tried_office(tmp_path / "disk" / "office") as office:
        begin(office)
        tried = Tried(office)
        tried.acknowledged(5)
        tried.answered()
        tried.mistypes()
        ballast = tmp_path / "disk" / "ballast"
        with suppress(OSError), ballast.open("wb", buffering=0) as filling:
            while filling.write(bytes(4096)):
                pass
        refused = tried.refused()
        assert_says_that_nothing_was_kept(*refused)
        assert tried.browser.get("/es/").status == 200
        tried.come_back()
        tried.killed()
        tried.come_back()
        ballast.unlink()
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
