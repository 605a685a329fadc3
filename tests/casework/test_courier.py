"""The courier: nothing lost, nothing twice, nothing opened, whatever moment it is killed at."""

from contextlib import suppress

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, func, select

from casework.attachments.tables import AttachmentPiece
from casework.coding.tables import SealedCodedRecord
from casework.courier import carrying
from casework.inbox.tables import InboxReport
from casework.messages.tables import Outbox
from office.stores.errors import NotGranted
from office.stores.mailbox import Envelope, Receipt, Reply
from tests.casework.desk import Desk


class Killed(BaseException):
    """The process is gone at this moment."""


def counts(desk: Desk) -> tuple[int, int, int]:
    """Envelopes waiting, reports at the desk, coded records."""
    with desk.mailbox()() as session:
        waiting = session.exec(select(func.count()).select_from(Envelope)).one()
    with desk.reading() as session:
        here = session.exec(select(func.count()).select_from(InboxReport)).one()
        coded = session.exec(select(func.count()).select_from(SealedCodedRecord)).one()
    return waiting, here, coded


def test_a_round_says_what_it_carried_and_nothing_of_what_was_in_it(desk: Desk) -> None:
    reporter = desk.report(carried=False)
    carried = desk.collect()
    assert str(carried) == (
        "carried in: 1 reports, 0 messages, 0 consents, 0 other letters, 0 pieces of files "
        "(0 were already there, 0 refused); carried out: 0 replies, 0 case keys, 0 other changes"
    )
    assert reporter.case_number not in str(carried)
    assert counts(desk) == (0, 1, 1)
    assert desk.collect().is_empty


def dying_courier(desk: Desk, store: str, number: int) -> tuple[sessionmaker[Session], ...]:
    """The courier's two doors, one of which kills the process just before its n-th commit."""
    doors = {name: desk._as(name, "courier") for name in ("mailbox", "casework")}
    engine = doors[store].kw["bind"]
    seen = 0

    def die(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            raise Killed

    sqlalchemy_event.listen(engine, "commit", die)
    return doors["mailbox"], doors["casework"]


@pytest.mark.parametrize("store", ["mailbox", "casework"])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_killed_before_any_commit_it_loses_nothing_and_brings_nothing_twice(
    desk: Desk, store: str, number: int
) -> None:
    taken = desk.a_case("laila")
    reporters = [desk.report(carried=False) for _ in range(3)]
    mailbox, casework = dying_courier(desk, store, number)
    with suppress(Killed):
        carrying.carry(mailbox, casework, on=desk.clock.now().date())
    desk.collect()
    assert counts(desk) == (0, 4, 4)
    assert len({reporter.case_number for reporter in reporters}) == 3
    states = [reply.state_code for reply in desk.replies(taken)]
    assert sorted(state for state in states if state) == ["in_progress"]


def test_an_envelope_left_behind_after_it_was_carried_is_known_by_its_id(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.report(carried=False)
    with monkeypatch.context() as patched:
        patched.setattr(carrying, "delete", lambda table: _Nothing())
        desk.collect()
    assert counts(desk) == (1, 1, 1)
    again = desk.collect()
    assert (again.came, again.duplicates) == ({}, 1)
    assert counts(desk) == (0, 1, 1)


class _Nothing:
    """Stands for a delete that the power cut never let happen."""

    def where(self, _: object) -> object:
        from sqlalchemy import text

        return text("SELECT 1")


def test_an_envelope_the_desk_refuses_stays_and_does_not_hold_up_the_others(desk: Desk) -> None:
    first = desk.report()
    with desk.reading() as session:
        known = session.exec(select(InboxReport)).one()
    desk.post("report", first.case_number, known.key_name, b"another", first.key.public)
    second = desk.report(carried=False)
    carried = desk.collect()
    assert (carried.came, carried.refused) == ({"report": 1}, 1)
    assert desk.signed_in("amparo").get(f"/es/inbox/{second.case_number}").status_code == 200
    assert counts(desk)[0] == 1


def test_a_letter_sent_after_the_files_were_carried_does_not_come_without_its_own(desk: Desk) -> None:
    file = desk.a_file(b"kept")
    desk.report(carried=False, files=(file,))
    mailbox, casework = desk._as("mailbox", "courier"), desk._as("casework", "courier")
    carrying.take_in(mailbox, casework, carrying.Carried(), after=None, on=desk.clock.now().date())
    with desk.reading() as session:
        assert [one.file_id for one in session.exec(select(AttachmentPiece))] == [file.file_id]


def test_replies_and_case_keys_arrive_once_and_the_newest_key_stands(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    amparo = desk.signed_in("amparo")
    moved = amparo.post(
        f"/es/cases/{reporter.case_number}/adviser",
        data={"version": "1", "adviser": str(desk.staff_id("pau")), "reason": "load"},
    )
    assert moved.status_code == 303
    desk.collect()
    desk.collect()
    with desk.mailbox()() as session:
        receipt = session.get_one(Receipt, reporter.case_number)
        replies = session.exec(select(func.count()).select_from(Reply)).one()
    assert receipt.case_key_version == 2
    with desk.reading() as session:
        waiting = session.exec(select(func.count()).select_from(Outbox).where(~Outbox.is_sent)).one()  # type: ignore[arg-type]  # a column
    assert (waiting, replies) == (0, 1)


def test_the_courier_cannot_read_what_it_brought(desk: Desk) -> None:
    desk.report()
    casework = desk._as("casework", "courier")
    with pytest.raises(NotGranted), casework() as session:
        session.exec(select(InboxReport.sealed_story)).all()
