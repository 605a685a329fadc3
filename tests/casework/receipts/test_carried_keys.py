"""Who carries a report cannot become its person: a courier that was taken over, and what it gets to read."""

import pytest
from sqlmodel import select

from office.sealing.boxes import SealingKey
from office.stores.mailbox import Envelope
from tests.casework.desk import Desk, Reporter
from tests.casework.receipts.test_receipts import kept, rekey


def carried_by_a_stranger(desk: Desk, reporter: Reporter, version: int) -> Reporter:
    """Put another key on the outside of the report that waits in the mailbox."""
    stranger = SealingKey.generate()
    with desk.mailbox().begin() as session:
        wanted = select(Envelope).where(Envelope.case_number == reporter.case_number)
        for envelope in session.scalars(wanted):
            envelope.reporter_public_key, envelope.reporter_key_version = stranger.public, version
    return Reporter(reporter.case_number, stranger)


@pytest.mark.parametrize("version", [1, 5])
def test_what_is_said_goes_to_the_key_in_the_sealed_story_and_not_to_the_one_on_the_envelope(
    desk: Desk, version: int
) -> None:
    reporter = desk.report(carried=False)
    carried_by_a_stranger(desk, reporter, version)
    desk.collect()
    assert desk.signed_in("laila").get(f"/es/inbox/{reporter.case_number}").status_code == 200
    (told,) = kept(desk, reporter)
    assert reporter.opened(told.sealed).state_code == "read"
    assert told.reporter_key_version == 1
    assert "receipt_key_refused" in desk.events()


def test_a_key_on_the_envelope_names_no_successor_before_or_after_the_report_was_opened(desk: Desk) -> None:
    reporter = desk.report(carried=False)
    stranger = carried_by_a_stranger(desk, reporter, 1)
    desk.collect()
    rekey(desk, stranger, 2)
    laila = desk.signed_in("laila")
    laila.get("/es/inbox")
    laila.get(f"/es/inbox/{reporter.case_number}")
    rekey(desk, stranger, 3)
    laila.get("/es/inbox")
    laila.get(f"/es/inbox/{reporter.case_number}")
    (told,) = kept(desk, reporter)
    assert reporter.opened(told.sealed).state_code == "read"
    assert "receipt_key_changed" not in desk.events()


def test_the_person_s_own_new_key_holds_also_where_the_envelope_was_changed(desk: Desk) -> None:
    reporter = desk.report(carried=False)
    carried_by_a_stranger(desk, reporter, 1)
    desk.collect()
    new = rekey(desk, reporter, 2)
    laila = desk.signed_in("laila")
    laila.get("/es/inbox")
    laila.get(f"/es/inbox/{reporter.case_number}")
    laila.get(f"/es/inbox/{reporter.case_number}")
    (told,) = kept(desk, reporter)
    assert new.opened(told.sealed).state_code == "read"
