"""What was kept, looked at after the office was killed or could not write: at the door and by its staff.

Every receipt that was shown whole must open its report; nothing may be there half or twice.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlmodel import select

from casework.coding.tables import SealedCodedRecord
from casework.inbox.tables import InboxReport
from office.handover.report import CodedRecord, ReportContact, ReportStory
from office.keys.demonstration import FOUNDERS
from office.keys.holders import open_keys
from office.keys.people import sign_in
from office.launcher import start, wait_until_ready
from office.sealing.boxes import unseal
from office.sealing.key_files import load_key_file
from office.sealing.receipts import checked, derive, proof_hash
from office.stores.engines import open_store, sessions
from tests.journeys.senders import Crowd, Shown, Told, comes_back
from tests.support.office import TriedOffice

LOOKED_AT = 12
"""So many of the newest receipts are looked back at, where all would take too long."""


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


def look_back(office: TriedOffice, told: list[Told]) -> None:
    """Come back with receipts, as people do."""
    port = office.service("intake").port
    assert port is not None
    receipts = [each.shown for each in told if each.shown]

    def look(receipt: Shown) -> None:
        assert receipt.case_number in comes_back(port, receipt)

    with ThreadPoolExecutor(4) as people:
        list(people.map(look, receipts))


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
